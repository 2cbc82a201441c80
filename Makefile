# Two commands: `make run` and `make test`. The rest is for those who build Samlad.

GUARD ?= ../shared/guard
CHECKS ?= ../shared/api-checks
POLICE ?= ../shared/real/police-events-orebro.csv

.PHONY: run test check bench guard-score effects-calibration fuzz bless api-checks contract clean

## Build, start a private PostgreSQL with a demonstration programme, serve it, and print what to try.
run: postgresql
	@cargo build --quiet --package samlad
	@exec ./target/debug/samlad demo

## Build and pass every test that can pass on this machine.
test: postgresql
	cargo build --workspace --bins
	cargo test --workspace --no-fail-fast

## What a change must pass: format, lints, tests, dependencies.
check: postgresql
	cargo xtask check

## Measure intake, reading, rebuild, guard and follow-up beside their yardsticks.
bench: postgresql
	@deploy/install-yardstick.sh
	cargo build --release --package samlad --package tests --bins
	./target/release/bench

## Score the guard on the labelled texts: the table per class, and what it missed.
guard-score:
	cargo build --release --package samlad
	@python3 $(GUARD)/score.py $(GUARD)/shared.jsonl --cmd './target/release/samlad screen' --misses 20

## Count how often the follow-up calls a change where nothing was done, and how much of a reduction it finds.
effects-calibration:
	@cargo run --release --quiet -p effects --example calibration -- $(POLICE)

## Fuzz the guard; SECONDS=60 for a shorter run.
fuzz:
	@deploy/fuzz.sh $(or $(SECONDS),600)

## Refresh the snapshots that are reviewed: contract, permissions, event samples.
bless:
	cargo xtask bless

contract:
	@BLESS=1 cargo test --quiet --package tests --test contract openapi

## The checks by others' tools: linters, generated clients, fuzzing with two organisations' tokens.
api-checks: postgresql
	@cargo build --quiet --package samlad
	@CHECKS="$(CHECKS)" deploy/api-checks.sh

clean:
	cargo clean

.PHONY: postgresql
postgresql:
	@./deploy/install-postgresql.sh
