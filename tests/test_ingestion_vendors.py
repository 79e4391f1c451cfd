"""What each vendor's readers ask for, and what they make of odd answers, without a server."""

import gzip
import io
import os
import re
import shutil
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from canned import serving
from starlette.responses import JSONResponse

from ingestion import jobs
from ingestion.client import SourceError
from ingestion.reading import Page, Pull, Span, Typed, Whole
from ingestion.settings import SettingsError
from ingestion.sources import hubspot, mailchimp
from ingestion.sources.amplitude.export import read_export as read_amplitude
from ingestion.sources.drift.conversations import read_conversations
from ingestion.sources.ga4.export import read_export
from ingestion.sources.google_ads.accounts import read_accounts
from ingestion.sources.hubspot.marketing import read_forms
from ingestion.sources.hubspot.search import search_pages
from ingestion.sources.klaviyo.events import read_events
from ingestion.sources.mailchimp.audience import read_audiences
from ingestion.sources.mailchimp.sendings import read_sendings
from ingestion.sources.marketo.exports import export
from ingestion.sources.marketo.leads import read_leads
from ingestion.sources.salesforce.queries import by_bulk
from ingestion.sources.segment.export import read_tables

BERLIN = ZoneInfo("Europe/Berlin")
UNTIL = datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC)
SINCE = datetime(2026, 6, 29, 21, 59, 59, tzinfo=UTC)


def pull(since=None, state=None, account=None, folder=Path(), **span):
    return Pull(account or {}, Span(UNTIL, BERLIN, since, **span), folder, {} if state is None else state)


class SearchedObjects:
    """HubSpot's search over so many contacts, by id and by offset; after the first page some leave the result."""

    def __init__(self, count, leaving=()):
        self.ids = list(range(1, count + 1))
        self.leaving = leaving
        self.bodies = []

    def post(self, path, body):
        self.bodies.append(body)
        last_id = next(each["value"] for each in body["filterGroups"][0]["filters"] if each["operator"] == "GT")
        gone = self.leaving if len(self.bodies) > 1 else ()
        found = [each for each in self.ids if each > int(last_id) and each not in gone]
        start = int(body.get("after", 0))
        assert start + body["limit"] <= 10_000, "HubSpot refuses to go beyond"
        page = [{"id": str(each)} for each in found[start : start + body["limit"]]]
        more = {"paging": {"next": {"after": str(start + len(page))}}} if start + len(page) < len(found) else {}
        return {"results": page, **more}


@pytest.mark.parametrize("count", [0, 1, 200, 9_999, 10_000, 10_001, 25_000])
def test_hubspots_search_goes_on_beyond_its_limit(count):
    objects = SearchedObjects(count)
    found = [record["id"] for page in search_pages(objects, "contacts", SINCE, UNTIL) for record in page]
    assert found == [str(each) for each in objects.ids]


def test_hubspots_search_passes_nothing_by_where_records_leave_it_meanwhile():
    objects = SearchedObjects(600, leaving=(5, 6, 7, 333))
    found = [record["id"] for page in search_pages(objects, "contacts", SINCE, UNTIL) for record in page]
    assert found == [str(each) for each in range(1, 601) if each != 333]


def test_hubspots_search_is_bounded_at_both_ends():
    objects = SearchedObjects(1)
    list(search_pages(objects, "deals", SINCE, UNTIL))
    filters = objects.bodies[0]["filterGroups"][0]["filters"]
    assert {(each["propertyName"], each["operator"], each["value"]) for each in filters[:2]} == {
        ("hs_lastmodifieddate", "GTE", str(int(SINCE.timestamp() * 1000))),
        ("hs_lastmodifieddate", "LTE", str(int(UNTIL.timestamp() * 1000))),
    }


