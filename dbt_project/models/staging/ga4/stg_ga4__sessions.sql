select * exclude (cookie_fingerprint) from {{ ref("base_ga4__sessions") }}
