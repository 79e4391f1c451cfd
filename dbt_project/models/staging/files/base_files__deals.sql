{{ files_rows("deals") }}
