#!/usr/bin/env bash
#
# Writes docs/sbom.cdx.json, the CycloneDX bill of the modules that a program which
# imports the whole library links, with their licences. A test compares it with
# go.mod; whoever changes that runs this.
#
#   bash tools/sbom.sh

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
GOFLAGS=-mod=mod go run github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0 mod \
	-json -type library -licenses -assert-licenses -std=false -noserial -notimestamp -output docs/sbom.cdx.json .
git diff --exit-code go.mod go.sum
