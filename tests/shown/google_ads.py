"""Google Ads as it shows itself: everything of every account, by one stream each."""

CHANGES = {"restated": "campaign_performance"}
PAGES = {"sandbox.vendors.google_ads.results.PAGE": 200}
ASKED_BY_FIELD = True

HOME_ZONE = "Europe/Berlin"
METRICS = ("impressions", "clicks", "costMicros", "conversions", "conversionsValue")


def sign_in(api) -> None:
    api.sign_in()
    api.session.headers["developer-token"] = api.credentials["developer_token"]
    api.session.headers["login-customer-id"] = api.credentials["login_customer_id"]


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    columns = ("id", "descriptiveName", "currencyCode", "timeZone", "manager", "level", "status")
    clients = _ask(api, api.credentials["login_customer_id"], "customer_client", columns)
    found: dict[str, list[dict]] = {"campaigns": [], "campaign_performance": [], "account_performance": []}
    found["customers"] = [{"manager": False, **_raw(each["customerClient"])} for each in clients]
    for customer in found["customers"]:
        if not customer["manager"] and customer["status"] == "ENABLED":
            for table, records in _of_account(api, customer).items():
                found[table] += [{"customer_id": customer["id"], **each} for each in records]
    return found


def _of_account(api, customer: dict) -> dict[str, list[dict]]:
    columns = ("id", "name", "status", "advertisingChannelType", "startDateTime", "endDateTime")
    campaigns = [_raw(each["campaign"]) for each in _ask(api, customer["id"], "campaign", columns)]
    days = ("segments.date",) if customer["time_zone"] == HOME_ZONE else ("segments.date", "segments.hour")
    by_campaign = (*days, "campaign.id", "campaign.name", *(f"metrics.{each}" for each in (*METRICS, "allConversions")))
    by_account = (*days, *(f"metrics.{each}" for each in METRICS))
    return {
        "campaigns": [
            {**each, "start_date": _day(each, "start_date_time"), "end_date": _day(each, "end_date_time")}
            for each in campaigns
        ],
        "campaign_performance": [_performance(each) for each in _days(api, customer, "campaign", by_campaign)],
        "account_performance": [_performance(each) for each in _days(api, customer, "customer", by_account)],
    }


def _days(api, customer: dict, resource: str, columns: tuple[str, ...]) -> list[dict]:
    return _ask(api, customer["id"], resource, columns, " WHERE segments.date BETWEEN '2026-01-01' AND '2026-12-31'")


def _ask(api, account: str, resource: str, columns: tuple[str, ...], where: str = "") -> list[dict]:
    fields = [_snake(each if "." in each else f"{resource}.{each}") for each in columns]
    query = f"SELECT {', '.join(fields)} FROM {resource}{where}"
    batches = api.post(f"/v26/customers/{account}/googleAds:searchStream", {"query": query}).json()
    return [_asked(result, fields) for batch in batches for result in batch.get("results", [])]


def _asked(result: dict, fields: list[str]) -> dict:
    """The result with nothing but the fields that were asked for."""
    return {
        part: {name: value for name, value in values.items() if f"{_snake(part)}.{_snake(name)}" in fields}
        for part, values in result.items()
    }


def _performance(result: dict) -> dict:
    """A metric that is left out is 0."""
    metrics = dict.fromkeys((*METRICS, "allConversions"), 0) | result.get("metrics", {})
    campaign = {f"campaign_{name}": value for name, value in _raw(result.get("campaign", {})).items()}
    return {**campaign, **_raw(metrics), **_raw(result["segments"])}


def _day(record: dict, name: str) -> str:
    return record.get(name, "")[:10]


def _raw(part: dict) -> dict:
    return {_snake(name): value for name, value in part.items()}


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