def a_hubspot(asked, refused):
    """An empty portal that says 403 to what a scope is missing for; notes what it was asked."""

    def answer(request, _body):
        asked.append(request.url.path)
        if request.url.path.endswith(refused):
            return JSONResponse({"category": "MISSING_SCOPES"}, 403)
        return JSONResponse({"results": []})

    return serving(answer)


def hubspot_read(url, since=None, state=None, **options):
    account = {"base_url": url, "access_token": "t", **options}
    for reader in hubspot.readers(pull(since, state, account)):
        list(reader)


def test_hubspot_is_read_without_what_an_account_may_not_see():
    asked, refused = [], ("/tickets", "/tickets/search", "/marketing/v3/emails")
    with a_hubspot(asked, refused) as url:
        with pytest.raises(SourceError, match="MISSING_SCOPES"):
            hubspot_read(url)
        asked.clear()
        hubspot_read(url, without=["tickets", "marketing_emails"])
    assert "/crm/v3/objects/contacts" in asked and "/marketing/v3/forms" in asked


def test_what_hubspot_was_read_without_is_read_whole_once_it_is_wanted():
    asked, state = [], {}
    with a_hubspot(asked, ()) as url:
        hubspot_read(url, state=state, without=["tickets"])
        hubspot_read(url, SINCE, state, without="tickets")
        assert "tickets" not in " ".join(asked)
        hubspot_read(url, SINCE, state)
        assert "/crm/v3/objects/tickets/search" not in asked and "/crm/v3/objects/tickets" in asked
        hubspot_read(url, SINCE, state)
    assert "/crm/v3/objects/tickets/search" in asked


def test_hubspot_says_what_it_can_be_read_without():
    with pytest.raises(SettingsError, match="not ticket$"):
        hubspot_read("http://127.0.0.1:1", without=["ticket"])


class Submissions:
    """One form with a submission an hour, newest first, two a page."""

    def __init__(self):
        self.asked = 0

    def get(self, path, **params):
        if path.startswith("/marketing"):
            return {"results": [{"id": "f", "formType": "hubspot"}] if params["archived"] == "false" else []}
        self.asked += 1
        start = int(params.get("after") or 0)
        newest = int(UNTIL.timestamp() * 1000) + 1800_000
        page = [
            {"submittedAt": newest - number * 3600_000, "values": [{"name": "email", "value": f"{number}@x.test"}]}
            for number in range(start, start + 2)
        ]
        return {"results": page, "paging": {"next": {"after": str(start + 2)}}}


def test_submissions_are_read_until_they_are_known_and_not_beyond_the_as_of():
    client = Submissions()
    items = list(read_forms(client, Span(UNTIL, BERLIN, SINCE)))
    emails = [each["email"] for item in items if item.table == "form_submissions" for each in item.records]
    assert emails == [f"{number}@x.test" for number in range(1, 26)]  # a day and the hour before it
    assert client.asked < 20


class Accounts:
    """Google Ads: a manager and accounts; remembers the queries."""

    def __init__(self, **zones):
        self.zones = {"9": "Europe/Berlin", **zones}
        self.queries = {}

    def post(self, path, body):
        customer = re.search(r"customers/(\d+)/", path)[1]
        if "customer_client" in body["query"]:
            return {"results": [{"customerClient": self._client(each)} for each in self.zones]}
        self.queries.setdefault(customer, []).append(body["query"])
        return {"fieldMask": "no results at all"}

    def _client(self, customer):
        manager = {"manager": True} if customer == "9" else {}
        return {"id": customer, "timeZone": self.zones[customer], "status": "ENABLED", "level": "1", **manager}


def asked_days(client, customer):
    (query,) = [query for query in client.queries[customer] if "FROM campaign WHERE" in query]
    return re.findall(r"\d{4}-\d\d-\d\d", query), "segments.hour" in query


