select channel, amount, month from {{ source("settings", "budgets") }}
