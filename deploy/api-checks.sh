#!/usr/bin/env bash
# Runs others' checks on the contract and on a demonstration that is served for the occasion.
# CHECKS: the folder of the checks (lint.sh, clients.sh, fuzz.sh); they install their tools under the home folder.
set -euo pipefail
checks=$(cd "${CHECKS:?the folder of the checks}" && pwd)
[ -d "${API_CHECKS_HOME:-$HOME/.cache/est-api-checks}/node_modules" ] || "$checks/install.sh"

"$checks/lint.sh" openapi/samlad.json
"$checks/clients.sh" openapi/samlad.json

folder=$(mktemp -d)
export SAMLAD_DEVELOPMENT=true SAMLAD_FOLDER=$folder/samlad SAMLAD_LISTEN=127.0.0.1:${PORT:-8089} SAMLAD_QUOTA=1000000
./target/debug/samlad --log warn demo >"$folder/said" 2>"$folder/log" &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf "$folder"' EXIT
until curl -fs "http://$SAMLAD_LISTEN/readyz" >/dev/null; do
    kill -0 "$server" || { cat "$folder/log" >&2; exit 1; }
    sleep 1
done
fuzz() {
    TOKEN=$(./target/debug/samlad token demo-coordinator-1) \
        TOKEN2=$(./target/debug/samlad token demo-police-coordinator-1) \
        EXTRA="$1" "$checks/fuzz.sh" "http://$SAMLAD_LISTEN/samlad/v1"
}
fuzz "--phases examples,coverage,fuzzing"
# Where the fuzzer follows links it finds what is there, and makes up the version that it decided on. That it is stale is
# told with 412 (RFC 9110, 13.1.1), which the fuzzer does not count among the answers to a valid request.
fuzz "--phases stateful --exclude-checks positive_data_acceptance"
