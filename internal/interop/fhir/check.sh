#!/usr/bin/env bash
#
# Lets other people's software read what schedule/fhir writes: @medplum/core, the R4
# definitions by fhirpath.js, the official JSON schema by ajv, UCUM by ucum-lhc, and
# samply's Go models, which must lose nothing; own.mjs has rules that no reader has,
# written apart from those of the library. The Bundles are those of the tests: every
# entry of the catalogue and living plans in every state. A warning is a failure. It
# needs Go, node and npm, installs the readers, and fails where it cannot: it skips
# nothing.
#
#   bash internal/interop/fhir/check.sh

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$(cd ../../.. && pwd)
bundles=$(mktemp -d)
trap 'rm -rf "$bundles"' EXIT

for tool in go node npm; do
	command -v "$tool" >/dev/null || { printf 'FAIL: %s is missing\n' "$tool" >&2; exit 1; }
done
if grep -q '"resolved"' package-lock.json; then
	printf 'FAIL: package-lock.json has addresses: take them out, so that npm asks the registry it is set up for\n' >&2
	exit 1
fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

(cd "$root" && go test ./schedule/fhir -run '^TestBundlesOf' -count=1 -bundles "$bundles" >/dev/null)
files=("$bundles"/*.json)
printf '%d Bundles\n' "${#files[@]}"
failed=0
for checker in medplum bind schema ucum own; do
	out=$(node "$checker.mjs" "${files[@]}" 2>"$bundles/log") || failed=1
	if grep -v $'\tOK$' <<<"$out"; then failed=1; fi
	[[ $(grep -c $'\tOK$' <<<"$out") == "${#files[@]}" ]] || { failed=1; printf 'FAIL: %s\n' "$checker" >&2; tail -5 "$bundles/log" >&2; }
done
(cd goread && go build -o "$bundles/goread" .)
out=$("$bundles/goread" "${files[@]}" 2>&1) || failed=1
if grep -v $'\tOK$' <<<"$out"; then failed=1; fi
((failed == 0)) || exit 1
printf 'accepted by all\n'
