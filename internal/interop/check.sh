#!/usr/bin/env bash
#
# Lets other people's software read what the library writes, and compares what it
# read with the plan: Debian's python3-icalendar, python3-vobject and libical, and
# npm's ical.js. It needs Go, node, npm and Debian, installs the readers, and fails
# where it cannot: it skips nothing.
#
#   bash internal/interop/check.sh
#
# Where a reader gets it wrong is in testdata/differences.txt, all of it. After a
# look at what has changed, REGIMEN_UPDATE=1 writes it anew.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

packages=(python3-icalendar python3-vobject libical-dev pkg-config gcc libc6-dev)

# missing prints the packages that are not installed.
missing() {
	local package
	for package in "${packages[@]}"; do
		[[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s ' "$package"
	done
}

# fail says what is missing and, to a person, how to get it.
fail() {
	printf 'FAIL: %s\n' "$1" >&2
	[[ ${CI:-} == true ]] || printf 'To install it: %s\n' "$2" >&2
	exit 1
}

for tool in go node npm dpkg-query; do
	command -v "$tool" >/dev/null || fail "$tool is missing" "see the documentation of your system for $tool"
done

needed=$(missing)
if [[ -n $needed ]]; then
	root=()
	((EUID == 0)) || root=(sudo -n)
	# The script fails below where this could not install what is needed.
	# shellcheck disable=SC2086 # a list of packages
	"${root[@]}" apt-get update -qq &&
		"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $needed >/dev/null || true
	needed=$(missing)
	[[ -z $needed ]] || fail "missing: $needed" "sudo apt-get install $needed"
fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
# shellcheck disable=SC2046 # a list of flags
gcc -Wall -Werror -Wno-deprecated-declarations -o "$build/read_libical" readers/read_libical.c $(pkg-config --cflags --libs libical)

options=(-libical "$build/read_libical")
[[ -z ${REGIMEN_UPDATE:-} ]] || options+=(-update)
go vet -tags outside ./...
go test -tags outside -count=1 . "${options[@]}"
