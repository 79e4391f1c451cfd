{{ union_entity("search_results", happened_on="searched_on") }}
