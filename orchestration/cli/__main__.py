"""`python -m orchestration.cli` is `mops`."""

from orchestration.cli import main

main()
