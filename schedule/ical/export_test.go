package ical

import (
	"time"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A Change is what a test makes of the event of a session.
type Change struct {
	State    schedule.State
	Revision int
	NoTime   bool
}

// AppendChanged is [Append] of a plan in which things have happened. A Change
// without a State changes nothing.
func AppendChanged(b []byte, p *schedule.Plan, o Options, change func(ordinal int) Change) ([]byte, error) {
	w, err := newWriter(p, &o)
	if err != nil {
		return b, err
	}
	w.b = b
	w.reader.known = func(s schedule.Session, lost bool) facts {
		f := factsOf(s, lost)
		if c := change(s.Ordinal()); c.State != 0 {
			f.state, f.revision = c.State, c.Revision
			if c.NoTime {
				f.start, f.end = clinic.TimeOfDay{}, clinic.TimeOfDay{}
			}
		}
		return f
	}
	if err := w.calendar(); err != nil {
		return b, err
	}
	return w.b, nil
}

// AppendZone appends the VTIMEZONE of a zone for the years, or nothing where
// its rules cannot be written.
func AppendZone(b []byte, zone *time.Location, first, last int) []byte {
	l := lines{b: b}
	if rule, ok := findRule(zone, first, last); ok {
		l.zone(&rule)
	}
	return l.b
}

// AppendEscaped appends what a text is in a property.
func AppendEscaped(b []byte, s string) []byte { return appendText(b, s) }
