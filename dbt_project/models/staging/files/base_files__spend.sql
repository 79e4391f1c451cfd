{{ files_rows("spend") }}
