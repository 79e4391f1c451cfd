"""The simulated company: one (size, seed) is one history that ends on clock.LAST_DAY; an as-of only cuts it.

    generate(size, seed) -> Company          the whole history, columnar
    Company.at(as_of)    -> view.View        what the vendors can show at that as-of (all an API needs; see view.py)
    Company.truth(as_of) -> {name: rows}     what really happened, for scoring (truth.py)
    Company.write_files(folder, as_of)       the FX rates and the GA4 event export as files

Invariants that keep the truth derivable from what the vendors show:
  * a person's lead time is the earliest of their HubSpot createdate (ms) and Mailchimp signup (s);
  * whoever is archived or purged has no deal, one contact at most, and leaves Mailchimp (permanently) at the same moment;
  * an archived Mailchimp member has an earlier HubSpot contact;
  * a stage the CRM did not record was passed at the moment of the next recorded one; nobody whose deal gets archived has one;
  * duplicates (two contacts, later merged into a new id) always have different e-mails, so "one e-mail" means one record;
  * a deal's person is its contact with the lowest id; second contacts on deals exist only among the never-merged.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sandbox.view import View


@dataclass(frozen=True)
class Size:
    """How big a company is: days of history, contacts, web events (about)."""

    days: int
    contacts: int
    events: int


SIZES = {
    "tiny": Size(60, 300, 7_500),
    "small": Size(546, 6_000, 150_000),
    "medium": Size(1_096, 60_000, 1_500_000),
    "large": Size(1_096, 400_000, 10_000_000),
}


@dataclass(frozen=True)
class Company:
    """One company's whole history."""

    size: str
    seed: int

    def at(self, as_of: date | datetime | str | None = None) -> View:
        """What the vendors can show at an as-of."""
        raise NotImplementedError

    def truth(self, as_of: date | datetime | str | None = None) -> dict[str, list[dict[str, Any]]]:
        """The truth tables people, spend, deals, funnel, channels, totals at an as-of, as JSON-able rows."""
        raise NotImplementedError

    def write_files(self, folder: Path, as_of: date | datetime | str | None = None) -> dict[str, str]:
        """Write what reaches the warehouse as files; returns {"fx_rates": path, "ga4_export": folder}."""
        raise NotImplementedError


def generate(size: str = "small", seed: int = 1) -> Company:
    """The company of a size and a seed."""
    return Company(size, seed)
