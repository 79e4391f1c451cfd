"""When sources load: the schedules of mops.yaml, and from when on a source counts as late."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import dagster as dg
from croniter import croniter  # type: ignore[import-untyped]

from ingestion.settings import Settings


def build_schedules(settings: Settings, models: dg.AssetSelection) -> list[dg.ScheduleDefinition]:
    """One schedule per source; sources that load at the same time share one, and with it one run and one version."""
    together: dict[str, list[str]] = defaultdict(list)
    for source, cron in crons(settings).items():
        together[cron].append(source)
    return [_schedule(sources, cron, settings.time_zone, models) for cron, sources in together.items()]


def build_freshness(settings: Settings) -> dict[str, dg.FreshnessPolicy]:
    """A source is late once it missed a load: when it is older than two of its longest waits."""
    return {
        source: dg.FreshnessPolicy.time_window(fail_window=2 * _longest_wait(cron))
        for source, cron in crons(settings).items()
    }


def crons(settings: Settings) -> dict[str, str]:
    """The schedule of each configured source that has one, its own or that of all."""
    own = {source: settings.source(source).schedule or settings.schedule for source in settings.configured()}
    return {source: cron for source, cron in own.items() if cron}


def _schedule(sources: list[str], cron: str, time_zone: str, models: dg.AssetSelection) -> dg.ScheduleDefinition:
    return dg.ScheduleDefinition(
        name="_".join(["load", *sources]),
        target=dg.AssetSelection.groups(*sources) | models,
        cron_schedule=cron,
        execution_timezone=time_zone,
        description=f"Loads {', '.join(sources)}, then builds, checks and publishes.",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )


def _longest_wait(cron: str) -> timedelta:
    """Over enough ticks to have met a weekend, and of rare ones a year's: 20, and for at least 8 days."""
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    ticks = croniter(cron, begin)
    times: list[datetime] = [ticks.get_next(datetime)]
    while len(times) < 20 or times[-1] < begin + timedelta(days=8):
        times.append(ticks.get_next(datetime))
    return max(later - earlier for earlier, later in pairwise(times))
