#!/usr/bin/env bash
#
# Runs the tests against a PostgreSQL server of their own, which listens to no network and
# is gone afterwards. It needs Go and Debian, installs postgresql, and fails where it cannot:
# it skips nothing. Arguments are those of the tests:
#
#   bash postgres.sh
#   bash postgres.sh -run TestMany -v -args -patients 100000

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
fi
bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
dir=$(mktemp -d)
as=()
if [[ $(id -u) == 0 ]]; then # as whom PostgreSQL does not run
	chown postgres "$dir"
	as=(runuser -u postgres --)
fi
"${as[@]}" "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C >/dev/null
trap '"${as[@]}" "$bin/pg_ctl" -D "$dir/data" -m fast -w stop >/dev/null; rm -rf "$dir"' EXIT
"${as[@]}" "$bin/pg_ctl" -D "$dir/data" -o "-k $dir -c listen_addresses=''" -l "$dir/log" -w start >/dev/null

STORING_POSTGRES="postgres:///postgres?host=$dir&user=postgres" go test -count=1 . "$@"
