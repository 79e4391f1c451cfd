{{ files_rows("orders") }}
