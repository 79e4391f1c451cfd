with
    activities as (select * from {{ ref("base_marketo__activities") }}),

    clicks as (
        select
            *,
            'email_click' as touch_type,
            'marketo' as utm_source,
            'email' as utm_medium,
            program_name as utm_campaign,
            -- The link that was clicked: its utm_content, else its address without parameters.
            coalesce(
                {{ parameter_in("link", "utm_content") }}, split_part(link, '?', 1)
            ) as utm_content,
            null as channel_detail
        from activities
        where activity_type_id = 11 and is_bot is not true
    ),

    -- The address of a form's page has the UTM parameters of the visit, if there were any.
    forms as (
        select
            *,
            'form' as touch_type,
            {% for each in ["source", "medium", "campaign", "content"] -%}
                {{ parameter_in("'?' || query_parameters", "utm_" ~ each) }} as utm_{{ each }},
            {% endfor %}
            null as channel_detail
        from activities
        where activity_type_id = 2
    ),

    -- Success in an event means having attended; registrations and no-shows are no touches.
    events as (
        select
            *,
            'offline' as touch_type,
            null as utm_source,
            null as utm_medium,
            program_name as utm_campaign,
            null as utm_content,
            program_channel as channel_detail
        from activities
        where activity_type_id = 104 and is_success and lower(program_type) like 'event%'
    ),

    touches as (
        select *
        from clicks
        union all
        select *
        from forms
        union all
        select *
        from events
    )

select
    'marketo' as source,
    marketo_guid as source_touch_id,
    lead_id as source_person_id,
    cast(null as varchar) as cookie_id,

    email,
    touch_type,
    utm_source,
    utm_medium,
    utm_campaign,
    utm_content,
    {{ click_id_in("'?' || query_parameters") }} as click_id_type,
    channel_detail,

    happened_at as touched_at
from touches
