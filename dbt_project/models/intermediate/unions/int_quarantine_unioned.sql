{{ union_entity("quarantine") }}
