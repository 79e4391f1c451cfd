"""The lifecycle words HubSpot recorded of each contact, with their times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sandbox.chance import only_if
from sandbox.clock import DAY, NEVER, SECOND
from sandbox.records import TWIN, living

if TYPE_CHECKING:
    from sandbox.crm_contacts import ContactRecords

RECYCLED = "189234571"  # a custom lifecycle stage, which HubSpot knows by number


def lifecycle_words(journeys: pd.DataFrame, won_at: np.ndarray) -> pd.DataFrame:
    """Every recorded lifecycle word of each person; opportunity and customer follow the deals by half a minute."""
    crm_at = journeys["crm_at"].to_numpy()
    is_subscriber = journeys["signup_at"].to_numpy() != NEVER
    lag = np.where(journeys["opportunity_at"].to_numpy() < crm_at, DAY // 2, 30 * SECOND)
    after = [only_if(at != NEVER, np.where(at != NEVER, at, 0) + lag) for at in (journeys["opportunity_at"], won_at)]
    entries = (
        ("subscriber", only_if(is_subscriber, crm_at), "INTEGRATION", "mailchimp"),
        ("lead", only_if(~is_subscriber, crm_at), "FORM", ""),
        (
            "marketingqualifiedlead",
            only_if(journeys["mql_recorded"], journeys["mql_at"]),
            "AUTOMATION_PLATFORM",
            "enroll:7",
        ),
        ("salesqualifiedlead", only_if(journeys["sql_recorded"], journeys["sql_at"]), "CRM_UI", "userId:9001"),
        ("marketingqualifiedlead", journeys["back_at"].to_numpy(), "CRM_UI", "userId:9002"),
        ("salesqualifiedlead", journeys["again_at"].to_numpy(), "CRM_UI", "userId:9001"),
        (RECYCLED, journeys["recycled_at"].to_numpy(), "CRM_UI", "userId:9003"),
        ("opportunity", after[0], "DEAL_STAGE_AUTOMATION", ""),
        ("customer", after[1], "DEAL_STAGE_AUTOMATION", ""),
    )
    frames = []
    for value, at, source_type, source_id in entries:
        rows = np.flatnonzero((at != NEVER) & (crm_at != NEVER))
        frame = pd.DataFrame({"person": rows + 1, "value": value, "at": at[rows]})
        frames.append(frame.assign(source_type=source_type, source_id=source_id))
    return pd.concat(frames).sort_values(["at", "person"], kind="stable", ignore_index=True)


def lifecycle_at(contacts: ContactRecords, as_of: int) -> pd.DataFrame:
    """View.lifecycle_history: each person's words on the contact they go by, a duplicate's first on the duplicate."""
    ids = contacts.ids(as_of)
    own = contacts.lifecycle[contacts.lifecycle["at"] <= as_of]
    own = own.assign(contact_id=ids[own["person"] - 1])
    twins = living(contacts.records, as_of)
    twins = twins[twins["variant"] == TWIN]
    extra = pd.DataFrame({"contact_id": twins["id"], "value": "lead", "at": twins["created_at"]})
    extra = extra.assign(source_type="IMPORT", source_id="import:12")
    history = pd.concat([own[own["contact_id"] > 0].drop(columns="person"), extra])
    columns = ["contact_id", "value", "at", "source_type", "source_id"]
    return history[columns].sort_values(["contact_id", "at"], ascending=[True, False], ignore_index=True)
