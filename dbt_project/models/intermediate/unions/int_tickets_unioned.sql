{{ union_entity("tickets", happened_at="opened_at") }}
