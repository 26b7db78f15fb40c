# Thin on purpose: each target is one line of a program that can be run by hand as well.
PYTHON ?= python3
BIN = .venv/bin
REQ = deploy/requirements

.PHONY: demo demo-web test check explore format bench torture clean

demo: .venv/run.stamp
	@$(BIN)/kasoterminal demo $(if $(DEMO_KEEP),--keep "$(DEMO_KEEP)")

# The same in a browser on this machine; each tab is a shop of its own.
demo-web: .venv/web.stamp
	@$(BIN)/kasoterminal demo-web $(if $(PORT),--port "$(PORT)")

test: .venv/dev.stamp
	$(BIN)/pytest -n auto --dist worksteal

check: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist worksteal

format: .venv/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/dev.stamp
	$(BIN)/python -m bench

# The same tests with examples that nobody has seen; a failing one says how to repeat it.
explore: .venv/dev.stamp
	$(BIN)/pytest -n auto --dist worksteal --hypothesis-profile=explore

# Long seeded loops; SEED=n repeats one, ROUNDS=n sets their length.
torture: .venv/dev.stamp
	$(BIN)/pytest -m torture --hypothesis-profile=explore --timeout 3600 -s

LOCALES = $(wildcard */locale/*/LC_MESSAGES/*.po)

.venv/run.stamp: pyproject.toml $(REQ)/run.txt $(LOCALES)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv (once) ..." >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(REQ)/run.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/web.stamp: .venv/run.stamp $(REQ)/web.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(REQ)/web.txt
	@touch $@

.venv/dev.stamp: .venv/run.stamp $(REQ)/dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(REQ)/dev.txt
	@touch $@

clean:
	rm -rf .venv
