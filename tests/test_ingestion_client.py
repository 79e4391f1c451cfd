"""The HTTP client over real HTTP: what is tried again and after how long, what is renewed, what is never said."""

import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from canned import serving
from starlette.responses import JSONResponse, Response

from ingestion import authorization
from ingestion import client as client_module
from ingestion.authorization import Bearer, ClientCredentials, RefreshToken
from ingestion.client import ATTEMPTS, Client, Refusal, SourceError
from ingestion.paging import by_cursor, by_offset
from ingestion.settings import SettingsError
from ingestion.sources import google_ads, hubspot, marketo

SECRET = "pat-secret-1234"


@pytest.fixture
def slept(monkeypatch):
    """The seconds the client would have slept."""
    seconds = []
    monkeypatch.setattr(client_module, "sleep", seconds.append)
    return seconds


def in_turn(*answers):
    """A canned vendor that gives one answer after the other, the last one for ever; and the requests it saw."""
    seen = []

    def answer(request, body):
        seen.append((request, body))
        return answers[min(len(seen), len(answers)) - 1]

    return answer, seen


def test_it_waits_as_long_as_retry_after_says(slept):
    answer, seen = in_turn(Response(status_code=429, headers={"Retry-After": "7"}), JSONResponse({"ok": True}))
    with serving(answer) as url:
        assert Client("x", url).get("/a") == {"ok": True}
    assert slept == [7.0]
    assert len(seen) == 2


def test_retry_after_may_be_a_moment(slept):
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    answer, _ = in_turn(Response(status_code=503, headers={"Retry-After": moment}), JSONResponse({}))
    with serving(answer) as url:
        Client("x", url).get("/a")
    assert 15 < slept[0] <= 20


def test_without_a_hint_it_backs_off_ever_longer_and_gives_up(slept):
    answer, seen = in_turn(Response(status_code=502))
    told = r"x: GET /a failed 8 times; the last time: 502"
    with serving(answer) as url, pytest.raises(SourceError, match=told) as raised:
        Client("x", url).get("/a")
    assert len(seen) == ATTEMPTS
    assert len(slept) == ATTEMPTS - 1
    assert slept == sorted(slept)
    assert 1 <= slept[0] < 2 and 30 < slept[-1] <= 60
    assert 110 < sum(slept) < 150  # a vendor that restarts is back by then
    assert raised.value.status == 502


def test_a_wait_of_hours_fails_at_once_and_says_so(slept):
    answer, seen = in_turn(Response(status_code=429, headers={"Retry-After": "86400"}))
    with serving(answer) as url, pytest.raises(SourceError, match="again in 86400 s"):
        Client("x", url).get("/a")
    assert len(seen) == 1
    assert slept == []


@pytest.mark.parametrize("status", [400, 403, 404, 302])
def test_what_would_fail_again_is_not_tried_again(slept, status):
    answer, seen = in_turn(Response(status_code=status, headers={"Location": "http://127.0.0.1:1/elsewhere"}))
    with serving(answer) as url, pytest.raises(SourceError, match=f"was refused: {status}"):
        Client("x", url).get("/a")
    assert len(seen) == 1


@pytest.mark.parametrize(("status", "cause"), [(401, "credentials"), (403, "permission"), (404, "unknown")])
def test_a_refusal_says_whether_the_credentials_or_their_rights_are_at_fault(slept, status, cause):
    with serving(in_turn(Response(status_code=status))[0]) as url, pytest.raises(SourceError) as raised:
        Client("x", url).get("/a")
    assert raised.value.cause == cause


def test_a_cut_answer_and_no_connection_are_tried_again(slept):
    cut = Response(b"{", headers={"Content-Length": "1000"})
    answer, seen = in_turn(cut, Response(b"<html>"), JSONResponse({"ok": 1}))
    with serving(answer) as url:
        assert Client("x", url).get("/a") == {"ok": 1}
    assert len(seen) == 3
    with pytest.raises(SourceError, match="no connection"):
        Client("x", url).get("/a")


