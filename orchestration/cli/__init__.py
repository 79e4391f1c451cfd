"""The command line. Exit codes: 0 done, 1 something failed, 2 a mistake of the user, 3 another run holds the lock."""

import atexit
import errno
import gc
import sys

import typer
from typer.exceptions import TyperException

from orchestration.cli import looking, modelling, running, serving, starting

app = typer.Typer(
    help="A marketing-operations warehouse: vendor APIs and files to audited, published marts.",
    epilog="MOPS_HOME is the folder with mops.yaml and data/ (default: the current directory).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
# Between two searches for cycles among objects. The frameworks make millions that stay: at Python's own 700 the
# searches take a tenth of a run.
OBJECTS_BETWEEN_COLLECTIONS = 200_000
OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)

for command in (
    running.demo,
    starting.init,
    running.run,
    running.publish,
    looking.query,
    looking.status,
    looking.preview,
    looking.doctor,
    running.rollback,
    modelling.attribute,
    modelling.plan,
    serving.sandbox,
    serving.dev,
):
    app.command()(command)


def main() -> None:
    """Run the command; an error with an exit code is one sentence on stderr, any other is ours and shows its trace."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    # At exit Python would search all objects once more, which took some seconds.
    atexit.register(gc.freeze)
    try:
        sys.exit(app(standalone_mode=False))
    except KeyboardInterrupt:
        sys.exit(130)
    except TyperException as error:
        if said := error.format_message():  # nothing where no command was named: then the help is shown
            print(f"mops: {said.rstrip('.')}; --help says what there is", file=sys.stderr)
        sys.exit(error.exit_code)
    except Exception as error:
        code = _exit_code(error)
        if code is None:
            raise
        told = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else error
        print(f"mops: {told}", file=sys.stderr)
        sys.exit(code)


def _exit_code(error: Exception) -> int | None:
    # Imported only once something went wrong: a command that works does not pay for them.
    import duckdb

    from ingestion.client import SourceError
    from ingestion.settings import SettingsError
    from orchestration.cli.mistakes import MistakeError
    from orchestration.damaged_files import DamagedFileError
    from orchestration.publication import NoSuchVersionError
    from orchestration.run_lock import LockHeldError

    if isinstance(error, LockHeldError):
        return 3
    if isinstance(error, SettingsError | MistakeError | NoSuchVersionError | PermissionError):
        return 2
    if isinstance(error, OSError) and error.errno in OF_THE_DISK:
        return 1
    return 1 if isinstance(error, DamagedFileError | SourceError | duckdb.IOException) else None
