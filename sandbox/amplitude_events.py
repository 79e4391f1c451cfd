"""What Amplitude collects: events of a share of the site's visitors, some sent late, some twice."""

import numpy as np
import pandas as pd

from sandbox.chance import scatter, uuids
from sandbox.clock import DAY, HOUR
from sandbox.ga4_events import FORM, PAGE_VIEW, SCROLL, SESSION_START
from sandbox.ga4_lookups import look_up
from sandbox.ga4_rows import gclids
from sandbox.segment_rows import user_ids
from sandbox.visits import PAGES, Visits
from sandbox.web_sample import Sample, sample
from sandbox.web_sources import Sources

_EVENTS, _SALT = 9_000, 51
_NAMES = {
    SESSION_START: "session_start",
    PAGE_VIEW: "[Amplitude] Page Viewed",
    SCROLL: "Page Scrolled",
    FORM: "Form Submitted",
}
_LATE, _TWICE, _SLOW = 0.01, 0.005, 0.25  # shares of the events
_READY = 2 * HOUR  # after the hour of its upload an event can be exported; slow ones a day later


def collect_amplitude(visits: Visits, sources: Sources, people: pd.DataFrame) -> pd.DataFrame:
    """Every event with when it can be exported: View.amplitude_events and ready_at."""
    seen = sample(visits, _EVENTS, _SALT)
    seen = seen[np.isin(seen.events.kind, list(_NAMES))]
    key = seen.events.session * 64 + seen.events.position
    emails = np.append(people["email"].to_numpy(dtype=object), "")  # the last one is nobody's
    frame = pd.DataFrame(
        {
            "key": key,
            "insert_id": uuids(key, 52),
            "event_type": [_NAMES[kind] for kind in seen.events.kind.tolist()],
            "device_id": uuids(seen.visits["cookie"].to_numpy(), 53),
            "user_id": user_ids(seen.person),
            "email": emails[seen.person - 1],
            "session_at": seen.visits["started_at"].to_numpy(),
            "at": seen.at,
            "page_path": np.array(PAGES, dtype=object)[seen.events.page],
            **_origin(seen, sources),
        }
    )
    delay = np.where(scatter(key, 54) < _LATE, scatter(key, 55) * 5 * DAY, scatter(key, 55) * 3_000).astype(np.int64)
    return _sent(frame.assign(uploaded_at=frame["at"] + delay))


def amplitude_at(events: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """View.amplitude_events."""
    return events[events["ready_at"] <= as_of].drop(columns="ready_at").reset_index(drop=True)


def _sent(frame: pd.DataFrame) -> pd.DataFrame:
    """The events as they were uploaded: a device that missed the answer sends one again, with the same insert id."""
    again = frame[scatter(frame["key"].to_numpy(), 56) < _TWICE]
    again = again.assign(uploaded_at=again["uploaded_at"] + 20_000)
    sent = pd.concat([frame, again]).assign(number=lambda rows: rows.groupby("key").cumcount())
    own = sent["key"].to_numpy() * 2 + sent["number"].to_numpy()
    delay = np.where(scatter(own, 57) < _SLOW, DAY, 0)
    ready_at = sent["uploaded_at"] // HOUR * HOUR + HOUR + _READY + delay
    sent = sent.assign(uuid=uuids(own, 58), ready_at=ready_at).drop(columns=["key", "number"])
    return sent.sort_values(["uploaded_at", "uuid"], ignore_index=True)


def _origin(seen: Sample, sources: Sources) -> dict[str, np.ndarray]:
    """Where each event's visit came from, as the SDK keeps it with the user until the next visit."""
    lookups, source = look_up(sources), seen.visits["source"].to_numpy()
    texts = {name: lookups.texts[name].to_numpy(dtype=object)[source] for name in lookups.texts}
    is_tagged = lookups.is_tagged[source]
    tags = {f"utm_{name}": np.where(is_tagged, texts[name], "") for name in ("source", "medium", "campaign", "content")}
    click = gclids(seen.events.session, lookups.has_gclid[source])
    return {**tags, "referrer": texts["referrer"], "gclid": click}
