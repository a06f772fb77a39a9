package schedule

import (
	"cmp"
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Given is what really happened at a session. What happened is recorded in any
// order and whatever the plan says of it: before the session before it is known,
// outside its window, on a closed day, on hold, twice on a day, or after the session
// was said to be missed or cancelled, which it then corrects. Whether it fits the
// plan is for the checks to say. The zero Given is not valid: a date is required.
type Given struct {
	// Session names the session of the plan. Without one a dose was given that no
	// session asked for: an extra session, given, of the phase with the name Phase,
	// or of the one that was reached by Date. A bare record, which knows of no plan,
	// leaves it zero.
	Session ID
	// Phase is the name of the phase that it was given as, "" where that was
	// not written down.
	Phase string
	// Date is the day on which it took place.
	Date date.Date
	// Start and End are when the visit began and ended on the clinic's clock,
	// zero where that was not written down. A visit that was on its planned
	// date and says nothing of times keeps those of the plan. An End that is not
	// after Start is on the next day.
	Start, End clinic.TimeOfDay
	// Dose is what was really given, zero in a phase that gives no drug. In another
	// phase zero says that the amount is not entered yet, which is a finding: gaps
	// count the session, sums and levels do not.
	Dose dose.Mass
	// Parts are what was given of each part of a dose in parts. Dose is then their sum, or
	// zero, which stands for it; a part whose amount is not entered yet leaves it open.
	Parts []GivenPart
	// Nothing says that the patient came and nothing was given, "0 mg" in files. The
	// session took place; gaps, sums and levels ignore it.
	Nothing bool
	// During is how long giving the dose really took, zero where that was not
	// written down: the limits of rate and duration are then judged by the real
	// time that was planned. Start and End are those of the visit.
	During dose.Duration
	// Weight is what the patient weighed that day, zero where nobody measured.
	Weight dose.Weight
	// NotDone are the texts of the tasks of the visit that were not done.
	NotDone []string
	// Beside is what was given of medicines beside the drug, or that it was not: none says
	// that nothing was written down.
	Beside []MedicineGiven
	// Reason says why it differs from the plan, and Who decided it. Where one is
	// missing of a dose that is not the planned one nor one that the protocol allows
	// there, or that passes a soft limit, that is a finding.
	Reason, Who string
}

// clone returns a copy that shares nothing that could be changed.
func (g Given) clone() Given {
	g.NotDone = slices.Clone(g.NotDone)
	g.Parts = slices.Clone(g.Parts)
	g.Beside = slices.Clone(g.Beside)
	return g
}

// Given returns what really happened at the session, and false where it has not
// been given.
func (s Session) Given() (Given, bool) {
	if at := s.slot().given; at > 0 {
		return s.plan.given[at-1].clone(), true
	}
	return Given{}, false
}

// Extra reports whether the session was added: its target is the date it was
// added for, not one that the cadence asks for.
func (s Session) Extra() bool { return s.slot().Extra }

// compare puts what was given in order: by date and time, what was not written down
// first, and of what is at the same time in an order that does not depend on any other.
func (g Given) compare(other Given) int {
	return cmp.Or(cmp.Compare(g.Date, other.Date), cmp.Compare(g.Start.Minutes(), other.Start.Minutes()), cmp.Compare(g.End.Minutes(), other.End.Minutes()),
		g.Dose.Compare(other.Dose), slices.CompareFunc(g.Parts, other.Parts, GivenPart.compare), cmp.Compare(g.Phase, other.Phase), g.Weight.Compare(other.Weight), cmp.Compare(g.Reason, other.Reason),
		compareBeside(g.Beside, other.Beside))
}
