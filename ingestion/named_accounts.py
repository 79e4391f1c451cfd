"""The accounts of a vendor that are read: those that mops.yaml names, or all that the credentials open."""

from collections.abc import Callable, Iterable

from ingestion.client import SourceError
from ingestion.reading import Pull
from ingestion.resource import Record


def named_accounts(
    source: str, pull: Pull, option: str, found: Iterable[Record], key: str, plain: Callable[[str], str] = str
) -> list[Record]:
    """Each account once, if the option names its `key` or names nothing; `plain` takes away what people write besides.

    SourceError if a name is no account's: it would be a wish without effect, and its costs would be missed by nobody.
    """
    value = pull.account.get(option, ())
    named = {plain(str(each)) for each in ([value] if isinstance(value, str | int) else value)}
    accounts: dict[str, Record] = {}
    for place, account in enumerate(found):
        accounts.setdefault(str(account.get(key) or place), account)  # one without an id goes on to be refused
    if unknown := sorted(named - accounts.keys()):
        raise SourceError(source, f"options.{option}: {', '.join(unknown)} is none of what the credentials open")
    return [account for id, account in accounts.items() if not named or id in named]