def test_google_ads_days_are_the_accounts_own_and_hours_are_asked_where_they_differ():
    client = Accounts(**{"1": "Europe/Berlin", "2": "Asia/Tokyo"})
    account = {"login_customer_id": "9"}
    items = list(read_accounts(client, pull(SINCE, {"accounts": ["1", "2"]}, account)))
    assert asked_days(client, "1") == (["2026-05-30", "2026-06-30"], False)
    assert asked_days(client, "2") == (["2026-05-31", "2026-07-01"], True)
    assert "9" not in client.queries
    scopes = [item for item in items if isinstance(item, Whole) and item.table == "account_performance"]
    assert [len(item.scopes) for item in scopes] == [32, 32]


class Roots(Accounts):
    """Google Ads without a login customer; some of the accounts that are reached refuse."""

    def __init__(self, *refusing):
        super().__init__(**{"1": "Europe/Berlin"})
        self.refusing = refusing

    def get(self, path):
        return {"resourceNames": ["customers/7", "customers/9"]}

    def post(self, path, body):
        if any(f"/{each}/" in path for each in self.refusing):
            raise SourceError("google_ads", "was refused: 403 PERMISSION_DENIED", status=403)
        return super().post(path, body)


def test_a_cancelled_google_ads_account_among_several_is_passed_over(caplog):
    client = Roots("7")
    list(read_accounts(client, pull(SINCE)))
    assert list(client.queries) == ["1"]
    assert "customer 7 refuses" in caplog.text
    with pytest.raises(SourceError, match="403"):
        list(read_accounts(Roots("7", "9"), pull(SINCE)))


def test_a_new_google_ads_account_is_read_from_the_start_and_then_known():
    client, state = Accounts(**{"1": "Europe/Berlin", "2": "Europe/Berlin"}), {"accounts": ["1"]}
    account = {"login_customer_id": "9", "customer_ids": ["1", "2"]}
    list(read_accounts(client, pull(SINCE, state, account, start_date=date(2026, 1, 1))))
    assert asked_days(client, "1")[0] == ["2026-05-30", "2026-06-30"]
    assert asked_days(client, "2")[0] == ["2026-01-01", "2026-06-30"]
    assert state == {"accounts": ["1", "2"]}


class Members:
    """A Mailchimp list of so many members, of whom two change after the first page was read, and some are archived."""

    def __init__(self, count, archived=()):
        self.changed = {f"m{number}": SINCE + timedelta(seconds=number) for number in range(count)}
        self.archived = archived
        self.pages = 0

    def get(self, path, count, offset, status=None, fields=None, sort_dir="ASC", **bounds):
        if path == "/3.0/lists":
            return {"lists": [{"id": "l"}], "total_items": 1}
        found = sorted(self.changed, key=self.changed.get, reverse=sort_dir == "DESC")
        if before := bounds.get("before_last_changed"):
            found = [each for each in found if self.changed[each] < datetime.fromisoformat(before)]
        found = [] if status else found
        members = [{"id": each, "last_changed": self.changed[each].isoformat()} for each in found]
        if not status and not fields:
            self.pages += 1
            if self.pages == 1:
                self.changed |= {each: UNTIL + timedelta(minutes=1) for each in ("m5", "m1700")}
                for each in self.archived:
                    del self.changed[each]
        return {"members": members[offset : offset + count], "total_items": len(members)}


def test_mailchimps_members_are_all_read_where_some_change_meanwhile():
    client = Members(2500)
    items = list(read_audiences(client, Span(UNTIL, BERLIN, SINCE)))
    read = [each for item in items if item.table == "members" for each in item.records]
    assert {each["id"] for each in read} == client.changed.keys() - {"m5"}  # the next load reads it
    assert max(each["last_changed"] for each in read) <= UNTIL.isoformat()


def test_mailchimps_members_are_all_read_where_some_are_archived_meanwhile():
    client = Members(2500, archived=("m2499", "m2000", "m1900", "m3"))
    items = list(read_audiences(client, Span(UNTIL, BERLIN, SINCE)))
    read = {each["id"] for item in items if item.table == "members" for each in item.records}
    assert read >= client.changed.keys() - {"m5"}


