with
    time_entries as (select * from {{ ref("int_time_entries_unioned") }}),

    cost_rates as (select * from {{ ref("stg_settings__cost_rates") }}),

    campaign_mapping as (select * from {{ ref("stg_settings__campaign_mapping") }}),

    fx_rates as (select * from {{ ref("int_fx_rates_ranged") }}),

    -- A person's rate holds until the next one starts.
    rates as (
        select
            person,
            hourly_rate,
            currency,
            valid_from,
            coalesce(
                lead(valid_from) over (partition by person order by valid_from), date '9999-12-31'
            ) as valid_until
        from cost_rates
    )

select
    time_entries.source || ':' || time_entries.source_entry_id as time_entry_id,
    time_entries.source,
    time_entries.person,
    {{ canonical_name("coalesce(campaign_mapping.campaign, time_entries.campaign)") }} as campaign,
    time_entries.activity,
    time_entries.hours,
    rates.hourly_rate,
    rates.currency,
    fx_rates.rate as fx_rate,
    fx_rates.source as fx_rate_source,
    {{ in_home_currency("time_entries.hours * rates.hourly_rate", "fx_rates.rate") }}
    as labour_cost_home,
    fx_rates.rate_on as fx_rate_on,
    time_entries.worked_on
from time_entries
left join
    rates
    on time_entries.person = rates.person
    and time_entries.worked_on >= rates.valid_from
    and time_entries.worked_on < rates.valid_until
left join
    fx_rates
    on rates.currency = fx_rates.currency
    and time_entries.worked_on >= fx_rates.rate_on
    and time_entries.worked_on < fx_rates.valid_until
left join
    campaign_mapping
    on time_entries.source = campaign_mapping.source
    and time_entries.campaign = campaign_mapping.name
