{{ files_rows("sessions") }}
