"""For SDKs that write the vendor's https address into every request: what is meant for it goes to the sandbox."""

from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter


def session(url: str) -> requests.Session:
    """A session for whose caller the sandbox at the url is the vendor."""
    made = requests.Session()
    made.mount("https://", Rehost(url))
    return made


class Rehost(HTTPAdapter):
    """Sends requests to another host, and lets the answers look as if they came from the one meant."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__()

    def send(self, request, **how):
        sent, meant = request.copy(), urlsplit(request.url)
        sent.headers["X-Forwarded-Host"] = meant.netloc
        sent.url = f"{self.url}{meant.path}{'?' + meant.query if meant.query else ''}"
        response = super().send(sent, **how)
        response.request, response.url = request, request.url  # zenpy picks its parser by it
        return response
