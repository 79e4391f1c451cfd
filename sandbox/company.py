"""The simulated company: one (size, seed) is one history that ends on clock.LAST_DAY; an as-of only cuts it.

    generate(size, seed) -> Company          the whole history, columnar
    Company.at(as_of)    -> view.View        what the vendors can show at that as-of (all an API needs; see view.py)
    Company.truth(as_of) -> {name: rows}     what really happened, for scoring (truth.py)
    Company.write_files(folder, as_of)       FX rates, the GA4 event export and Segment's tables as files

Invariants that keep the truth derivable from what the vendors show:
  * a person's lead time is the earliest of their HubSpot createdate (ms) and Mailchimp signup (s);
  * whoever is archived or purged has no deal and one contact at most, and leaves Mailchimp for good at that moment;
  * an archived Mailchimp member has an earlier HubSpot contact;
  * a stage the CRM did not record was passed at the moment of the next one; who has such a stage has no archived deal;
  * duplicates (two contacts, later perhaps merged into a new id) have different e-mails: "one e-mail" means one record;
  * a deal's person is its contact with the lowest id; only people without duplicates stand second on deals.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pandas as pd
from numpy.random import Generator

from sandbox import truth
from sandbox.ads import Ads, run_ads
from sandbox.amplitude_events import collect_amplitude
from sandbox.chance import stream
from sandbox.chats import Chats, chat
from sandbox.clock import LAST_DAY, as_of_instant, day_number
from sandbox.crm import Crm, record_population
from sandbox.demand import Demand, respond
from sandbox.fx import FxRates, walk_rates, write_rates
from sandbox.ga4_export import export_events
from sandbox.mail_members import join_lists
from sandbox.mailing import Mailing, send_campaigns
from sandbox.platform_ads import PlatformAds, run_platforms
from sandbox.population import Population, populate
from sandbox.programs import Programs, run_programs
from sandbox.search_results import run_searches
from sandbox.segment_export import export_segment
from sandbox.staff import book_hours
from sandbox.support import Support, serve_people
from sandbox.time_tracking import track
from sandbox.view import View
from sandbox.viewing import look
from sandbox.visits import Visits, visit
from sandbox.web_sources import Sources, list_sources

AsOf = date | datetime | str | None


@dataclass(frozen=True)
class Size:
    """How big a company is: days of history, HubSpot contacts and web events (about), days between newsletters."""

    days: int
    contacts: int
    events: int
    newsletter_days: int


SIZES = {
    "tiny": Size(60, 300, 7_500, 14),
    "small": Size(546, 6_000, 150_000, 14),
    "medium": Size(1_096, 60_000, 1_500_000, 28),
    "large": Size(1_096, 400_000, 10_000_000, 28),
}
FILES_ONLY = ("segment",)  # vendors that are files and no API
_PEOPLE_PER_CONTACT = 1.11  # some never get into the CRM, some get into it twice
_AD_BUDGET_PER_CONTACT = 24.0


@dataclass(frozen=True)
class Company:
    """One company's whole history."""

    size: str
    seed: int
    first_day: int
    fx: FxRates
    ads: Ads
    demand: Demand
    platform_ads: PlatformAds
    population: Population
    mailing: Mailing
    sources: Sources
    visits: Visits
    crm: Crm
    programs: Programs
    time_entries: pd.DataFrame
    time_bookings: pd.DataFrame
    support: Support
    searches: pd.DataFrame
    amplitude_events: pd.DataFrame
    chats: Chats

    def at(self, as_of: AsOf = None) -> View:
        """What the vendors can show at an as-of."""
        return look(self, as_of_instant(as_of))

    def truth(self, as_of: AsOf = None) -> dict[str, truth.Rows]:
        """The truth tables people, visits, spend, deals, funnel, channels, totals at an as-of, as JSON-able rows."""
        return truth.tell(self, as_of_instant(as_of))

    def write_files(self, folder: Path, as_of: AsOf = None, only: Collection[str] | None = None) -> dict[str, str]:
        """Write what reaches the warehouse as files; returns {"fx_rates": path, "ga4_export": folder, …}.

        `only` names the vendors whose files are wanted; rates are always written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        instant = as_of_instant(as_of)
        rates, export, segment = folder / "fx_rates.csv", folder / "ga4_export", folder / "segment"
        write_rates(self.fx.at(instant), rates)
        files = {"fx_rates": str(rates)}
        if only is None or "ga4" in only:
            export_events(self.visits, self.sources, self.first_day, instant, export, f"{self.size}/{self.seed}")
            files["ga4_export"] = str(export)
        if only is None or "segment" in only:
            self._write_segment(segment, instant)
            files["segment"] = str(segment)
        return files

    def _write_segment(self, folder: Path, instant: int) -> None:
        days, purged_at = (self.first_day, day_number(LAST_DAY)), self.crm.contacts.facts["purged_at"].to_numpy()
        export_segment(self.visits, self.sources, self.population.people, purged_at, days, instant, folder)


def generate(size: str = "small", seed: int = 1) -> Company:
    """The company of a size and a seed."""
    scale = SIZES[size]
    last_day = day_number(LAST_DAY)
    first_day = last_day - scale.days + 1

    def chance(subject: str) -> Generator:
        return stream(seed, size, subject)

    fx = walk_rates(chance("fx"), first_day, last_day)
    ad_budget = scale.contacts / scale.days * _AD_BUDGET_PER_CONTACT
    ads = run_ads(chance("ads"), first_day, last_day, ad_budget)
    count = round(scale.contacts * _PEOPLE_PER_CONTACT)
    demand = respond(ads.home_costs(fx), first_day, last_day, count)
    platform_ads = run_platforms(chance("platform_ads"), demand, fx, first_day, last_day, ad_budget)
    population = populate(chance, demand, count)
    members = join_lists(chance("members"), population.people, population.journeys, population.first_won_at())
    mailing = send_campaigns(chance("mailing"), members, first_day, last_day, scale.newsletter_days)
    sources = list_sources(ads, mailing, first_day, last_day)
    visits = visit(chance("visits"), population.journeys, mailing, sources, demand, scale.events)
    crm = record_population(chance, population, visits.form_client_ids(count), first_day, last_day)
    programs = run_programs(chance, population.journeys, first_day, last_day)
    time_entries = book_hours(chance("staff"), first_day, last_day, ads.campaigns)
    support = serve_people(chance("support"), population)
    time_bookings = track(chance("tracked time"), time_entries, last_day)
    searches = run_searches(chance("searches"), visits, sources)
    return Company(
        size,
        seed,
        first_day,
        fx,
        ads,
        demand,
        platform_ads,
        population,
        mailing,
        sources,
        visits,
        crm,
        programs,
        time_entries,
        time_bookings,
        support,
        searches,
        collect_amplitude(visits, sources, population.people),
        chat(chance("chats"), visits, sources, population.people, population.journeys, len(crm.owners)),
    )
