select run_id, home_currency, time_zone, revenue_from, lookback_days, gross_margin_rate, as_of
from {{ source("settings", "run") }}
