# Every target sets itself up: needs git, make and Python 3.11 to 3.13 (with venv), nothing else.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready
# Two workers; tests/conftest.py says what stays together.
PARALLEL := -n 2 --dist loadgroup --no-loadscope-reorder

.PHONY: help setup demo test test-long coverage lint format bench lock clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(READY)  ## create .venv from the hashed lock file

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "mops needs Python 3.11, 3.12 or 3.13 on the PATH (or PYTHON=/path/to/python)" >&2; exit 2; }
	@$(PYTHON) -m venv --clear .venv || { echo "Python's venv module is missing (Debian: apt-get install python3-venv)" >&2; exit 2; }
	@echo "Installing the locked dependencies into .venv (a minute or two, once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m orchestration.dbt_project
	@touch $@

demo: setup  ## the whole pipeline against the sandbox, in ./data
	@$(BIN)/mops demo

lint: setup  ## ruff, sqlfmt, mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/sqlfmt --check --quiet --no-progressbar dbt_project
	@$(BIN)/mypy

test: lint  ## lint, then every test but the long ones (at most 10 minutes)
	@$(BIN)/pytest $(PARALLEL) -m "not long"

test-long: setup  ## whole runs and larger sizes (at most 30 minutes)
	@$(BIN)/pytest $(PARALLEL) -m long

coverage: setup  ## what `make test` covers of the source code, in lines; fails below 90 %
	@$(BIN)/pytest $(PARALLEL) -m "not long" --cov --cov-report=term:skip-covered

bench: setup  ## the ratios that docs/benchmarks.md explains
	@$(BIN)/python -m benchmarks

format: setup  ## rewrite Python and SQL in the house format
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/sqlfmt --quiet --no-progressbar dbt_project

RESOLVE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras \
	--custom-compile-command "make lock" --quiet
lock:  ## resolve pyproject.toml anew into requirements.lock, and what tests and benchmarks compare with (needs uv)
	@$(RESOLVE) pyproject.toml --group dev -o requirements.lock
	@$(RESOLVE) benchmarks/channel_attribution.in -o benchmarks/channel_attribution.txt
	@for name in febrl most microsoft; do $(RESOLVE) tests/sdks/$$name.in -o tests/sdks/$$name.txt; done

clean:  ## remove the environments and dbt's leftovers; data/ and mops.yaml stay
	@rm -rf .venv .sdks dbt_project/target dbt_project/logs dbt_project/profiles.yml .pytest_cache .mypy_cache .ruff_cache
