with
    campaigns as (
        {{
            latest_per_key(
                source("microsoft_ads", "campaigns"), ["account_id", "id"], ["_loaded_at desc"]
            )
        }}
    ),

    reported as (
        {{
            latest_per_key(
                source("microsoft_ads", "campaign_performance_report"),
                ["account_id", "campaign_id"],
                ["time_period desc", "_loaded_at desc"],
            )
        }}
    ),

    -- Deleted campaigns are not listed any more, but their days are, with the campaign's name.
    deleted as (
        select reported.account_id, reported.campaign_id, reported.campaign_name
        from reported
        left join
            campaigns
            on reported.account_id = campaigns.account_id
            and reported.campaign_id = campaigns.id
        where campaigns.id is null
    ),

    known as (
        select account_id, id, name, campaign_type, status, start_date, end_date
        from campaigns
        union all
        select account_id, campaign_id, campaign_name, null, 'Deleted', null, null
        from deleted
    )

select
    'microsoft_ads' as source,
    account_id,
    id as source_campaign_id,

    name,
    case
        campaign_type
        when 'Search'
        then 'Paid Search'
        when 'DynamicSearchAds'
        then 'Paid Search'
        when 'Shopping'
        then 'Paid Shopping'
        when 'Audience'
        then 'Display'
        when 'PerformanceMax'
        then 'Cross-network'
        else 'Paid Other'
    end as channel,
    lower(status) as status,

    cast({{ utc("start_date") }} as date) as started_on,
    cast({{ utc("end_date") }} as date) as ended_on
from known
