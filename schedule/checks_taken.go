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
				p.period7(day)+1, plural(week.taken, "session"), week.planned)
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
		var weeks map[int]weekCount // counted once there is an extra session
		from := p.neededFrom()
		for i := range p.slots {
			s := &p.slots[i]
			if !s.Extra || !s.took() || s.day >= from {
				continue
			}
			if weeks == nil {
				weeks = p.weekCounts()
			}
			if !yield(i, weeks[p.period7(s.day)]) {
				return
			}
		}
	}
}

func (p *Plan) weekCounts() map[int]weekCount {
	weeks := make(map[int]weekCount)
	for i := range p.slots {
		s := &p.slots[i]
		if s.Count > 0 && !s.Extra {
			week := weeks[p.period7(s.Target)]
			week.planned++
			weeks[p.period7(s.Target)] = week
		}
		if s.counts() {
			week := weeks[p.period7(s.day)]
			week.taken++
			weeks[p.period7(s.day)] = week
		}
	}
	return weeks
}

// period7 returns the number of the treatment week of a day, counted from 0.
func (p *Plan) period7(day int32) int { return int(day-civil.Day(p.start)) / 7 }

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

// checkGateSkipped reports the first session after each gate only: those after
// it follow from the same omission.
func checkGateSkipped(p *Plan, found []Finding) []Finding {
	for gate := range p.gates {
		name := p.gates[gate].Name
		at := p.gateAt(name)
		if at >= 0 && p.decisionAt(name, at) != nil {
			continue
		}
		for i := at + 1; at >= 0 && i < len(p.slots); i++ {
			if p.slots[i].took() {
				found = report(found, i, "given although nothing was decided at the gate %s after session %d", strconv.Quote(name), at+1)
				break
			}
		}
	}
	return found
}

func checkTasks(p *Plan, found []Finding) []Finding {
	for i := range p.slots {
		s := &p.slots[i]
		if !s.took() || len(p.given[s.given-1].NotDone) == 0 {
			continue
		}
		var quoted []string
		for _, task := range p.given[s.given-1].NotDone {
			quoted = append(quoted, strconv.Quote(task))
		}
		found = report(found, i, "not done: %s", strings.Join(quoted, ", "))
	}
	return found
}
