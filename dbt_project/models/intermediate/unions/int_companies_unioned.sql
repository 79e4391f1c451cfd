{{ union_entity("companies", happened_at="created_at") }}
