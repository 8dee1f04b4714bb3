# `make` alone lists the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
PY := $(BIN)/python
export PATH := $(CURDIR)/$(BIN):$(PATH)
export TF_CPP_MIN_LOG_LEVEL := 3
export RASA_TELEMETRY_ENABLED := false
PORT ?= 5055

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

env: .venv/.synced desk/static/vendor/socket.io.esm.min.js ## environment and browser libraries

.venv/.synced: requirements.txt
	@echo "准备运行环境(首次需要几分钟)…"
	@test -x $(PY) || python3.10 -m venv .venv 2>/dev/null || uv venv --quiet --python 3.10 .venv
	@test -x $(BIN)/uv || $(PY) -m pip install --quiet --disable-pip-version-check uv 2>/dev/null || \
		uv pip install --quiet --python $(PY) uv
	@$(BIN)/uv pip sync --quiet --python $(PY) --require-hashes requirements.txt
	@touch $@

desk/static/vendor/socket.io.esm.min.js: package.json package-lock.json .venv/.synced
	@$(BIN)/npm ci --loglevel=error --no-audit --no-fund >/dev/null
	@$(BIN)/npm run --silent vendor
	@touch $@

train: env ## train the model if the data has changed
	@$(PY) -m bot.train

.env:
	@umask 077; printf 'SHOP_SECRET=%s\nSHOP_DEMO=1\n' "$$($(PY) -c 'import secrets; print(secrets.token_hex(32))')" > $@

demo: env ## tables and, in an empty store, the demo shop
	@$(PY) -m shop migrate
	@$(PY) -m shop demo

run: env .env train demo ## the whole shop: desk and bot, Ctrl-C stops it
	@set -a; . ./.env; set +a; exec $(PY) -m desk.run

worker: env train ## one bot worker alone: make worker PORT=5055
	@$(PY) -m bot.worker --port $(PORT)

shell: env train demo ## plain Rasa in the terminal: rasa shell with its action server
	@mkdir -p var; $(PY) -W ignore -m rasa run actions --actions bot.actions --port 5056 >var/actions.log 2>&1 & actions=$$!; \
		trap "kill $$actions" EXIT; $(PY) -W ignore -m rasa shell --model models

test: env train ## everything
	@$(PY) -m pytest

check: env ## style, types, directions of imports, plain Rasa's own checks
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@mkdir -p var; $(PY) -m rasa data validate --fail-on-warnings >var/validate.log 2>&1 || { tail -20 var/validate.log; exit 1; }
	@echo "make check: all good"

bench-turns: env train ## speed of a turn beside stock Rasa
	@$(PY) -m benchmarks.turns

bench-nlu: env ## ways of understanding messages beside each other and stock Rasa's; some hours
	@$(PY) -W ignore -m benchmarks.nlu_pipelines --stock

nlu-report: env train ## how well blind messages are understood: var/nlu-report/index.html
	@$(PY) -W ignore -m benchmarks.nlu_report

lock: ## requirements.txt from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --python-version 3.10 --quiet --output-file requirements.txt

.PHONY: help env train demo run worker shell test check bench-turns bench-nlu nlu-report lock
