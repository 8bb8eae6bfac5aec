# `make site` and `make test` set up all that they need: a virtual environment in .venv with the pinned packages.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= public

.PHONY: site test lint bench lock clean
.DELETE_ON_ERROR:

site: $(VENV)/run.stamp
	$(BIN)/deficiency-glossary -C . build --out $(OUT)

test: $(VENV)/test.stamp $(VENV)/browser.stamp $(VENV)/vnu.stamp lint
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/deficiency-glossary -C . check

bench: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks

# The pinned versions with their hashes, from pyproject.toml.
lock:
	$(PYTHON) -m venv $(VENV) && $(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate --extra search pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate --extra test pyproject.toml -o requirements/test.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate requirements/build.in -o requirements/build.txt

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "No virtual environment could be made. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

# --no-build-isolation: hatchling is pinned like the rest.
$(VENV)/run.stamp: requirements/run.txt requirements/build.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/browser.stamp: tests/tools/find_chromium.sh | $(BIN)/python
	sh tests/tools/find_chromium.sh
	@touch $@

# The Nu HTML checker and the language server of editors come from npm; without npm their tests skip and say so.
$(VENV)/vnu.stamp: tests/tools/package-lock.json | $(BIN)/python
	@if command -v npm >/dev/null; then cd tests/tools && npm ci --silent --no-audit --no-fund; else echo "npm is not here: the Nu HTML checker and the language server will be left out"; fi
	@touch $@

clean:
	rm -rf $(VENV) public .public.build dist tests/tools/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
