{{ latest_per_key(source("google_ads", "customers"), ["id"], ["_loaded_at desc"]) }}
