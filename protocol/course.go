package protocol

import (
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/dose"
)

// A Step changes the dose of a phase from one of its sessions on.
type Step struct {
	// From is the number of the session in its phase, counted from 1; 0 where
	// a parameter gives it.
	From int
	// Dose is the rule that holds from then on.
	Dose dose.Rule
	// Condition, if not empty, is what must be true for the step to be taken,
	// in words: such a step is not planned, but the protocol allows it.
	Condition string
}

// A Companion is a visit that accompanies every session of a phase.
type Companion struct {
	// Name is unique in the phase.
	Name string
	// Visit is what happens; it gives no drug.
	Visit Visit
	// From and To are the days, counted from the session and negative before
	// it, between which the companion takes place, both included: -365 to 365.
	From, To int
}

// A FollowUpVisit is a visit that is counted from the last session.
type FollowUpVisit struct {
	// Name is unique in the protocol.
	Name string
	// Visit is what happens; it gives no drug.
	Visit Visit
	// Days are the days of the visits, counted from the last session, in
	// increasing order: 1 to 3650.
	Days []int
	// Window is how many days before and after those a visit may take place.
	Window Window
}

// A Gate is a point where a clinician must decide how to go on. Sessions after a
// gate are provisional until the decision is known.
type Gate struct {
	// Name is unique in the protocol.
	Name string
	// Phase is the phase that the gate is in.
	Phase string
	// After is the number of the session in its phase, counted from 1, that
	// the gate follows; zero for the last one.
	After int
	// Assess says what to assess.
	Assess string
	// Outcomes are the ways on that the protocol names.
	Outcomes []Outcome
}

// An Outcome is a way on at a [Gate].
type Outcome struct {
	// When says in words what was found: "remission", "no evidence of benefit".
	When string
	// Then is what the protocol has follow.
	Then Decision
	// Text says more. It may be empty.
	Text string
}

// A Decision is what follows from a gate. The zero Decision is invalid.
type Decision uint8

// The decisions.
const (
	Continue Decision = iota + 1 // go on as planned
	Stop                         // no further session
	Extend                       // more sessions of the same phase
	StepBack                     // return to the earlier frequency
	Change                       // go on with another dose or interval
)

// String returns the name of the decision, such as "step back".
func (d Decision) String() string {
	switch d {
	case Continue:
		return "continue"
	case Stop:
		return "stop"
	case Extend:
		return "extend"
	case StepBack:
		return "step back"
	case Change:
		return "change"
	default:
		return "%!Decision(" + strconv.Itoa(int(d)) + ")"
	}
}

// A MissedRule is what a protocol says about a missed session.
type MissedRule struct {
	// Phase is the phase of the missed session, "" for every phase.
	Phase string
	// Condition says in words when the rule holds: "depression worsened". It
	// is empty where the rule holds always.
	Condition string
	// Then is what the protocol has follow: Continue, StepBack or Extend.
	Then Decision
	// To is the phase whose cadence is returned to, for StepBack.
	To string
	// Source is the key of the source that says so.
	Source string
}

// Weights says what a phase asks of the weights its doses are computed from.
type Weights struct {
	// StaleAfter is the number of days after which a weighing is too old, 0
	// for no limit.
	StaleAfter int
	// Change is the change of weight, in percent of the weight that a dose was
	// computed from, above which the dose has to be looked at again; zero for
	// no limit.
	Change dose.Percent
}

// A Period is what a cumulative limit counts over. The zero Period is invalid.
type Period uint8

// The periods.
const (
	PerDay  Period = iota + 1
	PerWeek        // a treatment week
	PerPlan
)

// String returns "day", "treatment week" or "plan".
func (p Period) String() string {
	switch p {
	case PerDay:
		return "day"
	case PerWeek:
		return "treatment week"
	case PerPlan:
		return "plan"
	default:
		return "%!Period(" + strconv.Itoa(int(p)) + ")"
	}
}

// A CumulativeLimit bounds the sum of the doses of a period.
type CumulativeLimit struct {
	Per   Period
	Limit dose.Limit[dose.Mass]
}

// A Contraindication is a reason not to treat. The library never judges one: it
// is data for an app to show and ask about.
type Contraindication struct {
	Text string
	// Hard reports that the source allows no exception.
	Hard bool
}

// A Label is what regulators say about a protocol.
type Label struct {
	// Status is "approved", "off-label" or other words of the source.
	Status string
	// Region is where that holds: "US", "EU".
	Region string
	// Since is the date from which it holds, YYYY-MM-DD, or empty.
	Since string
}

func (c Companion) clone() Companion {
	c.Visit = c.Visit.Clone()
	return c
}

func (f FollowUpVisit) clone() FollowUpVisit {
	f.Visit = f.Visit.Clone()
	f.Days = slices.Clone(f.Days)
	return f
}

func (g Gate) clone() Gate {
	g.Outcomes = slices.Clone(g.Outcomes)
	return g
}
