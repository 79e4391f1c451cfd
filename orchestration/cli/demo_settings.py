"""mops.yaml of a home whose vendors are the sandbox.

what `GET /` of a sandbox says -> mops.yaml, and the environment variables it names
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from importlib import import_module
from typing import Any

from ingestion import registry

SPINE = ("hubspot", "mailchimp", "google_ads", "ga4")  # what the demo has unless it is asked for everything
# Where several tools tell the same, the one that counts.
_COUNTED = {"deals": "hubspot", "stage_events": "hubspot", "sessions": "ga4"}

Section = dict[str, Any]


def configuration(
    facts: Mapping[str, Any], size: str, names: Collection[str] = SPINE
) -> tuple[Section, dict[str, str]]:
    """The settings for the named vendors of a sandbox of a size, and the secrets they name."""
    sources, secrets = _sources(facts, size, names)
    settings = {
        "home_currency": "EUR",
        "time_zone": "Europe/Berlin",
        "as_of": facts["as_of"],
        "gross_margin_rate": 0.6,
        **_counted(sources),
        **_cost_rates(sources),
        "sources": sources,
    }
    return settings, secrets


def _sources(facts: Mapping[str, Any], size: str, names: Collection[str]) -> tuple[Section, dict[str, str]]:
    from sandbox.clock import LAST_DAY
    from sandbox.company import SIZES

    first_day = LAST_DAY - timedelta(days=SIZES[size].days - 1)
    files = facts["files"]
    secrets: dict[str, str] = {}
    sources: Section = {}
    for name in (name for name in registry.source_names() if name in names and name != "files"):
        source = import_module(f"ingestion.sources.{name}")
        told: Section = {}
        if name in facts["vendors"]:
            vendor = facts["vendors"][name]
            offered = {key: value for key, value in vendor["credentials"].items() if key in source.CREDENTIALS}
            variables = {key: f"SANDBOX_{name}_{key}".upper() for key in offered}
            secrets |= {variables[key]: value for key, value in offered.items()}
            told |= {"base_url": vendor["base_url"], "start_date": first_day, "credentials": variables}
        if "export" in source.OPTIONS and (folder := files.get(f"{name}_export") or files.get(name)):
            told |= {"options": {"export": folder}}
        if told:
            sources[name] = told
    return {**sources, "files": [{"as": "fx_rates", "path": files["fx_rates"]}]}, secrets


def _feeding(entity: str, sources: Collection[str]) -> list[str]:
    """The configured vendors that feed an entity."""
    return [name for name in sources if name != "files" and entity in registry.entities()[name]]


def _counted(sources: Collection[str]) -> Section:
    counted = {
        entity: [name] for entity, name in _COUNTED.items() if name in sources and len(_feeding(entity, sources)) > 1
    }
    return {"sources_of": counted} if counted else {}


def _cost_rates(sources: Collection[str]) -> Section:
    """What an hour of the staff costs, where a tool tells their hours."""
    from sandbox.staff import RATES_CENTS, full_name

    if not _feeding("time_entries", sources):
        return {}
    rates = [
        {"person": full_name(staff), "hourly_rate": cents / 100, "currency": "EUR"}
        for staff, cents in RATES_CENTS.items()
    ]
    return {"cost_rates": rates}
