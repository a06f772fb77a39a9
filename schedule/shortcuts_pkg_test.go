package schedule

import "fmt"

// checkShortcuts compares what is looked up of a session, or is not looked at, with the
// long way.
func (p *Plan) checkShortcuts(i int) error {
	s := &p.slots[i]
	if s.dose >= 0 {
		d := p.doses.at(s.dose)
		if d.ordered != d.delivery.Dose() || d.delivered != d.delivery.Delivered() || d.soft != passesSoft(d.delivery) {
			return fmt.Errorf("what is kept beside the dose is %s, %s, %t: the dose is %s, %s, %t", d.ordered, d.delivered, d.soft, d.delivery.Dose(), d.delivery.Delivered(), passesSoft(d.delivery))
		}
		if session := (Session{p, i}); s.took() && d.err == nil && (len(d.parts) == 0 || len(p.given[s.given-1].Parts) == 0) {
			allowed, soft := session.expects(p.given[s.given-1])
			if long, longSoft := session.expectsJudged(d, p.given[s.given-1]); allowed != long || soft != longSoft {
				return fmt.Errorf("%s given: allowed %t, soft %t; judged it is %t, %t", p.givenDose(i), allowed, soft, long, longSoft)
			}
		}
	}
	if s.pending() {
		at, days := p.nearestGiven(i)
		longAt, longDays := -1, 0
		for _, j := range p.byDay {
			t := &p.slots[j]
			if d := int(s.day - t.day); t.dosed() && max(d, -d) < p.minGap(s, t) && (longAt < 0 || max(d, -d) <= max(longDays, -longDays)) {
				longAt, longDays = j, d
			}
		}
		if at != longAt || days != longDays {
			return fmt.Errorf("nearest given %d, %d days: looked at all it is %d, %d", at+1, days, longAt+1, longDays)
		}
	}
	return nil
}
