{{ files_rows("agency_costs") }}
