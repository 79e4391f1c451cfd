with definitions as (select * from {{ ref("metric_definitions") }})

select metric, name, formula, grain, additive, caveat, appears_in
from definitions
