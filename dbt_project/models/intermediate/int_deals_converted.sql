-- A deal's money is that of the day it closed, an open one's of the day it was opened.
{{
    sales_in_home_currency(
        ref("int_deals_resolved"), "coalesce(sales.closed_at, sales.opened_at)"
    )
}}
