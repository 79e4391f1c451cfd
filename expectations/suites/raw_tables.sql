-- One row per table of a source: its latest load beside the last 28 good ones.
-- Reads operations.loads and the relation `profile` (table_name, rows_total, silent_fields) of the raw file itself.
with
    source_loads as (
        select * from operations.loads where source = $source and status = 'loaded'
    ),

    this_load as (select * from source_loads where run_id = $run_id),

    -- A full refresh starts a new history: what was usual before says nothing about it.
    history_start as (
        select max(started_at) as started_at
        from
            (
                select min(loaded_at) as started_at
                from source_loads
                where full_refresh
                group by run_id
            )
    ),

    numbered as (
        select
            source_loads.*,
            row_number() over (oldest_first) as load_number,
            count(*) over (partition by table_name) - row_number() over (oldest_first) as loads_since
        from source_loads
        cross join history_start
        where
            run_id <> $run_id
            and loaded_at >= coalesce(history_start.started_at, '-infinity'::timestamp)
        window oldest_first as (partition by table_name order by loaded_at)
    ),

    -- The first load of a history is a backfill; it is no measure of a daily one.
    usual as (
        select
            table_name,
            max_by(rows_total, loaded_at) as rows_total_before,
            count(*) filter (where load_number > 1) as daily_loads,
            quantile_cont("rows", 0.1) filter (where load_number > 1) as usual_low,
            quantile_cont("rows", 0.9) filter (where load_number > 1) as usual_high,
            string_split(string_agg(unexpected_fields, ', '), ', ') as known_fields
        from numbered
        where loads_since < 28
        group by table_name
    )

select
    $source as source,
    profile.table_name,
    profile.rows_total,
    usual.rows_total_before,
    -- Below 20 rows a table must only not vanish.
    case
        when usual.rows_total_before >= 20
        then ceil(usual.rows_total_before / 2)
        when usual.rows_total_before >= 1
        then 1
    end as rows_floor,
    this_load."rows",
    usual.usual_low,
    usual.usual_high,
    -- Seven loads make a habit; a difference under 100 rows is noise, unless nothing came at all.
    case
        when usual.daily_loads < 7
        then null
        when this_load."rows" > usual.usual_high and this_load."rows" - usual.usual_high >= 100
        then this_load."rows" / greatest(usual.usual_high, 1)
        when this_load."rows" < usual.usual_low and usual.usual_low - this_load."rows" >= 100
        then this_load."rows" / usual.usual_low
        when this_load."rows" = 0 and usual.usual_low >= 20
        then 0
    end as times_usual,
    this_load.quarantined,
    this_load.quarantined / nullif(this_load."rows" + this_load.quarantined, 0) as quarantine_share,
    -- Of fewer than 20 records nobody can say that a tenth is too many.
    case when this_load.quarantined >= 20 then quarantine_share end as share_of_many,
    nullif(
        array_to_string(
            list_filter(
                string_split(this_load.unexpected_fields, ', '),
                lambda field: not coalesce(list_contains(usual.known_fields, field), false)
            ),
            ', '
        ),
        ''
    ) as new_fields,
    profile.silent_fields
from profile
left join this_load on profile.table_name = this_load.table_name
left join usual on profile.table_name = usual.table_name
order by profile.table_name
