-- One row per source that ever had a good load: the age of the newest beside the usual interval.
with
    good_loads as (
        select source, run_id, max(loaded_at) as loaded_at
        from loads
        where status = 'loaded' and list_contains($sources, source)
        group by source, run_id
    ),

    recent as (
        select
            source,
            loaded_at,
            date_diff('minute', lag(loaded_at) over (oldest_first), loaded_at) / 60 as hours_between
        from good_loads
        window oldest_first as (partition by source order by loaded_at)
        qualify row_number() over (partition by source order by loaded_at desc) <= 28
    )

select
    source,
    source as table_name,
    date_diff('minute', max(loaded_at), $now::timestamp) / 60 as hours_since_load,
    greatest(36, 1.5 * coalesce(median(hours_between), 0)) as hours_allowed
from recent
group by source
order by source
