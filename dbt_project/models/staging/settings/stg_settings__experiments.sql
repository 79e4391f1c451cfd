select channel, outcome, standard_error, starts_on, ends_on
from {{ source("settings", "experiments") }}
