select source, name, campaign from {{ source("settings", "campaign_mapping") }}
