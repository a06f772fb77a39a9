package schedule

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// A lateDose is a dose, given or to come, of which the table of its phase says what was
// to follow, by the days since the dose before.
type lateDose struct {
	session int
	phase   uint16 // that whose table it is
	last    int32  // the day of the dose before
	days    int
	first   int // the position of the first row
	rows    []protocol.MissedDose
}

// doseBefore returns the day of the last dose of the drug of a phase that was given up to
// a day, before a session where that has this day too, or before the plan. A session of a
// phase that gives no drug is none.
func (p *Plan) doseBefore(phase uint16, day int32, session int) (last int32, ok bool) {
	drug := p.drug(phase)
	for i := range p.slots {
		s := &p.slots[i]
		if i == session || !p.gaveDrug(s) || p.drug(s.Phase) != drug || s.day > day || s.day == day && i > session {
			continue
		}
		last, ok = max(last, s.day), true
	}
	if ok {
		return last, true
	}
	return p.givenBefore(phase, day)
}

// gaveDrug reports whether a session took place and a drug was given, also where its dose is
// not entered yet.
func (p *Plan) gaveDrug(s *slot) bool {
	return s.dosed() && (!p.phases[s.Phase].Dose.IsZero() || s.given > 0 && !p.given[s.given-1].Dose.IsZero())
}

// givenBefore returns the day, up to one, of the last dose of the drug of a phase that was
// given before the plan.
func (p *Plan) givenBefore(phase uint16, day int32) (last int32, ok bool) {
	for i := len(p.earlier) - 1; i >= 0; i-- {
		if g := &p.earlier[i]; p.ofDrug(g, phase) && civil.Day(g.Date) <= day {
			return civil.Day(g.Date), true
		}
	}
	return 0, false
}

// late returns what the table says of a session that was given or is to come, false where
// it says nothing.
func (p *Plan) late(i int) (lateDose, bool) {
	s := &p.slots[i]
	last, ok := p.doseBefore(s.Phase, s.day, i)
	if !ok || s.nothing || s.day == 0 {
		return lateDose{}, false
	}
	late := p.lateAfter(i, last)
	return late, len(late.rows) > 0
}

// lateAfter returns what the table says of a session after the day of the last dose.
func (p *Plan) lateAfter(i int, last int32) lateDose {
	late := lateDose{session: i, phase: p.phaseGiven(i), last: last, days: int(p.slots[i].day - last)}
	late.first, late.rows = p.phases[late.phase].MissedAfter(late.days)
	return late
}

// phaseGiven returns the phase of a session: the one that it was given as, where that was
// written down.
func (p *Plan) phaseGiven(i int) uint16 {
	s := &p.slots[i]
	if s.given > 0 && s.took() {
		if name := p.given[s.given-1].Phase; name != "" && name != p.phases[s.Phase].Name {
			for k := range p.phases {
				if p.phases[k].Name == name && p.sameTreatment(uint16(k), s.Phase) {
					return uint16(k)
				}
			}
		}
	}
	return s.Phase
}

// keeps reports whether a session is what one of the rows has follow.
func (p *Plan) keeps(late lateDose) bool {
	return slices.ContainsFunc(late.rows, func(m protocol.MissedDose) bool { return p.keepsTo(late, m) })
}

// keepsTo reports whether a session is what a row has follow. A dose that is not entered
// yet, or that cannot be computed, is none that differs.
func (p *Plan) keepsTo(late lateDose, m protocol.MissedDose) bool {
	i := late.session
	s := &p.slots[i]
	var level dose.Level
	if s.took() {
		level = p.levelGiven(i)
	} else if s.dose >= 0 {
		level = p.doses.at(s.dose).level
	}
	switch m.Then {
	case protocol.GiveLevel:
		return level.IsZero() || level == m.Dose
	case protocol.RestartTitration:
		return level.IsZero() || level == dose.LevelOf(p.phases[late.phase].Dose.Amount)
	case protocol.RestartPhase:
		return m.Phase == p.phases[late.phase].Name && (s.Number <= 1 || late.phase != s.Phase)
	case protocol.AskPrescriber:
		chosen := slices.ContainsFunc(p.chosen, func(c chosenDose) bool { return c.serial == s.serial })
		return chosen || s.took() && p.given[s.given-1].Who != ""
	default:
		return true
	}
}

// view returns it as others see it.
func (late lateDose) view(p *Plan) LateDose {
	return LateDose{
		Since: civil.Date(late.last), Days: late.days, Phase: p.phases[late.phase].Name, Rows: slices.Clone(late.rows), Followed: p.keeps(late),
	}
}

// A LateDose is a dose of which the table of missed doses of its phase says what was to
// follow, by the days since the dose before. The zero LateDose is none.
type LateDose struct {
	// Since is the day of the last dose before it, of the same drug and also before the
	// plan, and Days how many days after that it is.
	Since date.Date
	Days  int
	// Phase names the phase whose table it is, and Rows are its rows of these days: one,
	// or several that are alternatives.
	Phase string
	Rows  []protocol.MissedDose
	// Followed reports whether the dose is what one of the rows has follow, whatever its
	// condition: whether that was met is for people to say.
	Followed bool
}