@pytest.mark.parametrize("key", ["secret", "secret-", "se-cret"])
def test_no_part_of_a_mailchimp_key_but_its_data_centre_becomes_a_host(key):
    account = {"base_url": mailchimp.BASE_URL, "api_key": key}
    with pytest.raises(SettingsError, match="does not end in its data centre") as refusal:
        mailchimp.readers(pull(account=account))
    assert key not in str(refusal.value)
    mailchimp.readers(pull(account={**account, "base_url": "http://127.0.0.1:1"}))


class Reports:
    """Mailchimp's reports of two campaigns; remembers what was asked."""

    def __init__(self):
        self.asked = []

    def get(self, path, **params):
        self.asked.append((path, params))
        if path == "/3.0/reports":
            return {"reports": [{"id": "c1"}, {"id": "c2"}], "total_items": 2}
        who = {"campaign_id": "c1", "email_id": "e", "email_address": "e@x.test"}
        emails = [{**who, "activity": [{"action": "open", "timestamp": "2026-06-01T00:00:00+00:00"}]}]
        return {"emails": emails + [{**who, "activity": []}], "total_items": 2}


def test_mailchimps_sendings_of_the_last_thirty_days_are_read_whole():
    client = Reports()
    items = list(read_sendings(client, Span(UNTIL, BERLIN, SINCE)))
    asked = client.asked[0][1]
    assert asked["since_send_time"] == "2026-05-30T21:59:59+00:00"
    assert asked["before_send_time"] == "2026-06-30T22:00:00+00:00"
    scopes = [(item.table, item.scopes[0]["campaign_id"]) for item in items if isinstance(item, Whole)]
    assert len(scopes) == len(set(scopes)) == 6
    actions = [
        record for item in items if isinstance(item, Page) and item.table == "email_activity" for record in item.records
    ]
    assert [(each["action"], each["email_id"]) for each in actions] == [("open", "e")] * 2


VALUE = pa.struct(
    [
        ("string_value", pa.string()),
        ("int_value", pa.int64()),
        ("float_value", pa.float64()),
        ("double_value", pa.float64()),
    ]
)


def event(name="page_view", at=1_782_000_000_000_000, **parameters):
    params = [
        {"key": key, "value": {"int_value" if isinstance(value, int) else "string_value": value}}
        for key, value in parameters.items()
    ]
    return {"event_date": "20260628", "event_timestamp": at, "event_name": name, "event_params": params}


def write_day(folder, day, events, **columns):
    schema = pa.schema(
        [
            ("event_date", pa.string()),
            ("event_timestamp", pa.int64()),
            ("event_name", pa.string()),
            ("event_params", pa.list_(pa.struct([("key", pa.string()), ("value", VALUE)]))),
        ]
    )
    table = pa.Table.from_pylist(events, schema)
    for name, values in columns.items():
        table = table.append_column(name, values)
    parquet.write_table(table, folder / f"events_{day:%Y%m%d}.parquet")


def read_days(folder, state, since=None, **span):
    items = list(read_export(folder, pull(since, state, **span)))
    days = [scope["event_day"] for item in items if isinstance(item, Whole) for scope in item.scopes]
    return days, [item.records for item in items if isinstance(item, Typed)]


def test_only_new_and_changed_days_of_the_export_are_read(tmp_path):
    days = [date(2026, 6, 28), date(2026, 6, 29), date(2026, 7, 1)]  # the last is later than the as-of
    for day in days:
        write_day(tmp_path, day, [event()])
    state = {}
    assert read_days(tmp_path, state)[0] == days[:2]
    assert read_days(tmp_path, state, SINCE)[0] == []
    write_day(tmp_path, days[0], [event()])  # written again, but the same
    write_day(tmp_path, days[1], [event(), event("late")])
    assert read_days(tmp_path, state, SINCE)[0] == [days[1]]
    named = datetime(2026, 6, 28, tzinfo=BERLIN)
    assert read_days(tmp_path, state, named, is_range=True)[0] == days[:2]
    assert read_days(tmp_path, state)[0] == days[:2]


