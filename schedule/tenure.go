package schedule

import (
	"iter"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/internal/place"
)

// A tenure is the time during which one protocol holds: from when the plan was
// built from it, or it was adopted or switched to, until the next one. A plan has one
// for each version of its course.
type tenure struct {
	protocol *protocol.Protocol
	// treatment counts the switches up to it: versions that were adopted go on with
	// the treatment of the one before.
	treatment int
	// gap is the least number of days from the last dose before the treatment, 0 for
	// the first.
	gap int
	// goOn has, for phases of the tenure at the position from, the phase that goes on
	// with each. It is nil of one that begins a treatment.
	goOn map[int]int
	from int
}

// began returns the tenures of a plan that is built from a protocol.
func began(p *protocol.Protocol) []tenure { return []tenure{{protocol: p}} }

// Protocols returns the protocols that the plan was made from, in the order in
// which they held: the first is that of [Plan.BuiltFrom]. One that holds again after
// another is there again.
func (p *Plan) Protocols() iter.Seq[*protocol.Protocol] {
	return func(yield func(*protocol.Protocol) bool) {
		for i := range p.tenures {
			if !yield(p.tenures[i].protocol) {
				return
			}
		}
	}
}

// tenureOf returns the tenure that has a phase.
func (p *Plan) tenureOf(phase uint16) *tenure { return &p.tenures[p.course.VersionOf(int(phase))] }

// tenure returns the tenure that holds.
func (p *Plan) tenure() *tenure { return &p.tenures[p.course.Holds()] }

// dayOne returns day 1 of the treatment that has a phase.
func (p *Plan) dayOne(phase uint16) int32 { return p.course.StartOf(int(phase)) }

// sameTreatment reports whether two phases are of one treatment, with no switch
// between them.
func (p *Plan) sameTreatment(a, b uint16) bool {
	return a == b || p.tenureOf(a).treatment == p.tenureOf(b).treatment
}

// going reports whether a phase is of the treatment that holds.
func (p *Plan) going(phase uint16) bool { return p.tenureOf(phase).treatment == p.tenure().treatment }

// goesOnIn returns the phase of the protocol that holds which goes on with one of the
// plan, that phase itself where the protocol has it, -1 for none.
func (p *Plan) goesOnIn(phase int) int {
	if len(p.tenures) == 1 {
		return phase
	}
	return p.goesOnUnder(phase, p.course.Holds())
}

// goesOnUnder is goesOnIn for the tenure at a position.
func (p *Plan) goesOnUnder(phase, at int) int {
	t := &p.tenures[at]
	switch {
	case p.course.VersionOf(phase) == at:
		return phase
	case t.goOn == nil:
		return -1
	}
	before := p.goesOnUnder(phase, t.from)
	if to, ok := t.goOn[before]; ok && before >= 0 {
		return to
	}
	return -1
}

// samePhase reports whether two phases are one and the same to the protocol that
// holds, or at all.
func (p *Plan) samePhase(a, b uint16) bool {
	return a == b || len(p.tenures) > 1 && p.goesOnIn(int(a)) >= 0 && p.goesOnIn(int(a)) == p.goesOnIn(int(b))
}

// sinceGap returns the least number of days that a switch asks for between two
// sessions, 0 where none was between them. Only doses count.
func (p *Plan) sinceGap(a, b uint16) int {
	if len(p.tenures) == 1 || p.phases[a].Dose.IsZero() || p.phases[b].Dose.IsZero() {
		return 0
	}
	switch s, t := p.tenureOf(a), p.tenureOf(b); {
	case s.treatment < t.treatment:
		return t.gap
	case s.treatment > t.treatment:
		return s.gap
	default:
		return 0
	}
}

// minGap returns the least number of days between two sessions, one after the
// other.
func (p *Plan) minGap(a, b *slot) int {
	return max(int(place.Gap(p.phases[a.Phase].MinGap, p.phases[b.Phase].MinGap)), p.sinceGap(a.Phase, b.Phase))
}

// tooNear returns the least number of days between two sessions, and whether the first of
// them would be nearer to the other on a day.
func (p *Plan) tooNear(s *slot, day int32, other *slot) (gap int, near bool) {
	gap = p.minGap(s, other)
	return gap, int(max(other.day-day, day-other.day)) < gap
}

// lastDose returns the latest day on which a dose of any drug was given, before the
// plan too, and false where none was.
func (p *Plan) lastDose() (day int32, ok bool) {
	if last := p.lastBefore(); last != nil {
		day, ok = civil.Day(last.Date), true
	}
	for i := range p.slots {
		s := &p.slots[i]
		if s.dosed() && (!p.phases[s.Phase].Dose.IsZero() || !p.givenDose(i).IsZero()) && (!ok || s.day > day) {
			day, ok = s.day, true
		}
	}
	return day, ok
}

// drug returns a number for what a phase gives: the same for phases whose protocols
// call their drug the same.
func (p *Plan) drug(phase uint16) int16 { return p.drugs[phase] }

// number gives every phase the number of its drug, and says what that is.
func (r *rules) number(tenures []tenure, c *course.Course) {
	r.drugs, r.gives = make([]int16, len(r.phases)), make([]administered, len(r.phases))
	for at := range tenures {
		drug := int16(at)
		for before := range at {
			if protocol.SameDrug(tenures[at].protocol.Drug(), tenures[before].protocol.Drug()) {
				drug = int16(before)
				break
			}
		}
		for phase, end := c.PhasesOf(at); phase < end; phase++ {
			r.drugs[phase] = drug
			r.gives[phase] = newAdministered(tenures[at].protocol, &r.phases[phase])
		}
	}
}

// lastTenures returns the positions of the last tenure of each treatment, the one that
// holds first.
func lastTenures(tenures []tenure, holds int) []int {
	list := []int{holds}
	for at := range tenures {
		last := tenures[at].treatment != tenures[holds].treatment
		for _, later := range tenures[at+1:] {
			last = last && later.treatment != tenures[at].treatment
		}
		if last {
			list = append(list, at)
		}
	}
	return list
}

// versionOn returns the position of the version that holds, or held, on a day: of the
// treatment that had begun by then, the last.
func (p *Plan) versionOn(day int32) int {
	at := p.course.Holds()
	for at > 0 {
		first, _ := p.course.PhasesOf(at)
		if day >= p.course.StartOf(first) {
			break
		}
		before := at - 1 // the treatment before
		for before >= 0 && p.tenures[before].treatment >= p.tenures[at].treatment {
			before--
		}
		if before < 0 {
			break
		}
		at = before
	}
	return at
}
