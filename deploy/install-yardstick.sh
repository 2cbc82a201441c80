#!/usr/bin/env bash
# Puts numpy and scipy, the yardstick of the follow-up engine, in a folder of the build's own, when they are not there;
# where Python cannot make such a folder, through the package manager. Without them the benches say so and go on.
set -euo pipefail

cd "$(dirname "$0")/.."
own=target/yardstick/bin/python3
has() { "$1" -c 'import numpy, scipy' 2>/dev/null; }
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

if has "$own" || has python3; then exit 0; fi
echo "numpy and scipy are missing; installing them."
if python3 -m venv target/yardstick && "$own" -m pip install --quiet numpy scipy; then exit 0; fi
rm -rf target/yardstick
if command -v apt-get >/dev/null; then
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q python3-numpy python3-scipy || true
fi
has python3 || echo "They could not be installed: the follow-up is measured without its yardstick." >&2
