"""The simulated company: reproducible, only cut by the as-of, and telling a truth that its records bear out."""

import json
import time
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from sandbox.clock import DAY, HOME_ZONE, NEVER, as_of_instant
from sandbox.company import SIZES, Company, generate
from sandbox.segment_export import export_segment
from sandbox.segment_rows import deletions, segment_rows
from sandbox.view import View

EARLIER, LATER = "2026-06-12", "2026-06-30"
PLANS = {
    "deals": {"close_at"},
    "meetings": {"start_at", "end_at", "at"},
    "mail_campaigns": {"send_at"},
    "programs": {"starts_at"},
}  # may lie ahead


@cache
def company(size: str = "small", seed: int = 1) -> Company:
    return generate(size, seed)


@cache
def view(size: str = "small", as_of: str = LATER) -> View:
    return company(size).at(as_of)


@cache
def truth(size: str = "small", as_of: str = LATER) -> dict[str, pd.DataFrame]:
    return {name: pd.DataFrame(rows) for name, rows in company(size).truth(as_of).items()}


def frames(of: View) -> dict[str, pd.DataFrame]:
    plain = {name: value for name, value in vars(of).items() if isinstance(value, pd.DataFrame)}
    return plain | {"_to_".join(ends): links for ends, links in of.associations.items()}


def home_days(instants: pd.Series) -> pd.Series:
    return pd.to_datetime(instants, unit="ms", utc=True).dt.tz_convert(HOME_ZONE).dt.date


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    company("tiny").write_files(folder, LATER)
    return folder


def export(folder: Path) -> duckdb.DuckDBPyRelation:
    return duckdb.read_parquet(f"{folder}/ga4_export/*.parquet")


def test_a_size_and_a_seed_are_always_the_same_company() -> None:
    again = generate("tiny", 1)
    for name, frame in frames(again.at(EARLIER)).items():
        assert_frame_equal(frame, frames(view("tiny", EARLIER))[name])
    assert again.truth(EARLIER) == company("tiny").truth(EARLIER)


def test_another_seed_is_another_company() -> None:
    emails = [set(company("tiny", seed).at().contacts["email"]) - {""} for seed in (1, 2)]
    assert len(emails[0] & emails[1]) < len(emails[0]) / 4


@pytest.mark.parametrize("size", ["tiny", "small"])
def test_sizes_are_as_announced(size: str) -> None:
    assert len(view(size).contacts) == pytest.approx(SIZES[size].contacts, rel=0.1)
    assert company(size).visits.sessions["events"].sum() == pytest.approx(SIZES[size].events, rel=0.03)
    days = home_days(company(size).population.journeys["arrives_at"])
    assert (max(days) - min(days)).days + 1 == pytest.approx(SIZES[size].days, abs=2)


def test_a_small_company_is_there_in_seconds() -> None:
    start = time.process_time()
    generate("small", 3).at()
    assert time.process_time() - start < 8


