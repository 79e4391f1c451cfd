"""Real exports, mapped by docs/examples, against figures that others counted on them."""

import csv
import shutil
from pathlib import Path

import pytest
from company_home import Home

EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples"

# Sales per origin, as the data's README counted them.
SALES = {
    "unknown": "213742.70",
    "organic_search": "207023.45",
    "paid_search": "155277.05",
    "social": "43477.99",
    "direct_traffic": "21903.90",
    "referral": "17887.15",
    "email": "8484.99",
    "other": "6888.65",
    None: "1242.60",
    "display": "923.00",
    "other_publicities": "0",
}


@pytest.fixture(scope="module")
def olist(tmp_path_factory, shared_data) -> Home:
    home = Home(tmp_path_factory.mktemp("olist"))
    shutil.copy(EXAMPLES / "olist.yaml", home.folder / "mops.yaml")
    home.environment = {"MOPS_OLIST": str(shared_data / "olist")}
    home.mops("run")
    return home


def test_conversion_by_origin_is_what_somebody_else_published(olist, shared_data):
    with (shared_data / "olist" / "published" / "conversion_by_origin.csv").open(encoding="utf-8") as file:
        published = {
            None if row["origin"] == "NULL" else row["origin"]: (
                int(row["total_leads"]),
                int(row["won_deals"]),
                float(row["conv_rate_pct"]),
                float(row["avg_days_to_close"]),
            )
            for row in csv.DictReader(file)
        }
    rows = olist.query("""
        with leads as (select * from marts.funnel_stages where stage = 'lead'),
        customers as (select * from marts.funnel_stages where stage = 'customer')
        select leads.channel_detail, count(*), count(customers.person_id),
            round(100 * count(customers.person_id) / count(*), 2),
            round(avg(date_diff('day', leads.entered_at::date, customers.entered_at::date)), 1)
        from leads left join customers using (person_id) group by all
    """)
    assert {origin: tuple(figures) for origin, *figures in rows} == published
    assert sum(row[1] for row in rows) == 8_000
    assert round(100 * sum(row[2] for row in rows) / 8_000, 3) == 10.525


def test_the_deal_won_before_its_first_contact_is_kept_and_flagged(olist):
    rows = olist.query("""
        select early.stage, early.entered_at::date::varchar, leads.entered_at::date::varchar, early.is_regression
        from marts.funnel_stages as early
        join marts.funnel_stages as leads on early.person_id = leads.person_id and leads.stage = 'lead'
        where early.is_out_of_order
    """)
    assert rows == [("customer", "2018-03-06", "2018-03-08", False)]


def test_sales_per_origin(olist):
    rows = olist.query("select channel_detail, sum(orders_revenue)::varchar from marts.customers group by all")
    found = {origin: float(sales) for origin, sales in rows}
    assert found == {origin: float(sales) for origin, sales in SALES.items()}


def test_hillstrom_keeps_every_row_and_sends_to_the_two_arms_that_got_an_email(tmp_path, shared_data):
    home = Home(tmp_path)
    shutil.copy(EXAMPLES / "hillstrom.yaml", home.folder / "mops.yaml")
    home.environment = {"MOPS_HILLSTROM": str(shared_data / "hillstrom_email")}
    home.mops("run")
    assert home.query("select sum(sent) from marts.email_campaigns") == [(42_694,)]
    assert home.query("select rows_total from marts.loads where source = 'files'") == [(64_000,)]
