"""How well the identities of a home are joined, against what the sandbox knows: pairs of identities, as is usual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from math import comb
from pathlib import Path
from typing import Any

import duckdb

from ingestion import home as paths

Identity = tuple[str, str]  # identity_type, identity_value


def of_people(people: Iterable[dict[str, Any]]) -> dict[Identity, Hashable]:
    """Identity -> person, as `GET /truth/people` tells them."""
    told: dict[Identity, Hashable] = {}
    for person in people:
        for each in person["identities"]:
            is_cookie = each["source"] == "ga4"
            value = each["id"] if is_cookie else f"{each['source']}:{each['id']}"
            told["cookie" if is_cookie else "source_id", value] = person["person"]
            if each.get("email"):
                told["email", each["email"].strip().lower()] = person["person"]
    return told


def resolved(home: Path) -> dict[Identity, str]:
    """Identity -> person_id, as the warehouse of a home has them."""
    with duckdb.connect(str(paths.warehouse_file(home)), read_only=True) as warehouse:
        rows = warehouse.execute(
            "select identity_type, identity_value, person_id from intermediate.int_identities_resolved"
        ).fetchall()
    return {(kind, value): person_id for kind, value, person_id in rows}


def pairwise(truth: dict[Identity, Hashable], found: dict[Identity, str]) -> tuple[float, float]:
    """Precision and recall of the pairs of the truth's identities; who is not found is alone.

    Cookies that no form and no login ever tied to anybody are left out: no source says whose they are.
    """
    truth = {identity: person for identity, person in truth.items() if identity in found or identity[0] != "cookie"}
    joined = {identity: found.get(identity, identity) for identity in truth}
    right = _pairs((truth[identity], joined[identity]) for identity in truth)
    return right / _pairs(joined.values()), right / _pairs(truth.values())


def _pairs(groups: Iterable[Hashable]) -> int:
    return sum(comb(count, 2) for count in Counter(groups).values())
