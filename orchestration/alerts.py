"""A message to a webhook or Slack when something begins to fail, and one when it works again; nothing in between.

A cause is named by source, check or step. A message may add why: a vendor's word for its refusal, the path of a file,
the name of a column or an option; nothing of any record, and no secret.
"""

import logging
from pathlib import Path

import requests

from ingestion.credentials import secret
from ingestion.settings import Settings, SettingsError, load
from orchestration import history, last_good
from orchestration.operations import now, rows, writing

log = logging.getLogger(__name__)

SECONDS = 10

FAILING_CHECKS = """
from check_results
where severity = 'critical' and layer <> 'raw'
qualify row_number() over (partition by layer, table_name, check_name order by checked_at desc) = 1 and not passed
"""

Causes = dict[str, str]  # what fails (a source, a check, the run) -> the message about it


def check(settings: Settings) -> None:
    """SettingsError where mops.yaml names an address that is not set."""
    for kind, name in _named(settings):
        secret(name, f"alerts.{kind}")


def tell(home: Path) -> None:
    """Send each address of mops.yaml what began to fail, and what recovered, since the last message to it."""
    try:
        named = _named(load(home))
    except SettingsError as error:
        log.warning("no alert can be sent: %s", error)
        return
    failing = _failing(home)
    for kind, name in named:
        told = _open_alerts(home, kind)
        begun = {cause: message for cause, message in failing.items() if cause not in told}
        over = {cause: message for cause, message in told.items() if cause not in failing}
        if (begun or over) and _send(kind, name, begun, over):
            _remember(home, kind, begun, over)


def _named(settings: Settings) -> list[tuple[str, str]]:
    """The kinds of address that mops.yaml has, and the names of what holds them."""
    kinds = {"webhook": settings.alerts.webhook, "slack": settings.alerts.slack}
    return [(kind, name) for kind, name in kinds.items() if name]


def _failing(home: Path) -> Causes:
    """What is wrong as of the last run: stale sources, failing checks, else the error the run ended with."""
    run = history.last_ended_run(home)
    causes = {f"source {each['source']}": _of_source(each) for each in last_good.stale_sources(home)}
    if run is None or run["status"] != "failed":
        return causes
    explained = run["error"].startswith(history.NOT_LOADED)
    for each in rows(home, FAILING_CHECKS):
        explained = explained or each["run_id"] == run["run_id"]
        name = f"{each['check_name']} on {each['layer']}.{each['table_name']}"
        causes[f"check {name}"] = f"check {name} fails; the published version stays"
    return causes if explained else causes | {f"run {run['error']}": f"the run failed: {run['error']}"}


def _of_source(state: dict) -> str:
    since = state["last_good_at"]
    shown = f"its data is as of {since:%Y-%m-%d %H:%M} UTC" if since else "it was never loaded"
    return f"source {state['source']} is stale: {state['reason']}; {shown}"


def _open_alerts(home: Path, kind: str) -> Causes:
    """What an address was told of that has not been reported as over."""
    told = rows(home, "from alerts_told where address = ? and closed_at is null", [kind])
    return {each["cause"]: each["message"] for each in told}


def _remember(home: Path, kind: str, begun: Causes, over: Causes) -> None:
    with writing(home) as connection:
        for cause, message in begun.items():
            values = [kind, cause, message, now()]
            connection.execute("insert or replace into alerts_told values (?, ?, ?, ?, null)", values)
        for cause in over:
            values = [now(), kind, cause]
            connection.execute("update alerts_told set closed_at = ? where address = ? and cause = ?", values)


def _send(kind: str, name: str, begun: Causes, over: Causes) -> bool:
    """Post to one address, whose URL is a secret; False where that fails, and then the next run tries again."""
    lines = [f"mops: {message}" for message in begun.values()] + [f"mops: recovered: {cause}" for cause in over]
    body = {"text": "\n".join(lines), "failing": list(begun), "recovered": list(over)}
    try:
        answer = requests.post(secret(name, f"alerts.{kind}"), json=body, timeout=SECONDS)
        answer.raise_for_status()
    except SettingsError as error:
        log.warning("an alert could not be sent: %s", error)
        return False
    except requests.RequestException as error:
        log.warning("an alert could not be sent to alerts.%s: %s", kind, type(error).__name__)
        return False
    return True
