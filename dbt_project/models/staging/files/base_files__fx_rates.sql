{{ files_rows("fx_rates") }}