def test_a_retry_is_one_line_without_secrets_or_parameters(slept, caplog):
    answer, _ = in_turn(JSONResponse({"category": "RATE_LIMITS", "message": "anna@x.test"}, 429), JSONResponse({}))
    with serving(answer) as url, caplog.at_level(logging.INFO):
        Client("x", url, Bearer(SECRET)).get(f"/a?key={SECRET}", email="anna@x.test", token=SECRET)
    (line,) = [record.getMessage() for record in caplog.records if record.name.startswith("ingestion")]
    assert line.startswith("x: GET /a: 429 RATE_LIMITS; again in ")
    assert line.endswith(f"(2 of {ATTEMPTS})")


def test_an_error_names_the_vendors_category_and_no_record(slept):
    body = {"category": "VALIDATION_ERROR", "message": "Property values were not valid: anna@x.test"}
    answer, _ = in_turn(JSONResponse(body, 400))
    with serving(answer) as url, pytest.raises(SourceError) as raised:
        Client("x", url, Bearer(SECRET)).post("/a", {"email": "anna@x.test"})
    assert str(raised.value) == "x: POST /a was refused: 400 VALIDATION_ERROR"


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({"error": {"code": 403, "status": "PERMISSION_DENIED", "message": "m"}}, "PERMISSION_DENIED"),
        ([{"error": {"code": 403, "status": "PERMISSION_DENIED"}}], "PERMISSION_DENIED"),
        ({"title": "API Key Invalid", "status": 403}, "API Key Invalid"),
        ({"error": "invalid_grant", "error_description": "Token has been revoked."}, "invalid_grant"),
        ({"status": 403, "code": "ACCESS_DENIED", "message": "m"}, "ACCESS_DENIED"),
        ({}, "Forbidden"),
    ],
)
def test_every_vendors_error_is_understood(slept, body, word):
    answer, _ = in_turn(JSONResponse(body, 403))
    with (
        serving(answer) as url,
        pytest.raises(SourceError, match=f"403 {word}; see sources.x.credentials in mops.yaml$"),
    ):
        Client("x", url).get("/a")


class Issuer:
    """A vendor whose access tokens end whenever the test says, and whose refresh token changes each time."""

    def __init__(self):
        self.issued, self.valid, self.refreshed_with = 0, None, []

    def __call__(self, request, body):
        if request.url.path == "/token":
            self.refreshed_with.append(dict(pair.split("=") for pair in body.decode().split("&"))["refresh_token"])
            self.issued += 1
            self.valid = f"access-{self.issued}"
            return JSONResponse(
                {"access_token": self.valid, "expires_in": 3600, "refresh_token": f"refresh-{self.issued}"}
            )
        is_valid = request.headers["Authorization"] == f"Bearer {self.valid}"
        return JSONResponse({"header": request.headers["extra"]}) if is_valid else JSONResponse({}, 401)


CREDENTIALS = {"client_id": "i", "client_secret": "s", "refresh_token": "refresh-0"}


def test_a_token_that_ends_in_the_middle_is_renewed_with_the_newest_refresh_token(slept):
    issuer = Issuer()
    with serving(issuer) as url:
        client = Client("x", url, RefreshToken("x", f"{url}/token", CREDENTIALS, {"extra": "e"}))
        assert client.get("/a") == {"header": "e"}
        issuer.valid = "another"
        assert client.get("/a") == {"header": "e"}
        assert client.get("/a") == {"header": "e"}
    assert issuer.refreshed_with == ["refresh-0", "refresh-1"]
    assert slept == []


def test_a_token_is_renewed_before_it_ends(slept, monkeypatch):
    issuer = Issuer()
    with serving(issuer) as url:
        client = Client("x", url, RefreshToken("x", f"{url}/token", CREDENTIALS, {"extra": "e"}))
        client.get("/a")
        later = authorization.monotonic() + 3550
        monkeypatch.setattr(authorization, "monotonic", lambda: later)
        client.get("/a")
    assert issuer.issued == 2


