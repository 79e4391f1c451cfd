select version, stage, source_stage, valid_from from {{ source("settings", "lead_definitions") }}
