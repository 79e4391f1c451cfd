{{ files_rows("touches") }}
