# Two commands do it all: `make run` and `make test`. Each makes .venv from constraints.txt on first use.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
# Prefect: nothing is sent anywhere, and its state lives in a folder of ours.
export DO_NOT_TRACK = 1
export PREFECT_SERVER_ANALYTICS_ENABLED = false

.PHONY: run test check lint types docs samples lock clean install
install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,scale]'
	@touch $@

run: $(STAMP)  ## ingest the two sample packs through the Prefect flow and show what came out
	@$(BIN)/python -m samples.demo

# A file's tests stay on one worker: what it sets up once (a server, a report) is set up once.
test: $(STAMP)  ## the whole test suite
	@$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(STAMP)
	@$(BIN)/mypy

check: lint types test  ## what .ci/run runs

lock: $(STAMP)  ## write constraints.txt from what is installed
	@(echo "# Versions that were seen to work together (names and versions only). Made by: make lock"; \
	  $(BIN)/python -m pip freeze --all | grep -E '^[A-Za-z0-9_.-]+==' | grep -viE '^(pip|setuptools|wheel|boardpack)==' | sort -f) > constraints.txt

clean:
	rm -rf $(VENV) run report .pytest_cache .mypy_cache .ruff_cache .hypothesis
