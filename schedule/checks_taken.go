package schedule

import (
	"iter"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/internal/civil"
)

// checkMissing says nothing of a session that another makes up for.
func checkMissing(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if s := &p.slots[i]; s.state == StateMissed && !s.replaced {
			found = report(found, i, "missed: session %d of %s, expected on %s, window %s", s.Number, p.phases[s.Phase].Name,
				dayText(civil.Date(s.Target)), s.window())
		}
	}
	return found
}

// window returns the text of the window.
func (s *slot) window() string {
	return dayText(civil.Date(s.Earliest)) + " to " + dayText(civil.Date(s.Latest))
}

func checkExtra(p *Plan, found []Finding) []Finding {
	for i, week := range p.extras() {
		if week.planned == 0 || week.taken <= week.planned {
			found = report(found, i, "extra: the protocol asks for no session on %s", dayText(civil.Date(p.slots[i].day)))
		}
	}
	return found
}

func checkTooManyInWeek(p *Plan, found []Finding) []Finding {
	for i, week := range p.extras() {
		if day := p.slots[i].day; week.planned > 0 && week.taken > week.planned {
			found = report(found, i, "extra on %s: treatment week %d has %s, its cadence has %d", dayText(civil.Date(day)),
				p.period7(i, day).week+1, plural(week.taken, "session"), week.planned)
		}
	}
	return found
}

// A weekCount is how many sessions the weekly segments plan for a treatment week,
// and how many it has.
type weekCount struct{ planned, taken int }

// extras yields the positions of the sessions that took place though nobody had
// planned for them and that are not in the part of the treatment as needed, with
// the counts of their weeks.
func (p *Plan) extras() iter.Seq2[int, weekCount] {
	return func(yield func(int, weekCount) bool) {
		var weeks map[treatmentWeek]weekCount // counted once there is an extra session
		from := p.neededFrom()
		for i := range p.slots {
			s := &p.slots[i]
			if !s.Extra || !s.took() || s.day >= from {
				continue
			}
			if weeks == nil {
				weeks = p.weekCounts()
			}
			if !yield(i, weeks[p.period7(i, s.day)]) {
				return
			}
		}
	}
}

func (p *Plan) weekCounts() map[treatmentWeek]weekCount {
	weeks := make(map[treatmentWeek]weekCount)
	for i := range p.slots {
		s := &p.slots[i]
		if s.Count > 0 && !s.Extra {
			week := weeks[p.period7(i, s.Target)]
			week.planned++
			weeks[p.period7(i, s.Target)] = week
		}
		if s.counts() {
			week := weeks[p.period7(i, s.day)]
			week.taken++
			weeks[p.period7(i, s.day)] = week
		}
	}
	return weeks
}

// A treatmentWeek is a week of a treatment, counted from 0.
type treatmentWeek struct {
	treatment int
	week      int32
}

// period7 returns the week of the treatment of a session that a day belongs to.
func (p *Plan) period7(i int, day int32) treatmentWeek {
	phase := p.slots[i].Phase
	return treatmentWeek{p.tenureOf(phase).treatment, weekOf(day, p.dayOne(phase))}
}

func checkWrongPhase(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		s := &p.slots[i]
		if !s.took() {
			continue
		}
		if as, is := p.given[s.given-1].Phase, p.phases[s.Phase].Name; as != "" && as != is {
			found = report(found, i, "given as a session of %s, it is session %d of %s", as, s.Number, is)
		}
	}
	return found
}

// checkGateSkipped reports the first session after each gate that took place before
// anything was decided there only: those after it follow from the same omission. What
// is decided afterwards does not change that.
func checkGateSkipped(p *Plan, found []Finding) []Finding {
	for at := range p.slots {
		for gate := range p.gates {
			if !p.gateFollows(gate, at) {
				continue
			}
			name := p.gates[gate].Name
			decided := p.decisionAt(name, at)
			if decided != nil && decided.at.entry == 0 {
				continue
			}
			for i := at + 1; i < len(p.slots); i++ {
				if s := &p.slots[i]; !s.took() || !p.sameTreatment(s.Phase, p.slots[at].Phase) || decided != nil && !p.tookBefore(s, decided) {
					continue
				}
				if decided == nil {
					found = report(found, i, "given although nothing was decided at the gate %s after session %d", strconv.Quote(name), at+1)
				} else {
					found = report(found, i, "given before it was decided at the gate %s after session %d to %s", strconv.Quote(name), at+1, decided.then)
				}
				break
			}
		}
	}
	return found
}

// tookBefore reports whether a session took place before something was decided. Of a
// day on which nobody wrote down when it began, what was recorded first came first.
func (p *Plan) tookBefore(s *slot, d *decision) bool {
	zone, at := civil.NewZone(p.zone), p.journal.at(int(d.at.entry)).AsOf
	if s.start < 0 && s.date() == civil.Of(at, p.zone) {
		return p.gave[s.given-1].at.entry < d.at.entry
	}
	began, _ := zone.Resolve(s.date(), max(0, int(s.start)))
	return began < at.Unix()
}

func checkTasks(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		if s := &p.slots[i]; s.took() && len(p.given[s.given-1].NotDone) > 0 {
			found = report(found, i, "not done: %s", quotedList(p.given[s.given-1].NotDone))
		}
	}
	for v := range p.visitsDone {
		if len(v.NotDone) > 0 {
			found = report(found, v.Session-1, "not done at %s of %s: %s", v.Name, dayText(v.Date), quotedList(v.NotDone))
		}
	}
	return found
}

// quotedList returns texts in quotes.
func quotedList(texts []string) string {
	var list []string
	for _, text := range texts {
		list = append(list, strconv.Quote(text))
	}
	return strings.Join(list, ", ")
}
