#!/usr/bin/env bash
#
# Makes up 100,000 patients with 1,000,000 events in a database that is thrown away, and has 20
# people use the app at once, on loopback. It takes a quarter of an hour and 2.5 GB of disk.
#
#   bash many.sh

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
go run . fill -db "$folder/many.db" -patients 100000 -events 1000000
go test -count=1 -timeout 20m -run '^TestLoad$' -v . -args -loaddb "$folder/many.db" -patients 100000 -users 20 -requests 100 -think 2s -limit 200ms
