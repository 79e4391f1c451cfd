with
    queries as (select * from {{ ref("base_google_search_console__queries") }}),

    anonymised as (select * from {{ ref("base_google_search_console__anonymised") }}),

    results as (
        select site_url, page, query, country, device, clicks, impressions, position, date
        from queries
        union all
        select site_url, page, null, country, device, clicks, impressions, position, date
        from anonymised
    )

select
    'google_search_console' as source,

    site_url as site,
    page,
    query,
    country,
    lower(device) as device,

    clicks,
    impressions,
    position,

    date as searched_on
from results
