"""DEFINITIONS, "Attribution", word for word and slowly: what the SQL of attribution is compared with."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from test_attribution_paths import chance_to_convert


class Touch(NamedTuple):
    touch_id: str
    person_id: str | None
    cookie_id: str | None
    channel: str
    touched_at: datetime


class Conversion(NamedTuple):
    conversion_id: str
    person_id: str | None
    converted_at: datetime


class Company(NamedTuple):
    """`stages`: person -> stage -> (first entered at, is implied)."""

    sales: list[Conversion]
    touches: list[Touch]
    stages: dict[str, dict[str, tuple[datetime, bool]]]
    lookback_days: int
    as_of: datetime


def conversions(company: Company) -> dict[str, list[Conversion]]:
    became_sql = [
        Conversion(person, person, entries["sql"][0]) for person, entries in company.stages.items() if "sql" in entries
    ]
    return {"won_revenue": company.sales, "became_sql": became_sql}


def credits(company: Company) -> dict[tuple[str, str, str | None], dict[str, float]]:
    """(conversion_type, conversion_id, touch_id) -> model -> credit."""
    found: dict[tuple[str, str, str | None], dict[str, float]] = {}
    for conversion_type, converted in conversions(company).items():
        effects = _removal_effects(company, converted)
        for conversion in converted:
            path = _path(company, conversion)
            if not path:
                found[conversion_type, conversion.conversion_id, None] = dict.fromkeys(
                    _weights(["any"], [1], [0], [], {}), 1.0
                )
                continue
            days = [(conversion.converted_at - touch.touched_at) / timedelta(days=1) for touch in path]
            weights = _weights(
                [touch.channel for touch in path], days, *_milestones(company, conversion, path), effects
            )
            for number, touch in enumerate(path):
                found[conversion_type, conversion.conversion_id, touch.touch_id] = {
                    model: credits[number] for model, credits in weights.items()
                }
    return found


def journeys(company: Company) -> Iterator[tuple[str, str | None, bool]]:
    """(conversion_type, path, is_converted), one for each path."""
    for conversion_type, converted in conversions(company).items():
        for conversion in converted:
            path = _path(company, conversion)
            yield conversion_type, " > ".join(touch.channel for touch in path) or None, True
        for lost in _unconverted(company, converted):
            yield conversion_type, " > ".join(lost), False


def _path(company: Company, conversion: Conversion) -> list[Touch]:
    opens_at = conversion.converted_at - timedelta(days=company.lookback_days)
    on_path = [
        touch
        for touch in company.touches
        if touch.person_id is not None
        and touch.person_id == conversion.person_id
        and opens_at <= touch.touched_at < conversion.converted_at
    ]
    return sorted(on_path, key=lambda touch: (touch.touched_at, touch.touch_id))


def _milestones(company: Company, conversion: Conversion, path: list[Touch]) -> tuple[list[int], list[int]]:
    """The places on the path of the touches that made the milestones of w_shaped, and of full_path."""
    made = [0]
    entries = company.stages.get(conversion.person_id or "", {})
    for stage in ("lead", "opportunity"):
        entered_at, is_implied = entries.get(stage, (conversion.converted_at, True))
        if is_implied or entered_at >= conversion.converted_at:
            continue
        before = [number for number, touch in enumerate(path) if touch.touched_at <= entered_at]
        made += before[-1:]
    return made, [*made, len(path) - 1]


def _by_milestones(steps: int, made: list[int], weight: float) -> list[float]:
    weights = [weight * made.count(number) for number in range(steps)]
    rest = [number for number in range(steps) if number not in made]
    for number in rest:
        weights[number] = 0.1 / len(rest)
    return [each / sum(weights) for each in weights]


def _weights(
    path: list[str], days: list[float], w_made: list[int], full_made: list[int], effects: dict[str, float]
) -> dict[str, list[float]]:
    """Per model, the credit of each touch of the path."""
    steps = len(path)
    not_direct = [step for step in range(steps) if path[step] != "Direct"]
    decays = [2 ** (-each / 7) for each in days]
    reached = sum(effects.get(channel, 0) for channel in set(path))
    linear = [1 / steps] * steps
    return {
        "first": [float(step == 0) for step in range(steps)],
        "last": [float(step == steps - 1) for step in range(steps)],
        "last_non_direct": [float(step == (not_direct[-1] if not_direct else steps - 1)) for step in range(steps)],
        "linear": linear,
        "position": {1: [1.0], 2: [0.5, 0.5]}.get(steps) or [0.4, *[0.2 / (steps - 2)] * (steps - 2), 0.4],
        "w_shaped": _by_milestones(steps, w_made, 0.3),
        "full_path": _by_milestones(steps, full_made, 0.225),
        "time_decay": [decay / sum(decays) for decay in decays],
        "markov": [effects[each] / reached / path.count(each) for each in path] if reached > 0 else linear,
        "shapley": [1 / len(set(path)) / path.count(channel) for channel in path],
    }


def _unconverted(company: Company, converted: list[Conversion]) -> list[list[str]]:
    """The channels each person, or unknown cookie, touched in the last lookback with no conversion after them."""
    since = company.as_of - timedelta(days=company.lookback_days)
    paths: dict[str, list[str]] = {}
    for touch in sorted(company.touches, key=lambda touch: (touch.touched_at, touch.touch_id)):
        visitor = touch.person_id or touch.cookie_id
        led_to = [
            each
            for each in converted
            if each.person_id is not None and each.person_id == touch.person_id and each.converted_at > touch.touched_at
        ]
        if visitor and touch.touched_at >= since and not led_to:
            paths.setdefault(visitor, []).append(touch.channel)
    return list(paths.values())


def _removal_effects(company: Company, converted: list[Conversion]) -> dict[str, float]:
    won = [[touch.channel for touch in _path(company, conversion)] for conversion in converted]
    rows = [(path, 1.0, 0.0, 0.0) for path in won if path]
    rows += [(path, 0.0, 0.0, 1.0) for path in _unconverted(company, converted)]
    whole = chance_to_convert(rows, None)
    channels = {channel for path, *_ in rows for channel in path}
    return {channel: 1 - chance_to_convert(rows, channel) / whole if whole else 0 for channel in channels}
