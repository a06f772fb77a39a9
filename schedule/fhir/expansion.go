package fhir

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// An Expansion is a Timing as days, as clock times of days, or as instants: one of the
// three lists is not nil, and in order. Clock times have instants too if there was a
// zone.
type Expansion struct {
	// By says what decided the days.
	By By
	// Dates are days without a clock time.
	Dates []date.Date
	// Times are clock times that the Timing states.
	Times []WallTime
	// Instants are counted in hours from an instant, or listed; or they are those
	// of Times in the zone.
	Instants []time.Time
	// Findings are the clock times that their day does not have, or has twice.
	Findings []Finding
	// Cut reports that the Timing goes on after Until.
	Cut bool
	// Cadence is the same in the notation of package protocol where that can say it,
	// else zero: the days follow from the Timing alone or by Convention, and are not
	// named in it. It is a suggestion; what the Timing says is in the lists.
	Cadence protocol.Cadence
}

// By says what decided which days there are.
type By uint8

// The zero By is invalid.
const (
	// Spec: the Timing alone.
	Spec By = iota + 1
	// Convention: the library's own days for several sessions a week, of a week that
	// begins with the start. The Timing does not say which days.
	Convention
)

// String returns "spec" or "convention".
func (b By) String() string {
	switch b {
	case Spec:
		return "spec"
	case Convention:
		return "convention"
	default:
		return "By(" + strconv.Itoa(int(b)) + ")"
	}
}

// A WallTime is what a clock shows on a day.
type WallTime struct {
	Date date.Date
	// Second is that of the day, 0 to 86,399.
	Second int
}

// String returns the day and the clock time: "2026-03-02T09:00:00".
func (w WallTime) String() string {
	b := append(civil.AppendDate(nil, w.Date), 'T')
	for i, n := range [3]int{w.Second / 3600, w.Second / 60 % 60, w.Second % 60} {
		if i > 0 {
			b = append(b, ':')
		}
		b = append(b, byte('0'+n/10), byte('0'+n%10))
	}
	return string(b)
}

// A Finding is a clock time that is no single instant of its day: where the clocks
// skip it, it has the offset before them; where they show it twice, it is the first.
type Finding struct {
	Time WallTime
	// Twice reports that the clocks show it twice; else they skip it.
	Twice bool
}

// String returns the time and "gap" or "fold".
func (f Finding) String() string {
	if f.Twice {
		return f.Time.String() + " fold"
	}
	return f.Time.String() + " gap"
}

// MarshalJSON writes by, the list or lists that there are, findings, cut and cadence;
// the last three where there are any.
func (e Expansion) MarshalJSON() ([]byte, error) {
	form := struct {
		By       string           `json:"by"`
		Dates    []string         `json:"dates,omitzero"`
		Times    []string         `json:"times,omitzero"`
		Instants []string         `json:"instants,omitzero"`
		Findings []string         `json:"findings,omitempty"`
		Cut      bool             `json:"cut,omitzero"`
		Cadence  protocol.Cadence `json:"cadence,omitzero"`
	}{By: e.By.String(), Cut: e.Cut, Cadence: e.Cadence}
	form.Dates, form.Times, form.Instants = e.texts()
	for _, f := range e.Findings {
		form.Findings = append(form.Findings, f.String())
	}
	return json.Marshal(form)
}

// texts returns the lists as texts, nil for one that there is not.
func (e *Expansion) texts() (dates, times, instants []string) {
	return textsOf(e.Dates, civil.Format), textsOf(e.Times, WallTime.String), textsOf(e.Instants, func(t time.Time) string { return t.Format(time.RFC3339Nano) })
}

func textsOf[T any](list []T, text func(T) string) []string {
	if list == nil {
		return nil
	}
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = text(v)
	}
	return texts
}
