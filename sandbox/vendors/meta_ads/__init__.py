"""Meta Ads: accounts, campaigns, ad sets, ads and their insights, Graph API v26.0.

View -> https://graph.facebook.com as sandbox.vendor.Vendor
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from functools import partial
from itertools import count
from typing import Any
from urllib.parse import urlencode

import orjson

from sandbox.faults import CEILING
from sandbox.vendor import Call, Handler, Vendor
from sandbox.vendors.meta_ads import errors, insights, parameters
from sandbox.vendors.meta_ads.advertising import Advertising, Node
from sandbox.view import View

ACCESS_TOKEN = "EAAsandbox0000system0user"  # noqa: S105 - opens nothing but the sandbox
APP_SECRET = "0000sandbox0000app0secret"  # noqa: S105
_MOST = 5_000  # items of a page


class Graph:
    """The nodes of a View, and the insights jobs that were started."""

    def __init__(self, view: View) -> None:
        self.advertising = Advertising(view)
        self.jobs: dict[str, dict[str, Any]] = {}
        self.numbers = count(6_023_920_149_050)

    def node(self, id: str) -> tuple[str, Node]:
        """A node and its kind."""
        kinds = {"accounts": self.advertising.accounts, **self.advertising.nodes}
        for kind, nodes in kinds.items():
            if id in nodes:
                return kind, nodes[id]
        raise errors.not_found(id)


def build(view: View) -> Vendor:
    """Meta Ads over a View."""
    graph = Graph(view)
    edges: list[tuple[str, str, Handler]] = [
        ("GET", "/me", _me),
        ("GET", "/me/adaccounts", partial(_list_accounts, graph)),
        ("GET", "/{id}/campaigns", partial(_list_nodes, graph, "campaigns")),
        ("GET", "/{id}/adsets", partial(_list_nodes, graph, "adsets")),
        ("GET", "/{id}/ads", partial(_list_nodes, graph, "ads")),
        ("GET", "/{id}/insights", partial(_insights, graph)),
        ("POST", "/{id}/insights", partial(_start_job, graph)),
        ("GET", "/{id}", partial(_get_node, graph)),
    ]
    return Vendor(
        # the SDK writes a node with a slash at the end
        routes=[(method, f"/{{version}}{path}{end}", handler) for method, path, handler in edges for end in ("", "/")],
        credentials={"access_token": ACCESS_TOKEN, "app_secret": APP_SECRET},
        authorize=_authorize,
        refusals={
            "rate_limited": errors.rate_limited,
            "unavailable": errors.unavailable,
            "not_found": lambda: errors.not_found().answer,
            "unreadable": lambda: errors.invalid("Invalid parameter").answer,
        },
        headers=_headers,
    )


def _authorize(call: Call) -> None:
    """The token as a parameter or a header, and where it comes with one, its proof."""
    sent = _parameters(call)
    if (sent.get("access_token") or call.bearer) != ACCESS_TOKEN:
        raise errors.unauthenticated()
    proof = hmac.new(APP_SECRET.encode(), ACCESS_TOKEN.encode(), hashlib.sha256).hexdigest()
    if sent.get("appsecret_proof", proof) != proof:
        raise errors.bad_proof()


def _headers(call: Call, remaining: int) -> Mapping[str, str]:
    """How much of its limit an account has used, in percent."""
    used = round(100 * (1 - (remaining + 1) / CEILING))
    usage = {"acc_id_util_pct": used, "reset_time_duration": 0, "ads_api_access_tier": "standard_access"}
    return {"x-ad-account-usage": orjson.dumps(usage).decode(), "facebook-api-version": "v26.0"}


def _parameters(call: Call) -> dict[str, str]:
    return {**call.query, **(call.form if call.method == "POST" else {})}


def _me(call: Call) -> Node:
    return {"id": "100000000000077", "name": "mops system user"}


def _list_accounts(graph: Graph, call: Call) -> Node:
    asked = call.query.get("fields")
    return _page(call, [parameters.chosen(node, asked) for node in graph.advertising.accounts.values()])


def _list_nodes(graph: Graph, kind: str, call: Call) -> Node:
    """The nodes of a kind below an account, a campaign or an ad set."""
    above, node = graph.node(call.path["id"])
    parent = "account_id" if above == "accounts" else f"{above.removesuffix('s')}_id"
    id = node["account_id"] if above == "accounts" else node["id"]
    is_kept = parameters.kept(call.query, kind.removesuffix("s"))
    found = [each for each in graph.advertising.nodes[kind].values() if each.get(parent) == id and is_kept(each)]
    return _page(call, [parameters.chosen(each, call.query.get("fields")) for each in reversed(found)])


def _get_node(graph: Graph, call: Call) -> Node:
    if call.path["id"] in graph.jobs:
        return _poll_job(graph.jobs[call.path["id"]])
    return parameters.chosen(graph.node(call.path["id"])[1], call.query.get("fields"))


def _insights(graph: Graph, call: Call) -> Node:
    """At once, or the result of a job that is done."""
    job = graph.jobs.get(call.path["id"])
    if job and job["polls"] < 2:
        raise errors.invalid("The report run is not completed")
    query = job["query"] if job else _query(graph, call)
    return _page(call, insights.answer(graph.advertising, query))


def _start_job(graph: Graph, call: Call) -> Node:
    id = str(next(graph.numbers))
    _, node = graph.node(call.path["id"])
    graph.jobs[id] = {"id": id, "account_id": node["account_id"], "query": _query(graph, call), "polls": 0}
    return {"report_run_id": id}


def _query(graph: Graph, call: Call) -> insights.Query:
    kind, node = graph.node(call.path["id"])
    return parameters.query(graph.advertising, node, kind, _parameters(call))


def _poll_job(job: dict[str, Any]) -> Node:
    """A job is running when it is first asked for, and done from then on."""
    job["polls"] += 1
    is_done = job["polls"] > 1
    return {
        "id": job["id"],
        "account_id": job["account_id"],
        "async_status": "Job Completed" if is_done else "Job Running",
        "async_percent_completion": 100 if is_done else 40,
    }


def _page(call: Call, items: list[Node]) -> Node:
    """The page of items behind the cursor `after`; only where there are more does it name a next one."""
    limit = min(parameters.number(call.query, "limit", 25), _MOST)
    start = _position(call.query.get("after", ""))
    found = items[start : start + limit]
    page: Node = {"data": found}
    if found:
        page["paging"] = {"cursors": {"before": _cursor(start), "after": _cursor(start + len(found))}}
        if start + limit < len(items):
            following = {**call.query, "after": page["paging"]["cursors"]["after"]}
            page["paging"]["next"] = f"{call.url.partition('?')[0]}?{urlencode(following)}"
    if call.query.get("summary") == "true":
        page["summary"] = {"total_count": len(items)}
    return page


def _cursor(position: int) -> str:
    return base64.b64encode(str(position).encode()).decode().rstrip("=")


def _position(cursor: str) -> int:
    """What a cursor stands for."""
    try:
        return int(base64.b64decode(cursor + "=" * (-len(cursor) % 4))) if cursor else 0
    except (binascii.Error, ValueError):
        raise errors.invalid("Invalid cursors values") from None
