{{ union_entity("campaigns", happened_on="started_on") }}
