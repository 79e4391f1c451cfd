{{ config(materialized="table") }}

with
    opportunities as (select * from {{ source("salesforce", "opportunity") }}),

    history as (select * from {{ source("salesforce", "opportunity_history") }}),

    compared as (
        select
            opportunities.id as opportunity_id,
            history.created_date,
            history.stage_name = opportunities.stage_name as is_current,
            lower(history.stage_name) like '%proposal%'
            or lower(history.stage_name) like '%quote%' as is_offer,
            max(
                case
                    when history.stage_name <> opportunities.stage_name then history.created_date
                end
            ) over (partition by opportunities.id) as left_another_at
        from opportunities
        inner join history on opportunities.id = history.opportunity_id
    )

-- Changes of the amount or the close date make history entries too; a stage was entered with the
-- first entry after another stage.
select
    opportunity_id,
    min(
        case
            when is_current and (left_another_at is null or created_date > left_another_at)
            then created_date
        end
    ) as stage_entered_at,
    min(case when is_offer then created_date end) as offer_sent_at
from compared
group by opportunity_id
