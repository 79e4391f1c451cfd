{{ union_entity("deals", happened_at="opened_at") }}
