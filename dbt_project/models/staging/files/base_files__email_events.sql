{{ files_rows("email_events") }}
