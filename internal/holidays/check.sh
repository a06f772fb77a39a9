#!/usr/bin/env bash
#
# Compares the clinic files in examples/clinics with other sources of holidays:
# npm's date-holidays and Debian's python3-holidays. It needs Go, node, npm and
# Debian, installs the sources, and fails where it cannot: it skips nothing.
#
#   bash internal/holidays/check.sh
#
# Where the sources differ is in testdata/differences.txt, all of it.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! /usr/bin/python3 -c 'import holidays' 2>/dev/null; then
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-holidays >/dev/null
fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
go vet -tags outside ./...
go test -tags outside -count=1 ./...
