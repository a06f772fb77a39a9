#!/usr/bin/env bash
#
# The library's own tests, with their golden files, where words are narrower and the
# system is another than on amd64: WebAssembly under Node (js/wasm), and 386 and arm64
# where this machine or Debian's qemu-user runs them; else these are compiled and not run.
# The golden files are the same, so the bytes are.
#
#   bash internal/portability/check.sh        what is cheap, as CI does
#   bash internal/portability/check.sh all    every package of the library

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

packages=(./internal/civil ./schedule/clinic)
[[ ${1:-} != all ]] || mapfile -t packages < <(go list ./dose ./protocol/... ./schedule/... ./internal/civil ./internal/course ./internal/document)

command -v node >/dev/null || { printf 'FAIL: node is missing\n' >&2; exit 1; }

# Arguments and environment have little room there.
printf 'js/wasm under Node\n'
wasm=$(go env GOROOT)/lib/wasm/go_js_wasm_exec
GOOS=js GOARCH=wasm go test -short -timeout 60m -exec "env -i PATH=$PATH HOME=$HOME $wasm" "${packages[@]}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf 'package main\n\nfunc main() {}\n' >"$work/main.go"
for pair in 386:qemu-i386 arm64:qemu-aarch64; do
	export GOARCH=${pair%:*}
	emulator=${pair#*:}
	go build -o "$work/main" "$work/main.go"
	if "$work/main" 2>/dev/null; then
		printf '%s\n' "$GOARCH"
		go test -short -timeout 60m "${packages[@]}"
	elif command -v "$emulator" >/dev/null; then
		printf '%s by %s\n' "$GOARCH" "$emulator"
		go test -short -timeout 60m -exec "$emulator" "${packages[@]}"
	else
		printf '%s: this machine does not run it and has no %s: compiled, not run\n' "$GOARCH" "$emulator"
		go build "${packages[@]}"
	fi
done
