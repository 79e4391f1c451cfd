with
    owners as (
        {{
            latest_per_key(
                source("hubspot", "owners"),
                ["id"],
                ["updated_at desc nulls last", "_loaded_at desc"],
            )
        }}
    )

select
    'hubspot' as source,
    id as source_owner_id,

    {{ normalise_email("email") }} as email,
    {{ blank_to_null("concat_ws(' ', first_name, last_name)") }} as full_name,

    coalesce(archived, false) as is_deleted
from owners
