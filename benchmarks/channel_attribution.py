"""`mops attribute` beside ChannelAttribution (Altomare and Loris), on the won paths of the attribution benchmark.

Theirs is compiled into an environment of its own, which takes some minutes the first time.
"""

import json
import subprocess
from pathlib import Path

import duckdb

from benchmarks.environments import python_with
from benchmarks.measure import Ratio, seconds
from ingestion import home as paths
from orchestration.cli import paths_file
from planning import attribution

REQUIREMENTS = Path(__file__).with_suffix(".txt")
HEURISTICS = ("first", "last", "linear")  # those of theirs that are ours too

PATHS = """
copy (
    select path, count(*) as conversions, sum(revenue) as revenue, 0 as nulls
    from (
        select string_agg(channel, ' > ' order by step) as path, any_value(conversion_revenue) as revenue
        from intermediate.int_touches_credited
        where conversion_type = 'won_revenue'
        group by conversion_id
    )
    group by path
) to '{file}' (header)
"""
THEIRS = """
import json, sys, time
import pandas as pd
import ChannelAttribution as ca
data, told = pd.read_csv(sys.argv[1]), {}
columns = {"var_path": "path", "var_conv": "conversions", "var_value": "revenue", "flg_pro": False}
for name, work in (
    ("heuristics", lambda: ca.heuristic_models(data, **columns)),
    ("markov", lambda: ca.markov_model(data, var_null="nulls", verbose=False, **columns)),
):
    began = time.perf_counter()
    work()
    told[name] = time.perf_counter() - began
print(json.dumps(told))
"""


def measure(home: Path) -> list[Ratio]:
    """Seconds of theirs and ours once the file is read, for a home in which attribution_rate has built the models."""
    file = home / "paths.csv"
    with duckdb.connect(str(paths.warehouse_file(home)), read_only=True) as connection:
        connection.execute(PATHS.format(file=file))
    _, read = paths_file.read(file)
    ours = {
        "heuristics": seconds(lambda: [attribution.attribute(read, model) for model in HEURISTICS]),
        "markov": seconds(lambda: attribution.attribute(read, "markov")),
    }
    done = subprocess.run(
        [python_with(REQUIREMENTS), "-c", THEIRS, file], check=True, stdout=subprocess.PIPE, text=True
    )
    theirs = json.loads(done.stdout.splitlines()[-1])
    return [
        Ratio(
            f"{name} of {len(read.lengths):,} paths against ChannelAttribution",
            f"{ours[name]:.3f} s",
            f"{theirs[name]:.2f} s",
            theirs[name] / ours[name],
            aim=1,
        )
        for name in ours
    ]
