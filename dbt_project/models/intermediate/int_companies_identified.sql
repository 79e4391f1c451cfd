with companies as (select * from {{ ref("int_companies_unioned") }} where not is_deleted)

-- Records with the same web domain are one company, whichever source they come from.
select
    source,
    source_company_id,
    coalesce(
        nullif(regexp_replace(lower(domain), '^(https?://)?(www\.)?', ''), ''),
        source || ':' || source_company_id
    ) as company_id
from companies
