"""Whether a source can be loaded: its credentials, what they open, the way to the vendor, and the clock.

mops.yaml, the environment, the first answer to each of a source's readers -> Finding; nothing is written
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

from ingestion import client
from ingestion.client import Cause, SourceError
from ingestion.reading import Item, Pull, Span, Whole
from ingestion.settings import Settings, SettingsError, now
from ingestion.vendor import Account

MOST_WRONG = timedelta(minutes=5)  # for a clock

_CURES: dict[Cause, str] = {
    "credentials": "the credentials are wrong, expired or revoked: make new ones and put them into the environment",
    "permission": "give the credentials the scopes and permissions that docs/sources/{name}.md lists",
    "connection": "check the network, any proxy or firewall, and sources.{name}.base_url where it is set",
    "trouble": "the vendor is in trouble, or limits requests: ask again later",
    "unknown": "compare sources.{name} of mops.yaml with docs/sources/{name}.md",
}
_CURE_OF_A_FAULT = "this is a fault of mops; `mops run --select {name}` logs where in its code"
_CURE_OF_CLOCK = "set it (NTP): each load begins where the last one ended by this clock, and would miss what is between"


@dataclass(frozen=True)
class Finding:
    """What was found of a source; without a problem it can be loaded."""

    source: str
    problem: str = ""
    cure: str = ""
    is_mistake: bool = False  # in mops.yaml or the environment, so that nobody was asked


def examine(name: str, settings: Settings, home: Path) -> Finding:
    """Look at one source. Of an error that nobody foresaw the kind alone is told, for its text may quote a record."""
    source = import_module(f"ingestion.sources.{name}")
    try:
        if hasattr(source, "check"):
            source.check(settings, home)
            return Finding(name)
        pull = Pull(Account(name, source, settings), _last_day(settings), home)
        with client.probing() as probe:
            found = _ask(name, source.readers(pull))
    except SettingsError as mistake:
        said = "; ".join(str(mistake).splitlines())
        return Finding(name, said, f"docs/settings.md and docs/sources/{name}.md say how", is_mistake=True)
    except Exception as error:
        return Finding(name, f"it could not be read: {type(error).__name__}", _CURE_OF_A_FAULT.format(name=name))
    ahead = timedelta(seconds=probe.ahead or 0)
    if found.problem or abs(ahead) <= MOST_WRONG:
        return found
    distance = f"{abs(ahead) // timedelta(minutes=1)} minutes {'ahead of' if ahead > timedelta() else 'behind'}"
    return Finding(name, f"this machine's clock is {distance} the vendor's", _CURE_OF_CLOCK)


def _last_day(settings: Settings) -> Span:
    """The shortest time that every vendor can be asked for, and nothing that may have moved before it."""
    until = settings.as_of_or(now()).replace(tzinfo=UTC)
    return Span(until, ZoneInfo(settings.time_zone), until - timedelta(days=1), is_range=True)


def _ask(name: str, readers: list[Iterator[Item]]) -> Finding:
    """Have each reader bring its first item: which scopes are missing shows only where each object is asked for."""
    failed: list[SourceError] = []
    for reader in readers:
        try:
            next((item for item in reader if not isinstance(item, Whole)), None)
        except SourceError as error:
            failed.append(error)
            if error.cause in ("credentials", "connection"):
                break  # it would be the same for all
    if not failed:
        return Finding(name)
    first, others = failed[0], len(failed) - 1
    problem = str(first).removeprefix(f"{name}: ") + (f" (and {others} more)" if others else "")
    return Finding(name, problem, _CURES[first.cause].format(name=name))
