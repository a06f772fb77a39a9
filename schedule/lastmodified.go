package schedule

import "time"

// LastModified returns an instant, to the second in UTC, that is later after every
// event: that as of which the last one is known or, where that is not later, a second
// after the instant of the event before. So an exported calendar or page that differs
// from one before has another stamp, also where two events are known as of the same
// second, or a correction as of an earlier one.
func (p *Plan) LastModified() time.Time {
	events := int64(p.journal.len())
	last := p.request.AsOf.Unix() + events
	for e := range p.journal.backward() {
		events--
		last = max(last, e.AsOf.Unix()+int64(p.journal.len())-events-1)
	}
	return time.Unix(last, 0).UTC()
}

// Length returns how long the visit takes by the protocol, 0 where that is not known.
// What took place may have taken longer.
func (v OtherVisit) Length() time.Duration { return time.Duration(v.minutes) * time.Minute }
