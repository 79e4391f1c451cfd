{{ files_rows("tickets") }}
