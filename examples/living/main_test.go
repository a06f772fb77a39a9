package main

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
	"github.com/regimen-go/regimen/schedule"
)

var update = flag.Bool("update", false, "write the golden file anew")

func TestGolden(t *testing.T) {
	const golden = "testdata/story.txt"
	var out bytes.Buffer
	require.NoError(t, run(&out))
	if *update {
		require.NoError(t, os.WriteFile(golden, out.Bytes(), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String())
}

// The protocols say of themselves what they are.
func TestProtocolsAreTestData(t *testing.T) {
	for name, file := range map[string][]byte{"protocol.json": protocolFile, "spray.json": sprayFile} {
		spec, err := protocol.Parse(name, file)
		require.NoError(t, err)
		assert.True(t, strings.HasPrefix(spec.Title, "Test data: "), name)
		assert.True(t, strings.HasPrefix(spec.ID, "test-data-"), name)
		assert.Equal(t, string(protocol.Format(spec)), string(file))
	}
}

// Only what the sources leave open is made up.
func TestRulesAreMadeUp(t *testing.T) {
	spec, err := protocol.Parse("protocol.json", protocolFile)
	require.NoError(t, err)
	for _, rule := range spec.Missed {
		i := slices.IndexFunc(spec.Sources, func(s protocol.Source) bool { return s.Key == rule.Source })
		require.NotEqual(t, -1, i, rule.Source)
		assert.Contains(t, spec.Sources[i].Citation, "Test data")
	}
}

// What the file's notes say is taken from the catalogue is what the catalogue has.
func TestTakenFromTheCatalogue(t *testing.T) {
	spec, err := protocol.Parse("protocol.json", protocolFile)
	require.NoError(t, err)
	counts := func(phases ...protocol.Phase) (list []int) {
		for _, phase := range phases {
			for _, segment := range phase.Cadence.Segments() {
				for week := range segment.Weeks() {
					list = append(list, segment.Count(week))
				}
			}
		}
		return list
	}
	taper, ok := catalog.Lookup("ketamine-iv-taper")
	require.True(t, ok)
	assert.Equal(t, []int{3, 2, 1, 1, 1}, counts(taper.Phases[0]))
	assert.Equal(t, counts(taper.Phases[0]), counts(spec.Phases[:2]...))

	infusion, ok := catalog.Lookup("ketamine-iv-murrough")
	require.True(t, ok)
	rate, _, _ := strings.Cut(infusion.Phases[0].Dose.String(), " of ")
	for _, phase := range spec.Phases {
		assert.Equal(t, infusion.Phases[0].Visit.Administration, phase.Visit.Administration)
		assert.True(t, strings.HasPrefix(phase.Dose.String(), rate+" of "), "%s, %s", phase.Dose, rate)
	}
}

// So it is with the spray.
func TestSprayTakenFromTheCatalogue(t *testing.T) {
	spec, err := protocol.Parse("spray.json", sprayFile)
	require.NoError(t, err)
	from, ok := catalog.Lookup("esketamine-nasal-month-then-every-2-weeks")
	require.True(t, ok)
	assert.Equal(t, from.Drug, spec.Drug)
	assert.Equal(t, from.Route, spec.Route)
	assert.Equal(t, from.Phases[1].Cadence.String(), spec.Phases[0].Cadence.String())
}

// The first error is the one that the program reports, with the day, and nothing
// is told after it.
func TestFirstErrorEndsTheStory(t *testing.T) {
	var out bytes.Buffer
	teller := &teller{out: &out, today: schedule.MustDate("2025-01-06")}
	teller.check(assert.AnError)
	teller.check(os.ErrNotExist)
	teller.tell("nothing")
	require.ErrorIs(t, teller.err, assert.AnError)
	assert.Equal(t, "on Mon 2025-01-06: "+assert.AnError.Error(), teller.err.Error())
	assert.Empty(t, out.String())
}

func TestWrapped(t *testing.T) {
	for _, tt := range []struct{ prefix, text, want string }{
		{"", "one", "one\n"},
		{"  a: ", "one two", "  a: one two\n"},
		{"  ", strings.Repeat("x", 98), "  " + strings.Repeat("x", 98) + "\n"},
		{"  ", strings.Repeat("x", 96) + " y", "  " + strings.Repeat("x", 96) + " y\n"},
		{"  ", strings.Repeat("x", 97) + " y", "  " + strings.Repeat("x", 97) + "\n  y\n"},
	} {
		assert.Equal(t, tt.want, wrapped(tt.prefix, tt.text))
	}
}
