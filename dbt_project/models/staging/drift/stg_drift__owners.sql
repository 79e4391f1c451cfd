select
    'drift' as source,
    id as source_owner_id,

    {{ normalise_email("email") }} as email,
    {{ blank_to_null("name") }} as full_name,

    false as is_deleted
from {{ source("drift", "users") }}
where bot is not true
