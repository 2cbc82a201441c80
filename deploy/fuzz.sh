#!/bin/sh
# Fuzzes the guard for so many seconds: it never panics, its places lie within the text, and it says the same twice.
# The counters that lead the fuzzer are LLVM's own and work with the stable compiler.
set -eu
seconds="${1:-600}"
cd "$(dirname "$0")/.."
host="$(rustc -vV | sed -n 's/^host: //p')"
corpus=target/fuzz/corpus
mkdir -p "$corpus"
# What the laws call telling texts is a good beginning.
sed -n '/^const TELLING/,/^];/s/^    "\(.*\)",$/\1/p' crates/personal-data/tests/laws.rs |
    { number=0; while IFS= read -r text; do number=$((number + 1)); printf '%s' "$text" > "$corpus/telling-$number"; done; }
RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1" \
    cargo build --quiet --release --manifest-path tests/fuzz/Cargo.toml --target "$host" --target-dir target/fuzz
exec "target/fuzz/$host/release/screen" "$corpus" -max_len=16000 -timeout=5 \
    -max_total_time="$seconds" -print_final_stats=1 -artifact_prefix=target/fuzz/
