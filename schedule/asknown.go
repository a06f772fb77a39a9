package schedule

import (
	"slices"
	"time"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
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

// Check compares what the plan was told with what a clinic says now, and returns a
// finding, [DayLost], for every session to come whose day or time would not do: an
// app asks before it trusts a plan that is older than its clinic's calendar. The
// plan stays as it is.
func (p *Plan) Check(opening clinic.Opening) []Finding {
	c := clinic.NewTable(opening, p.zone)
	lost := Check{DayLost, Warning, "", func(p *Plan, found []Finding) []Finding {
		for i := range p.slots {
			s := &p.slots[i]
			if !s.pending() || s.day < civil.Day(p.start) {
				continue
			}
			on := civil.Date(s.day)
			day := dayText(on)
			switch _, fits := c.At(on, int(s.Minutes), int(s.start)); {
			case !c.Open(on):
				reason := c.Reason(on)
				if reason != "" {
					reason = " (" + reason + ")"
				}
				found = report(found, i, "planned on %s, when the clinic is closed now%s", day, reason)
			case s.start >= 0 && !fits:
				found = report(found, i, "planned on %s, %s, which the hours of the clinic do not hold now", day, s.times())
			}
		}
		return found
	}}
	found := Validate(p, lost)
	if err := calendarError(c); err != nil {
		found = append(found, lost.failed(err))
	}
	return slices.Clip(found)
}
