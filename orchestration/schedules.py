"""When sources load: the schedules of mops.yaml, and from when on a source counts as late."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise

import dagster as dg
from croniter import croniter, croniter_range  # type: ignore[import-untyped]

from ingestion.settings import Settings

BEHIND_RAW = ("seeds", "staging", "intermediate", "marts", "published")  # by group, for the UI shows the selection


def build_schedules(settings: Settings) -> list[dg.ScheduleDefinition]:
    """One schedule per source; sources that load at the same time share one, and with it one run and one version."""
    together: dict[str, list[str]] = defaultdict(list)
    for source, cron in crons(settings).items():
        together[cron].append(source)
    return [_schedule(sources, cron, settings.time_zone) for cron, sources in together.items()]


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


def _schedule(sources: list[str], cron: str, time_zone: str) -> dg.ScheduleDefinition:
    return dg.ScheduleDefinition(
        name="_".join(["load", *sources]),
        target=dg.AssetSelection.groups(*sources, *BEHIND_RAW),
        cron_schedule=cron,
        execution_timezone=time_zone,
        description=f"Loads {', '.join(sources)}, then builds, checks and publishes.",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )


@cache
def _longest_wait(cron: str) -> timedelta:
    """Between two ticks: over a midnight of the year, or within a day; all days that have ticks are alike."""
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    ticks = croniter(cron)

    def last_before(moment: datetime) -> datetime:
        return ticks.get_prev(datetime, start_time=moment)

    def first_from(moment: datetime) -> datetime:
        return ticks.get_next(datetime, start_time=moment - timedelta.resolution)

    midnights = [begin + timedelta(days=number) for number in range(366)]
    day = first_from(begin).replace(hour=0, minute=0)
    of_day = croniter_range(day, day + timedelta(days=1), cron)
    return max(
        *(first_from(midnight) - last_before(midnight) for midnight in midnights),
        *(later - earlier for earlier, later in pairwise(of_day)),
    )
