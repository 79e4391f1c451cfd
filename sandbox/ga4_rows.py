"""Web events as rows of GA4's daily export (ga4_schema.SCHEMA)."""

import numpy as np
import pandas as pd
import pyarrow as pa

from sandbox.chance import scatter
from sandbox.clock import iso_days
from sandbox.ga4_events import FIRST_VISIT, FORM, PAGE_VIEW, SESSION_START, Events
from sandbox.ga4_lookups import Lookups, device_codes, place_codes, texts_or_null
from sandbox.ga4_params import event_params
from sandbox.ga4_schema import COLLECTED_SOURCE, SCHEMA
from sandbox.visits import SIGNUP_FORM, Visits

_NAMES = ("session_start", "first_visit", "page_view", "scroll", "user_engagement", "generate_lead", "sign_up")
_STREAM = "4711000001"


def to_table(events: Events, visits: Visits, lookups: Lookups) -> pa.Table:
    """The export's rows, in the order of the events."""
    session = visits.sessions.iloc[events.session]
    source, cookie = (session[name].to_numpy() for name in ("source", "cookie"))
    consents = session["has_consent"].to_numpy()
    gclid = gclids(events.session, lookups.has_gclid[source])
    begins = events.is_landing & np.isin(events.kind, (SESSION_START, FIRST_VISIT, PAGE_VIEW))
    name = events.kind + ((events.kind == FORM) & (session["form"] == SIGNUP_FORM).to_numpy())
    columns = {
        "event_date": _dates(events.day),
        "event_timestamp": pa.array(events.at_us),
        "event_name": pa.array(_NAMES).take(pa.array(name)),
        "event_params": event_params(events, session, begins, gclid, lookups),
        "event_bundle_sequence_id": pa.array(session["number"].to_numpy().astype(np.int64)),
        "event_server_timestamp_offset": pa.array(scatter(events.at_us, 4) * 1e6).cast(pa.int64(), safe=False),
        "user_pseudo_id": pa.array(visits.client_ids[cookie], pa.string(), mask=~consents),
        "privacy_info": lookups.consents.take(pa.array(consents.astype(np.int8))),
        "user_first_touch_timestamp": pa.array(visits.first_seen[cookie] * 1_000, mask=~consents),
        "device": lookups.devices.take(pa.array(device_codes(scatter(cookie, 21)))),
        "geo": lookups.places.take(pa.array(place_codes(scatter(cookie, 22)))),
        "traffic_source": lookups.first_touch.take(pa.array(visits.first_sources[cookie])),
        "stream_id": pa.repeat(_STREAM, len(events.day)),
        "platform": pa.repeat("WEB", len(events.day)),
        "collected_traffic_source": _collected(source, gclid, begins, lookups),
        "is_active_user": pa.array(session["is_engaged"].to_numpy()),
        "batch_event_index": pa.array(events.position + 1),
        "batch_page_id": pa.array(session["started_at"].to_numpy()),
        "batch_ordering_id": pa.array(events.position + 1),
        "session_traffic_source_last_click": lookups.last_click.take(pa.array(source)),
    }
    empty = (pa.nulls(len(events.day), field.type) for field in SCHEMA)
    arrays = [columns.get(field.name, nothing) for field, nothing in zip(SCHEMA, empty, strict=True)]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _dates(days: np.ndarray) -> pa.Array:
    """Days as YYYYMMDD."""
    different, code = np.unique(days, return_inverse=True)
    return pa.array(np.char.replace(iso_days(different), "-", "")).take(pa.array(code))


def gclids(session: np.ndarray, has_gclid: np.ndarray) -> np.ndarray:
    """The click id of each event's visit, "" where it did not come from an ad; other web tools see the same one."""
    ids = np.full(len(session), "", dtype=object)
    different, code = np.unique(session[has_gclid], return_inverse=True)
    numbers = (scatter(different, 9) * 2**52).astype(np.int64).tolist()
    ids[has_gclid] = np.array([f"Cj0KCQjw{number:013x}BwE" for number in numbers], dtype=object)[code]
    return ids


def _collected(source: np.ndarray, gclid: np.ndarray, begins: np.ndarray, lookups: Lookups) -> pa.StructArray:
    """collected_traffic_source: what the event itself carries; Google's own tagging gives the click id alone."""
    named = pd.Series(source).where(begins & lookups.is_named[source])
    rows = pa.array(named.to_numpy(), pa.float64(), from_pandas=True).cast(pa.int32())
    fields = {
        f"manual_{kind}": texts_or_null(lookups.texts[name]).take(rows)
        for kind, name in (
            ("campaign_name", "campaign"),
            ("source", "source"),
            ("medium", "medium"),
            ("content", "content"),
        )
    }
    fields["gclid"] = pa.array(gclid, pa.string(), mask=~begins | (gclid == ""))
    arrays = [fields.get(field.name, pa.nulls(len(source), field.type)) for field in COLLECTED_SOURCE]
    is_empty = ~(begins & (lookups.is_named[source] | (gclid != "")))
    return pa.StructArray.from_arrays(arrays, fields=list(COLLECTED_SOURCE), mask=pa.array(is_empty))
