{{ files_rows("time_entries") }}
