{{ union_entity("engagements", happened_at="occurred_at") }}
