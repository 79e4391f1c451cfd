"""One tiny company with its vendors, and what they should say."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from vendor_api import Api

from sandbox import server
from sandbox.company import Company, generate
from sandbox.view import View


@pytest.fixture(scope="session")
def company() -> Company:
    return generate("tiny", seed=3)


@pytest.fixture(scope="session")
def start(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """sandbox.server.start for this one company, which is generated and written once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "generate", lambda size, seed: company)
        yield partial(server.start, files=tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def sandbox(start: Callable[..., Any]) -> Iterator[dict]:
    with start() as facts:
        yield facts


@pytest.fixture(scope="session")
def view(company: Company) -> View:
    return company.at(None)


@pytest.fixture(scope="session")
def hubspot(sandbox: dict) -> Api:
    api = Api(sandbox, "hubspot")
    api.session.headers["Authorization"] = f"Bearer {api.credentials['access_token']}"
    return api


@pytest.fixture(scope="session")
def mailchimp(sandbox: dict) -> Api:
    api = Api(sandbox, "mailchimp")
    api.session.auth = ("anybody", api.credentials["api_key"])
    return api


@pytest.fixture(scope="session")
def google_ads(sandbox: dict) -> Api:
    api = Api(sandbox, "google_ads").sign_in()
    api.session.headers["developer-token"] = api.credentials["developer_token"]
    api.session.headers["login-customer-id"] = api.credentials["login_customer_id"]
    return api


@pytest.fixture(scope="session")
def ga4(sandbox: dict) -> Api:
    return Api(sandbox, "ga4").sign_in()


@pytest.fixture(scope="session")
def amplitude(sandbox: dict) -> Api:
    api = Api(sandbox, "amplitude")
    api.session.auth = (api.credentials["api_key"], api.credentials["secret_key"])
    return api


@pytest.fixture(scope="session")
def drift(sandbox: dict) -> Api:
    api = Api(sandbox, "drift")
    api.session.headers["Authorization"] = f"Bearer {api.credentials['access_token']}"
    return api
