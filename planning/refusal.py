"""When the planner does not speak, and why: thin data, spend that hardly varied, channels that cannot be told apart."""

import numpy as np

from planning.history import History
from planning.response import Floats, weekly

WEEKS = 26
SPENT_WEEKS = 8
CONVERSIONS = 50
VARIATION = 0.05  # of weekly spend, standard deviation over mean
ALIKE = 0.98  # share of a channel's variation that another channel's spend, or the season and a trend, explains


def refused(history: History) -> dict[int, str]:
    """The channels that keep their money, with the reason, in words."""
    channels = range(len(history.channels))
    if history.weeks < WEEKS:
        return dict.fromkeys(channels, f"the history has {history.weeks} whole weeks; {WEEKS} are needed")
    if not history.outcome.std() > 0:
        return dict.fromkeys(channels, "the outcome is the same in every period")
    if not history.outcome.sum() > 0:
        return dict.fromkeys(channels, "the outcome sums to nothing or less")
    spend = weekly(history.spend[history.skipped :], history.per_week)
    reasons = {
        channel: reason for channel in channels if (reason := _thin(spend[:, channel]) or _rare(history, channel))
    }
    rest = [channel for channel in channels if channel not in reasons]
    return reasons | _alike(history, spend, rest)


def _thin(spend: Floats) -> str | None:
    weeks = int((spend > 0).sum())
    if weeks == 0:
        return "nothing was ever spent on it"
    if weeks < SPENT_WEEKS:
        return f"there was spend in {weeks} weeks only; {SPENT_WEEKS} are needed"
    if spend.std() < VARIATION * spend.mean():
        return "its spend was constant, so nothing shows what another amount would bring"
    return None


def _rare(history: History, channel: int) -> str | None:
    if history.conversions is None or history.conversions[channel] >= CONVERSIONS:
        return None
    return f"{history.conversions[channel]} conversions had a touch of it; {CONVERSIONS} are needed"


def _alike(history: History, spend: Floats, channels: list[int]) -> dict[int, str]:
    """Channels whose spend is nearly that of others, or of the calendar, and which no experiment tells apart."""
    tested = {test.channel for test in history.experiments}
    calendar = _calendar(len(spend))
    reasons = {}
    for channel in channels:
        if channel in tested:
            continue
        own = spend[:, channel]
        twins = [other for other in channels if other != channel and _explained(own, spend[:, [other]]) > ALIKE]
        others = [other for other in channels if other != channel]
        if twins:
            names = ", ".join(history.channels[twin] for twin in twins)
            reasons[channel] = f"its spend moved together with that of {names}: the data cannot tell them apart"
        elif _explained(own, calendar) > ALIKE:
            reasons[channel] = "its spend only followed the season and the trend: the data cannot tell it from them"
        elif others and _explained(own, spend[:, others]) > ALIKE:
            reasons[channel] = "its spend follows from that of the other channels: the data cannot tell them apart"
    return reasons


def _calendar(weeks: int) -> Floats:
    year = 2 * np.pi * np.arange(weeks) / 52.18
    return np.column_stack(
        [np.arange(weeks), *(wave(times * year) for times in (1, 2, 3) for wave in (np.sin, np.cos))]
    )


def _explained(values: Floats, by: Floats) -> float:
    """The share of the variance of values (W,) that a regression on columns (W, K) explains."""
    values, by = values - values.mean(), by - by.mean(axis=0)
    left = values - by @ np.linalg.lstsq(by, values, rcond=None)[0]
    return 1 - float(left @ left) / float(values @ values)
