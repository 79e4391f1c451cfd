"""Amplitude: the raw events of an account, on the Export API.

View -> https://amplitude.com as sandbox.vendor.Vendor
"""

import base64
import gzip
import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

import numpy as np
import orjson

from sandbox import wire
from sandbox.clock import HOUR, to_instant
from sandbox.ga4_lookups import SITE
from sandbox.vendor import Answer, Call, Refused, Vendor
from sandbox.view import View

API_KEY, SECRET_KEY = "0000sandboxkey", "0000sandboxsecret"  # noqa: S105 - they open nothing but the sandbox
APP = 187520
_EXPECTED = "Basic " + base64.b64encode(f"{API_KEY}:{SECRET_KEY}".encode()).decode()
_HOUR = re.compile(r"\d{8}T\d\d?")
_LONGEST = 365 * 24  # hours
_MOST_EVENTS = 2_000  # stands for the 4 GB that an export may have

Event = dict[str, Any]


class Export:
    """The events of a View as they are exported, and the hour each was uploaded in."""

    def __init__(self, view: View) -> None:
        frame = view.amplitude_events
        self.hours = frame["uploaded_at"].to_numpy() // HOUR
        self._frame = frame
        numbers = {device: 100_000_000_000 + place for place, device in enumerate(frame["device_id"].unique())}
        self._user_numbers = numbers

    def events(self, first: int, last: int) -> list[Event]:
        """The events uploaded in the hours from first to last, both included."""
        start, end = np.searchsorted(self.hours, [first, last + 1])
        return [self._event(row) for row in wire.rows(self._frame.iloc[start:end])]

    def count(self, first: int, last: int) -> int:
        """How many these are."""
        start, end = np.searchsorted(self.hours, [first, last + 1])
        return int(end - start)

    def _event(self, row: Event) -> Event:
        url = f"{SITE}{row['page_path']}"
        origin = {name: row[name] for name in ("utm_source", "utm_medium", "utm_campaign", "utm_content", "gclid")}
        user = {
            **origin,
            "referrer": row["referrer"],
            "referring_domain": row["referrer"].rpartition("//")[2].strip("/"),
        }
        if row["email"]:
            user["email"] = row["email"]
        return {
            "$insert_id": row["insert_id"],
            "$schema": 13,
            "amplitude_id": self._user_numbers[row["device_id"]],
            "app": APP,
            "client_event_time": _text(row["at"]),
            "client_upload_time": _text(row["uploaded_at"]),
            "data": {},
            "device_family": "Windows",
            "device_id": row["device_id"],
            "event_id": int(row["session_at"] % 100_000),
            "event_properties": {"[Amplitude] Page URL": url, "[Amplitude] Page Path": row["page_path"]},
            "event_time": _text(row["at"]),
            "event_type": row["event_type"],
            "group_properties": {},
            "groups": {},
            "language": "German",
            "library": "amplitude-ts/2.11.0",
            "platform": "Web",
            "processed_time": _text(row["uploaded_at"]),
            "server_received_time": _text(row["uploaded_at"]),
            "server_upload_time": _text(row["uploaded_at"]),
            "session_id": row["session_at"],
            "user_id": row["user_id"] or None,
            "user_properties": {name: value for name, value in user.items() if value},
            "uuid": row["uuid"],
        }


def build(view: View) -> Vendor:
    """Amplitude over a View."""
    export = Export(view)
    return Vendor(
        routes=[("GET", "/api/2/export", lambda call: _export(export, call))],
        credentials={"api_key": API_KEY, "secret_key": SECRET_KEY},
        authorize=_authorize,
        refusals={
            "rate_limited": lambda: _error(429, "Too many requests"),
            "unavailable": lambda: _error(503, "Service Unavailable"),
            "not_found": lambda: _error(404, "Not Found"),
            "unreadable": lambda: _error(400, "Bad Request"),
        },
        headers=lambda call, remaining: {},  # no header speaks of the limits
    )


def _export(export: Export, call: Call) -> Answer:
    """GET /api/2/export: the hours of upload from start to end; 404 where they hold nothing."""
    first, last = (_hour(call, name) for name in ("start", "end"))
    if last < first or last - first >= _LONGEST:
        raise Refused(_error(400, "The time range is not valid; it may span 365 days at most"))
    count = export.count(first, last)
    if not count:
        raise Refused(_error(404, "Raw data files were not found"))
    if count > _MOST_EVENTS and last > first:
        raise Refused(_error(400, "The exported data is larger than 4GB; ask for a shorter time range"))
    return Answer(export.events(first, last), media_type="application/zip", encode=_archive)


def _hour(call: Call, name: str) -> int:
    text = call.query.get(name, "")
    try:
        if _HOUR.fullmatch(text):
            return to_instant(datetime.strptime(text, "%Y%m%dT%H").replace(tzinfo=UTC)) // HOUR
    except ValueError:
        pass
    raise Refused(_error(400, f"{name} must be an hour, as YYYYMMDDTHH"))


def _archive(events: list[Event]) -> bytes:
    """A zip of gzipped JSON lines, a file for each hour of upload."""
    by_hour: dict[str, list[Event]] = {}
    for event in events:
        by_hour.setdefault(str(event["server_upload_time"])[:13], []).append(event)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for hour, own in by_hour.items():
            day, _, number = hour.partition(" ")
            lines = b"\n".join(map(orjson.dumps, own)) + b"\n"
            archive.writestr(
                f"{APP}/{APP}_{day}_{number.lstrip('0') or '0'}#0.json.gz", gzip.compress(lines, 1, mtime=0)
            )
    return content.getvalue()


def _authorize(call: Call) -> None:
    if call.headers.get("authorization", "") != _EXPECTED:
        raise Refused(_error(403, "Forbidden"))


def _error(status: int, message: str) -> Answer:
    return Answer({"error": {"http_code": status, "type": "error", "message": message}}, status)


def _text(instant: int) -> str:
    """An instant as Amplitude writes it: in UTC, without saying so."""
    return datetime.fromtimestamp(instant / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
