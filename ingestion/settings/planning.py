"""What mops.yaml says for the budget planner: what it plans for, what tests found, and the budgets agreed on."""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from ingestion.settings.strict import Amount, Channel, Strict

Finite = Annotated[float, Field(allow_inf_nan=False)]


class Planning(Strict):
    """The outcome and the weeks planned for; bounds are money over all of them, home currency. target_cac is what a new
    customer may cost."""

    outcome: Literal["revenue", "attributed_revenue", "sqls", "pipeline"] = "revenue"
    horizon: Annotated[int, Field(ge=1, le=52)] = 13
    bounds: dict[Channel, tuple[Amount, Amount]] = {}
    target_cac: Annotated[Amount, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        for channel, (least, most) in self.bounds.items():
            if least > most:
                raise ValueError(f"bounds: the least for {channel} is above the most")
        return self


class Experiment(Strict):
    """A lift test: what a channel's spend from start to end (both included) caused, in the outcome's unit."""

    channel: Channel
    start: date
    end: date
    outcome: Finite
    standard_error: Annotated[Finite, Field(gt=0)]

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.end < self.start:
            raise ValueError("ends before it starts")
        return self


def _first_day(value: Any) -> Any:
    return f"{value}-01" if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}", value) else value


def _is_first_day(day: date) -> date:
    if day.day != 1:
        raise ValueError(f"{day} is no month; months look like {day:%Y-%m}")
    return day


class Budget(Strict):
    """What a channel is to cost in a month, home currency."""

    month: Annotated[date, AfterValidator(_is_first_day), BeforeValidator(_first_day)]
    channel: Channel
    amount: Amount
