#!/usr/bin/env bash
#
# Makes the page of the playground and opens it in Debian's Chromium: completion, errors
# at their lines, every form, events, links, without a network, by keyboard, on a phone,
# in dark colours, with axe-core, and with nothing asked of anybody. It needs Go, node,
# npm, zstd and Debian, installs the rest, and fails where it cannot: it skips nothing.
#
#   bash examples/playground/check.sh [FOLDER FOR PICTURES]
#
# When the first plan is there is printed; with REGIMEN_FIRST_PLAN_MS=2000, for a
# machine with nothing else to do, it has to be there within so many ms.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pictures=${1:-$work}
most=3000000 # bytes, as a server sends the page

missing=()
command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
command -v zstd >/dev/null || missing+=(zstd)
if ((${#missing[@]} > 0)); then
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
(cd ../.. && go run ./examples/playground -out "$work/playground.html" -sizes)
size=$(gzip -9 -c "$work/playground.html" | wc -c)
((size < most)) || { printf 'FAIL: %d bytes\n' "$size" >&2; exit 1; }
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
node check.mjs "$work/playground.html" "$pictures"
