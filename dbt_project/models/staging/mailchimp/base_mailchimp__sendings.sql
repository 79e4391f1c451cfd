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

    campaigns as (select * from {{ ref("base_mailchimp__campaigns") }}),

    reports as ({{ latest_per_key(source("mailchimp", "reports"), ["id"], ["_loaded_at desc"]) }}),

    -- A campaign that was deleted leaves campaigns; its report stays, as its recipients do.
    named as (
        select
            contents.*,
            coalesce(
                {{ blank_to_null("campaigns.title") }},
                campaigns.subject_line,
                {{ blank_to_null("reports.campaign_title") }}
            ) as campaign_name,
            coalesce(campaigns.send_time, reports.send_time) as send_time
        from contents
        left join campaigns on contents.campaign_id = campaigns.id
        left join reports on contents.campaign_id = reports.id
    )

select
    campaign_id,

    campaign_name,
    {{ fingerprint(["campaign_id", "records", "campaign_name", "send_time"]) }} as fingerprint,

    send_time
from named
