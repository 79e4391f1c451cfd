with
    products as (select * from {{ ref("int_products_unioned") }}),

    settings_rates as (select * from {{ ref("stg_settings__margin_rates") }}),

    rates as (
        select product_id, rate, 1 as precedence, 'settings' as source
        from settings_rates
        union all
        select product_id, margin_rate, 2, source
        from products
        where margin_rate is not null
    )

-- What mops.yaml says of a product wins over the product list.
select product_id, cast(rate as decimal(9, 6)) as margin_rate
from rates
qualify row_number() over (partition by product_id order by precedence, source) = 1
