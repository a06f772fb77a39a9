package fhir

import (
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
)

// Extensions of an Appointment, with [Export.Targets].
const (
	// TargetURL has the day that the protocol asks for.
	TargetURL = "https://github.com/regimen-go/regimen/fhir/target"
	// WindowURL has the first and the last day that the protocol allows.
	WindowURL = "https://github.com/regimen-go/regimen/fhir/window"
)

// A visit is what sessions, companions and follow-ups have in common.
type visit struct {
	id                       schedule.ID
	state                    schedule.State
	withdrawn                bool
	target, earliest, latest date.Date
	// start and end are zero where there is no time.
	day        date.Date
	start, end time.Time
	lost       string
	revision   int
	supporting []Reference
	provision  string // the gate, where it is provisional
}

// appointments adds every visit, and what came of it.
func (x *exporting) appointments() {
	for _, s := range x.plan.All() {
		v := visit{
			id: s.ID(), state: s.State(), withdrawn: s.Withdrawn(), target: s.Target(), earliest: s.Earliest(), latest: s.Latest(),
			day: s.Date(), lost: s.Lost(), revision: s.Revision(), supporting: referAll(append([]string{x.requests[phaseOf(s)]}, x.awaited(s)...)...), provision: x.gate[s.Ordinal()],
		}
		if s.Date() != 0 && !s.Start().IsZero() {
			v.start = x.instant(s.Date(), s.Start())
			v.end = v.start.Add(s.Length())
			if s.State() == schedule.StateGiven {
				v.end = v.start // what was written down
				if !s.End().IsZero() {
					v.end = x.instant(s.EndDate(), s.End())
				}
			}
		}
		x.appointment(v)
		x.outcome(s, v)
	}
	for o := range x.plan.OtherVisits() {
		v := visit{
			id: o.ID, state: o.State, target: o.Target, earliest: o.Earliest, latest: o.Latest, day: o.Date, lost: o.Lost, revision: o.Revision,
			provision: x.gate[o.Session],
		}
		if o.Placed() && !o.Start.IsZero() {
			v.start, v.end = x.instant(o.Date, o.Start), x.instant(o.EndDate, o.End)
		}
		x.appointment(v)
		if v.state == schedule.StateDone {
			x.outcomes[visitURN(v.id)] = []string{visitURN(v.id)} // it took place
		}
	}
}

// appointment adds a visit.
func (x *exporting) appointment(v visit) {
	a := &Appointment{
		ResourceType: "Appointment", Identifier: visitIdentifiers(v.id), Description: orElse(x.option.Description, "Clinic visit"),
		SupportingInformation: v.supporting,
	}
	status := "needs-action"
	timed := !v.start.IsZero()
	switch {
	case v.withdrawn:
		a.Status = "entered-in-error"
		timed = timed || x.wholeDay(&v)
	case v.state == schedule.StateGiven || v.state == schedule.StateDone:
		a.Status, status = "fulfilled", "accepted"
		timed = timed || x.wholeDay(&v)
	case v.state == schedule.StateMissed:
		a.Status, status = "noshow", "accepted"
		a.CancelationReason = reason(x.why(v.id), "")
		timed = timed || x.wholeDay(&v)
	case v.state == schedule.StateCancelled:
		a.Status, status = "cancelled", "declined"
		a.CancelationReason = reason(x.why(v.id), "not needed any more")
	case v.state == schedule.StateHeld:
		a.Status, a.Comment, timed = "proposed", "On hold", false
	case v.lost != "":
		a.Status, a.Comment, timed = "proposed", "Not confirmed: "+v.lost, false
		a.RequestedPeriod = []Period{span(v.earliest, v.latest)}
	case v.day == 0:
		a.Status, status = "cancelled", "declined"
		a.CancelationReason = reason("", "no day in its window is possible")
	case v.state == schedule.StateProvisional:
		a.Status, status = "proposed", "tentative"
		a.SupportingInformation = append(a.SupportingInformation, referAll(v.provision)...)
	case timed && x.option.Agreed != nil && x.option.Agreed(v.id):
		a.Status, status = "booked", "accepted"
	default:
		a.Status = "proposed"
	}
	switch {
	case timed:
		a.Start, a.End = instantText(v.start), instantText(v.end)
	case a.Status == "proposed" && v.state != schedule.StateHeld && a.RequestedPeriod == nil:
		a.RequestedPeriod = []Period{span(v.day, v.day)}
	}
	if x.option.Targets && v.target != 0 {
		window := span(v.earliest, v.latest)
		a.Extension = []WhenExtension{{URL: TargetURL, ValueDate: civil.Format(v.target)}, {URL: WindowURL, ValuePeriod: &window}}
	}
	for _, who := range append([]Reference{x.option.Subject}, x.option.Others...) {
		a.Participant = append(a.Participant, Participant{Actor: &who, Required: "required", Status: status})
	}
	x.put(visitURN(v.id), a, v.revision)
}

// wholeDay gives a visit whose times nobody wrote down its day: R4 asks for times of
// one that took place. It reports false of one without a day.
func (x *exporting) wholeDay(v *visit) bool {
	if v.day == 0 {
		return false
	}
	v.start, _ = x.zone.Instant(v.day, 0)
	v.end, _ = x.zone.Instant(v.day+1, 0)
	return true
}

// why returns the reason of the entry that settled a visit, in its words.
func (x *exporting) why(id schedule.ID) string {
	told := x.plan.Told(id)
	if len(told) == 0 {
		o, _ := x.plan.OtherVisit(id)
		return o.Reason
	}
	switch what := x.events[told[len(told)-1].Event].Event.What.(type) {
	case schedule.Missed:
		return what.Reason
	case schedule.Cancelled:
		return what.Reason
	case schedule.VisitMissed:
		return what.Reason
	default:
		return ""
	}
}

// reason returns a reason in words, nil for none.
func reason(words, otherwise string) *CodeableConcept {
	if words = orElse(words, otherwise); words == "" {
		return nil
	}
	return &CodeableConcept{Text: words}
}

func span(first, last date.Date) Period {
	return Period{Start: civil.Format(first), End: civil.Format(last)}
}
