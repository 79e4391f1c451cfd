with touches as (select * from {{ ref("base_files__touches") }} where reason is null)

select
    'files' as source,
    coalesce(touch_id, row_key) as source_touch_id,
    lead_id as source_person_id,
    cookie_id,

    {{ normalise_email("email") }} as email,
    lower(touch_type) as touch_type,
    utm_source,
    utm_medium,
    utm_campaign,
    utm_content,
    click_id_type,
    channel_detail,

    touched_at
from touches
