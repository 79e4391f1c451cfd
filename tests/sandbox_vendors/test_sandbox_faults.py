"""The sandbox misbehaves on purpose, in each vendor's own way and at the same place every time."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
from vendor_api import Api

Start = Callable[..., Any]


def outcomes(facts: dict, requests_made: int) -> list[int | str]:
    """What a row of the same request meets: a status, or the name of what broke."""
    api = Api(facts, "hubspot")
    api.session.headers["Authorization"] = f"Bearer {api.credentials['access_token']}"
    met: list[int | str] = []
    for _ in range(requests_made):
        try:
            met.append(api.get("/crm/v3/owners").status_code)
        except requests.exceptions.ChunkedEncodingError:
            met.append("cut")
    return met


@pytest.mark.parametrize(
    ("profile", "faults"),
    [
        ("rate_limits", {1: 429, 2: 429, 21: 429, 22: 429}),
        ("flaky", {1: 503, 2: 503, 3: "cut", 14: 503, 15: 503, 27: 503, 28: 503, 32: "cut", 40: 503}),
        ("expired_tokens", {}),  # a private app's token never expires
    ],
)
def test_faults_fall_on_the_same_requests_every_time(profile: str, faults: dict[int, int | str], start: Start) -> None:
    with start(faults=profile) as facts:
        met = outcomes(facts, 40)
    assert {number: what for number, what in enumerate(met, 1) if what != 200} == faults


def test_expired_tokens_stay_refused_until_a_new_one_is_asked_for(start: Start) -> None:
    with start(faults="expired_tokens") as facts:
        api = Api(facts, "ga4").sign_in()
        path = f"/v1beta/properties/{api.credentials['property_id']}/metadata"
        met = [api.get(path).status_code for _ in range(18)]
        assert met == [401] * 18
        assert api.sign_in().get(path).status_code == 200


def test_one_vendor_can_be_down_while_the_others_answer(start: Start) -> None:
    with start(down={"mailchimp"}) as facts:
        answer = requests.get(f"{facts['vendors']['mailchimp']['base_url']}/3.0/ping")
        assert (answer.status_code, answer.json()["title"]) == (503, "Service Unavailable")
        assert outcomes(facts, 3) == [200] * 3


def test_what_there_is_not_cannot_be_started(start: Start) -> None:
    with pytest.raises(ValueError, match="no faults called nonsense"), start(faults="nonsense"):
        pass
    with pytest.raises(ValueError, match="no vendor called nobody"), start(down={"nobody"}):
        pass
