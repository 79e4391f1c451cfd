{{ files_rows("leads") }}
