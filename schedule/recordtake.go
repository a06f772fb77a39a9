package schedule

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/schedule/internal/pair"
)

// pairGiven pairs the sessions of the protocol with what was given.
func (p *Plan) pairGiven() {
	expected, actual := make([]pair.Expected, len(p.slots)), make([]int32, len(p.given))
	for i := range p.slots {
		s := &p.slots[i]
		s.day, s.start, s.end = s.Target, -1, -1
		expected[i] = pair.Expected{Day: s.Target, Tolerance: p.course.Tolerance(int(s.Segment))}
	}
	for j := range p.given {
		actual[j] = civil.Day(p.given[j].Date)
	}
	asOf := civil.Day(civil.Of(p.asOf, p.zone))
	slots := make([]slot, 0, max(len(expected), len(actual)))
	reached := make([]uint16, len(p.phases)) // the number of the latest session of each phase
	for _, m := range pair.Days(expected, actual) {
		if m.Expected < 0 {
			slots = append(slots, p.extraSlot(slots, reached, m.Actual))
			continue
		}
		s := p.slots[m.Expected]
		switch {
		case m.Actual >= 0:
			p.give(&s, m.Actual)
		case s.Latest < asOf:
			s.state = StateMissed
		}
		slots, reached[s.Phase] = append(slots, s), s.Number
	}
	p.slots = slots
}

// give notes what was given in a session, which is the entry at a position.
func (p *Plan) give(s *slot, at int) {
	g := &p.given[at]
	s.state, s.given, s.day, s.nothing = StateGiven, uint16(at+1), civil.Day(g.Date), g.Nothing
	s.start, s.end = int16(g.Start.Minutes()), int16(endOf(civil.NewZone(p.zone), g.Date, g.Start.Minutes(), g.End.Minutes()))
}

// extraSlot returns a session for an entry that is none of those that the
// protocol asks for. It belongs to the phase that the entry names, else to that
// of the session before it or, after the last one, to the phase that goes on as
// needed. For the dose it counts as the latest session of that phase.
func (p *Plan) extraSlot(before []slot, reached []uint16, at int) slot {
	g := &p.given[at]
	day := civil.Day(g.Date)
	s := slot{dose: noDose, placing: placing{Session: course.Session{Target: day, Earliest: day, Latest: day, Origin: day, Extra: true}}}
	if n := len(before); n > 0 {
		s.Phase, s.Segment = before[n-1].Phase, before[n-1].Segment
	}
	if day >= p.neededFrom() {
		for i := range p.phases {
			if p.phases[i].Cadence.AsNeeded() {
				s.Phase = uint16(i)
			}
		}
	}
	for i := range p.phases {
		if p.phases[i].Name == g.Phase {
			s.Phase = uint16(i)
		}
	}
	s.Number = max(1, reached[s.Phase])
	s.Minutes = p.course.Minutes(int(s.Phase), int(s.Number))
	p.give(&s, at)
	return s
}

// neededFrom returns the first day of the part of the treatment in which sessions
// take place as needed: after the last target. It is later than every day where
// there is no such part.
func (p *Plan) neededFrom() int32 {
	if !p.protocol.Cadence().AsNeeded() {
		return 1<<31 - 1
	}
	for i := len(p.slots) - 1; i >= 0; i-- {
		if !p.slots[i].Extra {
			return p.slots[i].Target + 1
		}
	}
	return -1 << 31
}

// weighAtSessions notes the weights of the entries, each measured at its session. One
// that cannot be believed is a finding, and no dose follows from it.
func (p *Plan) weighAtSessions() {
	weighings := p.weighings.slice()
	for i := range p.slots {
		s := &p.slots[i]
		if !s.took() {
			continue
		}
		if g := &p.given[s.given-1]; !g.Weight.IsZero() && p.plausible.CheckBody(dose.Body{Weight: g.Weight, Height: p.height}) == nil {
			weighings = append(weighings, Weighing{Date: g.Date, Weight: g.Weight, Session: p.id(i)})
		}
	}
	slices.SortStableFunc(weighings, func(a, b Weighing) int { return cmp.Compare(a.Date, b.Date) })
	p.weighings, p.atSessions = sharing(weighings), atSessions(weighings)
}

// recordedDoses computes the dose that the protocol would have had at every
// session, after what was given before it. Where that fails, a check says why.
func (p *Plan) recordedDoses() {
	p.reached = make([]dose.Level, len(p.given))
	t := titration{plan: p}
	for i := range p.slots {
		t.begin(i)
		s := &p.slots[i]
		if s.counts() && p.prescribe(i, t.prescribe(i), nil) != nil {
			s.dose = noDose
		}
		if s.took() {
			p.reached[s.given-1] = p.reach(i, p.givenDose(i))
		}
		t.end(i)
	}
}

// choose notes the levels that were chosen.
func (p *Plan) choose(chosen []ChosenLevel) error {
	var errs requestErrors
	for _, c := range chosen {
		if c.Session > len(p.slots) {
			errs.add("Chosen", strconv.Itoa(c.Session), "want the number of a session: there are "+strconv.Itoa(len(p.slots)))
			continue
		}
		s := &p.slots[c.Session-1]
		phase := &p.phases[s.Phase]
		if _, ok := p.levelOf(s.Phase, int(s.Number), c.Level); !ok || phase.Dose.IsZero() {
			errs.add("Chosen", c.Level.String(), "want "+p.levelsText(c.Session-1))
		}
		p.chosen = append(p.chosen, chosenDose{serial: s.serial, level: c.Level, who: c.Who, reason: c.Reason})
	}
	return errs.err()
}
