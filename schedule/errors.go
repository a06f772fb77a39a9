package schedule

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
)

// A RequestError is one value that a [Request] or a [clinic.Opening] got wrong.
type RequestError struct {
	// Field names the value, such as "Until".
	Field string
	// Value is what was found, "" where nothing was given.
	Value string
	// Want says what was wanted.
	Want string
}

// Error returns the field, the value and what was wanted.
func (e *RequestError) Error() string {
	if e.Value == "" {
		return e.Field + ": " + e.Want
	}
	return e.Field + " " + strconv.Quote(document.Cut(e.Value)) + ": " + e.Want
}

// requestErrors collects problems so that all are reported at once.
type requestErrors []error

func (l *requestErrors) add(field, value, want string) {
	*l = append(*l, &RequestError{Field: field, Value: value, Want: want})
}

func (l *requestErrors) date(field string, d date.Date) {
	if !civil.InRange(d) {
		l.add(field, civil.Format(d), "want a date from 1900-01-01 to 2200-12-31")
	}
}

func (l *requestErrors) stretch(field string, from, to date.Date) {
	l.date(field, from)
	if to != from {
		l.date(field, to)
	}
	if to < from {
		l.add(field, civil.Format(to), "want a last day that is not before the first, "+civil.Format(from))
	}
}

// zone refuses a location without a name.
func (l *requestErrors) zone(field string, zone *time.Location) {
	if found, want := civil.CheckZone(zone); want != "" {
		l.add(field, found, want)
	}
}

func (l requestErrors) err() error { return errors.Join(l...) }

// A StartError says that the clinic is closed on the day a plan was to start.
type StartError struct {
	Start date.Date
	// Reason is the clinic's.
	Reason string
	// NextOpen is the next open day within 366 days, zero where there is none.
	NextOpen date.Date
}

// Error returns the day, the reason and the next open day.
func (e *StartError) Error() string {
	s := "the clinic is closed on the first day, " + dayText(e.Start)
	if e.Reason != "" {
		s += " (" + e.Reason + ")"
	}
	if e.NextOpen == 0 {
		return s + ", and on each of the 366 days after it"
	}
	return s + "; the next open day is " + dayText(e.NextOpen)
}

// A Cause is why a session cannot be on a day. The zero Cause is invalid.
type Cause string

// The causes, in the order in which they are looked for.
const (
	Closed     Cause = "closed"          // the clinic is closed
	TooShort   Cause = "hours-too-short" // no opening interval holds the visit
	Unsuitable Cause = "unsuitable"      // the day does not suit the patient
	OtherHours Cause = "other-hours"     // the hours of the day no longer hold the time
	Fixed      Cause = "fixed"           // the session has an appointment on another day
	TooClose   Cause = "too-close"       // less than the minimum gap after the session before
	Past       Cause = "past"            // the day is before those that are planned
	NoRoom     Cause = "no-room"         // another session would have no possible day
)

// causeTexts returns the texts of the causes.
func causeTexts() []string {
	var texts []string
	for _, c := range []Cause{Closed, TooShort, Unsuitable, OtherHours, Fixed, TooClose, Past, NoRoom} {
		texts = append(texts, string(c))
	}
	return texts
}

// ParseCause reads the text of a cause. Anything else is a [*ParseError].
func ParseCause(s string) (Cause, error) {
	for _, text := range causeTexts() {
		if text == s {
			return Cause(text), nil // nothing of s, which may be a part of a file
		}
	}
	return "", &ParseError{What: "cause", Input: document.Cut(s), Want: "want closed, hours-too-short, unsuitable, other-hours, fixed, too-close, past or no-room"}
}

// MarshalText returns the text of the cause. The error is a [*ParseError] for a
// text that is none.
func (c Cause) MarshalText() ([]byte, error) {
	_, err := ParseCause(string(c))
	return []byte(c), err
}

// UnmarshalText reads what [ParseCause] reads.
func (c *Cause) UnmarshalText(text []byte) error { return unmarshalText(c, text, ParseCause) }

// A DayReason is why a session cannot be on one day of its window.
type DayReason struct {
	Date  date.Date
	Cause Cause
	// Detail is the reason in words.
	Detail string
}

// A BuildError says that a session cannot be placed: no day of its window will
// do, whatever the days of the sessions before it. It is never answered by a
// date outside the window or on a closed day.
type BuildError struct {
	// Ordinal is the number of the session, counted from 1, and Phase the name
	// of its phase.
	Ordinal int
	Phase   string
	// Target, Earliest and Latest are its target and its window.
	Target, Earliest, Latest date.Date
	// Days has the first reason against each day of the window, with all
	// earlier sessions as early as they can be.
	Days []DayReason
}

// Error names the session, its window and the reason against each day.
func (e *BuildError) Error() string {
	var b strings.Builder
	b.WriteString("session " + strconv.Itoa(e.Ordinal) + " (" + e.Phase + ") has no possible day from " +
		dayText(e.Earliest) + " to " + dayText(e.Latest))
	separator := ": "
	for _, d := range e.Days {
		b.WriteString(separator + dayText(d.Date) + " " + d.Detail)
		separator = "; "
	}
	return b.String()
}

// A DoseError says for which session a dose could not be computed, and why.
type DoseError struct {
	Ordinal int
	Phase   string
	Date    date.Date
	Err     error
}

// Error names the session and the reason. It never holds a dose.
func (e *DoseError) Error() string {
	return "session " + strconv.Itoa(e.Ordinal) + " (" + e.Phase + ") on " + dayText(e.Date) + ": " + e.Err.Error()
}

// Unwrap returns what was wrong with the dose.
func (e *DoseError) Unwrap() error { return e.Err }

// dayText returns a date with its weekday, the way messages show it.
func dayText(d date.Date) string {
	return d.Weekday().String()[:3] + " " + civil.Format(d)
}

// plural returns a number of things in words.
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}
