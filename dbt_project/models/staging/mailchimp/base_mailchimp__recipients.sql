{{
    latest_per_key(
        source("mailchimp", "email_recipients"), ["campaign_id", "email_id"], ["_loaded_at desc"]
    )
}}
