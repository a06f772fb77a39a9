package fhir_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/fhir"
)

var update = flag.Bool("update", false, "write docs/FHIR.md anew")

// A publishedTiming is one of the Timings in published examples, and how often it is
// there.
type publishedTiming struct {
	N        int
	Timing   json.RawMessage
	Packages []string
	Where    []string
}

// read returns what a published Timing is read as, from its own start or a Monday on,
// for three weeks.
func (p *publishedTiming) read(t *testing.T) (e fhir.Expansion, refusal *fhir.Refusal) {
	t.Helper()
	timing, err := fhir.ParseTiming(p.Timing)
	if err == nil {
		options := fhir.Options{Start: fhir.OnDay(schedule.MustDate("2026-01-05")), Until: schedule.MustDate("2026-01-25")}
		if r := timing.Repeat; r != nil && r.BoundsPeriod != nil && r.BoundsPeriod.Start != "" {
			options.Start = fhir.Moment{}
			options.Until = schedule.MustDate(r.BoundsPeriod.Start[:len("2006-01-02")]) + 20
		}
		e, err = timing.Expand(options)
	}
	if err != nil {
		var ok bool
		refusal, ok = errors.AsType[*fhir.Refusal](err)
		require.True(t, ok, "%v", err)
	}
	return e, refusal
}

// outcome words what a published Timing is read as.
func outcome(e fhir.Expansion, refusal *fhir.Refusal) string {
	if refusal != nil {
		return fmt.Sprintf("`%s` at `%s`", refusal.Code, refusal.At)
	}
	kind := "dates"
	switch {
	case e.Times != nil:
		kind = "clock times"
	case e.Instants != nil:
		kind = "instants"
	}
	if e.By == fhir.Convention {
		kind += " by the library's own days"
	}
	if !e.Cadence.IsZero() {
		kind += fmt.Sprintf(", `%s`", e.Cadence)
	}
	return "**" + kind + "**"
}

// TestPage keeps docs/FHIR.md to what the package does.
func TestPage(t *testing.T) {
	const name = "../../docs/FHIR.md"
	src, err := os.ReadFile("testdata/published.json")
	require.NoError(t, err)
	var published []publishedTiming
	require.NoError(t, json.Unmarshal(src, &published))
	require.Len(t, published, 57)

	var b, table strings.Builder
	all, read, distinct := 0, 0, 0
	slices.SortStableFunc(published, func(a, b publishedTiming) int { return cmp.Compare(b.N, a.N) })
	for _, p := range published {
		e, refusal := p.read(t)
		all += p.N
		if refusal == nil {
			read += p.N
			distinct++
		}
		fmt.Fprintf(&table, "| %d | `%s` | %s | %s |\n", p.N, p.Timing, strings.TrimSuffix(p.Where[0], ".json"), outcome(e, refusal))
	}
	assert.Equal(t, 155, all)
	assert.Equal(t, 55, read)
	assert.Equal(t, 17, distinct)

	b.WriteString(`<!-- Generated from package fhir by its tests; change that and run TestPage with -update. -->

# FHIR

` + "`schedule/fhir`" + ` reads the HL7 FHIR R4 datatypes Timing and Dosage and turns them into days, clock times or instants. What each element means is in the
documentation of the package. What cannot be dated is refused with a code and the path of the element that is the cause. Codes are never renamed and
never reused.

`)
	for _, group := range []struct{ name, title string }{
		{"json", "Refused as JSON"},
		{"shape", "Refused for an element"},
		{"meaning", "Refused for what is not said, or is said twice"},
		{"dosage", "Refused in a list of Dosages"},
		{"bundle", "Found wrong in a Bundle"},
		{"caller", "Refused for what the caller gives, or does not"},
	} {
		fmt.Fprintf(&b, "## %s\n\n| code | wanted |\n| --- | --- |\n", group.title)
		for _, entry := range fhir.Codes() {
			if entry.Group == group.name {
				fmt.Fprintf(&b, "| `%s` | %s |\n", entry.Code, entry.Want)
			}
		}
		b.WriteString("\n")
	}
	b.WriteString(mapping)
	fmt.Fprintf(&b, `## Published Timings

The packages hl7.fhir.r4.examples 4.0.1, hl7.fhir.au.base 6.0.0, hl7.fhir.us.mcode 4.0.0 and hl7.fhir.uv.ips 2.0.0 have %d Timings in their examples, %d of them
distinct. Given a start and a last day, %d (%d distinct) are read; the others do not say what dates need.

| times | Timing | such as in | read as |
| --- | --- | --- | --- |
%s`, all, len(published), read, distinct, table.String())

	if *update {
		require.NoError(t, os.WriteFile(name, []byte(b.String()), 0o644))
	}
	page, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, b.String(), string(page), "go test ./schedule/fhir -run TestPage -update")
}
