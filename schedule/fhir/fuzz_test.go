package fhir_test

import (
	"encoding/json"
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/fhir"
)

// FuzzTiming reads anything as a Timing: nothing panics, every error is a refusal that
// the table has, what is listed is in order and asked for, and what was read is written
// and read as the same.
func FuzzTiming(f *testing.F) {
	src, err := os.ReadFile("testdata/published.json")
	require.NoError(f, err)
	var published []publishedTiming
	require.NoError(f, json.Unmarshal(src, &published))
	for _, p := range published {
		f.Add([]byte(p.Timing))
	}
	for _, tt := range malformed {
		if len(tt.src) < 1000 {
			f.Add([]byte(tt.src))
		}
	}
	for _, name := range []string{"testdata/cases.json", "testdata/worked.json"} {
		for _, c := range readCases(f, name) {
			if c.Timing != nil {
				f.Add([]byte(c.Timing))
			}
		}
	}
	start, until := schedule.MustDate("2026-01-05"), schedule.MustDate("2026-12-31")
	f.Fuzz(mangle.Target(func(t *testing.T, src []byte) {
		timing, err := fhir.ParseTiming(src)
		if err != nil {
			known(t, err)
			return
		}
		text, err := json.Marshal(&timing)
		require.NoError(t, err)
		again, err := fhir.ParseTiming(text)
		require.NoError(t, err, "%s", text)
		require.Equal(t, timing, again)
		for _, options := range []fhir.Options{
			{Start: fhir.OnDay(start), Until: until},
			{Until: until, Ranges: fhir.High},
			{Start: fhir.OnDay(start), Ranges: fhir.Low, DaysOfCycle: []int{1, 3}},
		} {
			e, err := timing.Expand(options)
			if err != nil {
				known(t, err)
				continue
			}
			require.LessOrEqual(t, len(e.Dates)+len(e.Times), fhir.MaxOccurrences)
			require.LessOrEqual(t, len(e.Instants), fhir.MaxOccurrences)
			for i, d := range e.Dates {
				require.True(t, i == 0 || e.Dates[i-1] < d)
				require.True(t, options.Until == 0 || d <= options.Until)
			}
			for i, at := range e.Instants {
				require.True(t, i == 0 || e.Instants[i-1].Before(at))
			}
		}
	}))
}

// known holds an error to being a refusal of the table.
func known(t *testing.T, err error) {
	t.Helper()
	refusal, ok := errors.AsType[*fhir.Refusal](err)
	require.True(t, ok, "%T", err)
	require.NotEmpty(t, refusal.Code.Want(), refusal.Code)
	require.NotEmpty(t, refusal.At)
}

// FuzzDosages reads anything as a list of Dosages, as FuzzTiming does, and drafts what
// was read: a draft compiles.
func FuzzDosages(f *testing.F) {
	for _, name := range []string{"testdata/dosage.json", "testdata/worked.json"} {
		for _, c := range readCases(f, name) {
			if c.Dosage != nil {
				f.Add([]byte(c.Dosage))
			}
		}
	}
	start, until := schedule.MustDate("2026-01-05"), schedule.MustDate("2027-12-31")
	f.Fuzz(mangle.Target(func(t *testing.T, src []byte) {
		dosages, err := fhir.ParseDosages(src)
		if err != nil {
			known(t, err)
			return
		}
		text, err := json.Marshal(dosages)
		require.NoError(t, err)
		again, err := fhir.ParseDosages(text)
		require.NoError(t, err, "%s", text)
		require.Equal(t, dosages, again)
		phases, err := fhir.Phases(dosages, fhir.Options{Start: fhir.OnDay(start), Until: until, Ranges: fhir.High})
		if err != nil {
			known(t, err)
			return
		}
		draft, err := fhir.NewDraft(phases)
		if err != nil {
			known(t, err)
			return
		}
		_, err = draft.Spec.Compile()
		require.NoError(t, err)
	}))
}
