{{ union_entity("sessions", happened_at="started_at") }}
