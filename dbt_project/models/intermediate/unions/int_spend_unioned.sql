{{ union_entity("spend", happened_on="coalesce(" ~ home_date("spend_hour_at") ~ ", spend_on)") }}
