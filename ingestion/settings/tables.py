"""The settings as a raw file, so that dbt reads them like any other source and needs no --vars.

Settings, run -> data/raw/settings.duckdb, schema raw
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from ingestion import home as paths
from ingestion import registry
from ingestion.settings.feeding import entities_fed, inputs_read
from ingestion.settings.model import Settings

SCHEMA = """
create schema raw;
create table raw.run (
    run_id varchar, as_of timestamp, home_currency varchar, time_zone varchar, revenue_from varchar,
    lookback_days integer, gross_margin_rate double
);
create table raw.lead_definitions (version varchar, valid_from date, stage varchar, source_stage varchar);
create table raw.channel_mapping (channel_detail varchar, channel varchar);
create table raw.campaign_mapping (source varchar, name varchar, campaign varchar);
create table raw.margin_rates (product_id varchar, rate double);
create table raw.counted_sources (entity varchar, source varchar);
create table raw.inputs_read (input varchar);
create table raw.trusted_sources (source varchar, trust_rank integer);
create table raw.identity_vetoes (veto_id integer, identity varchar, other_identity varchar);
create table raw.cost_rates (person varchar, hourly_rate decimal(18, 2), currency varchar, valid_from date);
create table raw.planning (outcome varchar, horizon_weeks integer, target_cac decimal(18, 2));
create table raw.budget_bounds (channel varchar, min_spend decimal(18, 2), max_spend decimal(18, 2));
create table raw.budgets (month date, channel varchar, amount decimal(18, 2));
create table raw.experiments (
    channel varchar, starts_on date, ends_on date, outcome double, standard_error double
);
"""

Row = tuple[Any, ...]


def write_tables(settings: Settings, home: Path, run_id: str, as_of: datetime) -> None:
    """Replace the file as a whole; as_of is naive UTC."""
    file = paths.raw_file(home, "settings")
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name("settings.draft")
    draft.unlink(missing_ok=True)
    with duckdb.connect(str(draft)) as connection:
        connection.execute(SCHEMA)
        for table, rows in _tables(settings, run_id, as_of).items():
            for row in rows:
                connection.execute(f"insert into raw.{table} values ({', '.join('?' * len(row))})", row)
    draft.replace(file)


def _tables(settings: Settings, run_id: str, as_of: datetime) -> dict[str, Iterable[Row]]:
    one_rate = settings.gross_margin_rate if not isinstance(settings.gross_margin_rate, dict) else None
    rates = settings.gross_margin_rate if isinstance(settings.gross_margin_rate, dict) else {}
    return {
        "run": [
            (run_id, as_of, settings.home_currency, settings.time_zone, settings.revenue_from)
            + (settings.lookback_days, one_rate)
        ],
        "lead_definitions": _lead_definitions(settings),
        "channel_mapping": settings.channel_mapping.items(),
        "campaign_mapping": [
            (source, name, campaign)
            for source, campaigns in settings.campaign_mapping.items()
            for name, campaign in campaigns.items()
        ],
        "margin_rates": rates.items(),
        "counted_sources": [
            (entity, source)
            for source, entities in entities_fed(settings).items()
            for entity in entities
            if source in settings.sources_of.get(entity, [source])
        ],
        "inputs_read": [(name,) for name in inputs_read(settings)],
        "trusted_sources": _trusted_sources(settings),
        "identity_vetoes": [
            (number, *(_identity(each) for each in pair)) for number, pair in enumerate(settings.identity_vetoes, 1)
        ],
        "cost_rates": [(rate.person, rate.hourly_rate, rate.currency, rate.valid_from) for rate in settings.cost_rates],
        "planning": [(settings.planning.outcome, settings.planning.horizon, settings.planning.target_cac)],
        "budget_bounds": [(channel, *bounds) for channel, bounds in settings.planning.bounds.items()],
        "budgets": [(budget.month, budget.channel, budget.amount) for budget in settings.budgets],
        "experiments": [
            (test.channel, test.start, test.end, test.outcome, test.standard_error) for test in settings.experiments
        ],
    }


def _lead_definitions(settings: Settings) -> list[Row]:
    return [
        (definition.version, definition.valid_from, stage, word)
        for definition in settings.lead_definitions
        for stage, words in (("mql", definition.mql), ("sql", definition.sql))
        for word in words
    ]


def _trusted_sources(settings: Settings) -> list[Row]:
    """Every source with its rank, 1 the most trusted: those of trusted_sources, then the CRMs, then the others."""
    named = {source: rank for rank, source in enumerate(settings.trusted_sources, 1)}
    crm, other = len(named) + 1, len(named) + 2
    return [
        (source, named.get(source, crm if "deals" in fed else other)) for source, fed in registry.entities().items()
    ]


def _identity(told: str) -> str:
    """How the models name what mops.yaml calls an address, or an id as source:id."""
    return f"email:{told.strip().lower()}" if "@" in told else f"source_id:{told.strip()}"
