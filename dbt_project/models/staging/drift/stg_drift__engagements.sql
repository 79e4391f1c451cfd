with
    conversations as (select * from {{ source("drift", "conversations") }}),

    messages as (select * from {{ source("drift", "messages") }}),

    -- A chat is an engagement once a colleague answers; bots and private notes do not count.
    answers as (
        select
            conversation_id,
            arg_min(author_id, created_at) as author_id,
            min(created_at) as answered_at
        from messages
        where author_type = 'user' and is_bot is not true and type = 'chat'
        group by conversation_id
    )

select
    'drift' as source,
    'chat:' || conversations.id as source_engagement_id,
    conversations.contact_id as source_person_id,
    answers.author_id as owner_source_id,

    'chat' as kind,
    'inbound' as direction,

    false as is_deleted,

    {{ utc("answers.answered_at") }} as occurred_at
from conversations
inner join answers on conversations.id = answers.conversation_id
