{{ union_entity("email_events", happened_at="occurred_at") }}
