{{ union_entity("time_entries", happened_on="worked_on") }}
