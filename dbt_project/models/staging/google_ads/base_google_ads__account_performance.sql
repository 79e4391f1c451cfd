{{
    latest_per_key(
        source("google_ads", "account_performance"),
        ["customer_id", "date", "hour"],
        ["_loaded_at desc"],
    )
}}
