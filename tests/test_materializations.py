"""Tables, views and rows of incremental tables take the place of the old ones whole, or not at all."""

from pathlib import Path

import duckdb
import pytest
import yaml
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from ingestion.registry import DBT_PROJECT

SQL = "{{{{ config(materialized=var('{kind}')) }}}} select {{{{ var('value') }}}} as answer"
PYTHON = """def model(dbt, session):
    [value] = dbt.ref("a_view").fetchone()
    return session.sql(f"select {6 // value} as answer")
"""

GROWING = """{{ config(materialized="incremental", post_hook="{{ note_version() }}") }}
select {{ var("value") }} {% if is_incremental() %} - (select min(answer) from {{ this }}) {% endif %} as answer
"""
# Rows with the last digit of a new one make way for it; or all do that are of another.
KEYED = """{{ config(materialized="incremental", unique_key="answer % 10", post_hook="{{ note_version() }}") }}
select {{ var("value") }} as answer
"""
FORGETFUL = """{{ config(
    materialized="incremental",
    pre_hook="{% if is_incremental() %} delete from {{ this }} where answer % 10 <> 1 {% endif %}",
    post_hook="{{ note_version() }}",
) }}
select {{ var("value") }} as answer
"""


# The value passes through a view and two macros before it is added to the table.
LAYERED = {
    "models/layered.sql": GROWING.replace('{{ var("value") }}', '{{ wrapped("value") }}') + ' from {{ ref("behind") }}',
    "models/behind.sql": '{{ config(materialized="view") }} select {{ var("value") }} as value',
    "macros/wrapped.sql": "{% macro wrapped(column) %} {{ core(column) }} {% endmacro %}",
    "macros/core.sql": "{% macro core(column) %} {{ column }} {% endmacro %}",
    "macros/unused.sql": "{% macro unused() %} 1 {% endmacro %}",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    models = tmp_path / "models"
    models.mkdir()
    (models / "a_table.sql").write_text(SQL.format(kind="first"))
    (models / "a_view.sql").write_text(SQL.format(kind="second"))
    (models / "in_python.py").write_text(PYTHON)
    macros = ["macros", str(DBT_PROJECT / "macros" / "materializations")]
    settings = {"name": "pair", "profile": "pair", "macro-paths": macros}
    (tmp_path / "dbt_project.yml").write_text(yaml.safe_dump(settings))
    profile = {"type": "duckdb", "path": str(tmp_path / "warehouse.duckdb")}
    (tmp_path / "profiles.yml").write_text(
        yaml.safe_dump({"pair": {"target": "here", "outputs": {"here": profile}}}), encoding="utf-8"
    )
    return tmp_path


def run(project: Path, value: str, first: str = "table", second: str = "view") -> dict[str, str]:
    """How each model ended."""
    said = yaml.safe_dump({"value": value, "first": first, "second": second})
    where = ["--project-dir", str(project), "--profiles-dir", str(project), "--log-level", "none"]
    try:
        answer = dbtRunner().invoke(["run", "--vars", said, *where])
    finally:
        DuckDBConnectionManager.close_all_connections()
    return {each.node.name: str(each.status) for each in answer.result}


def held(project: Path) -> dict[str, tuple[str, int]]:
    """Each relation's kind and what it answers; nothing else may be left in the database."""
    kinds = "select table_name, table_type, 0 from information_schema.tables"
    with duckdb.connect(str(project / "warehouse.duckdb"), read_only=True) as connection:
        found = connection.execute(kinds).fetchall()
        return {name: (kind, connection.execute(f'select * from "{name}"').fetchone()[0]) for name, kind, _ in found}


def rows(project: Path, table: str) -> list[int]:
    """The values of a table of one column, in order."""
    with duckdb.connect(str(project / "warehouse.duckdb"), read_only=True) as connection:
        return [value for (value,) in connection.execute(f"from {table} order by all").fetchall()]


def test_a_model_that_fails_leaves_what_was_there(project: Path) -> None:
    assert set(run(project, "1").values()) == {"success"}
    before = held(project)
    assert before == {"a_table": ("BASE TABLE", 1), "a_view": ("VIEW", 1), "in_python": ("BASE TABLE", 6)}

    assert run(project, "nothing_of_this_name") == {"a_table": "error", "a_view": "error", "in_python": "skipped"}
    assert held(project) == before

    assert run(project, "0") == {"a_table": "success", "a_view": "success", "in_python": "error"}
    assert held(project) == {"a_table": ("BASE TABLE", 0), "a_view": ("VIEW", 0), "in_python": ("BASE TABLE", 6)}


def test_a_table_may_become_a_view_and_a_view_a_table(project: Path) -> None:
    run(project, "1")
    assert set(run(project, "2", first="view", second="table").values()) == {"success"}
    assert held(project) == {"a_table": ("VIEW", 2), "a_view": ("BASE TABLE", 2), "in_python": ("BASE TABLE", 3)}


def test_an_incremental_table_of_other_code_is_built_anew(project: Path) -> None:
    """Also where its columns were others, which the new code does not find."""
    model, told = project / "models" / "growing.sql", []
    for value, code in (("1", GROWING), ("5", GROWING), ("3", GROWING.replace("answer", "reply"))):
        model.write_text(code)
        assert run(project, value)["growing"] == "success"
        told.append(rows(project, "growing"))
    assert told == [[1], [1, 4], [3]]


@pytest.mark.parametrize(
    ("changed", "rows_left"),
    [
        ("models/behind.sql", [5]),
        ("macros/wrapped.sql", [5]),
        ("macros/core.sql", [5]),
        ("macros/unused.sql", [1, 4]),
        (None, [1, 4]),
    ],
)
def test_an_incremental_table_is_built_anew_when_code_behind_it_changed(
    project: Path, changed: str | None, rows_left: list[int]
) -> None:
    for name, code in LAYERED.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(code)
    assert run(project, "1")["layered"] == "success"
    if changed:
        (project / changed).write_text(LAYERED[changed].replace(" {", "  {"))
    assert run(project, "5")["layered"] == "success"
    assert rows(project, "layered") == rows_left


def test_rows_of_an_incremental_table_go_only_where_others_come(project: Path) -> None:
    (project / "models" / "keyed.sql").write_text(KEYED)
    (project / "models" / "forgetful.sql").write_text(FORGETFUL)
    told = []
    for value in ("1", "2", "nothing_of_this_name", "11"):
        ended = run(project, value)
        assert ended["keyed"] == ended["forgetful"] == ("error" if value.startswith("nothing") else "success")
        told.append((rows(project, "keyed"), rows(project, "forgetful")))
    assert told == [([1], [1]), ([1, 2], [1, 2]), ([1, 2], [1, 2]), ([2, 11], [1, 11])]
