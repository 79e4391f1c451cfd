"""The metric dictionary names every number of the marts, and nothing else."""

import csv

import yaml

from ingestion import registry

NUMBERS = ("bigint", "double", "decimal")


def _defined() -> set[tuple[str, str]]:
    with (registry.DBT_PROJECT / "seeds" / "metric_definitions.csv").open(encoding="utf-8", newline="") as lines:
        return {(mart, row["metric"]) for row in csv.DictReader(lines) for mart in row["appears_in"].split(", ")}


def _numbers() -> set[tuple[str, str]]:
    found = set()
    for page in (registry.DBT_PROJECT / "models" / "marts").glob("*__models.yml"):
        for model in yaml.safe_load(page.read_text(encoding="utf-8"))["models"]:
            columns = [column for column in model["columns"] if column["data_type"].startswith(NUMBERS)]
            found |= {(model["name"], column["name"]) for column in columns}
    return found


def test_every_number_of_a_mart_is_in_the_metric_dictionary() -> None:
    assert not _numbers() - _defined()


def test_the_metric_dictionary_names_no_number_that_is_not_there() -> None:
    assert not _defined() - _numbers()