def test_files_of_the_export_are_read_only_where_they_were_written_again(tmp_path, monkeypatch, caplog):
    days, content_of, read = [date(2026, 6, 28), date(2026, 6, 29)], Path.read_bytes, []
    for day in days:
        write_day(tmp_path, day, [event()])
    shutil.copy(tmp_path / "events_20260628.parquet", tmp_path / "events_20260631.parquet")
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or content_of(path))
    state = {}
    assert read_days(tmp_path, state)[0] == days
    assert "events_20260631.parquet is passed over" in caplog.text
    read_days(tmp_path, state, SINCE)
    assert read == ["events_20260628.parquet", "events_20260629.parquet"]
    os.utime(tmp_path / "events_20260629.parquet", (1, 1))
    for _ in range(2):
        assert read_days(tmp_path, state, SINCE)[0] == []
    assert read[2:] == ["events_20260629.parquet"]


def test_events_are_flattened_and_nothing_of_the_users_own_is_lost(tmp_path):
    parameters = {"ga_session_id": 7, "term": 123, "session_engaged": "1", "source": "", "plan": "pro", "seats": 5}
    traffic = pa.array([{"manual_source": "newsletter", "manual_medium": None}] * 2)
    events = [event(medium="email", **parameters), event("scroll", page_location="https://x.test/")]
    write_day(tmp_path, date(2026, 6, 28), events, collected_traffic_source=traffic, team=pa.array(["blue", None]))
    _, (edge,) = read_days(tmp_path, {})
    first, second = edge.rows.to_pylist()
    wanted = {"ga_session_id": 7, "term": "123", "session_engaged": True, "source": "newsletter", "medium": "email"}
    assert wanted.items() <= first.items()
    assert first["event_day"] == date(2026, 6, 28)
    assert first["event_timestamp"] == datetime.fromtimestamp(1_782_000_000, UTC)
    assert first["_extra"] == '{"team":"blue","plan":"pro","seats":"5"}'
    assert (second["page_location"], second["gclid"], second["device_category"]) == ("https://x.test/", None, None)
    assert edge.unexpected == {"plan", "seats", "team"}


def test_of_a_parameter_that_an_event_holds_twice_the_first_counts(tmp_path):
    twice = event(plan="pro", seats=5)
    twice["event_params"] += event(plan="free", term="late")["event_params"]
    write_day(tmp_path, date(2026, 6, 28), [twice, event(plan="basic")])
    _, (edge,) = read_days(tmp_path, {})
    assert edge.rows["_extra"].to_pylist() == ['{"plan":"pro","seats":"5"}', '{"plan":"basic"}']


def test_events_without_a_time_or_a_name_are_refused(tmp_path):
    write_day(tmp_path, date(2026, 6, 28), [event(), event(at=None), event(name=None, plan="it's")])
    _, (edge,) = read_days(tmp_path, {})
    assert edge.rows.num_rows == 1
    reasons = dict(zip(*(edge.quarantined[name].to_pylist() for name in ("record_key", "reason")), strict=True))
    assert reasons == {
        "events_20260628.parquet/1": "event_timestamp is not a time",
        "events_20260628.parquet/2": "event_name is missing",
    }
    assert "it's" in edge.quarantined["record"][1].as_py()


def write_load(folder, name, **values):
    path = folder / f"{name}.parquet"
    path.parent.mkdir(exist_ok=True)
    parquet.write_table(pa.table(values), path)


def read_loads(folder, state, since=None, **span):
    items = list(read_tables(folder, pull(since, state, **span)))
    files = [scope["file"] for item in items if isinstance(item, Whole) for scope in item.scopes]
    return files, [item.records for item in items if isinstance(item, Typed)]


