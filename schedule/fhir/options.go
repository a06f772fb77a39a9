package fhir

import (
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
)

// Options are what a Timing does not say. The zero Options give a Timing that has its
// own start and end.
type Options struct {
	// Start is the first day, or the instant from which on clock times count. The
	// zero Moment leaves it to the start of boundsPeriod; one of the caller's must
	// not be before that.
	Start Moment
	// Until is the last day, 0 for none. It ends only what is asked for, never what
	// the Timing means.
	Until date.Date
	// Zone is that of the clinic's clocks: a day is the day there, and clock times
	// become instants. Without it a day is as it was written, and clock times stay
	// what a clock shows.
	Zone *time.Location
	// Ranges chooses an end of every range; without a choice ranges are refused.
	Ranges Choice
	// DaysOfCycle are days of a cycle whose length is the period of the Timing, from
	// 1: those of the extension timing-daysOfCycle of the action in a PlanDefinition
	// that has the Timing. Nil is no cycle.
	DaysOfCycle []int
}

// A Choice is an end of a range.
type Choice uint8

// The zero Choice is none.
const (
	NoChoice Choice = iota
	Low
	High
)

// String returns "low" or "high", "" for none.
func (c Choice) String() string {
	switch c {
	case NoChoice:
		return ""
	case Low:
		return "low"
	case High:
		return "high"
	default:
		return "Choice(" + strconv.Itoa(int(c)) + ")"
	}
}

// ParseChoice reads "low", "high", or "" for none. The error is a [*Refusal] of
// ranges with code [BadType].
func ParseChoice(s string) (Choice, error) {
	for c := NoChoice; c <= High; c++ {
		if s == c.String() {
			return c, nil
		}
	}
	return NoChoice, &Refusal{Code: BadType, At: atRanges, Value: s, Want: "low or high"}
}

// MarshalText returns the text of c. The error is that of [ParseChoice] for a value
// that is none of Choice.
func (c Choice) MarshalText() ([]byte, error) {
	_, err := ParseChoice(c.String())
	return []byte(c.String()), err
}

// UnmarshalText reads what [ParseChoice] reads. On an error c is unchanged.
func (c *Choice) UnmarshalText(text []byte) error { return unmarshal(c, text, ParseChoice) }

// check judges what the caller gave.
func (o *Options) check() error {
	if o.Zone != nil {
		if found, want := civil.CheckZone(o.Zone); want != "" {
			return refuse(BadZone, atZone, found)
		}
	}
	switch {
	case o.Start.Timed() && civil.IsLocal(o.Start.at.Location()):
		return refuse(BadZone, atStart, "Local")
	case !o.Start.IsZero() && !civil.InRange(o.Start.day):
		return refuse(OutOfRange, atStart, "")
	case o.Until != 0 && !civil.InRange(o.Until):
		return refuse(OutOfRange, atUntil, "")
	case o.Ranges > High:
		return &Refusal{Code: BadType, At: atRanges, Want: "low or high"}
	}
	return nil
}
