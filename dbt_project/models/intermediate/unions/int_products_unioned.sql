{{ union_entity("products") }}
