select person, currency, hourly_rate, valid_from from {{ source("settings", "cost_rates") }}
