"""Which HubSpot records belong together at an as-of."""

import numpy as np
import pandas as pd

_COLUMNS = ["from_id", "to_id", "type_id", "category", "label"]
_DEFINED, _OWN = "HUBSPOT_DEFINED", "USER_DEFINED"
PRIMARY = "Primary"  # the company's own label for the contact a deal is with
_PRIMARY_TYPE = 41
_TO_CONTACT = {"calls": 194, "emails": 198, "meetings": 200, "tickets": 16}


def associations_at(
    contacts: pd.DataFrame,
    deals: pd.DataFrame,
    activities: dict[str, pd.DataFrame],
    contact_ids: np.ndarray,
    company_of: np.ndarray,
) -> dict[tuple[str, str], pd.DataFrame]:
    """View.associations. By person - 1: contact_ids (0 where none) and company_of (the employer's id, 0 where none)."""
    buyer = contact_ids[deals["person"] - 1]
    second = np.where(deals["second_person"] > 0, contact_ids[deals["second_person"] - 1], 0)
    deal_id, company_id = deals["id"].to_numpy(), company_of[deals["person"] - 1]
    to_contacts = [(buyer, 3, _DEFINED, ""), (buyer, _PRIMARY_TYPE, _OWN, PRIMARY), (second, 3, _DEFINED, "")]
    to_companies = [(company_id, 341, _DEFINED, ""), (company_id, 5, _DEFINED, PRIMARY)]
    employer_id = contacts["company_id"].to_numpy()
    employs = [(employer_id, 279, _DEFINED, ""), (employer_id, 1, _DEFINED, PRIMARY)]
    found = {
        ("deals", "contacts"): _link(deal_id, to_contacts),
        ("deals", "companies"): _link(deal_id, to_companies),
        ("contacts", "companies"): _link(contacts["id"].to_numpy(), employs),
    }
    for kind, type_id in _TO_CONTACT.items():
        done = activities[kind]
        person = [(contact_ids[done["person"] - 1], type_id, _DEFINED, "")]
        found[kind, "contacts"] = _link(done["id"].to_numpy(), person)
    return found


def _link(from_id: np.ndarray, ends: list[tuple[np.ndarray, int, str, str]]) -> pd.DataFrame:
    """Links from each id to the ends that exist."""
    frames = [
        pd.DataFrame({"from_id": from_id, "to_id": to_id, "type_id": type_id, "category": category, "label": label})
        for to_id, type_id, category, label in ends
    ]
    links = pd.concat(frames)
    return links[links["to_id"] > 0].sort_values(["from_id", "to_id", "type_id"], ignore_index=True)[_COLUMNS]
