"""What mops.yaml may say: every key, its type and its default."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from croniter import croniter  # type: ignore[import-untyped]
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from ingestion.settings.as_of import known_zone, parse_as_of
from ingestion.settings.files_entry import FilesEntry
from ingestion.settings.planning import Budget, Experiment, Planning
from ingestion.settings.strict import Amount, Channel, Strict, form
from ingestion.settings.yaml_lines import SettingsError


def _schedule(cron: str) -> str:
    """Five fields of cron that come true some day; croniter reads them in Dagster too."""
    try:
        fields = croniter.expand(cron)[0]
        croniter(cron).get_next()
    except ValueError:
        fields = []
    if len(fields) != 5:  # with a sixth it would mean seconds, which Dagster does not know
        raise ValueError(f"{cron} is no schedule; 0 5 * * * is every day at five")
    return cron


Currency = Annotated[str, form(r"[A-Z]{3}", "a currency's three letters (EUR)")]
Zone = Annotated[str, AfterValidator(known_zone)]
Identity = Annotated[str, form(r"\s*([^\s@]+@[^\s@]+|[a-z0-9_]+:\S.*)\s*", "an address or source:id (hubspot:101)")]
Rate = Annotated[Decimal, Field(ge=0, le=1)]
Cron = Annotated[str, AfterValidator(_schedule)]


def _secret_name(value: str) -> str:
    """Refuse what looks like a secret rather than its name, and don't repeat it."""
    if not re.fullmatch(r"[A-Z][A-Z0-9_]*|[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", value):
        raise ValueError(
            "must be the name of an environment variable (HUBSPOT_TOKEN) or of a dlt secret "
            "(sources.hubspot.token), never the secret itself"
        )
    return value


SecretName = Annotated[str, AfterValidator(_secret_name)]


class SourceSettings(Strict):
    """How to reach one vendor; what credentials and options there are is declared by the vendor's module."""

    base_url: Annotated[str, form(r"https?://\S+", "an address that begins with https://")] | None = None
    start_date: date | None = None
    schedule: Cron | None = None
    credentials: dict[str, SecretName] = {}
    options: dict[str, str | list[str]] = {}


class Sources(Strict):
    """The vendors by name, and the files source, which is a list."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, SourceSettings]
    files: list[FilesEntry] = []

    def vendors(self) -> dict[str, SourceSettings]:
        """The configured vendors, in the order of mops.yaml."""
        return dict(self.__pydantic_extra__)


class LeadDefinition(Strict):
    """Which of the vendors' stage words make an MQL and an SQL, from a date on."""

    version: str
    valid_from: date
    mql: list[str]
    sql: list[str]


class CostRate(Strict):
    """What an hour of a person costs, from a date on."""

    person: str
    hourly_rate: Amount
    currency: Currency
    valid_from: date = date(1900, 1, 1)


class Alerts(Strict):
    """Where failures are told: names of the variables that hold the addresses."""

    webhook: SecretName | None = None
    slack: SecretName | None = None


DEFAULT_LEAD_DEFINITION = LeadDefinition(
    version="1",
    valid_from=date(1900, 1, 1),
    mql=["marketingqualifiedlead", "mql"],
    sql=["salesqualifiedlead", "sql"],
)


class Settings(Strict):
    """The whole of mops.yaml."""

    home_currency: Currency = "EUR"
    time_zone: Zone = "UTC"
    as_of: Annotated[str | None, BeforeValidator(lambda value: _isoformat(value))] = None
    schedule: Cron | None = None
    revenue_from: Literal["deals", "orders"] = "deals"
    sources_of: dict[str, Annotated[list[str], Field(min_length=1)]] = {}
    trusted_sources: list[str] = []
    identity_vetoes: list[tuple[Identity, Identity]] = []
    lookback_days: Annotated[int, Field(gt=0, le=36_500)] = 90
    gross_margin_rate: Rate | dict[str, Rate] | None = None
    lead_definitions: Annotated[list[LeadDefinition], Field(min_length=1)] = [DEFAULT_LEAD_DEFINITION]
    channel_mapping: dict[str, Channel] = {}
    campaign_mapping: dict[str, dict[str, str]] = {}
    cost_rates: list[CostRate] = []
    planning: Planning = Planning()
    experiments: list[Experiment] = []
    budgets: list[Budget] = []
    alerts: Alerts = Alerts()
    sources: Sources = Field(default_factory=lambda: Sources.model_validate({}))

    @field_validator("as_of")
    @classmethod
    def _is_moment(cls, as_of: str | None, told: ValidationInfo) -> str | None:
        if as_of is not None:
            parse_as_of(as_of, told.data.get("time_zone", "UTC"))
        return as_of

    @field_validator("lead_definitions")
    @classmethod
    def _hold_one_after_the_other(cls, definitions: list[LeadDefinition]) -> list[LeadDefinition]:
        for field in ("version", "valid_from"):
            if len({getattr(each, field) for each in definitions}) < len(definitions):
                raise ValueError(f"two have the same {field}")
        return definitions

    @field_validator("budgets")
    @classmethod
    def _are_of_a_month_and_channel_each(cls, budgets: list[Budget]) -> list[Budget]:
        if len({(each.month, each.channel) for each in budgets}) < len(budgets):
            raise ValueError("two are of the same month and channel")
        return budgets

    def as_of_or(self, now: datetime) -> datetime:
        """The as-of of mops.yaml, else the moment given; naive UTC."""
        return now if self.as_of is None else parse_as_of(self.as_of, self.time_zone)

    def configured(self) -> list[str]:
        """The names of the sources that mops.yaml configures."""
        files = ["files"] if self.sources.files else []
        return [*self.sources.vendors(), *files]

    def check_configured(self) -> None:
        """SettingsError where no source is: a run would publish empty marts over the company's."""
        if not self.configured():
            raise SettingsError(
                "no source is configured: name one under sources: in mops.yaml (mops.example.yaml shows each)"
            )

    def source(self, name: str) -> SourceSettings:
        """The settings of one vendor; empty where it is not configured."""
        return self.sources.vendors().get(name, SourceSettings())


def _isoformat(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
