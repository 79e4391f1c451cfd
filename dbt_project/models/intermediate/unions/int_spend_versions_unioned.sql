{{ union_entity("spend_versions", happened_on="spend_on") }}
