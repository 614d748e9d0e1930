# What a person does with Matriarch, one word each. `make` alone lists them.

TOPOLOGY    ?= examples/two-datacenters/topology.yaml
CLUSTER_DIR ?= $(shell scripts/bundle-folder $(TOPOLOGY))

PNPM        := scripts/pnpm
COMPOSE_GEN := $(PNPM) --silent compose-gen
# Not by way of pnpm: it would end at once when it is interrupted, while the verifier heals.
VERIFIER    := node_modules/.bin/node apps/verifier/src/main.ts
CLUSTER     := $(CLUSTER_DIR)/cluster
SUITE       ?= full
# A run's folder; the variant's stands beside it.
REPORT      ?= $(or $(RESUME),reports/$(shell date -u +%Y-%m-%dT%H-%M-%SZ))
REFERENCE   := examples/two-datacenters/topology.yaml
# The variant is part of the whole matrix of the reference, not of a part of it or of another cluster's.
PARTIAL      = $(filter smoke,$(SUITE))$(findstring --only,$(ARGS))$(findstring --tag,$(ARGS))$(findstring --shard,$(ARGS))$(filter-out $(REFERENCE),$(TOPOLOGY))
VARIANT     ?= $(if $(PARTIAL),,examples/asynchronous/topology.yaml)
FORCED      := $(filter 1,$(FORCE))
PURGED      := $(filter 1,$(PURGE))
# The cluster's own script reads it.
export FORCE YES

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help install-tools workspace render up down rebuild-all clean psql status logs check test big-test self-test

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  TOPOLOGY=$(TOPOLOGY)"
	@echo "  CLUSTER_DIR=$(CLUSTER_DIR)"
	@echo "  FORCE=1 destroys data and overwrites files without asking; YES=1 lets "up" change what runs without asking; PURGE=1 takes the authorities and the credentials as well"

install-tools: ## give this machine what is missing: psql, etcdctl, openssl, a container engine, the base image
	@scripts/install-tools

workspace: node_modules/.modules.yaml ## install the pinned Node, pnpm and packages into this folder

node_modules/.modules.yaml: package.json pnpm-lock.yaml pnpm-workspace.yaml $(wildcard packages/*/package.json apps/*/package.json)
	$(PNPM) install --frozen-lockfile
	@node_modules/.bin/node --version >/dev/null || { echo "The workspace's Node does not start here: make install-tools" >&2; exit 1; }
	@touch $@

render: workspace ## write the bundle of TOPOLOGY to CLUSTER_DIR; passwords and certificates that exist are kept
	$(COMPOSE_GEN) render $(TOPOLOGY) --out $(CLUSTER_DIR) $(if $(FORCED),--force)

up: install-tools render ## bring the cluster up, or to what the topology says now; data stays
	$(CLUSTER) up

down: $(CLUSTER) ## stop the cluster; data stays
	$(CLUSTER) down

rebuild-all: install-tools workspace clean ## start over: new containers, images, data and certificates; asks where there is data
	$(COMPOSE_GEN) render $(TOPOLOGY) --out $(CLUSTER_DIR) --renew all $(if $(FORCED),--force)
	@# Data that another bundle of this name left is not seen before.
	$(CLUSTER) clean
	$(CLUSTER) up

clean: ## remove containers, images and data; with PURGE=1 the whole CLUSTER_DIR
	@if [ ! -x $(CLUSTER) ]; then echo "$(CLUSTER_DIR): nothing to clean"; else $(CLUSTER) clean $(if $(PURGED),&& rm -r $(CLUSTER_DIR)); fi

psql: $(CLUSTER) ## a session on the primary, through PgBouncer and HAProxy (ARGS="-c 'SELECT 1'")
	@$(CLUSTER) psql $(ARGS)

status: $(CLUSTER) ## health of every member, and who is primary
	@$(CLUSTER) status

logs: $(CLUSTER) ## follow the logs (ARGS=node1)
	@$(CLUSTER) logs $(ARGS)

check: workspace ## format, lint, types, unused code, direction of the dependencies
	$(PNPM) --silent check

test: install-tools workspace ## every test: static checks, unit, the daemons' checkers, a live cluster
	$(PNPM) --silent test:all

big-test: up ## the verifier's matrix against the cluster, then what faults cost with asynchronous replication; reports in reports/ (SUITE=smoke|full|soak, ARGS="--only etcd", VARIANT= for none; RESUME=FOLDER, SHARD=2/3 SEED=7)
	@scripts/install-tools --for-scenarios
	@REPORT=$(REPORT) RESUME=$(RESUME) RERUN="$(RERUN)" SHARD=$(SHARD) SEED=$(SEED) SUITE=$(SUITE) VARIANT=$(VARIANT) scripts/big-test $(CLUSTER_DIR) $(ARGS)

self-test: install-tools render ## break copies of the bundle on purpose, and see whether the verifier notices (some 20 minutes)
	@$(VERIFIER) self-test --bundle $(CLUSTER_DIR) $(ARGS)

$(CLUSTER):
	@echo "There is no cluster in $(CLUSTER_DIR) yet: make up" >&2 && exit 1
