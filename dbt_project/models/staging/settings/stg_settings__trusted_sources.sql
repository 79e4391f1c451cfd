select source, trust_rank from {{ source("settings", "trusted_sources") }}