def test_segments_files_are_read_by_their_own_schema_and_only_when_they_changed(tmp_path):
    at = pa.array([1_782_000_000_000], pa.timestamp("ms", tz="UTC"))
    write_load(tmp_path, "identifies/20260627T04", id=["a"], timestamp=at, phone=[49], seats=[5])
    write_load(
        tmp_path, "identifies/2026-06-28", id=["b"], timestamp=["2026-06-28T01:00:00Z"], phone=["+49"], seats=["6"]
    )
    write_load(tmp_path, "identifies/20260629", id=["c"], timestamp=["yesterday"])
    write_load(tmp_path, "identifies/20260702", id=["d"])  # later than the as-of
    write_load(tmp_path, "identifies/notes", id=["e"])
    write_load(tmp_path, "users/20260628", id=["f"])
    state = {}
    files, edges = read_loads(tmp_path, state)
    assert files == [f"identifies/{name}.parquet" for name in ("2026-06-28", "20260627T04", "20260629")]
    rows = [row for edge in edges for row in edge.rows.to_pylist()]
    assert [(row["id"], row["phone"], row["_extra"]) for row in rows] == [
        ("b", "+49", '{"seats":"6"}'),
        ("a", "49", '{"seats":5}'),
    ]
    assert rows[1]["timestamp"] == datetime.fromtimestamp(1_782_000_000, UTC)
    assert [edge.quarantined["reason"].to_pylist() for edge in edges] == [[], [], ["timestamp is not a time"]]
    assert read_loads(tmp_path, state, SINCE)[0] == []
    write_load(tmp_path, "identifies/20260629", id=["c"], timestamp=at)
    assert read_loads(tmp_path, state, SINCE)[0] == ["identifies/20260629.parquet"]
    named = datetime(2026, 6, 28, tzinfo=BERLIN)
    assert len(read_loads(tmp_path, state, named, is_range=True)[0]) == 2


class Exported:
    """Amplitude's export, which gives a day only by the hour, and of that day only two hours."""

    source = "amplitude"

    def __init__(self, content, status=400):
        self.content = content
        self.status = status
        self.asked = []

    def download(self, path, start, end):
        self.asked.append((start, end))
        if start != end:
            raise SourceError("amplitude", "more than 4 GB", status=self.status)
        if start[-2:] not in ("03", "22"):
            raise SourceError("amplitude", "no data", status=404)
        return self.content


def archive(*lines):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr("1/1_2026-06-30_3#0.json.gz", gzip.compress(b"\n".join(lines)))
    return content.getvalue()


def test_amplitudes_days_are_read_by_the_hour_where_they_are_too_large():
    client = Exported(archive(b'{"uuid": "a", "$insert_id": "i", "user_properties": {"fbclid": 1}}', b"no json"))
    span = Span(UNTIL, BERLIN, UNTIL, is_range=True)
    items = list(read_amplitude(client, span))
    assert client.asked[0] == ("20260630T00", "20260630T23")
    assert len(client.asked) == 25
    day = {"uploaded_on": date(2026, 6, 30)}
    assert [item.scopes for item in items if isinstance(item, Whole)] == [[day], [day]]
    first, second, count = (item.records for item in items if isinstance(item, Page))
    assert first == second
    assert first[1] == "no json"
    assert {"uuid": "a", "insert_id": "i", "click_id_type": "fbclid", "uploaded_on": "2026-06-30"}.items() <= first[
        0
    ].items()
    assert count == [{"uploaded_on": "2026-06-30", "events": 1}]


def test_amplitudes_days_after_one_that_took_too_long_are_read_by_the_hour_at_once():
    client = Exported(archive(b'{"uuid": "a"}'), status=504)
    list(read_amplitude(client, Span(UNTIL, BERLIN, UNTIL - timedelta(days=1), is_range=True)))
    assert len(client.asked) == 1 + 2 * 24
    assert client.asked[25] == ("20260630T00", "20260630T00")


