"""Amplitude as it shows itself: the export of every day, line by line."""

import gzip
import io
import json
import zipfile
from datetime import date, timedelta

CHANGES = {"restated": "export_days"}
CLICKS = ("gclid", "wbraid", "gbraid", "dclid", "msclkid", "ttclid", "li_fat_id", "fbclid", "twclid")
OF_USER = ("email", "utm_source", "utm_medium", "utm_campaign", "utm_content", "referring_domain")


def sign_in(api) -> None:
    api.session.auth = (api.credentials["api_key"], api.credentials["secret_key"])


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    days = [date(2026, 4, 28) + timedelta(days=number) for number in range(70)]
    found = {day.isoformat(): _exported(api, day) for day in days}
    return {
        "events": [_event(line, day) for day, lines in found.items() for line in lines],
        "export_days": [
            {"uploaded_on": day, "events": len({line["uuid"] for line in lines})}
            for day, lines in found.items()
            if lines
        ],
    }


def _exported(api, day: date) -> list[dict]:
    answer = api.get("/api/2/export", start=f"{day:%Y%m%d}T00", end=f"{day:%Y%m%d}T23")
    if answer.status_code == 404:
        return []
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = [gzip.decompress(archive.read(name)) for name in archive.namelist()]
    return [json.loads(line) for file in files for line in file.splitlines()]


def _event(line: dict, day: str) -> dict:
    user = line["user_properties"]
    return {
        **line,
        **{name: user.get(name) for name in OF_USER},
        "insert_id": line["$insert_id"],
        "click_id_type": next((name for name in CLICKS if user.get(name)), None),
        "page_url": line["event_properties"]["[Amplitude] Page URL"],
        "uploaded_on": day,
    }
