{{ union_entity("platform_reports", happened_on="report_on") }}
