package fhir_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/fhir"
)

// A timingCase is a Timing or a list of Dosages, what the caller gives, and what comes
// out: the JSON of an expansion, phases, or a refusal.
type timingCase struct {
	ID, Why     string
	Source      string
	Timing      json.RawMessage
	Dosage      json.RawMessage
	Start       fhir.Moment
	Until       string
	Zone        string
	Ranges      string
	DaysOfCycle []int
	Expect      json.RawMessage
}

// readCases reads a file of cases.
func readCases(t testing.TB, name string) []timingCase {
	t.Helper()
	src, err := os.ReadFile(name)
	require.NoError(t, err)
	var file struct {
		Format string
		Cases  []timingCase
	}
	d := json.NewDecoder(bytes.NewReader(src))
	d.DisallowUnknownFields()
	require.NoError(t, d.Decode(&file))
	return file.Cases
}

// options returns what the caller gives.
func (c *timingCase) options(t testing.TB) fhir.Options {
	t.Helper()
	o := fhir.Options{Start: c.Start, DaysOfCycle: c.DaysOfCycle}
	var err error
	if c.Until != "" {
		o.Until, err = schedule.ParseDate(c.Until)
		require.NoError(t, err)
	}
	if c.Zone != "" {
		o.Zone, err = time.LoadLocation(c.Zone)
		require.NoError(t, err)
	}
	o.Ranges, err = fhir.ParseChoice(c.Ranges)
	require.NoError(t, err)
	return o
}

// answer returns what comes out, as a case has it.
func (c *timingCase) answer(t testing.TB) string {
	t.Helper()
	var out any
	var err error
	if c.Dosage != nil {
		var dosages []fhir.Dosage
		if dosages, err = fhir.ParseDosages(c.Dosage); err == nil {
			var phases []fhir.Phase
			phases, err = fhir.Phases(dosages, c.options(t))
			out = map[string]any{"phases": phases}
		}
	} else {
		var timing fhir.Timing
		if timing, err = fhir.ParseTiming(c.Timing); err == nil {
			out, err = timing.Expand(c.options(t))
		}
	}
	if err != nil {
		refusal, ok := errors.AsType[*fhir.Refusal](err)
		require.True(t, ok, "%T", err)
		assert.NotEmpty(t, refusal.Want, refusal.Code)
		out = map[string]string{"refuse": string(refusal.Code), "at": refusal.At}
	}
	text, err := json.Marshal(out)
	require.NoError(t, err)
	return string(text)
}

// TestCases compares every case with what an independent reference makes of it.
func TestCases(t *testing.T) {
	for name, least := range map[string]int{"testdata/cases.json": 120, "testdata/dosage.json": 14, "testdata/worked.json": 150} {
		cases := readCases(t, name)
		require.GreaterOrEqual(t, len(cases), least)
		for _, c := range cases {
			t.Run(c.ID, func(t *testing.T) {
				assert.JSONEq(t, string(c.Expect), c.answer(t), c.Why)
			})
		}
	}
}
