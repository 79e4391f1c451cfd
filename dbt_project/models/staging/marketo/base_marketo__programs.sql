{{ latest_per_key(source("marketo", "programs"), ["id"], ["_loaded_at desc"]) }}
