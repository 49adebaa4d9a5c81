# Joinery is built, run and tested from here. `make` alone runs it.

# SQLite is C. Without a C compiler Go would leave it out without a word.
export CGO_ENABLED := 1

# The version that joinery version prints. Without an answer from git, as in a
# folder of another user, it is that of a build for development.
version := $(shell git describe --tags --always --dirty 2>/dev/null || echo development)

# On Linux the program is one static file that runs on any other Linux of its
# architecture: it looks up hosts and users without the system's libraries.
tags   := netgo,osusergo,sqlite_omit_load_extension
static := $(if $(filter Linux,$(shell uname)),-linkmode external -extldflags -static)

# Given here, so that they hold whatever GOFLAGS says.
flags := -trimpath -buildvcs=false -tags $(tags) -ldflags '-s -w $(static) -X joinery/app/cli.version=$(version)'

# Where the program is built.
program := bin/joinery

# The packages whose tests run with the race detector: those in which goroutines of
# ours meet over a store, a queue or a look-up. make test raced= goes without.
raced := $(addprefix ./app/,access address confirm consent db draft listener mail member readiness resume wizard)

# Chromium's first start and a race detector on a small machine take their time.
patience := -timeout 40m

.PHONY: run build quick test race soak shots lint fonts clean go compiler programs checkers

## run: builds Joinery and runs it at http://localhost:3000
run: build
	@exec $(program)

## build: makes bin/joinery, which needs no other file
# SQLite is compiled without tables that only a debugger of C reads: 0.1 MB less.
build: export CGO_CFLAGS := -O2 -fno-asynchronous-unwind-tables
build: compiler
	@$(call say-if-long,$(flags))
	@go build $(flags) -o $(program) .

## quick: runs the tests that need nothing but Go and a C compiler
quick: go
	go test ./...

## test: runs every test, with a real Redis and real browsers, and what lint says
# One after the other: browsers beside a race detector keep two cores too busy, and
# Lighthouse measures a machine that does nothing else.
test: lint programs checkers
	@$(call say-if-long,-tags e2e)
	@test -z "$(raced)" || { echo go test -race $(raced); go test -race -count=1 $(patience) -tags e2e $(raced); }
	go test -count=1 $(patience) -tags e2e -skip '^TestLighthouse' $(filter-out $(raced:./%=joinery/%),$(shell go list -tags e2e ./...))
	go test -count=1 $(patience) -tags e2e -run '^TestLighthouse' ./app/e2e/pages

# The packages whose tests need a browser.
browsing := %/e2e/browser %/e2e/pages

## race: runs every test that needs no browser with the race detector
race: compiler programs
	go test -race -count=1 $(patience) -tags e2e $(or $(filter-out $(browsing),$(shell go list -tags e2e ./...)),$(error go list finds no packages))

## soak: shows under faults and attacks what must hold, and prints a table of it
# Takes about half an hour on two cores that do nothing else. make soak row=Redis makes only
# the rows with that word.
soak: compiler programs
	go run ./app/e2e/soak/table $(row)

## shots: takes pictures of every page in every state, for shots/index.html
shots: compiler
	@.ci/need chromium-headless-shell command -v chromium-headless-shell
	@$(call say-if-long,)
	@rm -rf shots
	SHOTS=$(CURDIR)/shots go test -vet=off -count=1 $(patience) -tags e2e,shots -run '^TestShots$$' ./app/e2e/pages
	@echo "Open shots/index.html in a browser."

## lint: says what is not in the house style; .golangci.yml holds the choice
lint: compiler
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "Run gofmt -w on:" $$unformatted >&2; exit 1; }
	@$(call say-if-long,)
	go vet ./...
	go vet -tags e2e,shots,soak ./...
	@if command -v golangci-lint >/dev/null; then golangci-lint run --build-tags e2e,shots,soak ./...; \
	else echo "golangci-lint is not installed: left out."; fi

# The packages of the typefaces. Their versions stand in the names of the files too.
typefaces := @fontsource/atkinson-hyperlegible-next@5.3.0 @fontsource/source-serif-4@5.3.1

## fonts: makes the fonts in static and app/typeface anew, from the packages of npm
fonts:
	@.ci/need npm command -v npm
	@.ci/need "fonttools python3-brotli" /usr/bin/python3 -c "import brotli, fontTools.subset"
	@rm -rf bin/fonts
	@mkdir -p bin/fonts
	@cd bin/fonts && for package in $(typefaces); do file=$$(npm pack --silent $$package) && tar -xzf $$file && \
		name=$${package#@*/} && mv package $${name%@*} || exit; done
	@.ci/fonts bin/fonts static app/typeface

## clean: removes what was built, but no data
clean:
	rm -rf bin shots

# compiler makes sure of a C compiler and of the C library, also the static one.
compiler: go
	@.ci/need "gcc libc6-dev" sh -c 'echo "int main(void) { return abs(0); }" | $$(go env CC) $(if $(static),-static) -include stdlib.h -x c - -o /dev/null'

# programs makes sure of the programs that tests use.
programs:
	@.ci/need redis-server command -v redis-server
	@.ci/need chromium-headless-shell command -v chromium-headless-shell
	@.ci/need "lynx w3m links elinks" sh -c 'command -v lynx && command -v w3m && command -v links && command -v elinks'
	@.ci/need firefox-esr command -v firefox-esr
	@.ci/need "poppler-utils qpdf" sh -c "command -v pdfinfo && command -v qpdf"
	@.ci/need "systemd nginx-light caddy prometheus" sh -c 'PATH=$$PATH:/usr/sbin; command -v systemd-analyze && command -v nginx && command -v caddy && command -v promtool'
	@.ci/need docker-compose command -v docker-compose
	@.ci/need "hunspell hunspell-en-ca hunspell-fr" sh -c 'hunspell -d en_CA -l /dev/null && hunspell -d fr -l /dev/null'

# checkers makes sure of the programs that look at pages in tests.
checkers:
	@.ci/need default-jre-headless command -v java
	@.ci/need nodejs command -v node
	@.ci/need npm command -v npm
	@cd app/e2e/pages/testdata/checkers && { test node_modules/.package-lock.json -nt package-lock.json || npm ci; }

go:
	@command -v go >/dev/null || { echo "Joinery needs Go 1.26 or later: install it, or put it on the PATH." >&2; exit 1; }

# say-if-long warns before a build in which SQLite is not in Go's cache yet:
# then, and only then, a dry run has something to print.
define say-if-long
if go build -n $(1) github.com/mattn/go-sqlite3 2>&1 | grep -q .; then \
	echo "The first build takes a minute or two: SQLite is being compiled."; fi
endef
