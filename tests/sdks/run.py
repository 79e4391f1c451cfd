"""Read a vendor with its own SDK; run in the environment of the SDK, where nothing of mops is.

    python tests/sdks/run.py VENDOR < account.json > keys.json

account.json is {"url": …, "credentials": {…}, "wrong": {…}}; keys.json holds what the vendor's script read. What a
script has to be stands at the top of tests/test_vendor_sdks.py.
"""

import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType


def main() -> None:
    """Read everything, and be refused with wrong credentials."""
    script = load_script(sys.argv[1])
    account = json.load(sys.stdin)
    tables = script.read(account["url"], account["credentials"])
    try:
        script.read(account["url"], account["wrong"])
    except script.REFUSED as refusal:
        json.dump({"tables": tables, "refusal": f"{type(refusal).__name__}: {refusal}"}, sys.stdout, default=str)
    else:
        sys.exit("wrong credentials were not refused")


def load_script(name: str) -> ModuleType:
    """The script by its file, for its name may be the SDK's too: this folder is looked in last."""
    folder = Path(__file__).resolve().parent
    sys.path = [*(path for path in sys.path if Path(path).resolve() != folder), str(folder)]
    spec = spec_from_file_location(f"script_{name}", folder / f"{name}.py")
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


if __name__ == "__main__":
    main()
