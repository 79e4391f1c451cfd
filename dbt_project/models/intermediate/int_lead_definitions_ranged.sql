with
    definitions as (select * from {{ ref("stg_settings__lead_definitions") }}),

    versions as (select version, min(valid_from) as valid_from from definitions group by version)

-- A version holds until the next one starts; the first one also for whatever was before it.
select
    version as lead_definition_version,
    case
        when lag(valid_from) over (order by valid_from, version) is null
        then date '0001-01-01'
        else valid_from
    end as valid_from,
    coalesce(lead(valid_from) over (order by valid_from, version), date '9999-12-31') as valid_until
from versions
