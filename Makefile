# The commands of the project. `make run` and `make demo` start it; `make test` checks everything.
CARGO ?= cargo
DATABASE ?= room/dateline.db
DEMO_DATABASE ?= room/demo.db
LISTEN ?= 127.0.0.1:8080

.PHONY: run demo build assets test lint unit fuzz smtp exiftool browser chromium shots bench clean

run: build
	@mkdir -p $(dir $(DATABASE))
	./target/release/dateline serve --database $(DATABASE) --listen $(LISTEN)

demo: build
	@mkdir -p $(dir $(DEMO_DATABASE))
	./target/release/dateline demo --database $(DEMO_DATABASE) --listen $(LISTEN)

build: assets
	$(CARGO) build --release --locked

# What npm brings, built into assets/dist; made again only when something in assets changed.
assets: assets/dist/manifest.json

assets/dist/manifest.json: assets/package.json assets/package-lock.json assets/build.mjs assets/cards.mjs assets/fonts.mjs $(shell find assets/css assets/js assets/icons -type f 2>/dev/null)
	cd assets && npm ci --no-audit --no-fund --loglevel=error && node build.mjs
	@touch $@

test: assets lint unit fuzz browser

lint:
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets -- --deny warnings

unit: smtp exiftool
	$(CARGO) test --locked

# A minute of photos and captions mangled by chance: half for the reader of files, half for the splitter
# of captions. DATELINE_FUZZ_SEED begins elsewhere.
fuzz:
	DATELINE_FUZZ_SECONDS=$${DATELINE_FUZZ_SECONDS:-30} $(CARGO) test --locked --lib -- --test-threads=1 media::mangled

# The real mail server that the tests of mails send to.
smtp:
	@sh tests/smtp/ready.sh

# What the tests of photos plant words with, and look for them.
exiftool:
	@sh tests/exiftool/ready.sh

# The real pages in a real browser: Debian's Chromium, driven by the tests in tests/browser. The
# binary is the one that the other tests were built with, so that nothing is compiled twice.
browser: chromium
	$(CARGO) test --locked --no-run
	cd tests/browser && npm ci --no-audit --no-fund --loglevel=error && node --test --test-concurrency=1

chromium:
	@sh tests/browser/chromium.sh

# Screenshots of the main pages, for looking at: tests/browser/shots.
shots: assets chromium
	$(CARGO) test --locked --no-run
	cd tests/browser && npm ci --no-audit --no-fund --loglevel=error && node shots.mjs

# How fast it serves, beside nginx with the same bytes, and how long a large photo takes; the tables go into
# BENCHMARKS.md. ITEMS=100000 fills a room of that many; ROUNDS, SECONDS, REQUESTS and PHOTOS make it shorter.
bench: assets
	@sh benches/ready.sh
	$(CARGO) bench --locked --bench serving
	$(CARGO) bench --locked --bench pictures

clean:
	$(CARGO) clean
	rm -rf assets/dist assets/node_modules tests/browser/node_modules tests/browser/shots tests/smtp/.venv