// Late returns what a table says of the session: of one that was given, and of the first
// to come of its drug. Of those after that the days are not known. It is false where no
// table says anything.
func (s Session) Late() (LateDose, bool) {
	p := s.plan
	if !p.tabled || !p.slots[s.index].took() && !p.isNextDose(s.index) {
		return LateDose{}, false
	}
	late, ok := p.late(s.index)
	if !ok {
		return LateDose{}, false
	}
	return late.view(p), true
}

// says returns what the rows have follow: "the table of missed doses of "maintenance" says
// for 36 to 42 days: give now".
func (l LateDose) says() string {
	var text strings.Builder
	text.WriteString("the table of missed doses of " + strconv.Quote(l.Phase) + " says ")
	if l.Rows[0].To != 0 {
		text.WriteString("for ")
	}
	text.WriteString(l.Rows[0].DaysText() + ": ")
	for i, m := range l.Rows {
		if i > 0 {
			text.WriteString(", or ")
		}
		text.WriteString(m.String())
		if m.Condition != "" {
			text.WriteString(" if " + m.Condition)
		}
	}
	return text.String()
}

// String returns the days, and what the table says of them.
func (l LateDose) String() string {
	if len(l.Rows) == 0 {
		return "none"
	}
	return plural(l.Days, "day") + " after the dose before, " + dayText(l.Since) + ": " + l.says()
}

// appendJSON appends it as a JSON object.
func (l LateDose) appendJSON(b []byte) []byte {
	b = appendDate(append(b, `{"since":`...), l.Since)
	b = appendNumber(append(b, `,"days":`...), l.Days)
	b = appendString(append(b, `,"phase":`...), l.Phase)
	b = append(b, `,"rows":`...)
	b = appendList(b, slices.Values(l.Rows), func(b []byte, m protocol.MissedDose) []byte {
		b = appendString(append(b, `{"days":`...), m.DaysText())
		b = appendText(append(b, `,"condition":`...), m.Condition)
		return append(appendString(append(b, `,"then":`...), m.String()), '}')
	})
	return append(strconv.AppendBool(append(b, `,"followed":`...), l.Followed), '}')
}

// nextDose returns the position of the first session from a day on that is to come, gives
// the drug of a phase and is not held, -1 for none.
func (p *Plan) nextDose(phase uint16, from int32) int {
	return slices.IndexFunc(p.slots, func(s slot) bool {
		return s.pending() && s.day >= from && s.day != 0 && p.drug(s.Phase) == p.drug(phase) && !p.phases[s.Phase].Dose.IsZero()
	})
}

// isNextDose reports whether a session is the first to come after everything that was
// given of its drug.
func (p *Plan) isNextDose(i int) bool {
	s := &p.slots[i]
	if !s.pending() || s.day == 0 || p.phases[s.Phase].Dose.IsZero() {
		return false
	}
	last, _ := p.doseBefore(s.Phase, math.MaxInt32, len(p.slots))
	return p.nextDose(s.Phase, last+1) == i
}

// lateDoses yields every dose that was given so late that a table says what was to follow,
// in the order of the days. It takes time linear in the sessions.
func (p *Plan) lateDoses(yield func(lateDose)) {
	type lastOf struct {
		drug int16
		day  int32
		ok   bool
	}
	var lasts []lastOf
	for _, i := range p.byDay {
		s := &p.slots[i]
		if !p.gaveDrug(s) {
			continue
		}
		at := slices.IndexFunc(lasts, func(l lastOf) bool { return l.drug == p.drug(s.Phase) })
		if at < 0 {
			day, ok := p.givenBefore(s.Phase, s.day)
			at, lasts = len(lasts), append(lasts, lastOf{p.drug(s.Phase), day, ok})
		}
		if last := &lasts[at]; last.ok {
			if late := p.lateAfter(i, last.day); len(late.rows) > 0 {
				yield(late)
			}
		}
		lasts[at].day, lasts[at].ok = s.day, true
	}
}

// checkMissedDoseNotFollowed is about doses that were given.
func checkMissedDoseNotFollowed(p *Plan, found []Finding) []Finding {
	if !p.tabled {
		return found
	}
	p.lateDoses(func(late lateDose) {
		if p.keeps(late) {
			return
		}
		given := "a dose"
		if m := p.givenDose(late.session); !m.IsZero() {
			given = m.String()
		}
		found = report(found, late.session, "%s given %s after the dose before: %s", given, plural(late.days, "day"), late.view(p).says())
	})
	return found
}

// checkMissedDoseDue is about the next dose to come of each drug: of those after it the
// days are not known.
func checkMissedDoseDue(p *Plan, found []Finding) []Finding {
	if !p.tabled {
		return found
	}
	var drugs []int16
	for i := range p.slots {
		s := &p.slots[i]
		if drug := p.drug(s.Phase); s.pending() && !slices.Contains(drugs, drug) && p.isNextDose(i) {
			drugs = append(drugs, drug)
			if late, ok := p.late(i); ok && !p.keeps(late) {
				found = report(found, i, "planned %s", late.view(p))
			}
		}
	}
	return found
}
