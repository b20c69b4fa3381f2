# Set-up on a machine with only python3, venv, pip, make (and root for what tests need from the system).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MARK := $(VENV)/.installed
# tests start the program some hundred times: each time without its bytecode costs seconds
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install assets system demo test unit check lint types faults days bench sbom audit clean

help: ## what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(MARK): requirements-dev.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(MARK)

install: $(MARK) ## the Python packages, in .venv

assets: $(MARK) ## styles and scripts of the pages
	sh portal/assets/build.sh

demo: assets ## the whole program with invented data on http://127.0.0.1:8000/demo
	sh tools/system-packages.sh fonts
	$(BIN)/zaakspoor demo $(DEMO)

system: ## what the tests need from the system; as root it is installed
	sh tools/system-packages.sh fonts browser broker proxy mailbox scanner saml

test: $(MARK) ## every test, after the checks; those need a processor while the others wait for what comes in
	$(MAKE) --jobs=3 --output-sync=target assets system check
	$(BIN)/python -m pytest -n 3 --dist loadfile $(PYTEST)

unit: $(MARK) ## the tests that need nothing from the system: no database server, broker, browser or fonts
	$(BIN)/python -m pytest -n auto tests/unit $(PYTEST)

check: lint types ## style, types and import contracts

lint: $(MARK) ## style, and which room may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(MARK) ## types
	$(BIN)/mypy

faults: assets system ## kill real processes at every crash point, for long (FAULT_ROUNDS=20)
	FAULT_ROUNDS=$(or $(FAULT_ROUNDS),20) $(BIN)/python -m pytest -s tests/faults

days: $(MARK) ## the tests that compute with dates, as if it were other days in other zones
	$(BIN)/python tests/days.py

bench: $(MARK) ## measure against a floor of raw SQL in the same run
	sh tools/system-packages.sh fonts broker
	$(BIN)/python -m bench

sbom: $(MARK) ## the list of all parts (CycloneDX), from the locks, in build/
	$(BIN)/python -m tools.make_sbom

audit: $(MARK) ## known vulnerabilities of those parts; ends with 2 when there is no network to ask
	$(BIN)/python -m tools.look_up_vulnerabilities

clean: ## forget what was built
	rm -rf $(VENV) portal/static/built portal/assets/node_modules build var
