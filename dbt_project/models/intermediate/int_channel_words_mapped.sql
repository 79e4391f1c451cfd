with
    defaults as (select * from {{ ref("default_channel_mapping") }}),

    overrides as (select * from {{ ref("stg_settings__channel_mapping") }}),

    words as (
        select {{ canonical_name("channel_detail") }} as channel_word, channel, 1 as precedence
        from overrides
        union all
        select channel_word, channel, 2
        from defaults
    )

select channel_word, channel
from words
where channel_word is not null
qualify row_number() over (partition by channel_word order by precedence, channel) = 1
