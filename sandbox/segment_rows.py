"""Rows of Segment's warehouse tables pages, tracks and identifies, of a share of the site's visitors."""

import numpy as np
import pandas as pd

from sandbox.chance import scatter, uuids
from sandbox.clock import DAY, HOUR, MINUTE, NEVER, as_of_instant
from sandbox.ga4_events import FORM, PAGE_VIEW, SCROLL
from sandbox.ga4_lookups import SITE, look_up
from sandbox.ga4_rows import gclids
from sandbox.visits import LEAD_FORM, PAGES, Visits
from sandbox.web_sample import Sample, sample
from sandbox.web_sources import Sources

_EVENTS, _SALT = 15_000, 31  # Segment is on a part of the site only
_LOADED_AT = 4 * HOUR  # UTC, every night
_LATE, _TWICE = 0.005, 0.003  # shares of the rows
_FORGOTTEN = 0.08  # of the people
_TRACKED = {SCROLL: ("page_scrolled", "Page Scrolled"), FORM: ("form_submitted", "Form Submitted")}


def segment_rows(visits: Visits, sources: Sources, people: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Every row of each table, with `load_day` (it is in that night's load) and `person` (0 while nobody is known)."""
    seen = sample(visits, _EVENTS, _SALT)
    kind, person = seen.events.kind, seen.person
    pages, tracks = seen[kind == PAGE_VIEW], seen[np.isin(kind, list(_TRACKED))]
    forms = seen[(kind == FORM) & (person > 0)]
    tables = {
        "pages": (pages, _pages(pages, sources)),
        "tracks": (tracks, _tracks(tracks)),
        "identifies": (forms, _traits(forms, people)),
    }
    return {
        name: _loads(pd.DataFrame({**_common(of, salt), **own}))
        for salt, (name, (of, own)) in enumerate(tables.items(), 41)
    }


def deletions(people: int) -> np.ndarray:
    """When each person asks the site itself to be forgotten, by person - 1; NEVER for most."""
    number = np.arange(people)
    asked_at = as_of_instant(None) - (scatter(number, 32) * 45 * DAY).astype(np.int64)
    return np.where(scatter(number, 33) < _FORGOTTEN, asked_at, NEVER)


def user_ids(person: np.ndarray) -> np.ndarray:
    """The site's own user id of each person, "" for nobody."""
    ids = (scatter(person, 37) * 2**48).astype(np.int64)
    return np.array([f"usr_{key:012x}" if known else "" for key, known in zip(ids, person > 0, strict=True)], object)


def _common(seen: Sample, salt: int) -> dict[str, np.ndarray]:
    """The columns that every table has. The device's clock is minutes off; `timestamp` is corrected for that."""
    key = seen.events.session * 64 + seen.events.position
    is_late = scatter(key, salt) < _LATE
    delay = np.where(is_late, scatter(key, salt + 10) * 2 * DAY, scatter(key, salt + 10) * 3_000).astype(np.int64)
    skew = (scatter(seen.visits["cookie"].to_numpy(), 38) * 4 * MINUTE).astype(np.int64)
    return {
        "id": uuids(key, salt),
        "anonymous_id": uuids(seen.visits["cookie"].to_numpy(), 39),
        "user_id": user_ids(seen.person),
        "original_timestamp": seen.at + skew,
        "sent_at": seen.at + skew + delay,
        "received_at": seen.at + delay,
        "timestamp": seen.at,
        "context_library_name": np.full(len(key), "analytics.js", dtype=object),
        "person": seen.person,
        "key": key,
    }


def _pages(seen: Sample, sources: Sources) -> dict[str, np.ndarray]:
    """The page, and on the one that a visit began with where the visitor came from."""
    lookups, source = look_up(sources), seen.visits["source"].to_numpy()
    landing, page = seen.events.is_landing, seen.events.page
    paths = np.array(PAGES, dtype=object)[page]
    click = gclids(seen.events.session, lookups.has_gclid[source])
    is_tagged = landing & lookups.is_tagged[source]
    parameters = (
        "&".join(filter(None, (tags if tagged else "", f"gclid={gclid}" if first and gclid else "")))
        for tags, tagged, first, gclid in zip(lookups.tags[source], is_tagged, landing, click, strict=True)
    )
    search = np.array([f"?{each}" if each else "" for each in parameters], dtype=object)
    texts = {name: lookups.texts[name].to_numpy(dtype=object)[source] for name in lookups.texts}
    return {
        "path": paths,
        "search": search,
        "url": SITE + paths + search,
        "referrer": np.where(landing, texts["referrer"], SITE + "/"),
        "title": np.array([f"{name.strip('/').title() or 'Home'} | Northwind Labs" for name in paths], dtype=object),
        "context_campaign_name": np.where(is_tagged, texts["campaign"], ""),
        "context_campaign_source": np.where(is_tagged, texts["source"], ""),
        "context_campaign_medium": np.where(is_tagged, texts["medium"], ""),
        "context_campaign_content": np.where(is_tagged, texts["content"], ""),
    }


def _tracks(seen: Sample) -> dict[str, np.ndarray]:
    names = [np.array([_TRACKED[kind][part] for kind in seen.events.kind], dtype=object) for part in range(2)]
    return {"event": names[0], "event_text": names[1]}


def _traits(seen: Sample, people: pd.DataFrame) -> dict[str, np.ndarray]:
    """What the form said: a newsletter's only the address, spelled as it was typed."""
    who = people.iloc[seen.person - 1]
    is_lead = (seen.visits["form"] == LEAD_FORM).to_numpy()
    email = who["email"].where(~who["types_capitals"], who["email"].str.title())
    told = {"first_name": who["first"], "last_name": who["last"], "title": who["job"], "phone": who["phone"]}
    return {
        "email": email.to_numpy(dtype=object),
        **{name: np.where(is_lead, column, "").astype(object) for name, column in told.items()},
        "employees": np.where(is_lead, (scatter(seen.person, 40) * 500).astype(np.int64) + 1, 0),
    }


def _loads(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows by load: each in the first after it was received, a few once more in the one after that."""
    load_day = (rows["received_at"] - _LOADED_AT) // DAY + 1
    again = rows[scatter(rows["key"].to_numpy(), 36) < _TWICE]
    rows = pd.concat([rows.assign(load_day=load_day), again.assign(load_day=load_day[again.index] + 1)])
    rows["uuid_ts"] = rows["load_day"] * DAY + _LOADED_AT
    return rows.drop(columns="key").sort_values(["load_day", "timestamp", "id"], ignore_index=True)
