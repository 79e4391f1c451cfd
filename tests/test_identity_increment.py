"""One more tie, and a veto: what of the identities is rewritten, in what time, and that it equals a full resolution."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from company_home import Home, company
from identity_truth import of_people, pairwise, resolved
from requests import get

from ingestion import home as paths
from orchestration import dbt_project

pytestmark = pytest.mark.long

VENDORS = ("hubspot", "mailchimp", "ga4")
MODELS = ["int_identities_clustered", "int_identities_resolved"]
ROWS = "select * from intermediate.int_identities_resolved order by all"
AN_EDGE = """
    insert into intermediate.int_identity_links_settled
    select {one}, {other}, 'crm_merge', 0.98, 'hubspot', timestamp '2026-01-01', 42
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, list[dict]]]:
    """The medium company's people after one run, and the truth about them."""
    home = Home(tmp_path_factory.mktemp("medium"))
    with company(home, vendors=VENDORS, size="medium") as facts:
        home.mops("run")
        yield home, get(f"{facts['url']}/truth/people", timeout=600).json()


def ask(home: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(paths.warehouse_file(home))) as warehouse:
        return warehouse.execute(sql).fetchall()


def seconds(home: Path, *, full_refresh: bool) -> float:
    """What the models of the resolution take, without dbt's own time."""
    results = dbt_project.build(home, "", "", MODELS, full_refresh)
    assert all(result.status in ("success", "pass") for result in results)
    return sum(result.execution_time for result in results if result.node.name in MODELS)


def test_medium_identities_are_joined_as_they_truly_are(home: tuple[Home, list[dict]]) -> None:
    found, truth = resolved(home[0].folder), of_people(home[1])
    precision, recall = pairwise(truth, found)
    print(f"identity, medium company: precision {precision:.4f}, recall {recall:.4f}")
    assert precision >= 0.995
    assert recall >= 0.95


def test_one_more_edge_rewrites_only_the_people_it_joins(home: tuple[Home, list[dict]]) -> None:
    folder = home[0].folder
    full = seconds(folder, full_refresh=True)
    one, other = ask(
        folder,
        "select cluster_id, min(identity) from intermediate.int_identities_resolved where identity_type = 'source_id'"
        " group by cluster_id order by cluster_id limit 2",
    )
    sizes = ask(
        folder,
        f"select count(*) from intermediate.int_identities_resolved where cluster_id in ('{one[0]}', '{other[0]}')",
    )
    kept = set(ask(folder, "select rowid, identity from intermediate.int_identities_resolved"))
    for left, right in ((one[1], other[1]), (other[1], one[1])):
        ask(folder, AN_EDGE.format(one=f"'{left}'", other=f"'{right}'"))
    incremental = seconds(folder, full_refresh=False)
    rewritten = set(ask(folder, "select rowid, identity from intermediate.int_identities_resolved")) - kept
    after = ask(folder, ROWS)
    print(f"one more edge: {len(rewritten)} of {len(after)} rows, {incremental:.2f} s against {full:.2f} s")
    assert len(rewritten) == sizes[0][0]
    assert incremental <= full / 10
    seconds(folder, full_refresh=True)
    assert ask(folder, ROWS) == after
