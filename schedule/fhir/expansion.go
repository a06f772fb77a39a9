package fhir

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
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

// ParseBy reads the text of a By. The error is a [*Refusal] with code [BadType].
func ParseBy(s string) (By, error) {
	for b := Spec; b <= Convention; b++ {
		if s == b.String() {
			return b, nil
		}
	}
	return 0, &Refusal{Code: BadType, At: "by", Value: document.Cut(s), Want: "spec or convention"}
}

// MarshalText returns the text of b. The error is that of [ParseBy] for a value that is
// none of By.
func (b By) MarshalText() ([]byte, error) {
	_, err := ParseBy(b.String())
	return []byte(b.String()), err
}

// UnmarshalText reads what [ParseBy] reads. On an error b is unchanged.
func (b *By) UnmarshalText(text []byte) error { return unmarshal(b, text, ParseBy) }

// unmarshal sets a value to what a text parses to, and leaves it as it was where there
// is an error.
func unmarshal[T any](v *T, text []byte, parse func(string) (T, error)) error {
	parsed, err := parse(string(text))
	if err == nil {
		*v = parsed
	}
	return err
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

// ParseWallTime reads a day and a clock time as [WallTime.String] writes them. The error
// is a [*Refusal] with code [BadDate], [OutOfRange] or [BadTime].
func ParseWallTime(s string) (WallTime, error) {
	day, clock, _ := strings.Cut(s, "T")
	m, code := parseMoment(day)
	second, ok := parseTimeOfDay(clock)
	switch {
	case code != "":
		return WallTime{}, refuse(code, "", s)
	case !ok:
		return WallTime{}, refuse(BadTime, "", s)
	}
	return WallTime{m.day, second}, nil
}

// MarshalText returns the text of w.
func (w WallTime) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads what [ParseWallTime] reads. On an error w is unchanged.
func (w *WallTime) UnmarshalText(text []byte) error { return unmarshal(w, text, ParseWallTime) }

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

// ParseFinding reads a time and "gap" or "fold". The error is a [*Refusal], that of
// [ParseWallTime] or with code [BadType].
func ParseFinding(s string) (Finding, error) {
	at, what, _ := strings.Cut(s, " ")
	w, err := ParseWallTime(at)
	f := Finding{w, what == "fold"}
	if err == nil && f.String() != s {
		err = &Refusal{Code: BadType, Value: document.Cut(s), Want: "gap or fold after the time"}
	}
	if err != nil {
		return Finding{}, err
	}
	return f, nil
}

// MarshalText returns the text of f.
func (f Finding) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads what [ParseFinding] reads. On an error f is unchanged.
func (f *Finding) UnmarshalText(text []byte) error { return unmarshal(f, text, ParseFinding) }

// MarshalJSON writes by, the list or lists that there are, findings, cut and cadence;
// the last three where there are any.
func (e Expansion) MarshalJSON() ([]byte, error) {
	form := struct {
		By       By               `json:"by"`
		Dates    []string         `json:"dates,omitzero"`
		Times    []string         `json:"times,omitzero"`
		Instants []string         `json:"instants,omitzero"`
		Findings []Finding        `json:"findings,omitempty"`
		Cut      bool             `json:"cut,omitzero"`
		Cadence  protocol.Cadence `json:"cadence,omitzero"`
	}{By: e.By, Findings: e.Findings, Cut: e.Cut, Cadence: e.Cadence}
	form.Dates, form.Times, form.Instants = e.texts()
	return json.Marshal(form)
}

// UnmarshalJSON refuses: instants do not say in which zone they were made. Read the
// Timing, and expand it again.
func (e *Expansion) UnmarshalJSON([]byte) error {
	return &Refusal{Code: BadType, At: "Expansion", Want: "a Timing, which is expanded again: what it came to is not read"}
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
