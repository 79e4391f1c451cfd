{{ sales_in_home_currency(ref("int_orders_resolved"), "sales.ordered_at") }}
