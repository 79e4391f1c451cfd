with
    sessions as (select * from {{ ref("int_sessions_unioned") }}),

    touches as (select * from {{ ref("int_touches_unioned") }}),

    identities as (select * from {{ ref("int_identities_resolved") }}),

    gathered as (
        select
            source,
            'session:' || session_id as source_touch_id,
            null as source_person_id,
            null as email,
            cookie_id,
            'session' as touch_type,
            utm_source,
            utm_medium,
            utm_campaign,
            utm_content,
            click_id_type,
            null as channel_detail,
            started_at as touched_at,
            ended_at
        from sessions
        union all
        select
            source,
            source_touch_id,
            source_person_id,
            email,
            cookie_id,
            touch_type,
            utm_source,
            utm_medium,
            utm_campaign,
            utm_content,
            click_id_type,
            channel_detail,
            touched_at,
            touched_at as ended_at
        from touches
    )

-- The id hides what it is made of: cookies and digests of addresses.
select
    {{ keyed_hash("gathered.source || ':' || gathered.source_touch_id") }} as touch_id,
    {{ leading_bits("touch_id") }} as touch_key,
    coalesce(by_record.person_id, by_email.person_id, by_cookie.person_id) as person_id,
    gathered.source,
    gathered.cookie_id,
    gathered.touch_type,
    gathered.utm_source,
    gathered.utm_medium,
    gathered.utm_campaign,
    gathered.utm_content,
    gathered.click_id_type,
    gathered.channel_detail,
    gathered.touched_at,
    gathered.ended_at
from gathered
left join
    identities as by_record
    on by_record.identity_type = 'source_id'
    and by_record.identity_value = gathered.source || ':' || gathered.source_person_id
left join
    identities as by_email
    on by_email.identity_type = 'email'
    and by_email.identity_value = gathered.email
left join
    identities as by_cookie
    on by_cookie.identity_type = 'cookie'
    and by_cookie.identity_value = gathered.cookie_id
where gathered.touched_at is not null
