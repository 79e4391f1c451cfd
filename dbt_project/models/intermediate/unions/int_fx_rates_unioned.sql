{{ union_entity("fx_rates", happened_on="rate_on") }}
