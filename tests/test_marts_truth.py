"""What is published of the tiny company equals what the sandbox knows to be true."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pandas as pd
import pytest
import requests
import touches_reference as reference
import yaml
from company_home import Home, company
from identity_truth import of_people, pairwise, resolved

from ingestion import registry
from orchestration.cli.demo_settings import SPINE
from sandbox.clock import LAST_DAY

CENT = Decimal("0.01")


class Known(NamedTuple):
    """A home after one run, and the truth about its company."""

    home: Home
    truth: dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module", params=["the spine's sources", pytest.param("every source", marks=pytest.mark.long)])
def known(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    home = Home(tmp_path_factory.mktemp("truth"))
    vendors = registry.source_names() if request.param == "every source" else SPINE
    with company(home, vendors=vendors) as facts:
        home.mops("run")
        names = ("people", "visits", "spend", "deals", "funnel")
        truth = {name: requests.get(f"{facts['url']}/truth/{name}", timeout=60).json() for name in names}
        configured = yaml.safe_load((home.folder / "mops.yaml").read_text(encoding="utf-8"))["sources"]
        truth["spend"] = [row for row in truth["spend"] if row["source"] in configured]
        yield Known(home, truth)


def _people_found_whole(known: Known) -> dict[Any, str]:
    """person of the truth -> person_id, of those whose records are one person in the warehouse."""
    found = resolved(known.home.folder)
    person_ids: dict[Any, set[str]] = defaultdict(set)
    for (kind, value), person in of_people(known.truth["people"]).items():
        if kind == "source_id" and (kind, value) in found:  # what is archived in its tool is nobody's
            person_ids[person].add(found[kind, value])
    return {person: min(own) for person, own in person_ids.items() if len(own) == 1}


def test_spend_per_channel_and_month_is_true_to_the_cent(known: Known) -> None:
    spent: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in known.truth["spend"]:
        spent[row["date"][:7], row["channel"]] += Decimal(str(row["media_cost_home"]))
    expected = {key: cost.quantize(CENT) for key, cost in spent.items() if cost}
    found = known.home.query(
        "select strftime(month, '%Y-%m'), channel, media_cost from marts.channel_roi where model = 'first'"
    )
    assert {(month, channel): cost.quantize(CENT) for month, channel, cost in found if cost} == expected


def test_the_planner_refuses_sixty_days_and_tells_what_they_cost(known: Known) -> None:
    """Whole weeks, from that of the first spend to the Sunday before the as-of, scaled to the thirteen planned."""
    paid = [(date.fromisoformat(row["date"]), row["channel"], row["media_cost_home"]) for row in known.truth["spend"]]
    paid = [(day, channel, cost) for day, channel, cost in paid if cost > 0 and channel != "Unassigned"]
    first = min(day - timedelta(days=day.weekday()) for day, _, _ in paid)
    weeks = (date(2026, 6, 29) - first).days // 7
    expected: dict[str, float] = defaultdict(float)
    for day, channel, cost in paid:
        expected[channel] += cost * 13 / weeks if day < date(2026, 6, 29) else 0
    found = known.home.query(
        """
        select channel, current_spend, recommended_spend, is_refused, reason, horizon_starts_on
        from marts.budget_allocation
        """
    )
    assert {row[0]: float(row[1]) for row in found} == pytest.approx(expected, abs=0.01)
    assert all(recommended == current and refused for _, current, recommended, refused, *_ in found)
    assert all("whole weeks; 26 are needed" in reason for *_, reason, _ in found)
    assert {row[-1] for row in found} == {date(2026, 6, 29)}


def test_every_deal_is_there_with_its_revenue_and_day(known: Known) -> None:
    expected = Counter(
        (str(Decimal(str(row["amount_home"])).quantize(CENT)), row["won_on"]) for row in known.truth["deals"]
    )
    found = known.home.query(
        """
        select distinct conversion_id, conversion_revenue,
            cast(timezone('Europe/Berlin', timezone('UTC', converted_at)) as date)
        from marts.attribution
        where conversion_type = 'won_revenue'
        """
    )
    assert Counter((str(revenue), won_on.isoformat()) for _, revenue, won_on in found) == expected


def test_identities_are_joined_as_they_truly_are(known: Known) -> None:
    precision, recall = pairwise(of_people(known.truth["people"]), resolved(known.home.folder))
    print(f"identity, tiny company: precision {precision:.4f}, recall {recall:.4f}")
    assert precision >= 0.995
    assert recall >= 0.95


def test_people_are_in_the_stages_they_truly_passed(known: Known) -> None:
    person_ids = _people_found_whole(known)
    assert len(person_ids) > 0.95 * len(known.truth["people"])
    expected = {
        (person_ids[row["person"]], row["stage"]) for row in known.truth["funnel"] if row["person"] in person_ids
    }
    found = known.home.query("select person_id, stage from marts.funnel_stages where not is_reentry")
    assert len(expected) > 100
    assert {row for row in found if row[0] in set(person_ids.values())} == expected


def test_people_who_truly_became_sqls_are_credited_once(known: Known) -> None:
    person_ids = _people_found_whole(known)
    expected = {
        person_ids[row["person"]]
        for row in known.truth["funnel"]
        if row["stage"] == "sql" and row["person"] in person_ids
    }
    found = known.home.query(
        """
        select conversion_id, sum(credit_markov)
        from marts.attribution
        where conversion_type = 'became_sql'
        group by all
        """
    )
    ours = set(person_ids.values())
    assert expected
    assert {person for person, _ in found if person in ours} == expected
    assert all(abs(credit - 1) < 1e-9 for _, credit in found)


def test_a_click_on_an_e_mail_and_the_visit_it_opens_are_one_touch(known: Known) -> None:
    """Scanners click within half a minute of the sending, people of this company later."""
    home = known.home.folder
    clicks = reference.raw(
        home,
        "mailchimp",
        """
        select distinct 'email', lower(email_address), timestamp::timestamp, url
        from raw.email_activity inner join raw.campaigns on campaign_id = campaigns.id
        where action = 'click' and timestamp > send_time + interval 30 second
        """,
    )
    visits, moments = reference.visits(home), reference.moments(home, [row[:3] for row in clicks])
    expected = [each for each in moments if not reference.is_on_a_visit(visits, each, "mailchimp")]
    assert 0 < len(expected) < len(moments)
    assert reference.touches(home, "mailchimp", "email_click") == sorted(expected)


def test_a_form_is_part_of_the_visit_on_which_it_was_filled_in(known: Known) -> None:
    """HubSpot's forms in this company have no parameters."""
    home = known.home.folder
    told = "select distinct 'email', lower(email), submitted_at::timestamp, form_id from raw.form_submissions"
    forms = [row[:3] for row in reference.raw(home, "hubspot", told)]
    visits, moments = reference.visits(home), reference.moments(home, forms)
    expected = [each for each in moments if not reference.is_on_a_visit(visits, each)]
    assert 0 < len(expected) < len(moments) / 2
    assert reference.touches(home, "hubspot", "form") == sorted(expected)


