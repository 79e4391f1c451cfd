{{ union_entity("email_reports", happened_at="sent_at") }}
