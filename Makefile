# Chengqi 承启: what one does with the tree. `make help` lists it.
# DATA, LISTEN and PASSWORD may be set on the command line: make run LISTEN=0.0.0.0:8080

DATA     ?= data
LISTEN   ?= 127.0.0.1:8080
PASSWORD ?= Chengqi-2026

GOFUMPT       := mvdan.cc/gofumpt@v0.12.0
GOLANGCI_LINT := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOVULNCHECK   := golang.org/x/vuln/cmd/govulncheck@v1.9.0
GO_FOLDERS    := cmd gongwen internal procedures rulebook tools ui/embed.go workday bench
VERSION       := $(shell git describe --tags --always --dirty 2>/dev/null || echo unversioned)

.DEFAULT_GOAL := help
.PHONY: help run build test check-% bench lint fmt flows coverage audit shots clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: build ## build everything, load the sample office into an empty data folder, serve
	@if [ -z "$$(ls -A $(DATA) 2>/dev/null)" ]; then \
		echo "正在建立样例机关，约需二十秒……"; \
		bin/chengqi demo --data $(DATA) --password '$(PASSWORD)' && touch $(DATA)/.sample || exit 1; \
	fi
	@if [ -e $(DATA)/.sample ]; then \
		echo "样例账号（工号、姓名、科室、岗位），建立样例时的密码都是 $(PASSWORD)："; \
		bin/chengqi people --data $(DATA); \
	fi
	bin/chengqi serve --data $(DATA) --listen $(LISTEN)

build: ui/dist/index.html ## the interface into ui/dist, the program into bin/chengqi
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/chengqi ./cmd/chengqi

ui/dist/index.html: ui/node_modules/.package-lock.json $(shell find ui/src ui/public ui/index.html ui/vite.config.ts -type f)
	cd ui && npm run build
	@touch ui/dist/.keep $@

%/node_modules/.package-lock.json: %/package-lock.json
	cd $* && npm ci --no-audit --no-fund
	@touch $@

test: ## everything: interface, Go on SQLite and on PostgreSQL, stories in a browser
	go run ./tools/check

check-%: ## one part of it: check-format, check-ui, check-vet, check-lint, check-go, check-postgres, check-stories, check-audit
	go run ./tools/check -only $*

bench: build ## how fast, beside the bare statements in the same run
	go run ./bench $(BENCH)

bin/tools/golangci-lint: Makefile
	GOBIN=$(CURDIR)/bin/tools go install $(GOLANGCI_LINT)
	@touch $@

bin/tools/govulncheck: Makefile
	GOBIN=$(CURDIR)/bin/tools go install $(GOVULNCHECK)
	@touch $@

lint: bin/tools/golangci-lint ui/node_modules/.package-lock.json ## what the rules of .golangci.yml and eslint find
	bin/tools/golangci-lint run ./...
	cd ui && npm run lint && npm run check

fmt: ## put Go files into their form
	go run $(GOFUMPT) -w $(wildcard $(GO_FOLDERS))

flows: ## draw docs/flows anew from the definitions
	go test ./internal/app/flows -update

coverage: ## read anew which clauses code and tests cite
	go test ./internal/app/coverage -run 引用索引 -update

shots: build e2e/node_modules/.package-lock.json ## take the pictures of the README anew
	node e2e/shots.mjs

# VULNDB=… names another copy of the data, such as file:///srv/vulndb, where the usual host cannot be reached.
audit: ui/node_modules/.package-lock.json ## known holes in what we depend on; says so when the data cannot be had
	VULNDB=$(VULNDB) go run ./tools/check -only audit

clean: ## remove what was built, keep the data
	rm -rf bin/chengqi ui/dist/assets ui/dist/index.html e2e/out
