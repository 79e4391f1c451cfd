with
    spend as (select * from {{ ref("int_spend_by_home_day") }}),

    fx_rates as (select * from {{ ref("int_fx_rates_ranged") }}),

    channel_words as (select * from {{ ref("int_channel_words_mapped") }}),

    campaign_mapping as (select * from {{ ref("stg_settings__campaign_mapping") }})

select
    md5(
        concat_ws(
            '|',
            spend.spend_on,
            spend.source,
            coalesce(spend.account_id, ''),
            coalesce(spend.source_campaign_id, ''),
            coalesce(spend.campaign_name, ''),
            coalesce(spend.channel, ''),
            spend.cost_kind,
            spend.currency,
            spend.is_residual
        )
    ) as spend_id,
    spend.source,
    spend.account_id,
    spend.source_campaign_id,
    {{ canonical_name("coalesce(campaign_mapping.campaign, spend.campaign_name)") }} as campaign,
    coalesce(channel_words.channel, 'Unassigned') as channel,
    case when channel_words.channel is null then spend.channel end as unknown_channel_word,
    spend.cost_kind,
    spend.currency,
    spend.cost,
    fx_rates.rate as fx_rate,
    fx_rates.source as fx_rate_source,
    {{ in_home_currency("spend.cost", "fx_rates.rate") }} as cost_home,
    spend.impressions,
    spend.clicks,
    spend.platform_conversions,
    spend.is_residual,
    spend.is_zone_exact,
    coalesce(
        {{ is_still_moving("spend.spend_on", "spend.restatement_days") }}, false
    ) as is_still_moving,
    spend.spend_on,
    fx_rates.rate_on as fx_rate_on
from spend
left join
    fx_rates
    on spend.currency = fx_rates.currency
    and spend.spend_on >= fx_rates.rate_on
    and spend.spend_on < fx_rates.valid_until
left join channel_words on {{ canonical_name("spend.channel") }} = channel_words.channel_word
left join
    campaign_mapping
    on spend.source = campaign_mapping.source
    and spend.campaign_name = campaign_mapping.name
