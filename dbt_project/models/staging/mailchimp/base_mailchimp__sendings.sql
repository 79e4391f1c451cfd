{{ config(materialized="table") }}

-- What recipients did is read again for whole campaigns: its records then have another time of
-- loading, and may be fewer.
with
    loads as (
        {% for table in ["email_recipients", "email_activity", "unsubscribes"] %}
            select
                '{{ table }}' as table_name,
                campaign_id,
                _loaded_at as loaded_at,
                count(*) as records
            from {{ source("mailchimp", table) }}
            group by campaign_id, _loaded_at {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    contents as (
        select
            campaign_id,
            bit_xor({{ fingerprint(["table_name", "loaded_at", "records"]) }}) as records
        from loads
        group by campaign_id
    ),

    campaigns as (
        select *, coalesce({{ blank_to_null("title") }}, subject_line) as campaign_name
        from {{ ref("base_mailchimp__campaigns") }}
    )

select
    contents.campaign_id,

    campaigns.campaign_name,
    {{
        fingerprint(
            [
                "contents.campaign_id",
                "contents.records",
                "campaigns.campaign_name",
                "campaigns.send_time",
            ]
        )
    }} as fingerprint,

    campaigns.send_time
from contents
left join campaigns on contents.campaign_id = campaigns.id