def test_a_token_that_is_refused_twice_is_an_error(slept):
    def answer(request, body):
        return JSONResponse({"access_token": "a"}) if request.url.path == "/token" else Response(status_code=401)

    with serving(answer) as url, pytest.raises(SourceError, match="GET /a was refused: 401"):
        Client("x", url, RefreshToken("x", f"{url}/token", CREDENTIALS)).get("/a")


@pytest.mark.parametrize(("error", "cause"), [("invalid_client", "credentials"), ("server_error", "unknown")])
def test_a_grant_refused_with_400_says_whether_the_credentials_are_wrong(slept, error, cause):
    with serving(in_turn(JSONResponse({"error": error}, 400))[0]) as url, pytest.raises(SourceError) as raised:
        Client("x", url, RefreshToken("x", f"{url}/token", CREDENTIALS)).get("/a")
    assert raised.value.cause == cause


def told_by_code(body):
    """A vendor that answers 200 whatever happens, and says in the body what did."""
    code = body["code"]
    return Refusal(f"code {code}", is_transient=code == 7, is_of_token=code == 9) if code else None


def test_a_failure_told_in_a_body_is_tried_again_where_that_may_help(slept):
    answer, seen = in_turn(JSONResponse({"code": 7}), JSONResponse({"code": 0, "list": []}))
    with serving(answer) as url:
        assert Client("x", url, refused=told_by_code).get("/a") == {"code": 0, "list": []}
    assert (len(seen), len(slept)) == (2, 1)


def test_a_failure_told_in_a_body_is_final_where_it_stays(slept):
    answer, seen = in_turn(JSONResponse({"code": 8, "message": f"{SECRET} is wrong"}))
    with serving(answer) as url, pytest.raises(SourceError, match=r"GET /a was refused: code 8$"):
        Client("x", url, refused=told_by_code).get("/a")
    assert len(seen) == 1


def test_a_token_refused_in_a_body_is_renewed_once(slept):
    issuer, renewed = Bearer("old"), []
    issuer.renew = lambda: renewed.append(1) or True
    answer, _ = in_turn(JSONResponse({"code": 9}), JSONResponse({"code": 0}), JSONResponse({"code": 9}))
    with serving(answer) as url:
        client = Client("x", url, issuer, refused=told_by_code)
        assert client.get("/a") == {"code": 0}
        with pytest.raises(SourceError, match="code 9; see sources.x.credentials"):
            client.get("/a")
    assert len(renewed) == 2


def test_a_missing_credential_is_named():
    with pytest.raises(SettingsError, match="sources.x.credentials: refresh_token is missing"):
        RefreshToken("x", "http://127.0.0.1:1/token", {"client_id": "i", "client_secret": "s"})


def test_a_token_may_be_granted_for_the_credentials_of_the_client(slept):
    asked = []

    def answer(request, body):
        if request.url.path == "/token":
            asked.append(body)
            return JSONResponse({"access_token": f"access-{len(asked)}", "expires_in": 3600})
        return JSONResponse({}, 200 if request.headers["Authorization"] == "Bearer access-2" else 401)

    with serving(answer) as url:
        Client("x", url, ClientCredentials("x", f"{url}/token", CREDENTIALS)).get("/a")
    assert asked == [b"grant_type=client_credentials&client_id=i&client_secret=s"] * 2


def test_a_download_is_bytes_as_they_came(slept):
    answer, _ = in_turn(Response(status_code=503), Response(b"a,b\n1,2\n", media_type="text/csv"))
    with serving(answer) as url:
        assert Client("x", url).download("/file.csv", part=1) == b"a,b\n1,2\n"


