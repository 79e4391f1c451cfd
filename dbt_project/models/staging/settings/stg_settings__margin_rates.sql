select product_id, rate from {{ source("settings", "margin_rates") }}
