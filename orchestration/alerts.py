"""A message to a webhook or Slack when something begins to fail, and one when it works again; nothing in between.

A cause is named by source, check or step: no data, no secret and no vendor's answer is in a message.
"""

import logging
import os
from pathlib import Path

import requests

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

Causes = dict[str, str]


def tell(home: Path) -> None:
    """Compare what fails now with what was told, and tell the difference to the addresses of mops.yaml."""
    try:
        addresses = _addresses(load(home))
    except SettingsError as error:
        log.warning("no alert can be sent: %s", error)
        return
    failing, told = _failing(home), _told(home)
    begun = {cause: message for cause, message in failing.items() if cause not in told}
    over = {cause: message for cause, message in told.items() if cause not in failing}
    told_to = [each for each in addresses if (begun or over) and _send(each, begun, over)]
    if told_to:
        _remember(home, begun, over)


def _failing(home: Path) -> Causes:
    """What is wrong as of the last run: stale sources, failing checks, else the error the run ended with."""
    run = history.last_run(home)
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


def _told(home: Path) -> Causes:
    return {each["cause"]: each["message"] for each in rows(home, "from alerts where closed_at is null")}


def _remember(home: Path, begun: Causes, over: Causes) -> None:
    with writing(home) as connection:
        for cause, message in begun.items():
            connection.execute("insert or replace into alerts values (?, ?, ?, null)", [cause, message, now()])
        for cause in over:
            connection.execute("update alerts set closed_at = ? where cause = ?", [now(), cause])


def _addresses(settings: Settings) -> list[str]:
    """The addresses, from the variables that mops.yaml names."""
    names = [name for name in (settings.alerts.webhook, settings.alerts.slack) if name]
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        raise SettingsError(f"alerts: {', '.join(missing)} is not set")
    return [os.environ[name] for name in names]


def _send(address: str, begun: Causes, over: Causes) -> bool:
    """Post to one address, whose URL is a secret. What could be told nowhere is tried again after the next run."""
    lines = [f"mops: {message}" for message in begun.values()] + [f"mops: recovered: {cause}" for cause in over]
    body = {"text": "\n".join(lines), "failing": list(begun), "recovered": list(over)}
    try:
        answer = requests.post(address, json=body, timeout=SECONDS)
        answer.raise_for_status()
    except requests.RequestException as error:
        log.warning("an alert could not be sent: %s", type(error).__name__)
        return False
    return True
