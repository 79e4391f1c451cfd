{{ union_entity("owners") }}
