{{ union_entity("identity_links", happened_at="linked_at") }}
