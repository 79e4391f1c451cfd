with
    pages as (
        {{
            latest_per_key(
                source("google_search_console", "search_analytics_by_page"),
                ["site_url", "date", "page", "country", "device"],
                ["_loaded_at desc"],
            )
        }}
    ),

    queries as (
        select
            site_url,
            date,
            page,
            country,
            device,
            sum(clicks) as clicks,
            sum(impressions) as impressions,
            sum(position * impressions) as ranks
        from {{ ref("base_google_search_console__queries") }}
        group by site_url, date, page, country, device
    ),

    -- Google does not name queries that only few people asked; what a page has beyond its named
    -- queries belongs to those.
    differences as (
        select
            pages.site_url,
            pages.date,
            pages.page,
            pages.country,
            pages.device,
            pages.clicks - coalesce(queries.clicks, 0) as clicks,
            pages.impressions - coalesce(queries.impressions, 0) as impressions,
            pages.position * pages.impressions - coalesce(queries.ranks, 0) as ranks
        from pages
        left join
            queries
            on pages.site_url = queries.site_url
            and pages.date = queries.date
            and pages.page = queries.page
            and pages.country = queries.country
            and pages.device = queries.device
    )

select
    site_url,
    page,
    country,
    device,

    clicks,
    impressions,
    case when impressions > 0 then round(ranks / impressions, 6) end as position,

    date
from differences
where clicks <> 0 or impressions <> 0
