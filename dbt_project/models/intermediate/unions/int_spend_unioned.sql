{{ union_entity("spend", happened_on="spend_on") }}