@pytest.mark.parametrize("as_of", ["2025-03-31", "2025-12-31", EARLIER, "2026-06-20T09:30:00+00:00"])
def test_nothing_later_than_the_as_of_is_shown(as_of: str) -> None:
    last = as_of_instant(as_of)
    for name, frame in frames(view("small", as_of)).items():
        for column in frame:
            if column.endswith("_at") or column == "at":
                told = frame.loc[frame[column] != NEVER, column]
                assert column in PLANS.get(name, ()) or (told <= last).all(), (name, column)
            if column.endswith("_day") and column != "start_day":
                assert (frame[column] <= last // DAY + 1).all(), (name, column)


def test_a_later_as_of_adds_and_only_merges_and_purges_take_away() -> None:
    before, after = view("small", EARLIER), view("small", LATER)
    losers = set(after.merges["loser_id"])
    purged = set(company().population.journeys.index[company().population.journeys["is_purged"]] + 1)
    for name in ("contacts", "companies", "deals", "owners", "meetings", "calls", "emails", "tickets"):
        old, new = getattr(before, name), getattr(after, name)
        gone = old[~old["id"].isin(new["id"])]
        assert name in ("contacts", "companies", "deals") or gone.empty
        assert set(gone["id"]) <= losers | set(before.contacts.loc[before.contacts["person"].isin(purged), "id"]), name
    for name in (
        "mail_campaigns",
        "ad_campaigns",
        "platform_campaigns",
        "marketing_emails",
        "fx_rates",
        "time_entries",
    ):
        old, new = getattr(before, name), getattr(after, name)
        key = ["rate_day", "from_currency"] if name == "fx_rates" else ["id"]
        assert len(old.merge(new[key], on=key)) == len(old), name


def test_recorded_history_is_never_rewritten() -> None:
    keys = ["person", "value", "at"]
    before, after = (
        of.lifecycle_history.query("source_type != 'IMPORT'")  # a duplicate's, which goes with it
        .merge(of.contacts[["id", "person"]], left_on="contact_id", right_on="id")[keys]
        .drop_duplicates()
        for of in (view("small", EARLIER), view("small", LATER))
    )
    kept = before[before["person"].isin(after["person"])]
    assert len(kept.merge(after, on=keys)) == len(kept) > 1_000


def test_ad_days_move_for_at_most_thirty_days_and_some_do_move() -> None:
    keys = ["account_id", "campaign_id", "hour_at"]
    both = view("small", EARLIER).ad_hours.merge(view("small", LATER).ad_hours, on=keys, suffixes=("", "_later"))
    assert len(both) == len(view("small", EARLIER).ad_hours)
    changed = (both["cost_micros"] != both["cost_micros_later"]) | (both["conversions"] != both["conversions_later"])
    age = as_of_instant(EARLIER) // DAY - both["local_day"]
    assert changed.any()
    assert age[changed].max() < 30
    assert (both["clicks"] == both["clicks_later"]).all()


@pytest.mark.parametrize(
    ("platform", "window"), [("meta_ads", 28), ("linkedin_ads", 30), ("tiktok_ads", 28), ("microsoft_ads", 30)]
)
def test_days_of_a_platform_move_within_its_window_and_only_there(platform: str, window: int) -> None:
    keys = ["account_id", "campaign_id", "local_day"]
    before, after = (view("small", day).platform_days.set_index("platform").loc[platform] for day in (EARLIER, LATER))
    both = before.merge(after, on=keys, suffixes=("", "_later"))
    over = both[both["local_day"] < as_of_instant(EARLIER) // DAY]
    changed = (over["cost_cents"] != over["cost_cents_later"]) | (over["conversions"] != over["conversions_later"])
    age = as_of_instant(EARLIER) // DAY - over["local_day"]
    assert len(both) == len(before)
    assert 0 < age[changed].max() < window
    assert (over["clicks"] == over["clicks_later"]).all()


def test_spend_of_the_truth_is_what_the_platforms_show_at_the_rates_of_their_days() -> None:
    of, rates = view("tiny"), known_rates(view("tiny").fx_rates)
    currency = of.platform_accounts.set_index("id")["currency"]
    shown = {
        (str(row.campaign_id), str(np.datetime64(row.local_day, "D"))): float(
            Decimal(row.cost_cents).scaleb(-2) * rates.get((row.local_day, currency[row.account_id]), Decimal(1))
        )
        for row in of.platform_days.itertuples()
    }
    told = [row for row in company("tiny").truth(LATER)["spend"] if row["source"] != "google_ads"]
    assert {(row["campaign_id"], row["date"]): row["media_cost_home"] for row in told} == pytest.approx(shown)
    assert {row["source"] for row in told} == set(of.platform_accounts["platform"])
    assert set(currency) == {"EUR", "USD"}


def derived_funnel(of: View) -> pd.DataFrame:
    """person, stage, entered_at as a warehouse would get them from HubSpot and Mailchimp (by their person column)."""
    contacts = of.contacts[of.contacts["archived_at"] == NEVER]
    members = of.mail_members[of.mail_members["status"] != "deleted"]
    known = pd.concat([contacts[["person", "created_at"]], members.rename(columns={"signup_at": "created_at"})])
    leads = known[known["created_at"] != NEVER].groupby("person")["created_at"].min()
    words = of.lifecycle_history.merge(contacts[["id", "person"]], left_on="contact_id", right_on="id")
    stages = {"marketingqualifiedlead": "mql", "salesqualifiedlead": "sql"}
    entries = words.assign(stage=words["value"].map(stages)).dropna().groupby(["person", "stage"])["at"].min()
    links = of.associations["deals", "contacts"]
    first_contact = links.groupby("from_id")["to_id"].min().rename("contact_id")
    deals = of.deals[of.deals["archived_at"] == NEVER].merge(first_contact, left_on="id", right_index=True)
    deals = deals.drop(columns="person").merge(contacts[["id", "person"]], left_on="contact_id", right_on="id")
    won = deals[deals["stage"].isin(["closedwon", "118734504"])]
    entered = {
        "lead": leads,
        "mql": entries.xs("mql", level="stage"),
        "sql": entries.xs("sql", level="stage"),
        "opportunity": deals.groupby("person")["created_at"].min(),
        "customer": won.groupby("person")["close_at"].min(),
    }
    table = pd.DataFrame(entered).loc[leads.index]
    table["sql"] = table["sql"].fillna(table["opportunity"])
    table["mql"] = table["mql"].fillna(table["sql"])
    return table.stack().dropna().astype("int64").rename_axis(["person", "stage"]).rename("entered_at").reset_index()


@pytest.mark.parametrize("as_of", ["2025-02-28", "2025-11-30", EARLIER, LATER])
def test_the_funnel_of_people_with_one_e_mail_follows_from_the_vendors(as_of: str) -> None:
    addresses = {
        row.person: {identity["email"] for identity in row.identities} - {None}
        for row in truth("small", as_of)["people"].itertuples()
    }
    single = [person for person, own in addresses.items() if len(own) == 1]
    assert len(single) > 0.85 * len(addresses)
    told = truth("small", as_of)["funnel"]
    told = told.assign(
        entered_at=pd.to_datetime(told["entered_at"]).dt.tz_localize(None).astype("datetime64[ms]").astype("int64")
    )
    found = derived_funnel(view("small", as_of))
    keys = ["person", "stage"]
    expected, actual = (
        frame[frame["person"].isin(single)][[*keys, "entered_at"]].sort_values(keys, ignore_index=True)
        for frame in (told, found)
    )
    assert_frame_equal(actual, expected, check_dtype=False)
    assert set(told["stage"]) == {"lead", "mql", "sql", "opportunity", "customer"}


def test_people_of_the_truth_are_those_whose_records_are_live() -> None:
    of = view()
    contacts = of.contacts[of.contacts["archived_at"] == NEVER]
    members = of.mail_members[of.mail_members["status"] != "deleted"]
    assert set(truth()["people"]["person"]) == set(contacts["person"]) | set(members["person"])


def known_rates(rates: pd.DataFrame) -> dict[tuple[int, str], Decimal]:
    """The last published rate for each day and currency."""
    table = rates.pivot(index="rate_day", columns="from_currency", values="rate_micros")
    table = table.reindex(range(table.index.min(), table.index.max() + 8)).ffill()
    return {(int(day), name): Decimal(int(micros)).scaleb(-6) for name in table for day, micros in table[name].items()}


def test_spend_of_the_truth_is_what_google_ads_shows_at_the_rates_of_its_home_days() -> None:
    of, rates = view("tiny"), known_rates(view("tiny").fx_rates)
    currency = of.ad_accounts.set_index("id")["currency"].to_dict()
    expected: dict[tuple[str, str | None], Decimal] = {}
    day_of = home_days(of.ad_hours["hour_at"])
    for hour, day in zip(of.ad_hours.itertuples(), day_of, strict=True):
        number = (day - pd.Timestamp(0).date()).days
        rate = rates.get((number, currency[hour.account_id]), Decimal(1))
        key = (str(day), str(hour.campaign_id) if hour.campaign_id else None)
        expected[key] = expected.get(key, Decimal(0)) + Decimal(int(hour.cost_micros)).scaleb(-6) * rate
    told: dict[tuple[str, str | None], float] = {}
    for row in company("tiny").truth(LATER)["spend"]:
        if row["source"] != "google_ads":
            continue
        key = (row["date"], row["campaign_id"])
        told[key] = told.get(key, 0.0) + row["media_cost_home"]
    assert {key: float(cost) for key, cost in expected.items()} == pytest.approx(told, abs=1e-9)
    assert any(campaign is None for _, campaign in told)


def test_deals_of_the_truth_are_the_won_ones_at_the_rate_of_the_day() -> None:
    of, rates = view(), known_rates(view().fx_rates)
    won = of.deals[of.deals["stage"].isin(["closedwon", "118734504"]) & (of.deals["archived_at"] == NEVER)]
    expected = {}
    for deal, day in zip(won.itertuples(), home_days(won["close_at"]), strict=True):
        rate = rates.get(((day - pd.Timestamp(0).date()).days, deal.currency), Decimal(1))
        amount = (Decimal(deal.amount_cents) * rate / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        expected[str(deal.id)] = (deal.person, float(amount), str(day))
    rows = company().truth(LATER)["deals"]
    assert {row["deal"]: (row["person"], row["amount_home"], row["won_on"]) for row in rows} == expected
    assert {row["currency"] for row in rows} == {"EUR", "USD", "GBP"}


def test_totals_are_the_sums_of_the_other_tables() -> None:
    tables, totals = truth(), truth()["totals"].iloc[0]
    stages = tables["funnel"]["stage"].value_counts()
    plural = {"lead": "leads", "mql": "mqls", "sql": "sqls", "opportunity": "opportunities", "customer": "customers"}
    assert {name: totals[name] for name in plural.values()} == {plural[stage]: n for stage, n in stages.items()}
    assert totals["revenue_home"] == pytest.approx(tables["deals"]["amount_home"].sum())
    assert totals["media_cost_home"] == pytest.approx(tables["spend"]["media_cost_home"].sum())
    assert tables["channels"]["leads"].sum() == totals["leads"]
    json.dumps(company().truth(LATER))


def test_paid_channels_answer_to_their_spend_with_carry_over_and_saturation() -> None:
    told = truth()["spend"].query("source != 'microsoft_ads'")  # which brings nobody
    spend = told.pivot_table(index="date", columns="channel", values="media_cost_home", aggfunc="sum")
    expected = company().demand.expected
    for curve in truth()["channels"].query("is_paid").itertuples():
        # final costs: days that are still moving are left out
        daily = spend[curve.channel].fillna(0).to_numpy()[:-35]
        stock, people = 0.0, []
        for amount in daily:
            stock = amount + curve.adstock_decay * stock
            raised = (stock / curve.half_saturation) ** curve.slope
            people.append(curve.max_effect * raised / (1 + raised))
        column = list(truth()["channels"]["channel"]).index(curve.channel)
        assert people == pytest.approx(expected[: len(people), column], rel=1e-3)  # spend is in whole cents
        assert 0.2 < np.mean(people) / curve.max_effect < 0.8
        assert max(people) > 1.5 * min(people[30:])


def test_the_platform_claims_more_than_it_brought_about() -> None:
    paid = truth()["channels"].query("is_paid and channel != 'Paid Social'")
    assert view().ad_hours["conversions"].sum() > 1.2 * paid["leads"].sum()


def test_records_are_as_dirty_as_in_life() -> None:
    of = view()
    contacts, members = of.contacts, of.mail_members
    assert set(of.merges["object_type"]) == {"contacts", "companies", "deals"}
    for kind in ("contacts", "companies", "deals"):
        ids, merged = getattr(of, kind)["id"], of.merges[of.merges["object_type"] == kind]
        assert not set(merged["loser_id"]) & set(ids)
        assert set(merged["winner_id"]) <= set(ids)
        told = getattr(of, kind).set_index("id")["merged_ids"].loc[merged["winner_id"]]
        assert all(str(loser) in ids.split(";") for loser, ids in zip(merged["loser_id"], told, strict=True))
    assert contacts["email"][contacts["email"] != ""].is_unique
    assert (contacts["archived_at"] != NEVER).any() and (of.deals["archived_at"] != NEVER).any()
    assert (contacts["email"] == "").any() and (contacts["additional_emails"] != "").any()
    assert set(members["status"]) == {"subscribed", "unsubscribed", "cleaned", "archived", "pending", "deleted"}
    assert (members["email"] != members["email"].str.lower()).any()
    assert {"REMOVED", "PAUSED", "ENABLED"} == set(of.ad_campaigns["status"])
    assert (of.ad_hours["campaign_id"] == 0).any()
    assert "189234571" in set(of.lifecycle_history["value"])
    assert truth()["funnel"]["is_recorded"].mean() < 1
    order = truth()["funnel"].pivot(index="person", columns="stage", values="entered_at")
    assert (order["opportunity"] < order["lead"]).any()


def test_one_second_contact_on_a_deal_is_never_mistaken_for_the_first() -> None:
    of = view()
    links = of.associations["deals", "contacts"]
    assert links.groupby("from_id")["to_id"].nunique().max() == 2
    labelled = links[links["label"] == "Primary"].set_index("from_id")["to_id"]
    assert_frame_equal(links.groupby("from_id")["to_id"].min().to_frame(), labelled.to_frame())


def test_mail_reports_are_the_totals_of_the_activity() -> None:
    of = view()
    reports = of.mail_reports.set_index("campaign")
    opens = of.mail_activity[of.mail_activity["action"] == "open"]
    human = opens[~opens["ip"].astype(str).str.startswith("17.")]
    assert (opens.groupby("campaign").size().reindex(reports.index, fill_value=0) == reports["opens_total"]).all()
    assert reports["proxy_excluded_opens"].sum() == len(human) < len(opens)
    assert (
        of.mail_recipients.groupby("campaign").size().reindex(reports.index, fill_value=0) == reports["emails_sent"]
    ).all()
    sent = of.mail_campaigns["send_at"].to_numpy()[of.mail_activity["campaign"]]
    assert (of.mail_activity["at"] >= sent).all()
    assert (of.mail_activity["at"] - sent).max() < 26 * DAY


def test_the_export_has_every_event_of_its_day_and_no_other(files: Path) -> None:
    counts = duckdb.sql(
        f"select count(*), count(distinct event_date), "
        f"count(*) filter (filename not like '%events_' || event_date || '.parquet') "
        f"from read_parquet('{files}/ga4_export/*.parquet', filename = true)"
    ).fetchone()
    assert counts is not None
    late = company("tiny").visits.sessions["events"].sum() - counts[0]
    assert 0 <= late < 0.01 * counts[0]
    assert counts[1:] == (60, 0)


def test_events_tell_sessions_sources_and_consent_as_ga4_does(files: Path) -> None:
    relation = export(files)
    numbers = relation.aggregate(
        "count(*) filter (user_pseudo_id is null) as anonymous, "
        "count(*) filter (user_pseudo_id is null and privacy_info.analytics_storage = 'Yes') as wrong, "
        "count(distinct collected_traffic_source.gclid) as gclids, "
        "count(*) filter (len(event_params) < 2) as bare"
    ).fetchone()
    assert numbers is not None
    assert numbers[0] > 0 and numbers[1] == 0 and numbers[2] > 50 and numbers[3] == 0
    keys = {row[0] for row in relation.project("unnest(event_params).key as key").distinct().fetchall()}
    assert {"ga_session_id", "ga_session_number", "page_location", "source", "medium", "campaign"} <= keys
    cookies = {row[0] for row in relation.project("user_pseudo_id").distinct().fetchall()}
    ties = set(view("tiny").contacts["ga_client_id"]) - {""}
    assert len(ties) > 50 and ties <= cookies


def test_a_folder_brought_forward_equals_one_written_afresh(files: Path, tmp_path: Path) -> None:
    for as_of in ("2026-06-20", EARLIER, "2026-06-28", LATER):
        company("tiny").write_files(tmp_path, as_of)
    fresh, forward = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")} for folder in (files, tmp_path)
    )
    assert fresh == forward


def test_a_day_file_changes_for_three_days_at_most(tmp_path: Path) -> None:
    company("tiny").write_files(tmp_path, "2026-06-20")
    before = {path.name: path.read_bytes() for path in tmp_path.glob("ga4_export/*.parquet")}
    company("tiny").write_files(tmp_path, LATER)
    changed = {name for name, content in before.items() if (tmp_path / "ga4_export" / name).read_bytes() != content}
    assert changed <= {f"events_202606{day}.parquet" for day in (18, 19, 20)}


def segment(folder: Path, table: str) -> duckdb.DuckDBPyRelation:
    return duckdb.read_parquet(f"{folder}/segment/{table}/*.parquet", union_by_name=True, filename=True)


def test_segment_tells_who_a_cookie_is_once_they_said_so(files: Path) -> None:
    known = segment(files, "identifies")
    addresses = {email.lower() for (email,) in known.project("email").fetchall()}
    people = company("tiny").population.people["email"]
    assert len(addresses) > 10 and addresses <= set(people)
    views = segment(files, "pages")
    early = views.join(
        known.aggregate("anonymous_id as cookie, min(timestamp) as known_at"), "anonymous_id = cookie", how="left"
    )
    wrong = early.filter("(user_id is not null) <> coalesce(timestamp >= known_at, false)")
    assert views.filter("user_id is not null").aggregate("count(*)").fetchone() > (10,)
    assert wrong.fetchall() == []


def test_segments_loads_hold_what_was_received_and_a_few_rows_twice(files: Path) -> None:
    late, again, rows = segment(files, "pages").aggregate(
        "count(*) filter (uuid_ts - timestamp > interval 1 day), count(*) - count(distinct id), count(*)"
    ).fetchone() or (0, 0, 0)
    assert 0 < late < 0.05 * rows and 0 < again < 0.05 * rows
    assert segment(files, "pages").filter("uuid_ts < received_at").fetchall() == []


def test_segments_columns_begin_and_change_their_type(files: Path) -> None:
    loads = sorted(files.glob("segment/identifies/*.parquet"))
    first, last = (duckdb.read_parquet(str(path)) for path in (loads[0], loads[-1]))
    assert set(last.columns) - set(first.columns) == {"title"}
    types = [dict(zip(each.columns, map(str, each.types), strict=True))["employees"] for each in (first, last)]
    assert types == ["BIGINT", "VARCHAR"]


def test_segment_forgets_who_is_purged(tmp_path: Path) -> None:
    own, people = company("tiny"), company("tiny").population.people
    rows = segment_rows(own.visits, own.sources, people)["identifies"]
    rows = rows[deletions(len(people))[rows["person"] - 1] == NEVER]
    who, gone_at = int(rows["person"].iloc[0]), as_of_instant(LATER) - DAY
    purged_at = np.where(np.arange(len(people)) == who - 1, gone_at, NEVER)
    for as_of, is_known in ((gone_at - 1, True), (gone_at, False)):
        days = (own.first_day, as_of_instant(None) // DAY)
        export_segment(own.visits, own.sources, people, purged_at, days, as_of, tmp_path / "segment")
        found = segment(tmp_path, "identifies").filter(f"user_id = '{rows['user_id'].iloc[0]}'").fetchall()
        assert bool(found) == is_known


def test_rates_are_those_of_weekdays_only(files: Path) -> None:
    rates = pd.read_csv(files / "fx_rates.csv", parse_dates=["rate_on"])
    assert list(rates.columns) == ["rate_on", "from_currency", "to_currency", "rate"]
    assert rates["rate_on"].dt.dayofweek.max() == 4
    assert rates["rate_on"].max() <= pd.Timestamp(LATER)
    assert rates["rate_on"].min() < pd.Timestamp("2026-05-02")
    assert set(rates["from_currency"]) == {"USD", "GBP"}
