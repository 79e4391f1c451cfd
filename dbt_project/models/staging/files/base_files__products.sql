{{ files_rows("products") }}
