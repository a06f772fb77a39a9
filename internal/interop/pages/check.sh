#!/usr/bin/env bash
#
# Looks at the pages of schedule/sheet with other people's software: Debian's
# Chromium with axe-core, which finds what keeps people from using a page, and
# html-validate. It needs Go, node, npm and Debian, installs the rest, and fails
# where it cannot: it skips nothing.
#
#   bash internal/interop/pages/check.sh
#
# The pages are those of TestPages of schedule/sheet: every form, language, state and
# standing, and 6 to 140 sessions. Each is looked at as wide as a desk and as a phone, at
# twice the size, in dark and in forced colours, and printed on A4 and Letter, where it
# may need as many sheets of paper as the name of its file says.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$(cd ../../.. && pwd)
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT

missing=()
command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
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

(cd "$root" && go test ./schedule/sheet -run '^TestPages$' -count=1 -pages "$pages" >/dev/null)
long=$(printf 'a%.0s' {1..1000})
for name in series maintenance score response examplamine intravenous 'the score, against that before visit 1' \
	'no food' 'confirm who takes you home' 'blood pressure' 'somebody takes you home' 'no driving'; do
	printf '"%s": "%s",\n' "$name" "$long"
done | sed -e '1s/^/{/' -e '$s/,$/}/' >"$pages/words.json"
for form in full one-page staff; do
	mkdir "$pages/$form"
	(cd "$root" && go run ./examples/page -out "$pages/$form" -form "$form" -names -drug -locale de -words "$pages/words.json" -title "$long" -contact "$long; $long" \
		-place "$long" -bring "$long" -note "$long" -home "$long" >/dev/null)
	mv "$pages/$form/visits.html" "$pages/long-$form.on99.html"
	rm -r "${pages:?}/$form"
done

printf 'html-validate\n'
npx --no-install html-validate --config .htmlvalidate.json "$pages"/*.html
node axe.mjs "$pages"/*.html

# A page with faults is found out, or the checks above would mean nothing.
printf 'a page with faults\n'
sed -e 's/<html lang="[^"]*"/<html/' -e 's/--muted: #47525e/--muted: #c9d0d7/' -e 's/--muted: #b4bec9/--muted: #3a434d/' -e 's/<th scope="col">/<td>/' \
	-e 's/^body {/& min-width: 1500px;/' -e 's/^h1 {/& width: 3rem; word-break: break-all;/' -e 's/^s {/b, & text-decoration: line-through;/' \
	-e 's/table-layout: fixed/color: inherit/' -e 's/^h2 {/& margin-top: -3rem !important;/' -e 's/^dt {/& height: 1px; overflow: hidden;/' \
	"$pages"/states-en-US.*.html >"$pages/faults.on1.html"
if found=$(node axe.mjs "$pages/faults.on1.html"); then
	printf '%s\nFAIL: nothing was found\n' "$found" >&2
	exit 1
fi
for fault in 'html-has-lang' 'px: color-contrast' 'dark: color-contrast' 'px wide' 'broken word' 'struck through' 'has days of' 'lies over' 'is cut off' 'sheets of paper'; do
	grep -q "$fault" <<<"$found" || { printf '%s\nFAIL: %s was not found\n' "$found" "$fault" >&2; exit 1; }
done
if npx --no-install html-validate --config .htmlvalidate.json "$pages/faults.on1.html" >/dev/null; then
	printf 'FAIL: html-validate found nothing\n' >&2
	exit 1
fi
printf 'was found out\n'
