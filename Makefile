# glowplug: `make` alone lists what there is.
#
# The database is DATABASE_URL from the environment, else from .env, else the SQLite file app.sqlite.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
CARGO ?= cargo

# glowplug reads .env itself; here it only tells which client to build in.
ifeq ($(strip $(DATABASE_URL)),)
  unexport DATABASE_URL
  database := $(shell sed -nE "s/^(export +)?DATABASE_URL=[\"']?([^\"']*).*/\2/p" .env 2>/dev/null | tail -n 1)
  ifeq ($(database),)
    export DATABASE_URL := app.sqlite
  endif
else
  export DATABASE_URL
  database := $(DATABASE_URL)
endif
client := $(if $(filter postgres%,$(database)),--features postgres)$(if $(filter mysql%,$(database)),--features mysql)
glowplug := $(CARGO) run --quiet $(client) --

# The name goes through the environment as it was typed: make does not expand it, no shell splits it.
override raw_name := $(if $(filter command line,$(origin name)),$(value name))
export raw_name
unexport name

.PHONY: help
help:
	@echo "usage: make TARGET [name=…] [args='flags for glowplug']"
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } \
	    /^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##@ Database:

.PHONY: migrate-create
migrate-create: ## compare the models with the database and write a migration (name=… is optional)
	@$(glowplug) create $${raw_name:+"--name=$$raw_name"} $(args)

.PHONY: migrate
migrate: ## apply what is pending
	@$(glowplug) migrate $(args)

.PHONY: migrate-status
migrate-status: ## tell what is applied and what is pending
	@$(glowplug) status $(args)

.PHONY: migrate-check
migrate-check: ## tell whether models, migrations and database agree (args=--no-database for CI)
	@$(glowplug) check $(args)

.PHONY: migrate-revert
migrate-revert: ## revert the latest migration (args='-n 2' for two)
	@$(glowplug) revert $(args)

.PHONY: demo
demo: ## watch a model change become a migration, in a scratch directory
	@scripts/demo

##@ Development:

.PHONY: test
test: ## run every test, against SQLite, PostgreSQL, MariaDB and the stock Diesel CLI
	@scripts/test $(args)

.PHONY: test-matrix
test-matrix: ## run the tests of PostgreSQL on every major version from 13 to 18
	@scripts/test-matrix $(args)

.PHONY: check
check: ## formatting, lints, documentation, and each set of features on its own
	@scripts/check

.PHONY: golden
golden: ## rewrite the expected SQL of tests/cases from what the code renders now; read the diff
	@scripts/golden

.PHONY: bench
bench: ## measure against what a user would run instead
	@scripts/bench $(args)
