#!/usr/bin/env bash
# Installs PostgreSQL 15 or newer through the system's package manager, when it is not there. Starts no server.
set -euo pipefail

found() {
    local folder
    for folder in "$(pg_config --bindir 2>/dev/null || true)" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin \
        /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin; do
        if [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/pgbench" ]; then
            [ "$("$folder/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')" -ge 15 ] && return 0
        fi
    done
    return 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

if found; then exit 0; fi
echo "PostgreSQL 15 or newer is missing; installing it."
if command -v apt-get >/dev/null; then
    # The package would otherwise start a server of its own on the ordinary port.
    as_root mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo "create_main_cluster = false" | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    as_root apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q postgresql postgresql-contrib
elif command -v brew >/dev/null; then
    brew install postgresql@17
elif command -v dnf >/dev/null; then
    as_root dnf install -y postgresql-server postgresql-contrib
else
    echo "No known package manager: install PostgreSQL 15 or newer, with pgbench, and try again." >&2
    exit 1
fi
found || { echo "PostgreSQL was installed, but 15 or newer is not found." >&2; exit 1; }
