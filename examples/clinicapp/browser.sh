#!/usr/bin/env bash
#
# Clicks through the app in Debian's Chromium, and looks at every page with axe-core. It needs Go,
# npm and Debian, installs the rest, and fails where it cannot: it skips nothing.
#
#   bash browser.sh             pictures of all pages go to a folder that it names in the end
#   bash browser.sh -run Year   one test

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
checks=$(cd ../../internal/interop/pages && pwd)

if ! command -v chromium-headless-shell >/dev/null; then
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null
fi
# The axe-core that looks at the pages of schedule/sheet.
[[ -f $checks/node_modules/axe-core/axe.min.js ]] || (cd "$checks" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)

pictures=${CLINICAPP_PICTURES:-$(mktemp -d)}
mkdir -p "$pictures"
AXE=$checks/node_modules/axe-core/axe.min.js go test -tags browser -count=1 -timeout 10m -artifacts -outputdir "$pictures" "$@" ./browser
printf 'pictures are in %s\n' "$pictures"