def test_amplitudes_export_that_is_no_archive_fails_the_load():
    with pytest.raises(SourceError, match="the export of 2026-06-30 is no readable archive"):
        list(read_amplitude(Exported(b"oops"), Span(UNTIL, BERLIN, UNTIL, is_range=True)))


class WideInstance:
    """A Marketo with so many fields that their names fill an address; one lead was changed."""

    source = "marketo"

    def get(self, path, **params):
        assert len(path + urlencode(params)) < 8192, "Marketo refuses a longer address"
        if "describe" in path:
            return {"result": [{"rest": {"name": f"field_of_the_instance_{number}"}} for number in range(900)]}
        return {"nextPageToken": "a", "moreResult": False, "result": []}

    def post(self, path, form):
        address, _, query = path.partition("?")
        assert query == "_method=GET" and all(isinstance(value, str) for value in form.values())
        assert form["fields"].count(",") == 899
        if address == "/rest/v1/activities/leadchanges.json":
            assert form["nextPageToken"] == "a"
            return {"result": [{"leadId": 7, "activityDate": "2026-06-30T08:00:00Z"}], "moreResult": False}
        assert "nextPageToken" not in form
        return {"result": [{"id": int(form["filterValues"])}]}


def test_marketos_changes_are_asked_for_however_many_fields_there_are():
    assert list(read_leads(WideInstance(), Span(UNTIL, BERLIN, SINCE))) == [Page("leads", [{"id": 7}])]


class BulkInstance:
    """A Marketo whose export is waited for; remembers what came of it."""

    source = "marketo"

    def __init__(self, *states):
        self.states = list(states)

    def post(self, path, job=None):
        return {"result": [{"exportId": "e1"}]}

    def get(self, path):
        return {"result": [{"status": self.states.pop(0)}]}

    def download(self, path):
        return b"id\n7\n"


def test_an_export_of_marketo_is_waited_for_and_one_that_was_cancelled_is_told(monkeypatch):
    slept = []
    monkeypatch.setattr(jobs, "sleep", slept.append)
    day = Span(UNTIL, BERLIN, SINCE)
    assert list(export(BulkInstance("Created", "Queued", *["Processing"] * 10, "Completed"), "leads", day, {})) == [
        [{"id": "7"}]
    ]
    assert (slept[0], slept[1], slept[-1]) == (0.1, 0.2, 30)
    with pytest.raises(SourceError, match="an export of leads ended as Cancelled"):
        list(export(BulkInstance("Queued", "Cancelled"), "leads", day, {}))


class BulkOrg:
    """A Salesforce that gives one lead in bulk, or refuses to."""

    source = "salesforce"

    def __init__(self, refusal=None):
        self.refusal = refusal
        self.states = ["InProgress", "JobComplete"]

    def post(self, path, body):
        if self.refusal:
            raise SourceError("salesforce", "was refused", status=self.refusal)
        return {"id": "750"}

    def get(self, path, **params):
        if "queryAll" in path:
            return {"done": True, "records": [{"Id": "by REST"}]}
        return {"state": self.states.pop(0)}

    def answer(self, path, locator):
        content = b'"Id","Name","Score__c","Opted_In__c","Seen__c"\n"00Q","a\nb","","true","2026-01-02T03:04:05.000Z"\n'
        return SimpleNamespace(content=content, headers={"Sforce-NumberOfRecords": "1", "Sforce-Locator": "null"})


def test_salesforces_bulk_gives_what_rest_would():
    types = {"Id": "id", "Name": "string", "Score__c": "double", "Opted_In__c": "boolean", "Seen__c": "datetime"}
    records = [each for page in by_bulk(BulkOrg(), "SELECT …", types) for each in page]
    seen = "2026-01-02T03:04:05.000+0000"
    assert records == [{"Id": "00Q", "Name": "a\nb", "Score__c": None, "Opted_In__c": True, "Seen__c": seen}]


