"""The event_params of GA4's export: a list of keys and values per event."""

import numpy as np
import pandas as pd
import pyarrow as pa

from sandbox import ga4_schema as schema
from sandbox.chance import scatter
from sandbox.clock import SECOND
from sandbox.ga4_events import Events
from sandbox.ga4_lookups import SITE, Lookups
from sandbox.visits import PAGES

_UNLINKED = 0.1  # of the clicks on ads: Google gives the click id and nothing else
_FROM_SOURCE = ("source", "medium", "campaign", "content", "referrer")
_KEYS = (
    *("ga_session_id", "ga_session_number", "engagement_time_msec", "session_engaged", "page_location"),
    *("source", "medium", "campaign", "content", "page_referrer"),
)
_SESSION_ID, _SESSION_NUMBER, _ENGAGED_MS, _ENGAGED, _LOCATION, *_SOURCE_KEYS = range(len(_KEYS))
_NO_TEXT = -1


def event_params(
    events: Events, session: pd.DataFrame, begins: np.ndarray, gclid: np.ndarray, lookups: Lookups
) -> pa.ListArray:
    """The parameters of each event. `session`: its visit; `begins`: it carries the source; `gclid`: "" where none."""
    count = len(session)
    texts, codes = _texts(events, session, begins, gclid, lookups)
    numbers = np.zeros((count, len(_KEYS)), dtype=np.int64)
    numbers[:, _SESSION_ID] = session["started_at"].to_numpy() // SECOND
    numbers[:, _SESSION_NUMBER] = session["number"].to_numpy()
    numbers[:, _ENGAGED_MS] = events.engaged_ms
    present = codes != _NO_TEXT
    present[:, [_SESSION_ID, _SESSION_NUMBER]] = session["has_consent"].to_numpy()[:, None]
    present[:, _ENGAGED_MS] = events.engaged_ms > 0
    keys = np.broadcast_to(np.arange(len(_KEYS)), present.shape)[present]
    is_number = keys < _ENGAGED
    values = [
        texts.take(pa.array(codes[present], mask=is_number)),
        pa.array(numbers[present], mask=~is_number),
        *(pa.nulls(len(keys), schema.REAL) for _ in range(2)),
    ]
    value = pa.StructArray.from_arrays(values, fields=list(schema.VALUE))
    named = pa.StructArray.from_arrays([pa.array(_KEYS).take(pa.array(keys)), value], fields=list(schema.PARAM))
    offsets = np.append(0, np.cumsum(present.sum(axis=1)))
    return pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), named)


def _texts(
    events: Events, session: pd.DataFrame, begins: np.ndarray, gclid: np.ndarray, lookups: Lookups
) -> tuple[pa.Array, np.ndarray]:
    """All texts that occur, and for each event and key the position of its text, or none."""
    source = session["source"].to_numpy()
    pool = ["0", "1", *(SITE + page for page in PAGES)]
    codes = np.full((len(source), len(_KEYS)), _NO_TEXT)
    codes[:, _ENGAGED] = session["is_engaged"]
    codes[:, _LOCATION] = 2 + events.page
    is_told = begins & ~((gclid != "") & (scatter(events.session, 5) < _UNLINKED))
    for key, name in zip(_SOURCE_KEYS, _FROM_SOURCE, strict=True):
        own = lookups.texts[name].to_numpy(dtype=object)
        codes[:, key] = np.where(is_told & (own != "")[source], len(pool) + source, _NO_TEXT)
        pool.extend(own)
    tagged = np.flatnonzero(events.is_landing & ((gclid != "") | lookups.is_tagged[source]))
    visits, first, of = np.unique(events.session[tagged], return_index=True, return_inverse=True)
    codes[tagged, _LOCATION] = len(pool) + of
    first = tagged[first]
    pool.extend(
        f"{SITE}{PAGES[page]}?{'&'.join(filter(None, (tags, gid and 'gclid=' + gid)))}"
        for page, tags, gid in zip(
            events.page[first],
            np.where(lookups.is_tagged[source[first]], lookups.tags[source[first]], ""),
            gclid[first],
            strict=True,
        )
    )
    return pa.array(pool, pa.string()), codes
