"""Exchange rates to the home currency: a random walk on weekdays, as central banks publish them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.clock import iso_days, local_day

HOME_CURRENCY = "EUR"
ONE = 1_000_000  # rates are whole millionths
_START_RATES = {"USD": 0.92, "GBP": 1.16}
_DAYS_BEFORE = 10  # so that a first day on a weekend has a rate before it


@dataclass(frozen=True)
class FxRates:
    """`published` as View.fx_rates; `daily`: the last known rate per day, from first_day."""

    published: pd.DataFrame
    first_day: int
    daily: dict[str, np.ndarray]

    def micros(self, days: np.ndarray, currencies: np.ndarray) -> np.ndarray:
        """Millionths of the home currency for one unit of each currency on each day, last known before."""
        rates = np.full(len(days), ONE, dtype=np.int64)
        for currency, daily in self.daily.items():
            rows = currencies == currency
            rates[rows] = daily[np.asarray(days)[rows] - self.first_day]
        return rates

    def at(self, as_of: int) -> pd.DataFrame:
        """The rates published up to an as-of."""
        return self.published[self.published["rate_day"] <= local_day(as_of)].reset_index(drop=True)


def walk_rates(rng: Generator, first_day: int, last_day: int) -> FxRates:
    """Rates for every weekday from a little before `first_day` to `last_day` (later days keep the last one)."""
    start = first_day - _DAYS_BEFORE
    days = np.arange(start, last_day + 1, dtype=np.int32)
    is_weekday = (days + 3) % 7 < 5  # 1970-01-01 was a Thursday
    frames, daily = [], {}
    for currency, rate in _START_RATES.items():
        walk = rate * np.exp(np.cumsum(rng.normal(0, 0.003, len(days)) * is_weekday))
        micros = np.round(walk * ONE).astype(np.int64)
        known = np.maximum.accumulate(np.where(is_weekday, np.arange(len(days)), 0))
        daily[currency] = np.append(micros[known], np.full(1_000, micros[known[-1]]))
        frame = pd.DataFrame({"rate_day": days, "from_currency": currency, "to_currency": HOME_CURRENCY})
        frames.append(frame.assign(rate_micros=micros)[is_weekday])
    published = pd.concat(frames).sort_values(["rate_day", "from_currency"], ignore_index=True)
    return FxRates(published, start, daily)


def write_rates(rates: pd.DataFrame, path: Path) -> None:
    """Write rates as CSV: rate_on, from_currency, to_currency, rate."""
    micros = rates["rate_micros"]
    rate = (micros // ONE).astype(str) + "." + (micros % ONE).astype(str).str.zfill(6)
    columns = {"rate_on": iso_days(rates["rate_day"].to_numpy()), "from_currency": rates["from_currency"]}
    pd.DataFrame({**columns, "to_currency": rates["to_currency"], "rate": rate}).to_csv(path, index=False)
