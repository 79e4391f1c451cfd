{{ config(materialized="table") }}

-- Events have no key of their own; these columns together tell them apart. Those without a cookie
-- belong to nobody's
-- visit (consent was refused).
select distinct
    user_pseudo_id as cookie_id,
    user_id,
    event_name,
    event_bundle_sequence_id,
    batch_event_index,
    batch_page_id,
    batch_ordering_id,

    page_location,
    nullif(lower(source), '(not set)') as utm_source,
    nullif(lower(medium), '(not set)') as utm_medium,
    nullif(content, '(not set)') as utm_content,
    case
        when gclid is not null
        then 'gclid'
        when dclid is not null
        then 'dclid'
        else {{ click_id_in("page_location") }}
    end as click_id_type,
    -- Google's own tagging leaves it at the click id, whose campaign GA4 knows where it is linked
    -- with Google Ads.
    coalesce(
        nullif(campaign, '(not set)'),
        case
            when click_id_type in ('gclid', 'wbraid', 'gbraid')
            then nullif(google_ads_campaign, '(not set)')
        end
    ) as utm_campaign,

    engagement_time_msec,
    session_engaged,

    {{ utc("event_timestamp") }} as occurred_at
from {{ source("ga4", "events") }}
where user_pseudo_id is not null
