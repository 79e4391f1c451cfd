{#
    GA4's default channel group: the first rule that fits, in GA4's order. Arguments are lower-cased expressions;
    `category` is what the list of sources says of the source (search, social, video, shopping).
#}
{% macro default_channel_group(source, medium, campaign, category) -%}
    {%- set is_paid = (
        "regexp_matches(coalesce("
        ~ medium
        ~ ", ''), '^(.*cp.*|ppc|retargeting|paid.*)$')"
    ) -%}
    {%- set is_shop = (
        "regexp_matches(coalesce("
        ~ campaign
        ~ ", ''), '^(.*(([^a-df-z]|^)shop|shopping).*)$')"
    ) -%}
    {%- set is_email = "'e(mail|[-_ ]mail)'" -%}
    case
        when {{ medium }} = 'ai-assistant'
        then 'AI Assistant'
        when
            coalesce({{ source }}, '(direct)') = '(direct)'
            and coalesce({{ medium }}, '(none)') in ('(none)', '(not set)')
        then 'Direct'
        when {{ campaign }} like '%cross-network%'
        then 'Cross-network'
        when ({{ category }} = 'shopping' or {{ is_shop }}) and {{ is_paid }}
        then 'Paid Shopping'
        when {{ category }} = 'search' and {{ is_paid }}
        then 'Paid Search'
        when {{ category }} = 'social' and {{ is_paid }}
        then 'Paid Social'
        when {{ category }} = 'video' and {{ is_paid }}
        then 'Paid Video'
        when {{ medium }} in ('display', 'banner', 'expandable', 'interstitial', 'cpm')
        then 'Display'
        when {{ is_paid }}
        then 'Paid Other'
        when {{ category }} = 'shopping' or {{ is_shop }}
        then 'Organic Shopping'
        when
            {{ category }} = 'social'
            or {{ medium }}
            in ('social', 'social-network', 'social-media', 'sm', 'social network', 'social media')
        then 'Organic Social'
        when {{ category }} = 'video' or {{ medium }} like '%video%'
        then 'Organic Video'
        when {{ category }} = 'search' or {{ medium }} = 'organic'
        then 'Organic Search'
        when {{ medium }} in ('referral', 'app', 'link')
        then 'Referral'
        when
            regexp_matches({{ source }}, {{ is_email }})
            or regexp_matches({{ medium }}, {{ is_email }})
        then 'Email'
        when {{ medium }} in ('affiliate', 'affiliates')
        then 'Affiliates'
        when {{ medium }} = 'audio'
        then 'Audio'
        when {{ source }} = 'sms' or {{ medium }} = 'sms'
        then 'SMS'
        when
            {{ medium }} like '%push'
            or regexp_matches({{ medium }}, 'mobile|notification')
            or {{ source }} = 'firebase'
        then 'Mobile Push'
        else 'Unassigned'
    end
{%- endmacro %}
