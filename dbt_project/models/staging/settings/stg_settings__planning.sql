select outcome, horizon_weeks, target_cac from {{ source("settings", "planning") }}
