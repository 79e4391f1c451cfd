"""One HubSpot account over a View: what all of HubSpot's handlers read."""

from collections.abc import Callable
from functools import cache, cached_property

import pandas as pd

from sandbox.oauth import Tokens
from sandbox.vendor import Call
from sandbox.vendors.hubspot import errors
from sandbox.vendors.hubspot.groups import Groups, History, Link, histories, links
from sandbox.vendors.hubspot.properties import OBJECT_TYPES, frames
from sandbox.vendors.hubspot.records import Records
from sandbox.view import View


class Portal:
    """The account's records by object type, and what belongs to them; groups are put together when first asked for."""

    def __init__(self, view: View, tokens: Tokens) -> None:
        self.view = view
        self.tokens = tokens
        self.records = {
            name: Records(name, frame, OBJECT_TYPES[name], _merged_into(view.merges, name))
            for name, frame in frames(view).items()
        }
        self.links: Callable[[str, str], Groups[Link]] = cache(lambda start, end: links(view.associations, start, end))
        self.history: Callable[[str, str], Groups[History] | None] = cache(
            lambda type_, name: histories(view, type_, name)
        )

    @cached_property
    def submissions(self) -> dict[str, pd.DataFrame]:
        """The submissions of each form, newest first."""
        by_form = dict(iter(self.view.form_submissions.groupby("form_id", sort=False)))
        nothing = self.view.form_submissions.iloc[:0]
        return {form_id: by_form.get(form_id, nothing) for form_id in self.view.forms["id"]}

    def records_of(self, call: Call, part: str = "type") -> Records:
        """The records of the object type in the call's path."""
        name = call.path[part]
        if name not in self.records:
            raise errors.invalid(f"Unable to infer object type from: {name}")
        return self.records[name]


def _merged_into(merges: pd.DataFrame, object_type: str) -> dict[int, int]:
    of_type = merges[merges["object_type"] == object_type]
    return dict(zip(of_type["loser_id"].tolist(), of_type["winner_id"].tolist(), strict=True))
