package schedule

import (
	"time"
)

// AsKnown returns the plan as it was known at an instant: after every entry that
// was recorded as of then or before. The error is an [*EventError] where the plan
// did not exist yet. What comes after is not in it, as if it had not happened.
func (p *Plan) AsKnown(at time.Time) (*Plan, error) {
	if p.recorded() {
		return nil, &EventError{Field: "plan", Want: "want a plan that Build made, not that of a record", Err: ErrEvent}
	}
	if at.Before(p.built.AsOf) {
		return nil, &EventError{
			Field: "as-of", Value: at.UTC().Format(time.RFC3339Nano), Err: ErrOrder,
			Want: "want an instant that is not before that at which the plan was made, " + p.built.AsOf.UTC().Format(time.RFC3339Nano),
		}
	}
	entries := p.journal.since(0)
	n := len(entries)
	for n > 0 && entries[n-1].AsOf.After(at) {
		n--
	}
	if n == len(entries) {
		return p, nil
	}
	known, err := p.built.build(p.calendar.Answered()) // closures are entries
	if err != nil {
		return nil, err
	}
	return known.Replay(entries[:n]...)
}
