#!/usr/bin/env bash
#
# Lets other people's software read what schedule/fhir writes: @medplum/core, the R4
# definitions by fhirpath.js, the official JSON schema by ajv, UCUM by ucum-lhc, and
# samply's Go models, which must lose nothing; own.mjs has rules that no reader has,
# written apart from those of the library. The Bundles are those of the tests: every
# entry of the catalogue and living plans in every state. A warning is a failure. What
# published profiles object to is in profiles.txt, all of it. The server of examples/fhir
# is read back by the client of @medplum/core. It needs Go, node and npm, installs the
# readers, and fails where it cannot: it skips nothing.
#
#   bash internal/interop/fhir/check.sh
#
# After a look at what profiles have changed, REGIMEN_UPDATE=1 writes profiles.txt anew.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$(cd ../../.. && pwd)
bundles=$(mktemp -d)
work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server"; rm -rf "$bundles" "$work"' EXIT

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
	out=$(node "$checker.mjs" "${files[@]}" 2>"$work/log") || failed=1
	if grep -v $'\tOK$' <<<"$out"; then failed=1; fi
	[[ $(grep -c $'\tOK$' <<<"$out") == "${#files[@]}" ]] || { failed=1; printf 'FAIL: %s\n' "$checker" >&2; tail -5 "$work/log" >&2; }
done
(cd goread && go build -o "$work/goread" .)
out=$("$work/goread" "${files[@]}" 2>&1) || failed=1
if grep -v $'\tOK$' <<<"$out"; then failed=1; fi
((failed == 0)) || exit 1
printf 'accepted by all\n'

# Packages of profiles depend on others that npm does not have: they are unpacked, not
# installed.
profiles=(hl7.fhir.au.base-6.0.0 hl7.fhir.us.mcode-4.0.0 hl7.fhir.uv.ips-2.0.0)
for package in "${profiles[@]}"; do
	npm pack --silent --pack-destination "$work" "${package%-*}@${package##*-}" >/dev/null
done
(cd "$work" && sha256sum --quiet --check -) <profiles.sha256
for package in "${profiles[@]}"; do
	mkdir "$work/${package%-*}"
	tar -xzf "$work/$package.tgz" -C "$work/${package%-*}" --strip-components=1
done
node profiles.mjs "$work" "${files[@]}" | cut -c -400

# One plan that is under way and one that is over.
(cd "$root" && go build -o "$work/fhir" ./examples/fhir)
for plan in hold-with-visits whole-course; do
	from=$root/schedule/testdata/releases/plan-format-1/$plan
	arguments=(-clinic "$from/clinic.json" -protocol "$from/protocol.json" "$from/plan.json")
	"$work/fhir" bundle "${arguments[@]}" >"$work/$plan.json"
	# A file of its own for each server: another's address would be read as this one's.
	"$work/fhir" serve "${arguments[@]}" >"$work/$plan.address" &
	server=$!
	for _ in {1..100}; do
		[[ ! -s $work/$plan.address ]] || break
		sleep 0.1
	done
	[[ -s $work/$plan.address ]] || { printf 'FAIL: no address of the server after 10 s\n' >&2; exit 1; }
	node server.mjs "$(cat "$work/$plan.address")" "$work/$plan.json"
	kill "$server"
	wait "$server" || true
	server=
done
