# docsteward. `make` prints what there is; newcomers need `make demo` and `make test`.

export CGO_ENABLED := 0
GO      ?= go
BIN     := bin
VERSION ?= $(shell git describe --always --dirty 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION)

# Where public test material lies; what needs it skips, and says so, where it is absent.
export DOCSTEWARD_TESTDATA ?= $(abspath ../shared/data)

.DEFAULT_GOAL := help

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  \033[36m%-12s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## Build the docsteward command and the server into bin/
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN)/docsteward ./examples/cli
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN)/server ./examples/server

demo: build ## Check real documentation, start the server, ingest, search, read the past
	@DOCSTEWARD=$(BIN)/docsteward ./.ci/demo

test: ## Run every test; what needs Postgres or Redis starts it, or skips and says so
	$(GO) vet ./...
	@./.ci/test

conformance: ## Print which adapter passes which suite
	@./.ci/conformance

check: build ## Let docsteward check its own documentation
	$(BIN)/docsteward check README.md ARCHITECTURE.md examples --fail-on low

generate: ## Write the generated code: injectors, doubles and the text of --help
	$(GO) generate ./ports/...
	$(GO) tool wire gen ./bootstrap/embedded ./bootstrap/singlenode ./bootstrap/cluster
	$(GO) test ./examples/cli -run EarlyHelp -update

verify: ## Fail when generated code is stale or a file is not formatted
	@./.ci/verify

bench: build ## Measure beside the bars: check, ingest, HTTP, workflows, storage, start-up
	@./.ci/bench

eval: ## Measure what is found against what is known: facts of code, drift, fixes, answers
	$(GO) run ./examples/eval

fuzz: ## Fuzz every parser; FUZZTIME says how long each (default 5s)
	@./.ci/fuzz

crash: ## Kill the servers under load (KILLS, RUN_KILLS); nothing acknowledged may be lost, nothing done twice
	@./.ci/crash

race: ## Run the tests under the race detector; needs a C compiler
	CGO_ENABLED=1 $(GO) test -race -short ./domain/... ./ports/... ./application/... ./adapters/... ./bootstrap/...

lint: ## Run golangci-lint, which must be installed
	golangci-lint run ./...

clean: ## Remove what was built
	rm -rf $(BIN)

.PHONY: help build demo test conformance check generate verify bench eval fuzz crash race lint clean
