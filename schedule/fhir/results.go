package fhir

import (
	"cmp"
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
)

// resultTasks adds, for each visit of a monitoring, that its result has to be known. It is
// a Task, as a gate is: an Observation would say that this is where the result was
// measured, and a laboratory that sends its own would have it twice.
func (x *exporting) resultTasks() {
	for o := range x.plan.OtherVisits() {
		if o.Role == schedule.RoleMonitoring {
			x.results[o.Name] = append(x.results[o.Name], o)
			x.resultTask(o)
		}
	}
	for _, visits := range x.results {
		slices.SortStableFunc(visits, func(a, b schedule.OtherVisit) int { return cmp.Compare(a.Date, b.Date) })
	}
}

func (x *exporting) resultTask(o schedule.OtherVisit) {
	subject, visit := x.option.Subject, refer(visitURN(o.ID))
	t := &Task{
		ResourceType: "Task", Identifier: identified(resultURN(o.ID)), BasedOn: referAll(carePlanURN(x.plan)), Status: "requested", Intent: "plan",
		Description: "Know the result: " + o.Name, Focus: &visit, For: &subject, LastModified: instantText(x.plan.AsOf().In(x.plan.Zone())),
	}
	if o.Date != 0 {
		t.Restriction = &Restriction{Period: &Period{End: civil.Format(o.Date)}}
	}
	switch {
	case o.State == schedule.StateDone:
		t.Status = "completed"
		if o.Result != "" {
			t.Output = append(t.Output, TaskOutput{Type: CodeableConcept{Text: "result"}, ValueString: o.Result})
		}
		if o.Verdict != 0 {
			t.Output = append(t.Output, TaskOutput{Type: CodeableConcept{Text: "verdict"}, ValueString: o.Verdict.String()})
		}
	case o.State == schedule.StateMissed, o.State == schedule.StateCancelled, o.Date == 0:
		t.Status = "cancelled"
	case o.State == schedule.StateHeld:
		t.Status = "on-hold"
	}
	x.put(resultURN(o.ID), t, x.plan.Revision())
}

// awaited returns the Tasks of the results that a session to come needs and that are not
// known, or not ok: those of the visits that can still be the ones for it.
func (x *exporting) awaited(s schedule.Session) (urns []string) {
	if s.State() != schedule.StatePlanned && s.State() != schedule.StateProvisional {
		return nil
	}
	for _, due := range s.ResultsDue() {
		visits := x.results[due.Monitoring]
		from, _ := slices.BinarySearchFunc(visits, due.From, func(o schedule.OtherVisit, day date.Date) int { return cmp.Compare(o.Date, day) })
		for _, o := range visits[from:] {
			if o.Date > due.To {
				break
			}
			if o.State != schedule.StateCancelled && o.State != schedule.StateMissed {
				urns = append(urns, resultURN(o.ID))
			}
		}
	}
	return urns
}
