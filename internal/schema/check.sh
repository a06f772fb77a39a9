#!/usr/bin/env bash
#
# Lets somebody else's validator, ajv, compare what the library writes with the schemas
# that it ships, at every step of every story, and the files of the examples; then all of
# it broken, which has to be refused. Types that json-schema-to-typescript makes of the
# schemas have to compile, and to read a plan. It needs Go, node and npm, and fails
# where they are missing: it skips nothing.
#
#   bash internal/schema/check.sh

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$PWD/../..

for tool in go node npm; do
	command -v "$tool" >/dev/null || { printf 'FAIL: %s is missing\n' "$tool" >&2; exit 1; }
done
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/lines" "$work/out" "$work/types"

(cd "$root" && REGIMEN_STORY_LINES="$work/lines" go test -count=1 -run '^TestStories$' ./examples/plan)
go run ./write "$work/lines" "$work/out"

schemas=$root/schedule/schemas
for schema in "$schemas"/*.json; do
	name=$(basename "$schema" .json)
	documents=()
	[[ ! -e $work/out/$name.ndjson ]] || documents+=("$work/out/$name.ndjson")
	case $name in
	record) documents+=("$root"/examples/record/testdata/{clean,deviates}.json) ;;
	esac
	node validate.mjs "$schema" "${documents[@]}"
done
node validate.mjs "$root/schedule/clinic/schema.json" "$work/out/clinic.ndjson" "$root"/examples/{living,record}/testdata/clinic.json
node validate.mjs "$root/protocol/schema.json" "$work/out/protocol.ndjson" "$root"/protocol/catalog/*.json "$root"/examples/living/testdata/{protocol,spray}.json

node types.mjs "$work/types" "$schemas"/*.json "$root/schedule/clinic/schema.json" "$root/protocol/schema.json"
cp read.ts "$work"
ln -s "$PWD/node_modules" "$work/node_modules"
(cd "$work" && npx --no-install tsc --strict --noEmitOnError --module nodenext --moduleResolution nodenext --target es2022 --skipLibCheck false --types node read.ts types/*.d.ts)
node "$work/read.js" "$work/out/plan.ndjson" "$work/out/status.ndjson" "$work/out/events.ndjson"
