package schedule

import (
	"fmt"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
)

// ExplainVisit returns why a visit of a monitoring has its day, in lines of text: how its
// target follows from the cadence, its window, and what is with each day of that. It
// returns [ErrUnknownVisit] for the id of anything else, and of a visit that the protocol
// which holds does not ask for.
func (p *Plan) ExplainVisit(id ID) (string, error) {
	unknown := fmt.Errorf("explaining %s: %w", id, ErrUnknownVisit)
	i := p.visitAt(id)
	if i < 0 || p.visits[i].Role != RoleMonitoring {
		return "", unknown
	}
	v, now := &p.visits[i], p.treatedNow()
	for at := range p.monitoring {
		m := &p.monitoring[at]
		if m.Name != v.Name {
			continue
		}
		c, _, _, ok := p.series(m, &now)
		if !ok {
			return "", unknown
		}
		list, _, err := c.Unfold(nil)
		if err != nil || v.Number > len(list) || civil.Date(list[v.Number-1].Target) != v.Target {
			return "", unknown
		}
		return p.visitText(v, m, c.Rule(&list[v.Number-1])), nil
	}
	return "", unknown
}

func (p *Plan) visitText(v *OtherVisit, m *protocol.Monitoring, rule course.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, visit %d of %s", v.Name, v.Number, m.Cadence)
	if m.Elsewhere != "" {
		fmt.Fprintf(&b, ", %s", m.Elsewhere)
	}
	fmt.Fprintf(&b, "\n  target %s: %s\n  window %s to %s: %s\n", dayText(v.Target), targetRule(rule), dayText(v.Earliest), dayText(v.Latest), windowRule(rule))
	for d := v.Earliest; d <= v.Latest; d++ {
		text := p.visitDay(v, m, d)
		if d == v.Date {
			text = strings.TrimSuffix("chosen, but now: "+text, ", but now: possible")
		}
		fmt.Fprintf(&b, "  %s %s\n", dayText(d), text)
	}
	if !v.Placed() {
		b.WriteString("  no day is possible\n")
	}
	return b.String()
}

// visitDay says what is with a day of the window of a visit.
func (p *Plan) visitDay(v *OtherVisit, m *protocol.Monitoring, d date.Date) string {
	day := civil.Day(d)
	reason, suits := p.patient.suits(d)
	switch {
	case m.Elsewhere != "" && !p.takesPlaceOn(m, day, 0):
		return "only on " + m.Open.String()
	case m.Elsewhere == "" && !p.calendar.Open(d):
		return "closed" + bracketed(p.calendar.Reason(d))
	case !suits:
		return "does not suit the patient" + bracketed(reason)
	case day < p.today():
		return "past"
	case m.Elsewhere == "" && v.Date != d && !p.takesPlaceOn(m, day, int(v.minutes)):
		return "the hours of the clinic leave no room for " + plural(int(v.minutes), "minute")
	}
	for i := range p.visits {
		if other := &p.visits[i]; other.Role == RoleMonitoring && other.Name == v.Name && other.ID != v.ID && other.Date == d && (other.ahead() || other.State == StateDone) {
			return "another visit of the same monitoring is on it"
		}
	}
	return "possible"
}
