{{ union_entity("orders", happened_at="ordered_at") }}
