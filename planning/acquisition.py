"""What a new customer costs, and the largest budget at which that is within a target.

CAC is total cost ÷ new customers. Of the cost, only that of media is planned: agencies, tools and hours cost what they
cost lately. New customers come with the outcome as often as they did in the last year.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from planning.fit import Fit
from planning.history import History, Question
from planning.plan import interval, open_bounds, plan_with
from planning.response import Floats
from planning.weeks import Row, Weeks, lately

STEPS = 20  # budgets tried between the least and the most
HALVINGS = 6  # of the step in which the target is passed


def cac(weeks: Weeks, known: list[int], spend: Floats, brings: Floats) -> Row:
    """Of the `known` channels, for a split (C,) and what it brings (draws, C): cost per customer expected, and its 90 %
    interval; nothing where no customer is."""
    cost = (spend + lately(weeks, weeks.other_cost))[known].sum()
    customers = brings[:, known].sum(axis=1) * weeks.customers
    if not customers.min(initial=np.inf) > 0:
        return {}
    low, high = interval(cost / customers)
    return {"scenario_cac": float(cost / customers.mean()), "scenario_cac_low": low, "scenario_cac_high": high}


def within_target(
    weeks: Weeks, fitted: Fit, history: History, asked: Question, held: dict[int, str]
) -> tuple[Question, str | None]:
    """The question scaled to the largest budget at which a new customer is expected to cost the target or less, or why
    there is none. Budgets are those that the bounds allow, and up to where more than ever was spent."""
    known = [channel for channel in range(len(asked.current)) if channel not in held]
    if not weeks.customers > 0:
        return asked, "no new customer came within a year, so nothing tells what one costs"
    if not asked.current[known].sum() > 0:
        return asked, "nothing was spent lately on the channels of which the data can tell"
    most = open_bounds(history, asked, held)[1][known].sum() / asked.current[known].sum()

    def scaled(budget: float) -> Question:
        return replace(asked, current=asked.current * (budget / asked.budget))

    def cost(budget: float) -> float:
        found = plan_with(fitted, history, scaled(budget))
        return cac(weeks, known, found.allocation, found.response).get("scenario_cac", np.inf)

    target = weeks.target_cac or 0.0
    low = max(asked.low.sum(), asked.budget / 100)  # at nothing a new customer has no cost
    high = max(min(asked.high.sum(), most * asked.budget), low)
    found = largest(cost, low, high, target)
    if found.cost <= target:
        return scaled(found.value), None
    least = f"the least is {found.cost:,.2f}, at a budget of {found.value:,.0f}"
    return asked, f"at no budget within the bounds a new customer costs {target:,.2f} or less: {least}"


@dataclass(frozen=True)
class Found:
    """A value and what it costs."""

    value: float
    cost: float


def largest(cost: Callable[[float], float], low: float, high: float, target: float) -> Found:
    """The largest of the values from low to high whose cost is within the target; without one, that of the least cost.

    They are tried in STEPS from above, since costs may fall before they rise: a response can be S-shaped.
    """
    above, seen = high, []
    for value in np.linspace(high, low, STEPS + 1):
        seen.append(Found(float(value), cost(float(value))))
        if seen[-1].cost <= target:
            break
        above = float(value)
    else:
        return min(seen, key=lambda found: found.cost)
    within = seen[-1]
    for _ in range(HALVINGS if above > within.value else 0):
        middle = (within.value + above) / 2
        tried = Found(middle, cost(middle))
        within, above = (tried, above) if tried.cost <= target else (within, middle)
    return within
