# `make crawl` and `make test` set up what they need in .venv, with the exact versions of constraints.txt.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup crawl test lint types clean

setup: .venv/ready

crawl: setup
	$(BIN)/python -m crawler.newsroom crawl

test: setup lint types
	$(BIN)/pytest --cov

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv
