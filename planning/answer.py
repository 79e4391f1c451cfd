"""All that the planner says of the warehouse's weeks: each fit is made once, and everything is said from it."""

from planning.backtest import backtest_rows
from planning.fit import Fit, fit
from planning.scenarios import curve_rows, scenario_rows
from planning.weeks import Row, Weeks, held, looked_from, question


def answer(weeks: Weeks) -> dict[str, list[Row]]:
    """The rows of `scenarios` of the next weeks' budget, of `curves`, and of the `backtest` of past proposals."""
    fitted = fits(weeks)
    now = fitted.get(len(weeks))
    return {
        "scenarios": list(scenario_rows(weeks, now)),
        "curves": list(curve_rows(weeks, now)),
        "backtest": list(backtest_rows(weeks, fitted)),
    }


def fits(weeks: Weeks) -> dict[int, Fit]:
    """By number of weeks known, now and earlier; none where all channels are refused, since it would be a waste."""
    found = {}
    for known in looked_from(weeks):
        then = weeks.until(known)
        history = then.history()
        if len(held(history, question(then))) < len(weeks.channels):
            found[known] = fit(history)
    return found
