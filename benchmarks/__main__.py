"""`make bench`: all ratios in one run, in a temporary folder that goes afterwards."""

import argparse
import logging
import tempfile
from pathlib import Path

from benchmarks import attribution_rate, channel_attribution, dbt_overhead, ingestion_rate, whole_runs
from benchmarks.measure import Ratio, show


def main() -> None:
    """Measure what is asked for, and print the table."""
    options = _parser().parse_args()
    logging.getLogger("dlt").setLevel(logging.ERROR)
    ratios: list[Ratio] = []
    with tempfile.TemporaryDirectory(prefix="mops-bench-") as folder:
        if "ingestion" in options.only:
            ratios += ingestion_rate.measure(Path(folder), options.records, options.dict_records)
        if "attribution" in options.only:
            attribution_rate.run(Path(folder) / "attribution", options.touches)
            ratios += channel_attribution.measure(Path(folder) / "attribution")
        if "runs" in options.only:
            ratios += whole_runs.measure(Path(folder) / "home", options.size)
            ratios += dbt_overhead.measure(Path(folder) / "home")
    show(ratios)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="What mops costs, as ratios.")
    parts = ["ingestion", "attribution", "runs"]
    parser.add_argument("--only", nargs="+", choices=parts, default=parts)
    parser.add_argument("--touches", type=int, default=10_000_000, help="touches to attribute (default: %(default)s)")
    parser.add_argument("--records", type=int, default=200_000, help="records on disk to load (default: %(default)s)")
    parser.add_argument("--dict-records", type=int, default=50_000, help="of them as dicts by dlt alone (%(default)s)")
    parser.add_argument("--size", choices=["tiny", "small", "medium", "large"], default="medium", help="of the runs")
    return parser


if __name__ == "__main__":
    main()
