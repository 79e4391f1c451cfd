with products as (select * from {{ ref("base_files__products") }} where reason is null)

select 'files' as source, product_id, name, margin_rate
from products
