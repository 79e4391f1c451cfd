select veto_id, identity, other_identity from {{ source("settings", "identity_vetoes") }}
