package fhir_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/fhir"
)

func TestDecimal(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-0": "0", "0.000": "0", "0e9": "0", "-0.0e-9": "0",
		"2": "2", "2.0": "2", "0.5": "0.5", "35.65": "35.65", "33.33": "33.33",
		"2e1": "20", "2E+1": "20", "25e-1": "2.5", "0.02e3": "20", "100e-2": "1",
		"1000000000": "1000000000", "1e9": "1000000000", "999999999.999999999": "999999999.999999999",
		"0.000000000000000001": "0.000000000000000001", "1e-18": "0.000000000000000001", "123456789012345678e-17": "1.23456789012345678",
	} {
		d, err := fhir.ParseDecimal(in)
		require.NoError(t, err, in)
		assert.Equal(t, want, d.String(), in)
		text, err := json.Marshal(d)
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
		var again fhir.Decimal
		require.NoError(t, json.Unmarshal(text, &again))
		assert.Equal(t, d, again)
	}
	for in, want := range map[string]fhir.Code{
		"": fhir.BadType, "x": fhir.BadType, "1.": fhir.BadType, ".5": fhir.BadType, "01": fhir.BadType, "1e": fhir.BadType, "1e+-1": fhir.BadType, "+1": fhir.BadType,
		"-1": fhir.Negative, "-1e-5": fhir.Negative,
		"1000000001": fhir.OutOfRange, "1000000000.1": fhir.OutOfRange, "1e10": fhir.OutOfRange, "1e30": fhir.OutOfRange, "1e-19": fhir.OutOfRange,
		"1e99999999999999999999": fhir.OutOfRange, "1e-99999999999999999999": fhir.OutOfRange,
		"1.000000000000000000": fhir.OutOfRange, "1234567890.123456789": fhir.OutOfRange,
	} {
		_, err := fhir.ParseDecimal(in)
		refusal, ok := errors.AsType[*fhir.Refusal](err)
		require.True(t, ok, in)
		assert.Equal(t, want, refusal.Code, in)
	}
	assert.Equal(t, "3", fhir.DecimalOf(3).String())
	assert.Equal(t, "0", fhir.DecimalOf(-3).String())
	half, err := fhir.ParseDecimal("0.5")
	require.NoError(t, err)
	assert.Equal(t, -1, half.Compare(fhir.DecimalOf(1)))
	assert.Equal(t, 1, half.Compare(fhir.DecimalOf(0)))
}

func TestMoment(t *testing.T) {
	for in, want := range map[string]string{
		"2026-03-02":                          "2026-03-02",
		"2026-03-02T09:00:00Z":                "2026-03-02T09:00:00Z",
		"2026-03-02T09:00:00+00:00":           "2026-03-02T09:00:00Z",
		"2026-03-02T23:59:59.123456789-05:30": "2026-03-02T23:59:59.123456789-05:30",
		"2200-12-31T23:59:59+14:00":           "2200-12-31T23:59:59+14:00",
	} {
		m, err := fhir.ParseMoment(in)
		require.NoError(t, err, in)
		assert.Equal(t, want, m.String())
		assert.Equal(t, len(in) > 10, m.Timed())
	}
	for in, want := range map[string]fhir.Code{
		"": fhir.BadDate, "2026": fhir.DateWithoutDay, "2026-03": fhir.DateWithoutDay, "2026-13": fhir.BadDate, "1850": fhir.OutOfRange, "1850-01-01": fhir.OutOfRange,
		"2026-02-30": fhir.BadDate, "2026-3-2": fhir.BadDate, "20260302": fhir.BadDate, "2026-03-02 ": fhir.BadDate,
		"2026-03-02T": fhir.BadDate, "2026-03-02T09:00Z": fhir.BadDate, "2026-03-02T09:00:00": fhir.BadDate, "2026-03-02t09:00:00z": fhir.BadDate,
		"2026-03-02T24:00:00Z": fhir.BadDate, "2026-03-02T09:00:60Z": fhir.BadDate, "2026-03-02T09:00:00.Z": fhir.BadDate,
		"2026-03-02T09:00:00.1234567890Z": fhir.BadDate, "2026-03-02T09:00:00+14:01": fhir.BadDate, "2026-03-02T09:00:00+0100": fhir.BadDate,
		"2026-03-02T09:00:00+01:60": fhir.BadDate, "2026-03-02T09:00:00Zx": fhir.BadDate, "2026-03-02T:9:00:00Z": fhir.BadDate,
	} {
		_, err := fhir.ParseMoment(in)
		refusal, ok := errors.AsType[*fhir.Refusal](err)
		require.True(t, ok, in)
		assert.Equal(t, want, refusal.Code, in)
	}
	assert.True(t, fhir.Moment{}.IsZero())
	assert.Empty(t, fhir.Moment{}.String())
	assert.Equal(t, "2026-03-02", fhir.OnDay(schedule.MustDate("2026-03-02")).String())
}

