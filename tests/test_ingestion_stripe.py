"""Stripe: what a later load asks for, and what it makes of events."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ingestion.reading import Span
from ingestion.sources.stripe.objects import read_kind

NOW = datetime(2026, 6, 30, tzinfo=UTC)


class Client:
    """One new charge; events of it, of an older charge and of a deleted customer. Remembers what is asked."""

    def __init__(self):
        self.asked = []

    def get(self, path, **params):
        self.asked.append(path)
        event = {"customers": ("customer.deleted", "cus_1"), "charges": ("charge.refunded", "ch_old")}
        kind = path.split("/")[2]
        if path == "/v1/events":
            names = [event["customers"]] if "customer.deleted" in params["types[]"] else [event["charges"]]
            names += [] if names[0][0].startswith("customer") else [("charge.succeeded", "ch_new")]
            data = [{"type": name, "data": {"object": {"id": id, "amount": "as it was"}}} for name, id in names]
        elif path.count("/") == 3:
            return {"id": path.split("/")[3], "amount": 7, "created": 1_700_000_000}
        else:
            data = [{"id": "ch_new", "amount": 5, "created": 1_782_000_000}] if kind == "charges" else []
        return {"data": data, "has_more": False}


def records(kind, since, **more):
    client = Client()
    span = Span(NOW, ZoneInfo("UTC"), since, **more)
    return [record for page in read_kind(client, span, kind) for record in page.records], client.asked


def test_changed_objects_are_asked_for_again_and_new_ones_are_not():
    found, asked = records("charges", NOW - timedelta(days=3))
    assert [(each["id"], each["amount"]) for each in found] == [("ch_new", 5), ("ch_old", 7)]
    assert asked == ["/v1/charges", "/v1/events", "/v1/charges/ch_old"]
    assert found[1]["created"] == 1_700_000_000_000


def test_what_was_deleted_is_marked_without_being_asked_for():
    found, asked = records("customers", NOW - timedelta(days=3))
    assert found == [{"id": "cus_1", "deleted": True}]
    assert asked == ["/v1/customers", "/v1/events"]


def test_without_events_everything_is_read():
    for since, more in ((None, {}), (NOW - timedelta(days=40), {}), (NOW - timedelta(days=3), {"is_range": True})):
        assert records("charges", since, **more)[1] == ["/v1/charges"]
