#!/usr/bin/env bash
#
# Looks at the pages of schedule/sheet with other people's software: Debian's
# Chromium with axe-core, which finds what keeps people from using a page, and
# html-validate. It needs Go, node, npm and Debian, installs the rest, and fails
# where it cannot: it skips nothing.
#
#   bash internal/interop/pages/check.sh
#
# The pages are those that examples/page writes, in every language, and those in
# schedule/sheet/testdata, which have every state of a visit. Each is looked at
# as wide as a desk and as a phone, and printed on A4 and Letter.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$(cd ../../.. && pwd)
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT

missing=()
command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
command -v pdfinfo >/dev/null || missing+=(poppler-utils)
fc-list 2>/dev/null | grep -q 'Noto Sans Arabic' || missing+=(fonts-noto-core)
if ((${#missing[@]} > 0)); then
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
if grep -q '"resolved"' package-lock.json; then
	printf 'FAIL: package-lock.json has addresses: take them out, so that npm asks the registry it is set up for\n' >&2
	exit 1
fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

page() {
	local name=$1
	shift
	mkdir "$pages/$name"
	(cd "$root" && go run ./examples/page -out "$pages/$name" "$@" >/dev/null)
	mv "$pages/$name/visits.html" "$pages/example-$name.html"
	rm -r "${pages:?}/$name"
}
page en-US -contact '555 0100' -contact 'desk@example.org'
page en-GB -locale en-GB -zone Europe/London -names -during -doses -worksheets
for tag in de es ar; do
	page "$tag" -locale "$tag" -words "examples/page/words-$tag.json" -contact '555 0100' -during
done
long=$(printf 'a%.0s' {1..10000})
sed "s/: \".*\"/: \"$long\"/" "$root/examples/page/words-de.json" >"$pages/words.json"
page long -locale de -words "$pages/words.json" -title "$long" -contact "$long"
mv "$pages/example-long.html" "$pages/long.html"
cp "$root"/schedule/sheet/testdata/*.html "$pages"

printf 'html-validate\n'
npx --no-install html-validate --config .htmlvalidate.json "$pages"/*.html
node axe.mjs "$pages"/*.html

# A page with faults is found out, or the checks above would mean nothing.
printf 'a page with faults\n'
sed -e 's/<html lang="[^"]*"/<html/' -e 's/#47525e/#c9d0d7/g' -e 's/<th scope="col">/<td>/' -e 's/^body {/& min-width: 1100px;/' \
	-e 's/^h1 {/& width: 3rem; word-break: break-all;/' -e 's/^s {/b, & text-decoration: line-through;/' -e 's/table-layout: fixed/color: inherit/' "$pages/example-en-US.html" >"$pages/faults.html"
if found=$(node axe.mjs "$pages/faults.html"); then
	printf '%s\nFAIL: nothing was found\n' "$found" >&2
	exit 1
fi
for fault in 'html-has-lang' 'color-contrast' 'px wide' 'broken word' 'struck through' 'has days of'; do
	grep -q "$fault" <<<"$found" || { printf '%s\nFAIL: %s was not found\n' "$found" "$fault" >&2; exit 1; }
done
if npx --no-install html-validate --config .htmlvalidate.json "$pages/faults.html" >/dev/null; then
	printf 'FAIL: html-validate found nothing\n' >&2
	exit 1
fi
printf 'was found out\n'