def test_hubspots_used_up_limit_is_waited_for(slept):
    headers = {"X-HubSpot-RateLimit-Remaining": "0", "X-HubSpot-RateLimit-Interval-Milliseconds": "10000"}
    answer, _ = in_turn(JSONResponse({}, headers=headers), JSONResponse({}))
    with serving(answer) as url:
        client = Client("hubspot", url, asks_to_wait=hubspot._asks_to_wait)
        client.get("/a")
        client.get("/a")
    assert slept == [1.0]


def test_googles_retry_delay_is_obeyed(slept):
    details = [{"errors": [{"details": {"quotaErrorDetails": {"retryDelay": "54s"}}}]}]
    answer, _ = in_turn(JSONResponse({"error": {"details": details}}, 429), JSONResponse({}))
    with serving(answer) as url:
        Client("google_ads", url, asks_to_wait=google_ads._asks_to_wait).get("/a")
    assert slept == [54.0]


def marketo_error(code, message):
    return JSONResponse({"requestId": "a", "success": False, "errors": [{"code": code, "message": message}]})


def marketo_client(url):
    return Client("marketo", url, asks_to_wait=marketo._asks_to_wait, refused=marketo._refused)


def test_marketos_rate_limit_is_waited_for_as_long_as_its_message_says(slept):
    limited = marketo_error("606", "Max rate limit '100' exceeded with in '20' secs")
    answer, _ = in_turn(limited, marketo_error("608", "API Temporarily Unavailable"), JSONResponse({"success": True}))
    with serving(answer) as url:
        assert marketo_client(url).get("/a") == {"success": True}
    assert slept[0] == 20.0
    assert 0 < slept[1] < 5


@pytest.mark.parametrize(
    ("code", "message", "said"),
    [
        ("607", "Daily quota reached", "error 607$"),
        ("1029", "Export daily quota 500MB exceeded", "error 1029$"),
        ("603", "Access denied", "error 603; see sources.marketo.credentials"),
    ],
)
def test_what_marketo_will_refuse_all_day_is_not_tried_again(slept, code, message, said):
    answer, seen = in_turn(marketo_error(code, message))
    with serving(answer) as url, pytest.raises(SourceError, match=said):
        marketo_client(url).get("/a")
    assert len(seen) == 1


def test_cursors_are_followed_to_the_end_and_never_in_a_circle():
    pages = {None: {"next": "b"}, "b": {"next": "c"}, "c": {}}
    assert list(by_cursor(pages.get, lambda page: page.get("next"))) == list(pages.values())
    with pytest.raises(ValueError, match="circle"):
        list(by_cursor(lambda cursor: {"next": "a"}, lambda page: page["next"]))


@pytest.mark.parametrize("total", [0, 1, 4, 5, 6])
def test_offsets_are_followed_to_the_end(total):
    items = list(range(total))
    asked = []

    def fetch(offset):
        asked.append(offset)
        return {"items": items[offset : offset + 2], "total": total}

    assert [each for page in by_offset(fetch, "items", "total") for each in page] == items
    assert len(asked) == max(1, (total + 1) // 2)


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("left", [[1], [1, 2], [0, 1, 2, 3], [19], [*range(20)], [0, 18, 19]])
def test_items_that_leave_while_pages_are_read_hide_no_other(size, left):
    for moment in range(1, 20 // size + 2):
        items, asked = list(range(20)), []

        def fetch(offset, items=items, asked=asked, moment=moment):
            asked.append(offset)
            if len(asked) == moment + 1:
                items[:] = [each for each in items if each not in left]
            return {"items": items[offset : offset + size], "total": len(items)}

        read = {each for page in by_offset(fetch, "items", "total") for each in page}
        assert read >= set(items), f"after {moment} pages"


def test_a_count_that_goes_up_and_down_does_not_go_round_for_ever():
    totals = iter([6, 2] * 10)
    pages = by_offset(
        lambda offset: {"items": [0, 1, 2, 3, 4, 5][offset : offset + 1], "total": next(totals)}, "items", "total"
    )
    assert {each for page in pages for each in page} >= {0, 1}
