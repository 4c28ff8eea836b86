# `make crawl` and `make test` set up what they need in .venv, with the exact versions of constraints.txt.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: crawl test lint types examples clean

crawl: .venv/ready
	$(BIN)/python -m crawler.newsroom crawl

test: lint types
	$(BIN)/pytest --cov

lint: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/ready
	$(BIN)/mypy

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv data
