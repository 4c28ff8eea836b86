# `make crawl` and `make test` set up what they need in .venv, with the exact versions of constraints.txt.
# The targets from `evaluate` on measure the cleaners on gold pages beside the project: docs/evaluation.md.
PYTHON ?= python3
BIN := .venv/bin
BENCH ?= ../shared/bench

.PHONY: setup crawl test lint types evaluate ablation gate speed bench-crawl crawl-memory hostile kills machine-faults clean

setup: .venv/ready

crawl: setup
	$(BIN)/python -m crawler.newsroom crawl

test: setup lint types
	$(BIN)/pytest --cov --numprocesses auto --dist loadfile

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

evaluate: .venv/evaluation
	$(BIN)/python -m evaluation.evaluate --bench $(BENCH)

ablation: setup
	$(BIN)/python -m evaluation.ablation --bench $(BENCH)

gate: setup
	$(BIN)/python -m evaluation.gate --bench $(BENCH)

speed: setup
	PYTHONPATH=.:$(BENCH)/.. $(BIN)/python -m bench.speed py:cleaners:clean,parse_lxml
	PYTHONPATH=.:$(BENCH)/.. $(BIN)/python -m bench.speed py:cleaners:clean,parse_lxml --rss

bench-crawl: setup
	$(BIN)/python -m evaluation.crawl_speed --bench $(BENCH)

crawl-memory: setup
	$(BIN)/python -m evaluation.crawl_memory

hostile: setup
	$(BIN)/python -m evaluation.hostile_crawl

kills: setup
	$(BIN)/python -m evaluation.kills

machine-faults: setup
	$(BIN)/python -m evaluation.machine_faults

# What is compiled is compiled anew after a change.
.venv/ready: pyproject.toml constraints.txt cleaners/_build.py $(wildcard cleaners/_*.pyx cleaners/_*.pxd)
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@ls cleaners/_*.so >/dev/null 2>&1 || echo 'Not compiled: the cleaners run in Python, and take twice as long.'
	touch $@

.venv/evaluation: .venv/ready
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[evaluation]'
	touch $@

clean:
	rm -rf .venv cleaners/_*.so
