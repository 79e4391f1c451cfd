"""How the tests speak to a vendor of the sandbox."""

import requests


class Api:
    """A vendor's base address and headers that open it; `files` are the sandbox's, all that some vendors have."""

    def __init__(self, facts: dict, name: str) -> None:
        served = facts["vendors"].get(name, {"base_url": "", "credentials": {}})
        self.url = served["base_url"]
        self.credentials = served["credentials"]
        self.files = facts["files"]
        self.session = requests.Session()

    def get(self, path: str, **query) -> requests.Response:
        return self.session.get(path if path.startswith("http") else self.url + path, params=query)

    def post(self, path: str, body: dict) -> requests.Response:
        return self.session.post(self.url + path, json=body)

    def sign_in(self) -> "Api":
        asked = {key: self.credentials[key] for key in ("client_id", "client_secret", "refresh_token")}
        answer = requests.post(self.credentials["token_uri"], data={"grant_type": "refresh_token", **asked}).json()
        self.session.headers["Authorization"] = f"{answer['token_type']} {answer['access_token']}"
        return self
