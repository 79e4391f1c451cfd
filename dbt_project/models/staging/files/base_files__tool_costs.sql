{{ files_rows("tool_costs") }}
