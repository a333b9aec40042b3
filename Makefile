# The whole interface. Each target sets up what it needs by itself, in .venv.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
RUN_READY := .venv/.run-ready
DEV_READY := .venv/.dev-ready

.PHONY: run test check check-twilio check-slack demo bench eval docs lock format clean
.DEFAULT_GOAL := run

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "botapp needs Python 3.11 or newer; set PYTHON=...")'
	@$(PYTHON) -m venv .venv

$(RUN_READY): requirements.lock requirements-build.lock pyproject.toml | $(BIN)/python
	@echo "Installing botapp into .venv (once)"
	@$(PIP) --no-deps --require-hashes -r requirements.lock -r requirements-build.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_READY): requirements-dev.lock $(RUN_READY)
	@echo "Installing the tools for tests and checks (once)"
	@$(PIP) --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

run: $(RUN_READY)  ## start everything and print its links
	@$(BIN)/botapp up

demo: $(RUN_READY)  ## do all of it without a hand; JD=path/to/file.txt uses your own advert; CHANNEL=sms texts
	@$(BIN)/botapp demo $(if $(JD),--jd "$(JD)") $(if $(CHANNEL),--channel "$(CHANNEL)")

check: $(DEV_READY)  ## format, lint, types, import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: $(DEV_READY)  ## every test
	@$(BIN)/python -m pytest -q -n 3

check-twilio: $(DEV_READY)  ## our requests against Twilio's own description; BOTAPP_TWILIO_RIG=url of a validating proxy
	@$(BIN)/python -m tests.support.twilio_rig

check-slack: $(DEV_READY)  ## our cards against a schema of Block Kit; BOTAPP_SLACK_SCHEMA=path of it
	@$(BIN)/python -m tests.support.block_kit_schema

bench: $(DEV_READY)  ## measure against public peers, in one run
	@mkdir -p build && $(BIN)/python -m bench

eval: $(DEV_READY)  ## quality of drafting, reading and scoring on data
	@$(BIN)/python -m evals

docs: $(RUN_READY)  ## draw the graphs, write the two schemas and .env.example
	@$(BIN)/python -m botapp.graphs.drawing docs/graphs.md
	@$(BIN)/botapp score schema > docs/scorecard.schema.json
	@$(BIN)/botapp interviewer-schema > docs/interviewer.schema.json
	@$(BIN)/botapp env-example > .env.example

lock: $(DEV_READY)  ## exact versions with hashes, from the ranges in pyproject.toml
	@$(PIP) uv
	@$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --group dev pyproject.toml -o requirements-dev.lock
	@$(BIN)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --group pyproject.toml:build -o requirements-build.lock

format: $(DEV_READY)
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

clean:
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis
