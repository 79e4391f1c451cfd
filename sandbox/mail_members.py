"""Members of the Mailchimp lists: who signed up or was added, under which spelling, who left. Whole seconds."""

from hashlib import md5

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.chance import choose, days_around, days_between, only_if
from sandbox.clock import DAY, MINUTE, NEVER, SECOND
from sandbox.journeys import PHONE
from sandbox.records import last_change

NEWSLETTER, PRODUCT = "a1b2c3d4e5", "f6a7b8c9d0"
MAIL_LISTS = pd.DataFrame({"id": [NEWSLETTER, PRODUCT], "web_id": [4411, 4412], "name": ["Newsletter", "Product news"]})
_FIRST_WEB_ID = 500_001


def join_lists(rng: Generator, people: pd.DataFrame, journeys: pd.DataFrame, won_at: np.ndarray) -> pd.DataFrame:
    """Memberships by list and joining: the columns of View.mail_members that never change, and joined_at, archived_at,
    deleted_at, leaves_at (tired of it: the next campaign ends it), bounces (off the first one)."""
    newsletter = _newsletter(rng, journeys)
    customers = np.flatnonzero((won_at != NEVER) & (rng.random(len(won_at)) < 0.5))
    customers = customers[(journeys["capture"] != PHONE).to_numpy()[customers]]
    product = pd.DataFrame({"list_id": PRODUCT, "person": customers + 1, "signup_at": NEVER, "source": "API - Generic"})
    product["opt_at"] = won_at[customers] + days_between(rng, 0.5, 4, len(customers))
    members = pd.concat([newsletter, product.assign(tags="customer")], ignore_index=True)
    members["opt_at"] = members["opt_at"].where(members["opt_at"] == NEVER, members["opt_at"] // SECOND * SECOND)
    members["joined_at"] = np.minimum(members["signup_at"], members["opt_at"])
    members["deleted_at"] = journeys["gone_at"].to_numpy()[members["person"] - 1]
    members = members[members["joined_at"] < members["deleted_at"]]
    members = members.sort_values(["list_id", "joined_at", "person"], ignore_index=True)
    _leave(rng, members)
    return _name(rng, members, people)


def _newsletter(rng: Generator, journeys: pd.DataFrame) -> pd.DataFrame:
    """Who signed up for the newsletter themselves (a few never confirm), and who was added from the CRM."""
    signed = np.flatnonzero(journeys["signup_at"] != NEVER)
    in_crm = (journeys["crm_at"] != NEVER) & (journeys["signup_at"] == NEVER) & (journeys["capture"] != PHONE)
    added = np.flatnonzero(in_crm & (rng.random(len(journeys)) < 0.35))
    signup_at = journeys["signup_at"].to_numpy()[signed]
    confirmed_at = signup_at + rng.integers(MINUTE, 30 * MINUTE, len(signed))
    opted_at = journeys["crm_at"].to_numpy()[added] + days_between(rng, 1, 10, len(added))
    own = {"person": signed + 1, "signup_at": signup_at, "source": "Hosted Signup Form"}
    own["opt_at"] = only_if(rng.random(len(signed)) > 0.03, confirmed_at)
    crm = {"person": added + 1, "signup_at": NEVER, "opt_at": opted_at, "source": "API - HubSpot"}
    members = pd.concat([pd.DataFrame(own), pd.DataFrame(crm)], ignore_index=True)
    return members.assign(
        list_id=NEWSLETTER, tags=choose(rng, ["", "webinar", "webinar;trial"], [7, 2, 1], len(members))
    )


def _leave(rng: Generator, members: pd.DataFrame) -> None:
    """Ends of memberships. Only members who came from the CRM are archived: their person is known there earlier."""
    count = len(members)
    opt_at = np.where(members["opt_at"] == NEVER, 0, members["opt_at"])
    tidied = (members["signup_at"] == NEVER) & (rng.random(count) < 0.03)
    members["archived_at"] = only_if(tidied, opt_at + days_around(rng, 120, count) // SECOND * SECOND)
    tires = rng.random(count) < 0.2
    members["leaves_at"] = only_if(tires, opt_at + (rng.exponential(200, count) * DAY).astype(np.int64))
    members["bounces"] = rng.random(count) < 0.015


def _name(rng: Generator, members: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Names and addresses as the list has them: some another address of the person, some in capitals; the CRM's with
    the phone number."""
    person = people.loc[members["person"] - 1].reset_index(drop=True)
    is_from_crm = members["signup_at"] == NEVER
    elsewhere = is_from_crm & (rng.random(len(members)) < 0.045)
    email = person["email"].where(~elsewhere, person["other_email"])
    local, domain = email.str.split("@", n=1).str[0], email.str.split("@", n=1).str[1]
    digests = [md5(address.encode(), usedforsecurity=False).hexdigest() for address in email]
    keys = [
        md5(f"{a}/{b}".encode(), usedforsecurity=False).hexdigest()
        for a, b in zip(email, members["list_id"], strict=True)
    ]
    host = rng.integers(1, 255, len(members)).astype(str)
    return members.assign(
        email=(local.str.title() + "@" + domain.str.capitalize()).where(person["types_capitals"], email),
        firstname=person["first"].where(~elsewhere, person["other_first"]),
        lastname=person["last"],
        phone=person["phone"].where(is_from_crm & person["gives_phone"], ""),
        language=np.where(person["country"].isin(["Germany", "Austria", "Switzerland"]), "de", "en"),
        vip=rng.random(len(members)) < 0.01,
        web_id=_FIRST_WEB_ID + np.arange(len(members)),
        id=digests,
        unique_email_id=[digest[:10] for digest in digests],
        contact_id=keys,
        ip_opt="203.0.113." + pd.Series(host),
    )


def members_at(members: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """View.mail_members, with `row`, the position in `members`. Who is deleted stays as an unlisted, anonymous row."""
    present = members[members["joined_at"] <= as_of]
    ends = {
        "unsubscribed": "unsubscribed_at",
        "cleaned": "cleaned_at",
        "archived": "archived_at",
        "deleted": "deleted_at",
    }
    status = pd.Series("subscribed", index=present.index, dtype=object).where(present["opt_at"] <= as_of, "pending")
    for word, column in ends.items():
        status[present[column] <= as_of] = word
    changes = [present[column] for column in ("joined_at", "opt_at", *ends.values())]
    is_deleted = status == "deleted"
    columns = ["list_id", "id", "web_id", "person", "unique_email_id", "contact_id", "signup_at", "language", "vip"]
    told = {
        name: present[name].where(~is_deleted, "") for name in ("email", "firstname", "lastname", "phone", "ip_opt")
    }
    frame = present[[*columns, "source", "tags"]].assign(
        **told,
        row=present.index,
        status=status,
        unsubscribe_reason=present["unsubscribe_reason"].where(present["unsubscribed_at"] <= as_of, ""),
        opt_at=present["opt_at"].where(present["opt_at"] <= as_of, NEVER),
        last_changed_at=last_change(as_of, *changes),
    )
    return frame.reset_index(drop=True)
