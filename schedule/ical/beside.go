package ical

import (
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// beside returns a line for each medicine beside the drug of a session: what the reader
// takes or gives, and when; of a session that took place, what was given. Names are there
// if drugs are shown, and doses if those are, too. Without them the patient is told when to
// take a medicine before the visit or after it, and nothing else.
func (o *Options) beside(e *event) (lines []string) {
	if given, took := e.session.Given(); took {
		for _, g := range given.Beside {
			switch {
			case !o.ShowDrug:
			case !o.ShowDose:
				lines = append(lines, "Beside: "+g.Name)
			case g.NotGiven:
				lines = append(lines, "Beside: "+g.Name+" not given")
			case g.Dose.IsZero():
				lines = append(lines, "Beside: "+g.Name)
			default:
				lines = append(lines, "Beside: "+g.Name+" "+e.session.Written(g.Name, g.Dose))
			}
		}
		return lines
	}
	if e.lost || e.session.State() == schedule.StateCancelled || e.session.State() == schedule.StateMissed {
		return nil
	}
	for m := range e.session.BesideFor(o.audience()) {
		taken := m.Stage != protocol.DuringVisit
		if !o.ShowDrug && !taken {
			continue
		}
		what := "your medicine"
		if o.ShowDrug {
			what = m.Name
			if o.ShowDose && m.Err == nil {
				what += " " + m.Dose.Amount.Written(m.Planned())
			}
		}
		line := "Beside: " + what
		if taken {
			line = "Take " + what
		}
		if !m.Start.IsZero() {
			if m.Date != e.session.Date() {
				line += " on " + m.Date.String()
			}
			line += " at " + m.Start.String()
		}
		if m.AsNeeded() {
			line += ", if needed: " + m.Condition
		}
		lines = append(lines, line)
	}
	return lines
}
