{{ union_entity("people", happened_at="created_at") }}
