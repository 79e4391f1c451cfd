"""Environments for what cannot live beside mops (vendors' SDKs, ChannelAttribution): below .sdks/, made on demand."""

import hashlib
import subprocess
import sys
from pathlib import Path

ENVIRONMENTS = Path(__file__).parent.parent / ".sdks"


def python_with(requirements: Path) -> Path:
    """The Python of an environment that holds what a hashed requirements file pins, made once for each state of it.

    CalledProcessError where it cannot be made; why is on stderr.
    """
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()[:12]
    folder = ENVIRONMENTS / f"{requirements.stem}-{sys.version_info.major}.{sys.version_info.minor}-{digest}"
    python, is_ready = folder / "bin" / "python", folder / ".ready"
    if not is_ready.exists():
        print(f"installing {requirements.name} into {folder.name}, once ...", flush=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([*pip, "-r", requirements], check=True)
        is_ready.touch()
    return python
