"""The accounts of a vendor that are read: those that mops.yaml names, or all that the credentials open."""

from collections.abc import Callable, Iterable, Iterator

from ingestion.client import SourceError
from ingestion.reading import Pull
from ingestion.resource import Record

_ACCOUNTS = "accounts"  # in the state: those that the last load read


def named(pull: Pull, option: str) -> list[str]:
    """What an option that is a list names; one may stand alone."""
    value = pull.account.get(option, ())
    return [str(each) for each in ([value] if isinstance(value, str | int) else value)]


def named_accounts(
    source: str, pull: Pull, option: str, found: Iterable[Record], key: str, plain: Callable[[str], str] = str
) -> list[Record]:
    """Each account once, if the option names its `key` or names nothing; `plain` takes away what people write besides.

    SourceError if a name is no account: its costs would be missing without anybody noticing.
    """
    wanted = {plain(each) for each in named(pull, option)}
    accounts: dict[str, Record] = {}
    for place, account in enumerate(found):
        accounts.setdefault(str(account.get(key) or place), account)  # one without an id goes on to be refused
    if unknown := sorted(wanted - accounts.keys()):
        raise SourceError(source, f"options.{option}: {', '.join(unknown)} is none of what the credentials open")
    return [account for id, account in accounts.items() if not wanted or id in wanted]


def in_turn(pull: Pull, accounts: Iterable[Record], key: str) -> Iterator[tuple[Record, bool]]:
    """Each account, and whether it is new: the last load did not read it, so its days are read from the first on.

    Afterwards the state names just the accounts that were read. One that is left out and taken in again later is new
    again, because the days between are missing.
    """
    known, read = pull.state.get(_ACCOUNTS, []), []
    for account in accounts:
        id = str(account.get(key))
        yield account, id not in known
        read.append(id)
    if not pull.span.is_range:
        pull.state[_ACCOUNTS] = read
