"""What is still to come: an outcome counts in the week in which its way began, so the youngest weeks are incomplete.

The share that usually has come by an age is that of the chain ladder, the insurers' way to complete young years from
old ones (Mack: Distribution-free calculation of the standard error of chain ladder reserve estimates, 1993).
"""

import numpy as np

from planning.response import Floats

LEAST = 0.5  # share that usually has come: below it a week is too young to be completed


def shares_come(counts: Floats) -> Floats:
    """The share (W,) of what begins in a week that has come by the end of the week 0, 1, … weeks after it.

    `counts` (W, W) are those that began in week w and came in week v >= w, all before the end of the last week.
    """
    weeks = len(counts)
    by_age = np.stack([np.pad(row[week:], (0, week)) for week, row in enumerate(counts)]) if weeks else counts
    come = by_age.cumsum(axis=1)
    steps = np.ones(weeks)
    for age in range(weeks - 1):
        old_enough = slice(0, weeks - 1 - age)
        later = come[old_enough, age + 1].sum()
        steps[age] = come[old_enough, age].sum() / later if later > 0 else 1.0
    return steps[::-1].cumprod()[::-1]


def completed(counts: Floats, outcome: Floats) -> Floats:
    """What will have come (W',) of what began in each week, without the youngest weeks of which too little has.

    `outcome` (W, W) is like `counts`, in the outcome's unit.
    """
    share = shares_come(counts)[::-1]
    old_enough = share >= LEAST
    return outcome.sum(axis=1)[old_enough] / share[old_enough]
