"""The vendors' own SDKs, unaltered, read from the sandbox what their APIs show, and are refused with a wrong token.

tests/sdks/<vendor>.py is a script that knows the SDK and nothing else, not even mops:

    REFUSED = …                                 the exception (or exceptions) the SDK raises for a wrong token
    def read(url, credentials) -> dict[str, list[dict]]
        With the SDK pointed at url: raw table -> an object of the key's columns for each record, read to the last
        page (in pages as small as the SDK and the vendor allow, so that there are some).

Its tables must be all of the source's, but for those named in NOT_IN_SDK of tests/shown/<vendor>.py, with a reason.
SDKs live in environments of their own, made on demand in .sdks/ from the hashed tests/sdks/<environment>.txt (`make
lock` resolves them anew from the .in beside it): they need other versions than mops does, and two of them collide.
"""

import json
import subprocess
from pathlib import Path

import pytest
from source_contract import LATER, Vendor, Wanted, account, wrong

from benchmarks.environments import python_with
from ingestion.registry import REPOSITORY

pytestmark = pytest.mark.long
pytest_plugins = ["source_contract"]

SCRIPTS = REPOSITORY / "tests" / "sdks"
WITH_SDK = sorted(script.stem for script in SCRIPTS.glob("*.py") if script.stem != "run")
ENVIRONMENTS = {"microsoft_ads": "microsoft"}  # the others are in `most`


@pytest.mark.parametrize("name", WITH_SDK)
def test_the_vendors_own_sdk_reads_what_is_shown(name: str, files: Path) -> None:
    vendor = Vendor(name)
    with account(vendor, LATER, files) as served:
        shown = served.shown()
        said = run(name, served.facts["vendors"][name])
    left_out = vendor.said("NOT_IN_SDK", ())
    assert said["tables"].keys() == vendor.tables.keys() - {*left_out}
    for table, keys in said["tables"].items():
        assert keys_of(vendor, table, keys) == keys_of(vendor, table, shown[table]), table
    print(said["refusal"])


def keys_of(vendor: Vendor, table: str, records: list[dict]) -> set:
    resource = vendor.tables[table]
    others = [name for name in resource.columns.names if name not in resource.key]
    wanted = Wanted(resource, records, others)
    assert not wanted.refused, wanted.refused[:3]
    return set(wanted.rows)


def run(name: str, facts: dict) -> dict:
    given = {
        "url": facts["base_url"],
        "credentials": facts["credentials"],
        "wrong": {key: wrong(key, value) for key, value in facts["credentials"].items()},
    }
    python = python_with(SCRIPTS / f"{ENVIRONMENTS.get(name, 'most')}.txt")
    done = subprocess.run(
        [python, SCRIPTS / "run.py", name],
        input=json.dumps(given),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)
