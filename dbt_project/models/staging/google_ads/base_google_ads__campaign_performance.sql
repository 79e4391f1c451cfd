{{
    latest_per_key(
        source("google_ads", "campaign_performance"),
        ["customer_id", "campaign_id", "date", "hour"],
        ["_loaded_at desc"],
    )
}}
