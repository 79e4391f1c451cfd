select channel, min_spend, max_spend from {{ source("settings", "budget_bounds") }}
