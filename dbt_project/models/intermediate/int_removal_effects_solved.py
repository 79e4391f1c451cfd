"""Removal effects of the markov model: planning.markov over the counted transitions, a chain per conversion type."""

import pyarrow as pa

from planning.markov import removal_effects_of_transitions

SCHEMA = pa.schema([("conversion_type", pa.string()), ("channel", pa.string()), ("removal_effect", pa.float64())])


def model(dbt, session):
    """One row per conversion type and channel on any of its paths."""
    dbt.config(materialized="table")
    chains = {}
    for row in dbt.ref("int_transitions_counted").to_arrow_table().to_pylist():
        steps = chains.setdefault(row["conversion_type"], [])
        steps.append((row["from_state"], row["to_state"], row["transitions"]))
    solved = [
        {"conversion_type": conversion_type, "channel": channel, "removal_effect": effect}
        for conversion_type, steps in chains.items()
        for channel, effect in removal_effects_of_transitions(steps).items()
    ]
    return pa.Table.from_pylist(solved, SCHEMA)
