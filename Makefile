# `make brief` writes and shows the Kazakhstan brief; `make test` runs the whole test suite; both set up what they need in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LANGUAGE ?= en
CASE ?= kazakhstan-2022
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: brief serve test check bench docs format lock clean

brief: $(VENV)/.product
	@mkdir -p out
	@$(BIN)/foedus library compile > /dev/null
	@$(BIN)/foedus brief $(CASE) --lang $(LANGUAGE) -o out/$(CASE).$(LANGUAGE).html
	@$(BIN)/foedus brief $(CASE) --lang $(LANGUAGE)
	@echo
	@echo "The same brief with its pictures: out/$(CASE).$(LANGUAGE).html"

serve: $(VENV)/.product
	@$(BIN)/foedus serve

test: $(VENV)/.development
	$(BIN)/python -m pytest

check: $(VENV)/.development
	$(BIN)/ruff format --check src tests benchmarks tools
	$(BIN)/ruff check src tests benchmarks tools
	$(BIN)/mypy
	$(BIN)/foedus library check
	$(BIN)/mkdocs build --strict --quiet

bench: $(VENV)/.development
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

docs: $(VENV)/.development
	$(BIN)/mkdocs build --strict

format: $(VENV)/.development
	$(BIN)/ruff format src tests benchmarks tools
	$(BIN)/ruff check --fix src tests benchmarks tools

# The lock files: every package that an environment gets, pinned with its hashes.
lock: $(VENV)/.development
	$(PIP) install uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --extra print --extra html --extra build --extra web --group install pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --all-extras --group dev pyproject.toml -o requirements-dev.lock

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.product: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up $(VENV) (once; a minute or two)"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.development: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up $(VENV) with the development tools (once; a few minutes)"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.product

clean:
	rm -rf $(VENV) out site dist src/foedus/library.sqlite