def test_salesforce_is_asked_by_rest_for_what_it_does_not_give_in_bulk():
    assert list(by_bulk(BulkOrg(400), "SELECT …", {})) == [[{"Id": "by REST"}]]
    with pytest.raises(SourceError):
        list(by_bulk(BulkOrg(503), "SELECT …", {}))


def test_a_job_of_salesforce_that_failed_is_told():
    org = BulkOrg()
    org.states = ["Failed"]
    with pytest.raises(SourceError, match="Failed"):
        list(by_bulk(org, "SELECT …", {}))


def test_a_job_of_salesforce_that_never_ends_is_not_waited_for_for_ever(monkeypatch):
    org, slept = BulkOrg(), []
    org.states = ["InProgress"] * 2000
    monkeypatch.setattr(jobs, "sleep", slept.append)
    with pytest.raises(SourceError, match="still InProgress after 4 hours"):
        list(by_bulk(org, "SELECT …", {}))
    assert 4 * 3600 < sum(slept) < 4 * 3600 + 60


class Days:
    """Klaviyo with one metric of e-mails and no events of it; remembers what was asked."""

    def __init__(self):
        self.asked = []

    def get(self, path, **params):
        self.asked.append(params)
        return {"data": [{"id": "m", "attributes": {"name": "Opened Email"}}] if path == "/api/metrics" else []}


def test_klaviyos_events_of_the_five_days_before_the_last_load_are_read_again():
    client = Days()
    list(read_events(client, Span(UNTIL, BERLIN, SINCE)))
    assert "greater-or-equal(datetime,2026-06-24T21:59:59Z)" in client.asked[-1]["filter"]


class Talks:
    """Drift with three conversations, of which the middle one's contact is gone."""

    source = "drift"
    TALKS = (
        {"id": 3, "contactId": 9, "updatedAt": 1_782_856_000_000},
        {"id": 2, "contactId": 8},
        {"id": 1, "contactId": 9, "updatedAt": 0},
    )

    def __init__(self):
        self.asked = []

    def get(self, path, **params):
        self.asked.append(path)
        if path == "/conversations/list":
            place = int(params["page_token"] or 0)
            return {"data": [self.TALKS[place]], "pagination": {"more": place < 2, "next": str(place + 1)}}
        if path == "/contacts/8":
            raise SourceError("drift", "not found", status=404)
        if path.startswith("/contacts/"):
            return {"data": {"id": 9, "createdAt": 5, "attributes": {"email": "ann@x.test", "plan": "pro"}}}
        return {"data": {"messages": [{"id": "m", "author": {"id": 9, "type": "contact", "bot": False}}]}}


def test_drifts_list_is_read_whole_and_what_was_said_where_it_changed():
    client = Talks()
    items = list(read_conversations(client, pull(SINCE).span))
    assert client.asked[:4] == [
        "/conversations/list",
        "/conversations/3/messages",
        "/contacts/9",
        "/conversations/list",
    ]
    assert not {"/conversations/1/messages", "/contacts/7"} & set(client.asked)
    assert client.asked.count("/conversations/list") == 3 and "/contacts/8" in client.asked
    read = {
        table: [each for item in items if isinstance(item, Page) and item.table == table for each in item.records]
        for table in ("conversations", "messages", "contacts")
    }
    assert [each["contact_id"] for each in read["conversations"]] == [9, 8, 9]
    assert read["messages"][0] == {
        "id": "m",
        "author_id": 9,
        "author_type": "contact",
        "is_bot": False,
        "conversation_id": 3,
    }
    assert read["contacts"] == [{"email": "ann@x.test", "plan": "pro", "id": 9, "created_at": 5}]