// TestTexts writes values as text and reads them back.
func TestTexts(t *testing.T) {
	moment, err := fhir.ParseMoment("2026-03-02T09:00:00.5+01:00")
	require.NoError(t, err)
	wall := fhir.WallTime{Date: schedule.MustDate("2026-03-29"), Second: 2*3600 + 30*60 + 5}
	check := func(v encoding.TextMarshaler, into encoding.TextUnmarshaler, want string) {
		t.Helper()
		text, err := v.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
		require.NoError(t, into.UnmarshalText(text))
		again, err := into.(encoding.TextMarshaler).MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(again))
		err = into.UnmarshalText([]byte("nothing of the kind"))
		_, ok := errors.AsType[*fhir.Refusal](err)
		assert.True(t, ok, "%T", err)
		again, err = into.(encoding.TextMarshaler).MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(again), "unchanged")
	}
	check(moment, new(fhir.Moment), "2026-03-02T09:00:00.5+01:00")
	check(fhir.Moment{}, new(fhir.Moment), "")
	check(wall, new(fhir.WallTime), "2026-03-29T02:30:05")
	check(fhir.Finding{Time: wall}, new(fhir.Finding), "2026-03-29T02:30:05 gap")
	check(fhir.Finding{Time: wall, Twice: true}, new(fhir.Finding), "2026-03-29T02:30:05 fold")
	check(fhir.Spec, new(fhir.By), "spec")
	check(fhir.Convention, new(fhir.By), "convention")
	check(fhir.NoChoice, new(fhir.Choice), "")
	check(fhir.Low, new(fhir.Choice), "low")
	check(fhir.High, new(fhir.Choice), "high")

	_, err = fhir.By(0).MarshalText()
	assert.EqualError(t, err, "fhir: by: want spec or convention, got By(0) [bad-type]")
	_, err = fhir.Choice(3).MarshalText()
	assert.EqualError(t, err, "fhir: ranges: want low or high, got Choice(3) [bad-type]")
	_, err = fhir.ParseWallTime("2026-03-29T2:30:05")
	assert.EqualError(t, err, "fhir: want a clock time hh:mm:ss, from 00:00:00 to 23:59:59, got 2026-03-29T2:30:05 [bad-time]")
}

// What a Timing came to is written, and refuses to be read.
func TestNotReadBack(t *testing.T) {
	for text, into := range map[string]any{
		`{"by":"spec","dates":[]}`: new(fhir.Expansion),
		`{"sequence":1}`:           new(fhir.Phase),
	} {
		err := json.Unmarshal([]byte(text), into)
		refusal, ok := errors.AsType[*fhir.Refusal](err)
		require.True(t, ok, text)
		assert.Equal(t, fhir.BadType, refusal.Code)
	}
}

// A zone that a caller's instant brings along decides its day where no other is given.
func TestZoneOfInstant(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	timing := fhir.Timing{Repeat: &fhir.Repeat{Count: 2, Period: fhir.DecimalOf(24), PeriodUnit: "h"}}
	start := time.Date(2026, 3, 28, 12, 0, 0, 0, berlin)
	e, err := timing.Expand(fhir.Options{Start: fhir.At(start)})
	require.NoError(t, err)
	assert.Equal(t, []string{"2026-03-28T12:00:00+01:00", "2026-03-29T13:00:00+02:00"}, texts(e))
}
