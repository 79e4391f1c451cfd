{{ latest_per_key(source("mailchimp", "campaigns"), ["id"], ["_loaded_at desc"]) }}
