# Minka: `make run` serves the demo, `make test` checks everything. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq
PORT ?= 8000

# What the installed package is built from: when one of these changes, it is built again.
SOURCES := pyproject.toml $(wildcard hatch_build.py) \
	$(shell find frontend -name node_modules -prune -o -type f -print 2>/dev/null) \
	$(shell find src -name '*.po' 2>/dev/null)

.PHONY: run
run: $(VENV)/.built  ## Serve the demo on http://127.0.0.1:8000 (PORT=… for another port)
	@exec $(BIN)/minka run --port $(PORT)

.PHONY: test
test: $(VENV)/.dev $(VENV)/.built  ## Check everything, on SQLite and PostgreSQL and in a real browser
	@exec $(BIN)/python -m tests.run

.PHONY: check
check: $(VENV)/.dev $(VENV)/.built  ## Check only what needs no database: style, types, contracts
	@exec $(BIN)/python -m tests.run --static

.PHONY: bench
bench: $(VENV)/.dev $(VENV)/.built  ## Measure; figures go to build/bench.json
	@exec $(BIN)/python -m tests.bench

.PHONY: spark
spark: $(VENV)/.spark $(VENV)/.built  ## Install Spark (600 MB, wants Java 17) and check the linkage engine on it
	@exec $(BIN)/python -m tests.run --spark

.PHONY: screenshots
screenshots: $(VENV)/.dev $(VENV)/.built  ## Take the pictures of the manual again
	@exec $(BIN)/python -m tests.e2e.screenshots

.PHONY: frontend
frontend: $(VENV)/.built  ## Build the front end and the messages, if they changed

.PHONY: messages
messages: $(VENV)/.dev $(VENV)/.built  ## Collect the strings of the interface into the catalogues
	@exec $(BIN)/minka messages

.PHONY: lock
lock:  ## Lock the requirements again (UPGRADE=1 takes newer versions)
	@mkdir -p build
	@$(MAKE) build/lock/bin/uv
	@lock="build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate $(if $(UPGRADE),--upgrade)"; \
	$$lock pyproject.toml --extra s3 -o requirements/base.txt; \
	$$lock pyproject.toml --extra s3 --group dev -c requirements/base.txt -o requirements/dev.txt; \
	$$lock pyproject.toml --extra s3 --extra spark -c requirements/base.txt -o requirements/spark.txt; \
	build/lock/bin/python -c 'import tomllib; \
	    print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], "editables", "pip", sep="\n")' \
	    | $$lock - -o requirements/build.txt
	@echo "requirements/{base,dev,spark,build}.txt are locked."

build/lock/bin/uv:
	@$(call make_environment,build/lock)
	@build/lock/bin/python -m pip install -qq uv

.PHONY: help
help:  ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# A virtual environment with the first Python that is new enough.
define make_environment
for python in $(PYTHON) python3.11 python3.12 python3; do \
    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
        exec "$$python" -m venv --clear $(1); \
    fi; \
done; \
echo "Minka needs Python 3.11 or newer; none was found (PYTHON=/path/to/python names one)." >&2; exit 1
endef

$(BIN)/python:
	@echo "Making the Python environment in $(VENV) …"
	@$(call make_environment,$(VENV))

$(VENV)/.tools: requirements/build.txt | $(BIN)/python
	@$(PIP) --require-hashes -r requirements/build.txt
	@touch $@

# The front end is built meanwhile. Modules are compiled when they are first imported: few are.
$(VENV)/.base: requirements/base.txt $(VENV)/.tools
	@echo "Installing what Minka stands on, building the front end meanwhile …"
	@mkdir -p build; \
	$(BIN)/python hatch_build.py >build/frontend.log 2>&1 & front=$$!; \
	$(PIP) --no-compile --require-hashes -r requirements/base.txt; \
	wait $$front || { cat build/frontend.log; exit 1; }
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@echo "Installing what checks Minka …"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.spark: requirements/spark.txt $(VENV)/.dev
	@echo "Installing Spark …"
	@$(PIP) --require-hashes -r requirements/spark.txt
	@touch $@

$(VENV)/.built: $(SOURCES) $(VENV)/.base
	@echo "Building the front end and the messages, if they changed …"
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@
