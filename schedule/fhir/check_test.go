package fhir_test

import (
	"encoding/json"
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/schedule/fhir"
)

// problems returns what ParseBundle and Check say of a bundle.
func problems(t *testing.T, src []byte) []*fhir.Refusal {
	t.Helper()
	b, err := fhir.ParseBundle(src)
	if err != nil {
		refusal, ok := errors.AsType[*fhir.Refusal](err)
		require.True(t, ok, "%v", err)
		return []*fhir.Refusal{refusal}
	}
	return fhir.Check(b)
}

// brokenBundles has, by the name of a change, the code that refuses it.
var brokenBundles = map[string]fhir.Code{
	"status-pending-request": fhir.UnknownStatus, "status-appointment-given": fhir.UnknownStatus, "status-careplan-planned": fhir.UnknownStatus,
	"intent-missing": fhir.LibraryOrder, "subject-missing": fhir.Missing, "medication-missing": fhir.Missing, "medication-twice": fhir.UnknownElement,
	"participant-missing": fhir.Missing, "participant-status-missing": fhir.UnknownStatus, "participant-nobody": fhir.Missing,
	"start-without-end": fhir.StartWithoutEnd, "booked-without-times": fhir.StartWithoutEnd, "start-no-offset": fhir.NotAnInstant, "start-date-only": fhir.NotAnInstant,
	"end-before-start": fhir.BoundsReversed, "cancel-reason-on-booked": fhir.ReasonWithoutEnd, "period-without-unit": fhir.PeriodWithoutUnit, "unit-week": fhir.UnknownUnit,
	"day-monday": fhir.UnknownDay, "day-not-array": fhir.BadType, "count-max-below": fhir.MaxWithoutMin, "offset-without-when": fhir.OffsetWithoutWhen,
	"when-and-time": fhir.WhenAndTime, "period-negative": fhir.Negative, "two-bounds": fhir.TwoBounds, "bounds-reversed": fhir.BoundsReversed, "feb-30": fhir.BadDate,
	"dose-string": fhir.BadType, "dose-two-kinds": fhir.TwoAmounts, "dose-comparator": fhir.Comparator, "dose-unit-mcg": fhir.UnitNotCode, "dose-code-no-system": fhir.UnitNotCode,
	"dose-unit-not-code": fhir.UnitNotCode, "dose-above-max": fhir.TextNotDose, "max-unit-differs": fhir.DoseAboveMost, "text-missing": fhir.Missing, "text-trailing-zero": fhir.UnsafeText,
	"text-naked-point": fhir.UnsafeText, "text-ug": fhir.UnsafeText, "text-other-dose": fhir.TextNotDose, "sequence-string": fhir.BadType, "typo-dosageInstructions": fhir.UnknownElement,
	"r5-name": fhir.UnknownElement, "r5-medication": fhir.UnknownElement, "admin-no-dose": fhir.Missing, "admin-no-time": fhir.Missing, "admin-status-given": fhir.UnknownStatus,
	"activity-detail-and-reference": fhir.UnknownElement, "reference-dangling": fhir.ReferenceToNothing, "fullurl-twice": fhir.AddressTwice, "uid-twice": fhir.IdentifierTwice,
	"fullurl-relative": fhir.AddressNotAbsolute, "empty-array": fhir.Empty, "null-value": fhir.Empty, "weight-pounds-as-kg": fhir.UnitNotCode, "weight-no-unit": fhir.UnitNotCode,
	"frequency-days-mismatch": fhir.FrequencyDaysMismatch, "given-without-record": fhir.GivenWithoutRecord, "rate-zero-minutes": fhir.Missing,
}

// Two bundles that six other checkers accept, and one change of the second at a time
// that breaks it: each is refused, by the code of its own.
func TestCheckBrokenBundles(t *testing.T) {
	src, err := os.ReadFile("testdata/bundles.json")
	require.NoError(t, err)
	var file struct {
		Good   []json.RawMessage
		Broken []struct {
			Name    string
			Changes []struct {
				At []any
				Is json.RawMessage
			}
		}
	}
	require.NoError(t, json.Unmarshal(src, &file))
	for _, good := range file.Good {
		assert.Empty(t, problems(t, good))
	}
	assert.Len(t, file.Broken, len(brokenBundles))
	for _, c := range file.Broken {
		t.Run(c.Name, func(t *testing.T) {
			var bundle any
			require.NoError(t, json.Unmarshal(file.Good[1], &bundle))
			for _, change := range c.Changes {
				set(bundle, change.At, change.Is)
			}
			src, err := json.Marshal(bundle)
			require.NoError(t, err)
			codes := []fhir.Code{}
			for _, f := range problems(t, src) {
				codes = append(codes, f.Code)
			}
			assert.Contains(t, codes, brokenBundles[c.Name])
		})
	}
}

// set changes the value at a path, or takes it out where there is none.
func set(v any, at []any, is json.RawMessage) {
	for _, step := range at[:len(at)-1] {
		switch of := v.(type) {
		case map[string]any:
			v = of[step.(string)]
		case []any:
			v = of[int(step.(float64))]
		}
	}
	switch of := v.(type) {
	case map[string]any:
		key := at[len(at)-1].(string)
		if of[key] = is; is == nil {
			delete(of, key)
		}
	case []any:
		of[int(at[len(at)-1].(float64))] = is
	}
}

func TestParseBundleRefused(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{`{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"https://example.org/1","resource":{"resourceType":"Patient"}}]}`, "fhir: entry[0].resource.resourceType: want CarePlan, MedicationRequest, Appointment, MedicationAdministration, Observation or Task, got Patient [unknown-resource]"},
		{`{"resourceType":"Bundle","entry":[{"resource":{}}]}`, "fhir: entry[0].resource: want a value or nothing at all: no null, no empty text, list or object [empty]"},
		{`{"resourceType":"Bundle","entry":{}}`, "fhir: entry: want a value or nothing at all: no null, no empty text, list or object [empty]"},
		{`[]`, "fhir: Bundle: want a value or nothing at all: no null, no empty text, list or object [empty]"},
		{`{`, ""},
	} {
		_, err := fhir.ParseBundle([]byte(tt.src))
		require.Error(t, err)
		_, ok := errors.AsType[*fhir.Refusal](err)
		assert.True(t, ok, "%v", err)
		if tt.want != "" {
			assert.EqualError(t, err, tt.want)
		}
	}
}

func FuzzParseBundle(f *testing.F) {
	f.Add([]byte(`{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"https://example.org/1","resource":{"resourceType":"Task","identifier":[{"value":"1"}],"status":"requested","intent":"plan"}}]}`))
	f.Add([]byte(`{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:uuid:1","resource":{"resourceType":"Appointment","extension":[{"url":"x"}],"start":"2026"}}]}`))
	f.Fuzz(mangle.Target(func(t *testing.T, src []byte) {
		if b, err := fhir.ParseBundle(src); err == nil {
			fhir.Check(b)
		} else if _, ok := errors.AsType[*fhir.Refusal](err); !ok {
			t.Fatal(err)
		}
	}))
}
