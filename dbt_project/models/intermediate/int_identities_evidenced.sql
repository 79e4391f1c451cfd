with links as (select * from {{ ref("int_identity_links_settled") }})

select identity, bit_xor(link_hash) as evidence
from links
group by identity
