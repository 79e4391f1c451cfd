{{ config(materialized="table") }}

-- A row may be in two loads, with the same id.
with
    pages as ({{ latest_per_key(source("segment", "pages"), ["id"], ["file desc"]) }}),

    tracks as ({{ latest_per_key(source("segment", "tracks"), ["id"], ["file desc"]) }}),

    events as (
        select
            id,
            anonymous_id,
            user_id,
            'page_view' as event_name,
            url,
            referrer,
            context_campaign_source,
            context_campaign_medium,
            context_campaign_name,
            context_campaign_content,
            coalesce(timestamp, received_at) as occurred_at
        from pages
        union all
        select
            id,
            anonymous_id,
            user_id,
            event,
            context_page_url,
            context_page_referrer,
            context_campaign_source,
            context_campaign_medium,
            context_campaign_name,
            context_campaign_content,
            coalesce(timestamp, received_at)
        from tracks
    ),

    -- Another site that a visitor came from is a source too, where the address names no campaign.
    referred as (
        select
            events.*,
            nullif(
                regexp_extract(referrer, '^https?://(www[.])?([^/?#:]+)', 2),
                regexp_extract(url, '^https?://(www[.])?([^/?#:]+)', 2)
            ) as referring_host,
            coalesce(context_campaign_source, context_campaign_medium, context_campaign_name)
            is not null as names_campaign
        from events
    )

-- Calls from a server know the user but no cookie, so they belong to no visit.
select
    id as event_id,
    anonymous_id as cookie_id,
    user_id,
    event_name,

    url as page_location,
    lower(
        case when names_campaign then context_campaign_source else nullif(referring_host, '') end
    ) as utm_source,
    lower(
        case
            when names_campaign
            then context_campaign_medium
            when nullif(referring_host, '') is not null
            then 'referral'
        end
    ) as utm_medium,
    context_campaign_name as utm_campaign,
    context_campaign_content as utm_content,
    {{ click_id_in("url") }} as click_id_type,

    {{ utc("occurred_at") }} as occurred_at
from referred
where anonymous_id is not null and occurred_at is not null
