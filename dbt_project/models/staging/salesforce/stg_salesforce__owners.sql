with users as ({{ latest_per_key(source("salesforce", "user"), ["id"], ["_loaded_at desc"]) }})

select
    'salesforce' as source,
    id as source_owner_id,

    {{ normalise_email("email") }} as email,
    coalesce(
        {{ blank_to_null("name") }}, {{ blank_to_null("concat_ws(' ', first_name, last_name)") }}
    ) as full_name,

    -- Users are never deleted; who left is inactive.
    not coalesce(is_active, true) as is_deleted
from users
