{{
    latest_per_key(
        source("google_search_console", "search_analytics_by_query"),
        ["site_url", "date", "page", "query", "country", "device"],
        ["_loaded_at desc"],
    )
}}
