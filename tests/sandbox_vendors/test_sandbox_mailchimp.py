"""The sandbox's Mailchimp speaks its protocol, and says what the view holds."""

import hashlib
from datetime import UTC, datetime

import pytest
import requests
from vendor_api import Api

from sandbox.clock import NEVER
from sandbox.view import View


def mailchimp_list(api: Api, path: str, key: str, **query) -> list[dict]:
    """Every record of a list, by offset."""
    records: list[dict] = []
    while True:
        page = api.get(f"/3.0{path}", offset=len(records), **query).json()
        records += page[key]
        if len(records) >= page["total_items"]:
            return records


def test_mailchimp_lists_members_and_hides_the_archived(mailchimp: Api, view: View) -> None:
    members = view.mail_members[view.mail_members["status"] != "deleted"]
    list_id = members["list_id"].iloc[0]
    of_list = members[members["list_id"] == list_id]
    path = f"/lists/{list_id}/members"
    shown = mailchimp_list(mailchimp, path, "members", count=70)
    archived = mailchimp_list(mailchimp, path, "members", count=70, status="archived")
    assert [each["id"] for each in shown] == of_list.loc[of_list["status"] != "archived", "id"].tolist()
    assert [each["id"] for each in archived] == of_list.loc[of_list["status"] == "archived", "id"].tolist()
    assert all(
        each["id"] == hashlib.md5(each["email_address"].lower().encode()).hexdigest()  # noqa: S324
        for each in shown
    )
    assert None not in {value for each in shown for value in each.values() if not isinstance(value, list | dict)}


def test_mailchimp_members_since_a_change_with_only_the_fields_asked(mailchimp: Api, view: View) -> None:
    members = view.mail_members[~view.mail_members["status"].isin(["archived", "deleted"])]
    of_list = members[members["list_id"] == members["list_id"].iloc[0]]
    middle = int(of_list["last_changed_at"].median())
    page = mailchimp.get(
        f"/3.0/lists/{of_list['list_id'].iloc[0]}/members",
        since_last_changed=iso(middle),
        fields="members.id,total_items",
        count=1000,
        sort_field="last_changed",
        sort_dir="DESC",
    ).json()
    later = of_list[of_list["last_changed_at"] > middle].sort_values("last_changed_at", ascending=False, kind="stable")
    assert page.keys() == {"members", "total_items"}
    assert {each["id"] for each in page["members"]} == set(later["id"])
    assert page["total_items"] == len(later)


def iso(instant: int) -> str:
    return datetime.fromtimestamp(instant / 1000, UTC).isoformat()


def test_mailchimp_activity_is_nested_under_every_recipient(mailchimp: Api, view: View) -> None:
    campaign = int(view.mail_activity["campaign"].mode().iloc[0])
    activity = view.mail_activity[view.mail_activity["campaign"] == campaign]
    path = f"/reports/{view.mail_campaigns['id'].iloc[campaign]}/email-activity"
    recipients = mailchimp_list(mailchimp, path, "emails", count=50)
    assert len(recipients) == (view.mail_recipients["campaign"] == campaign).sum()
    assert sum(len(each["activity"]) for each in recipients) == len(activity)
    assert any(each["activity"] == [] for each in recipients)
    middle = int(activity["at"].median())
    later = mailchimp_list(mailchimp, path, "emails", count=50, since=iso(middle))
    assert sum(len(each["activity"]) for each in later) == (activity["at"] > middle).sum()


def test_mailchimp_reports_every_sent_campaign_and_no_other(mailchimp: Api, view: View) -> None:
    sent = view.mail_campaigns[view.mail_campaigns["send_at"] != NEVER]
    reports = mailchimp_list(mailchimp, "/reports", "reports", count=7)
    assert {each["id"] for each in reports} == set(sent["id"])
    assert sum(each["opens"]["opens_total"] for each in reports) == view.mail_reports["opens_total"].sum()
    campaigns = mailchimp_list(mailchimp, "/campaigns", "campaigns", count=7)
    assert [each["send_time"] for each in campaigns if each["status"] == "save"] == [""] * (
        view.mail_campaigns["status"] == "save"
    ).sum()


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/3.0/lists?count=1001", 400, "Invalid Resource"),
        ("/3.0/lists/none/members", 404, "Resource Not Found"),
        ("/3.0/nowhere", 404, "Resource Not Found"),
    ],
)
def test_mailchimp_errors_are_problems(mailchimp: Api, path: str, status: int, title: str) -> None:
    answer = mailchimp.get(path)
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert (answer.status_code, answer.json()["title"]) == (status, title)


def test_mailchimp_refuses_a_wrong_key(mailchimp: Api) -> None:
    answer = requests.get(f"{mailchimp.url}/3.0/ping", auth=("anybody", "wrong-us21"))
    assert (answer.status_code, answer.json()["title"]) == (401, "API Key Invalid")
