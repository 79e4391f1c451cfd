"""Fits as rows, so that one is made once and many tables are made of it: now, and of what was known in the past."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from planning.fit import Fit, build, fit
from planning.weeks import Row, Weeks, held, looked_from, question


def draw_rows(weeks: Weeks) -> Iterator[Row]:
    """A row per number of weeks known and draw, where not all channels are refused: else a fit is a waste."""
    for known in looked_from(weeks):
        then = weeks.until(known)
        history = then.history()
        if len(held(history, question(then))) < len(weeks.channels):
            for draw, point in enumerate(fit(history).points.tolist()):
                yield {"weeks_known": known, "draw": draw, "point": point}


def fits(weeks: Weeks, rows: Iterable[Row]) -> dict[int, Fit]:
    """The fits that draw_rows told of, by the number of weeks known."""
    points: dict[int, dict[int, list[float]]] = defaultdict(dict)
    for row in rows:
        points[row["weeks_known"]][row["draw"]] = row["point"]
    found = {}
    for known, draws in points.items():
        model, mean = build(weeks.until(known).history())
        found[known] = Fit(model, np.array([draws[draw] for draw in sorted(draws)]), mean)
    return found
