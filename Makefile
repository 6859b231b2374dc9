# Everything a fresh machine needs: Python 3.11+ with venv, and make. `make demo` and `make test` set up the rest.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint bench oracles journeys translations scripts clean

demo: $(VENV)/.runs
	@$(BIN)/survey demo

test: $(VENV)/.tests
	@sh .ci/browser $(BIN)/python
	@sh .ci/readers
	$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: $(VENV)/.tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.tests
	$(BIN)/python -m tests.benchmarks

# Every published figure beside those of scipy, statsmodels and R: printed, and written into the docs.
oracles: $(VENV)/.tests
	$(BIN)/python -m tests.oracles docs/agreements.md

# Pictures of five people's ways through a questionnaire and of an evaluator's first wave, with 4,000 people,
# in the folder pictures/.
journeys: $(VENV)/.tests
	@sh .ci/browser $(BIN)/python
	@$(BIN)/python -m tests.journeys pictures

# Collect the sentences of the program into the Italian catalogue, and compile it.
translations: $(VENV)/.tests
	$(BIN)/python -m tests.catalogue

# Squeeze the scripts of the respondents' pages.
scripts: $(VENV)/.tests
	$(PIP) install --editable '.[scripts]'
	$(BIN)/python -m tests.scripts

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Setting up $(VENV): this takes a minute or two, once."
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.runs: setup.cfg pyproject.toml | $(VENV)/.made
	$(PIP) install --editable .
	@touch $@

$(VENV)/.tests: setup.cfg pyproject.toml | $(VENV)/.made
	$(PIP) install --editable '.[dev]'
	@touch $(VENV)/.runs $@

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
