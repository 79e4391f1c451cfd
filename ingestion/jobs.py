"""Jobs that run on a vendor's side, looked at ever less often until they have ended."""

from collections.abc import Callable, Collection
from time import sleep

from ingestion.client import SourceError
from ingestion.resource import Record

_FIRST_WAIT, _LONGEST_WAIT = 0.1, 30.0  # seconds; each wait is twice the one before


def wait_for_job(
    source: str, job: str, look: Callable[[], Record], state: str, ended: Collection[str], hours: float
) -> Record:
    """What a look at the job gives once its `state`, a key of it, is one of `ended`; errors call it by `job`.

    SourceError where it has not ended after so many hours.
    """
    waited, seconds = 0.0, _FIRST_WAIT
    while (found := look())[state] not in ended:
        if waited > hours * 3600:
            raise SourceError(source, f"{job} is still {found[state]} after {hours:g} hours")
        sleep(seconds)
        waited, seconds = waited + seconds, min(2 * seconds, _LONGEST_WAIT)
    return found
