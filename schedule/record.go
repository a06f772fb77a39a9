package schedule

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A Record is what really happened to one patient, from wherever it was kept,
// and the protocol that it is to be compared with. It knows of no plan:
// [Record.Plan] finds out which session of the protocol each entry was.
type Record struct {
	// Protocol is what was prescribed. Required.
	Protocol *protocol.Protocol
	// Start is day 1 of the treatment. Required.
	Start date.Date
	// Until is the last day that a target of a cadence without end may have.
	// Zero stands for three weeks after AsOf: no session could be given so
	// much too early.
	Until date.Date
	// AsOf is the instant up to which the record is complete. Required.
	AsOf time.Time
	// Opening says when the clinic was open. It may be nil: then nothing is
	// said about closed days and hours.
	Opening clinic.Opening
	// Zone is the clinic's time zone. It may be nil where Opening is a
	// [*clinic.Clinic], whose zone is then taken.
	Zone *time.Location
	// Weekdays are the days of the week that the patient was given, as in
	// [Wishes].
	Weekdays []protocol.DaySet
	// Height, Sex, Weighings, Plausible and Accepted are as in a [Request].
	// Accepted counts the sessions of the plan that the record becomes.
	Height    dose.Height
	Sex       dose.Sex
	Weighings []Weighing
	Plausible dose.Plausibility
	Accepted  []Acceptance
	// GivenBefore are doses that were given before Start, as in a [Request].
	GivenBefore []GivenBefore
	// Chosen are the levels that a clinician chose, in the order in which that was
	// done. Like Accepted they count the sessions of the plan.
	Chosen []ChosenLevel
	// Decided are the names of the gates at which it was decided how to go on.
	Decided []string
	// Key makes the ids of the sessions the patient's own. Without one they
	// tell the sessions of one record apart and no more.
	Key Key
	// Given is what was given, in any order: before the start too, several on a day,
	// without a dose where the amount is not known. What does not fit is a finding.
	Given []Given
	// Visits are the companions, the follow-ups and the visits of a monitoring that took
	// place, in any order. Where it is nil nothing was written down of them, and nothing is
	// said; an empty list says that there were none.
	Visits []VisitTaken
}

// A ChosenLevel is what [DoseChosen] says, of a session by its number.
type ChosenLevel struct {
	// Session is the number of the first session that has it, counted from 1.
	Session int
	Level   dose.Level
	// Who is required, Reason may be empty.
	Who, Reason string
}

func (c ChosenLevel) check(errs *requestErrors) {
	if c.Session < 1 || c.Session > maxPlanned {
		errs.add("Chosen", strconv.Itoa(c.Session), "want the number of a session, counted from 1")
	}
	if c.Level.IsZero() {
		errs.add("Chosen", "", "want the level that was chosen")
	}
	if c.Who == "" {
		errs.add("Chosen", c.Level.String(), "want who chose it")
	}
}

// ValidateRecord compares a record with its protocol: [Validate] of
// [Record.Plan].
func ValidateRecord(r Record, checks ...Check) ([]Finding, error) {
	p, err := r.Plan()
	if err != nil {
		return nil, err
	}
	return Validate(p, checks...), nil
}

// Plan returns the record as a plan. Its sessions are those that the protocol
// asks for, on their targets and regardless of the clinic's calendar, paired with
// what was given:
//
//   - a session with a pair is given, on the day of its entry;
//   - one without is missed if its window had wholly passed before the day of
//     AsOf, else it is still planned, on its target;
//   - an entry without a pair is an extra session.
//
// Pairs keep the order of both and have the least total cost: a pair costs its
// distance in days, a session without one 14 if its tolerance is 7 and else 7,
// an entry without one 7. Ties prefer more pairs, then the earliest sessions,
// then the earliest entries. Sessions that are not due yet take part like all
// others, so that nothing but an entry changes a pair.
//
// Companions, follow-ups and the visits of a monitoring are in the plan if they took place,
// and without a date if they did not though their windows had wholly passed. The follow-ups
// count once no session is planned any more.
//
// Doses are those that the protocol would have had; where one cannot be computed
// there is none, and a finding says why.
//
// The error joins a [*RequestError] for each value that is missing or wrong; it
// names the entry. Entries need not be in order.
func (r Record) Plan() (*Plan, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	p := &Plan{
		origin: &origin{request: Request{Key: r.Key}, start: r.Start, zone: r.location(), sex: r.Sex, plausible: new(r.plausible()), earlier: sortedBefore(r.GivenBefore)},
		planState: planState{
			protocol: r.Protocol, tenures: began(r.Protocol), asOf: r.AsOf.Round(0),
			known:    known{height: r.Height, weighings: sharing(weighedBefore(r.GivenBefore, slices.Clone(r.Weighings))), atSessions: atSessions(r.Weighings), wishes: Wishes{Weekdays: slices.Clone(r.Weekdays)}, since: r.Start},
			accepted: sharing(slices.Clone(r.Accepted)),
			course:   course.New(r.Protocol, civil.Day(r.Start), civil.Day(r.until()), r.Weekdays),
		},
	}
	p.rule()
	for _, g := range r.Given {
		p.given = append(p.given, g.summed())
	}
	slices.SortStableFunc(p.given, Given.compare)
	p.calendar = clinic.NewTable(r.opening(), p.zone)
	if err := p.expand(new(Planner)); err != nil {
		return nil, err
	}
	p.pairGiven()
	if err := p.askAbout(); err != nil {
		return nil, err
	}
	p.serials = uint32(len(p.slots))
	for i := range p.slots {
		p.slots[i].serial = uint32(i + 1)
		if p.slots[i].counts() {
			p.byDay = append(p.byDay, i)
		}
	}
	p.weighAtSessions()
	if err := p.choose(r.Chosen); err != nil {
		return nil, err
	}
	p.recordedDoses()
	slices.SortStableFunc(p.byDay, func(i, j int) int { return cmp.Compare(p.slots[i].day, p.slots[j].day) })
	for _, name := range r.Decided {
		gate := slices.IndexFunc(p.gates, func(g gate) bool { return g.Name == name })
		if at := p.gateAt(gate); at >= 0 {
			p.decided = append(p.decided, decision{gate: name, serial: p.slots[at].serial, then: protocol.Continue})
		}
	}
	p.noteShortcuts()
	p.addBeside()
	p.visitsNoted = r.Visits != nil
	if err := p.noteVisits(r.Visits); err != nil {
		return nil, err
	}
	return p, nil
}

// recorded reports whether the plan is that of a record, which no request asked
// for.
func (p *Plan) recorded() bool { return p.built == nil }