def test_meetings_are_touches_where_they_took_place(known: Known) -> None:
    """At the as-of nobody knows yet what became of the last ones."""
    home = known.home.folder
    meetings = reference.raw(
        home,
        "hubspot",
        """
        select distinct 'source_id', 'hubspot:' || to_id, hs_meeting_start_time::timestamp
        from raw.meetings
        inner join raw.associations on from_id = id and from_type = 'meetings' and to_type = 'contacts'
        where hs_meeting_outcome in ('COMPLETED', 'SCHEDULED') and not archived
            and hs_meeting_start_time < '2026-06-30 22:00:00+00'
        """,
    )
    expected = reference.moments(home, meetings)
    assert expected
    assert reference.touches(home, "hubspot", "meeting") == sorted(expected)


def test_visits_that_an_ad_brought_have_its_campaign(known: Known) -> None:
    """Also where nothing but the click id says so. Visits that another of the same cookie is near to are left out."""
    visits = pd.DataFrame(known.truth["visits"]).sort_values(["cookie", "started_at"])
    visits = visits.assign(began=pd.to_datetime(visits["started_at"]), ended=pd.to_datetime(visits["ended_at"]))
    by_cookie, half_an_hour = visits.groupby("cookie"), timedelta(minutes=30)
    is_near = (visits["began"] - by_cookie["ended"].shift() <= half_an_hour) | (
        by_cookie["began"].shift(-1) - visits["ended"] <= half_an_hour
    )
    is_final = visits["ended"] < pd.Timestamp(LAST_DAY, tz="UTC") - timedelta(days=3)
    told = visits[visits["ad_campaign"].notna() & ~is_near & is_final]
    expected = {
        (cookie, int(began.timestamp())): re.sub("[^a-z0-9]+", "_", campaign.lower()).strip("_")
        for cookie, began, campaign in zip(told["cookie"], told["began"], told["ad_campaign"], strict=True)
    }
    found = reference.campaigns_of_visits(known.home.folder)
    assert len(expected) > 100
    assert {key: found.get(key) for key in expected} == expected
