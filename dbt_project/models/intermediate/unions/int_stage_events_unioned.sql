{{ union_entity("stage_events", happened_at="entered_at") }}
