"""The sandbox's GA4 speaks its protocol, and says what the view holds."""

import base64
import json

import requests
from vendor_api import Api

from sandbox.view import View


def report(api: Api, **request: object) -> requests.Response:
    return api.post(f"/v1beta/properties/{api.credentials['property_id']}:runReport", request)


def named(*names: str) -> list[dict]:
    return [{"name": name} for name in names]


WHOLE_TIME = [{"startDate": "2020-01-01", "endDate": "today"}]


def test_ga4_pages_by_offset_to_the_row_count_and_sends_text(ga4: Api, view: View) -> None:
    rows: list[dict] = []
    while True:
        answer = report(
            ga4,
            dimensions=named("date", "sessionDefaultChannelGroup"),
            metrics=named("sessions", "totalRevenue"),
            dateRanges=WHOLE_TIME,
            orderBys=[{"dimension": {"dimensionName": "date"}}],
            limit="100",
            offset=str(len(rows)),
        ).json()
        rows += answer["rows"]
        if len(rows) >= answer["rowCount"]:
            break
    sessions = [each["metricValues"][0]["value"] for each in rows]
    assert all(isinstance(value, str) for value in sessions)
    assert sum(map(int, sessions)) == view.ga4_daily["sessions"].sum()
    assert len({json.dumps(each["dimensionValues"]) for each in rows}) == len(rows)
    assert [header["type"] for header in answer["metricHeaders"]] == ["TYPE_INTEGER", "TYPE_CURRENCY"]


def test_ga4_leaves_rows_out_where_there_are_none(ga4: Api) -> None:
    answer = report(ga4, metrics=named("sessions"), dateRanges=[{"startDate": "2001-01-01", "endDate": "2001-01-02"}])
    assert "rows" not in answer.json() and "rowCount" not in answer.json()


def test_ga4_filters_and_tells_its_quota_when_asked(ga4: Api, view: View) -> None:
    asked = {
        "dimensions": named("sessionDefaultChannelGroup"),
        "metrics": named("sessions"),
        "dateRanges": WHOLE_TIME,
        "dimensionFilter": {"filter": {"fieldName": "sessionDefaultChannelGroup", "stringFilter": {"value": "direct"}}},
    }
    answer = report(ga4, **asked, returnPropertyQuota=True).json()
    wanted = view.ga4_daily.loc[view.ga4_daily["channel"] == "Direct", "sessions"].sum()
    assert [each["metricValues"][0]["value"] for each in answer["rows"]] == [str(wanted)]
    assert answer["propertyQuota"]["tokensPerHour"]["remaining"] > 0
    assert "propertyQuota" not in report(ga4, **asked).json()


def test_ga4_takes_the_assertion_of_a_service_account(ga4: Api) -> None:
    def token(issuer: str) -> requests.Response:
        claims = base64.urlsafe_b64encode(json.dumps({"iss": issuer}).encode()).decode().rstrip("=")
        grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
        return requests.post(
            ga4.credentials["token_uri"], data={"grant_type": grant, "assertion": f"e30.{claims}.c2ln"}
        )

    assert token(ga4.credentials["client_email"]).json()["token_type"] == "Bearer"
    assert token("somebody@else.test").json()["error"] == "invalid_grant"


def test_ga4_errors_are_googles(ga4: Api) -> None:
    unknown = report(ga4, metrics=named("foo"), dateRanges=WHOLE_TIME).json()["error"]
    assert (unknown["code"], unknown["status"]) == (400, "INVALID_ARGUMENT")
    other = ga4.post("/v1beta/properties/1:runReport", {}).json()["error"]
    assert (other["code"], other["status"]) == (403, "PERMISSION_DENIED")
    anonymous = requests.post(f"{ga4.url}/v1beta/properties/1:runReport", json={})
    assert (anonymous.status_code, anonymous.json()["error"]["status"]) == (401, "UNAUTHENTICATED")
