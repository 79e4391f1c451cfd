with
    assessed as (select * from {{ ref("int_records_assessed") }}),

    summed as (
        select
            source,
            table_name,
            month,
            cast(sum(records) as bigint) as rows,
            cast(sum(duplicates) as bigint) as duplicates,
            cast(sum(unreadable) as bigint) as unreadable,
            cast(sum(conflicting) as bigint) as conflicting,
            cast(sum(quarantined) as bigint) as quarantined,
            case
                when sum(records) > 0
                then {{ ratio("sum(records) - sum(flawed)", "sum(records) + sum(quarantined)") }}
            end as score
        from assessed
        group by source, table_name, month
    )

select
    summed.*,
    score
    - lag(score ignore nulls) over (partition by source, table_name order by month) as score_change
from summed
