{{ union_entity("touches", happened_at="touched_at") }}
