#!/usr/bin/env bash
# Puts numpy and scipy, the yardstick of the follow-up engine, in a folder of the build's own, when they are not there.
# Without them the benches say so and measure the rest.
set -euo pipefail

cd "$(dirname "$0")/.."
own=target/yardstick/bin/python3
has() { "$1" -c 'import numpy, scipy' 2>/dev/null; }

if has "$own" || has python3; then exit 0; fi
echo "numpy and scipy are missing; installing them."
python3 -m venv target/yardstick && "$own" -m pip install --quiet numpy scipy ||
    echo "They could not be installed: the follow-up is measured without its yardstick." >&2
