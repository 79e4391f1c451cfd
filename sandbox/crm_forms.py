"""HubSpot's forms with what was submitted, and its marketing e-mails, of which it tells only totals."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from sandbox.chance import choose, days_between, pick
from sandbox.clock import DAY, HOUR, NEVER, from_home
from sandbox.journeys import FORM

_FORMS = pd.DataFrame(
    {
        "id": [f"8f2c{n}a10-5b7e-4c3d-9a41-0c6d2e9f1b{n}{n}" for n in range(1, 5)],
        "name": ["Request a demo", "Download the ROI guide", "Register for a webinar", "Contact us"],
        "form_type": ["hubspot", "hubspot", "hubspot", "captured"],
        "page": ["/demo", "/blog/roi-guide", "/webinar", "/contact"],
    }
)
_SITE = "https://www.northwind-labs.example"
_SETTLED = 14 * DAY  # after which a marketing e-mail's totals stand
_COUNTERS = {"open": 0.31, "click": 0.035, "unsubscribed": 0.004, "spamreport": 0.0005}  # shares of what is delivered


def submit_forms(
    rng: Generator, people: pd.DataFrame, journeys: pd.DataFrame, employers: pd.DataFrame, client_ids: np.ndarray
) -> pd.DataFrame:
    """Every submission, by form and newest first: View.form_submissions with person. Some submit a second one."""
    row = np.flatnonzero(journeys["capture"] == FORM)
    again = row[rng.random(len(row)) < 0.2]
    first_at = journeys["captured_at"].to_numpy()
    submitted_at = np.append(first_at[row], first_at[again] + days_between(rng, 1, 90, len(again)))
    person = np.append(row, again)
    form = pick(rng, [4, 3, 2, 1], len(person))
    employer = people["employer"].to_numpy()[person]
    company = np.where(employer >= 0, employers["name"].to_numpy(dtype=object)[employer], "")
    frame = pd.DataFrame(
        {
            "form_id": _FORMS["id"].to_numpy(dtype=object)[form],
            "submitted_at": submitted_at,
            "email": people["email"].to_numpy(dtype=object)[person],
            "ga_client_id": np.append(client_ids[row], np.full(len(again), "", dtype=object)),
            "page_url": _SITE + _FORMS["page"].to_numpy(dtype=object)[form],
            "firstname": people["first"].to_numpy(dtype=object)[person],
            "lastname": people["last"].to_numpy(dtype=object)[person],
            "company": company,
            "person": person + 1,
        }
    )
    return frame.sort_values(["form_id", "submitted_at", "email"], ascending=[True, False, True], ignore_index=True)


def forms_at(first_at: int) -> pd.DataFrame:
    """View.forms: they are older than the company's history."""
    times = {"created_at": first_at - 200 * DAY, "updated_at": first_at - 150 * DAY, "archived_at": NEVER}
    return _FORMS.drop(columns="page").assign(**times)


def submissions_at(submissions: pd.DataFrame, purged_at: np.ndarray, as_of: int) -> pd.DataFrame:
    """View.form_submissions: purging a contact purges what they submitted. purged_at by person - 1."""
    purged = purged_at[submissions["person"] - 1] <= as_of
    return submissions[(submissions["submitted_at"] <= as_of) & ~purged].drop(columns="person").reset_index(drop=True)


def mail_marketing(rng: Generator, first_day: int, last_day: int, crm_at: np.ndarray) -> pd.DataFrame:
    """Marketing e-mails, one every six weeks to everybody then in the CRM: names, times and final totals."""
    days = np.arange(first_day + 20, last_day + 1, 42)
    count = len(days)
    published_at = from_home(days, np.full(count, 9 * HOUR))
    selected = np.searchsorted(np.sort(crm_at), published_at)
    hard, soft = rng.binomial(selected, 0.006), rng.binomial(selected, 0.01)
    delivered = selected - hard - soft
    totals = {name: rng.binomial(delivered, share) for name, share in _COUNTERS.items()}
    number = np.arange(1, count + 1).astype(str)
    topic = choose(rng, ["Webinar invitation", "Product tour", "Case study"], [1, 1, 1], count)
    return pd.DataFrame(
        {
            "id": 61_500_000_001 + np.arange(count),
            "name": topic + " " + number,
            "subject": topic,
            "type": "BATCH_EMAIL",
            "campaign": 77_001 + np.arange(count),
            "campaign_name": "nurture_" + number,
            "published_at": published_at,
            "created_at": published_at - rng.integers(1, 8, count) * DAY,
            "sent": selected,
            "delivered": delivered,
            "hardbounced": hard,
            "softbounced": soft,
            "bounce": hard + soft,
            **totals,
        }
    )


def marketing_emails_at(emails: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """View.marketing_emails: totals grow for two weeks after sending, first fast, then slowly."""
    known = emails[emails["created_at"] <= as_of].reset_index(drop=True)
    is_sent = known["published_at"] <= as_of
    progress = np.clip((as_of - known["published_at"]) / _SETTLED, 0, 1) ** 0.3
    shown = {name: np.floor(known[name] * progress).astype(np.int64) for name in _COUNTERS}
    at_once = {
        name: known[name].where(is_sent, 0) for name in ("sent", "delivered", "hardbounced", "softbounced", "bounce")
    }
    return known.assign(
        **shown,
        **at_once,
        state=np.where(is_sent, "PUBLISHED", "DRAFT"),
        is_published=is_sent,
        published_at=known["published_at"].where(is_sent, NEVER),
        updated_at=known["published_at"].where(is_sent, known["created_at"]),
        archived_at=NEVER,
    )
