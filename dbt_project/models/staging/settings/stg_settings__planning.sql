select outcome, horizon_weeks from {{ source("settings", "planning") }}
