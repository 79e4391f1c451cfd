"""Klaviyo as it shows itself: each collection to its last page, by the links the documents give."""

CHANGES = {"restated": "profiles", "deleted": "profiles"}
PAGES = {
    "ingestion.sources.klaviyo.audience._SIZE": {"page[size]": 20},
    "ingestion.sources.klaviyo.events._SIZE": {"page[size]": 50},
}
# a profile that is gone takes its events along
STILL_SHOWN = {
    "profiles": "id in (select id from raw.profile_ids)",
    "events": "profile_id in (select id from raw.profile_ids)",
}


def sign_in(api) -> None:
    headers = {"Authorization": f"Klaviyo-API-Key {api.credentials['api_key']}", "revision": "2026-10-15"}
    api.session.headers.update(headers)


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    query = {"page[size]": 30, "additional-fields[profile]": "subscriptions"}
    profiles = [_profile(each) for each in _listed(api, "/api/profiles", **query)]
    campaigns = _listed(api, "/api/campaigns", include="campaign-messages", **{"page[size]": 3})
    messages = [
        each for page in _pages(api, "/api/campaigns", include="campaign-messages") for each in page["included"]
    ]
    metrics = [_flat(each) for each in _listed(api, "/api/metrics")]
    mailed = {each["id"] for each in metrics if "Email" in each["name"]}
    events = [_event(each) for each in _listed(api, "/api/events")]
    return {
        "lists": [_flat(each) for each in _listed(api, "/api/lists")],
        "segments": [_flat(each) for each in _listed(api, "/api/segments")],
        "profiles": profiles,
        "profile_ids": [{"id": each["id"]} for each in profiles],
        "campaigns": [_defined(each) for each in campaigns],
        "campaign_messages": [
            {**_defined(each), "campaign_id": each["relationships"]["campaign"]["data"]["id"]} for each in messages
        ],
        "metrics": [{**each, "integration": each["integration"]["name"]} for each in metrics],
        "events": [each for each in events if each["metric_id"] in mailed],
    }


def _pages(api, path: str, **query) -> list[dict]:
    pages = [api.get(path, **query).json()]
    while pages[-1]["links"]["next"]:
        pages.append(api.get(pages[-1]["links"]["next"]).json())
    return pages


def _listed(api, path: str, **query) -> list[dict]:
    return [record for page in _pages(api, path, **query) for record in page["data"]]


def _flat(record: dict) -> dict:
    return {**record["attributes"], "id": record["id"]}


def _defined(record: dict) -> dict:
    return {**_flat(record), **record["attributes"]["definition"]}


def _profile(record: dict) -> dict:
    own = _flat(record)
    consent = own["subscriptions"]["email"]["marketing"]
    return {
        **own,
        "country": own["location"]["country"],
        "email_consent": consent["consent"],
        "can_receive_email_marketing": consent["can_receive_email_marketing"],
    }


def _event(record: dict) -> dict:
    related = {f"{name}_id": each["data"]["id"] for name, each in record["relationships"].items()}
    return {**_flat(record), **related}
