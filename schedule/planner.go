package schedule

import (
	"iter"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A Planner makes plans of one protocol at one clinic. What they have in common is
// found out once: what the protocol says, what the clinic answers, and what a rule
// comes to for a body. The plans are those that [Build] makes, to the byte.
//
// A Planner belongs to its caller, and to one goroutine at a time. The plans that
// [Planner.Build] returns do not: they share only what never changes, may be shared
// themselves, and outlive the Planner. The zero Planner is not valid; [NewPlanner]
// makes one.
//
// A day is asked of the opening once, by the first plan that looks at it, and the
// answer is kept for all plans of the Planner. So an opening whose answers depend on
// the patient, or on what was booked since, needs a new Planner whenever they change.
type Planner struct {
	protocol *protocol.Protocol
	opening  clinic.Opening
	zone     *time.Location

	adult    *dose.Plausibility
	course   course.Course   // from no day on
	outline  *course.Outline // nil where there is none, or was no need to make one
	tenures  []tenure
	rules    *rules
	calendar *clinic.Table // frozen
	worked   *workedDoses
	scratch  scratch
}

// NewPlanner returns a planner of a protocol at the clinic that an opening is of, in
// its time zone. The zone may be nil where the opening is a [*clinic.Clinic], whose
// zone is then taken. The error joins a [*RequestError] for each of the three that is
// missing or wrong.
func NewPlanner(p *protocol.Protocol, opening clinic.Opening, zone *time.Location) (*Planner, error) {
	r := Request{Protocol: p, Opening: opening, Zone: zone, Until: 1} // a request states its own
	var errs requestErrors
	r.checkProtocol(&errs)
	r.checkOpening(&errs)
	if err := errs.err(); err != nil {
		return nil, err
	}
	pl := newPlanner(p)
	pl.opening, pl.zone, pl.worked = opening, r.location(), new(workedDoses)
	pl.calendar = clinic.NewTable(opening, pl.zone)
	pl.calendar.Freeze()
	pl.outline = pl.course.Outline()
	return &pl, nil
}

// newPlanner returns a planner that knows what a protocol says, and no clinic.
func newPlanner(p *protocol.Protocol) Planner {
	c := course.New(p, 0, 0, nil)
	t := began(p)
	return Planner{protocol: p, adult: new(dose.Adult()), course: c, tenures: t, rules: newRules(t, &c)}
}

// Build makes the plan of a request as [Build] does, with the same errors. The
// request may leave out Protocol, Opening and Zone, which are then the planner's. One
// that names others is refused: the error has a [*RequestError] for each.
func (pl *Planner) Build(r Request) (*Plan, error) {
	if err := pl.adopt(&r); err != nil {
		return nil, err
	}
	p, calendar := newPlan(), pl.calendar.Fresh()
	err := pl.build(&r, p, calendar)
	pl.learn(calendar)
	if err != nil {
		return nil, err
	}
	return p, nil
}

// Stream makes the plans of requests one after the other, each as [Planner.Build]
// does, in the same memory: a plan, and whatever was made of it, is only valid until
// the next one is asked for. What is to be kept is copied out of it, such as by
// [Plan.AppendJSON] or [FormatPlan].
//
// A request that gives no plan yields nil and why, and the stream goes on. Neither
// the planner nor another stream of it may be used while the stream is.
func (pl *Planner) Stream(requests iter.Seq[Request]) iter.Seq2[*Plan, error] {
	return func(yield func(*Plan, error) bool) {
		p, calendar := newPlan(), pl.calendar.Fresh()
		defer func() { pl.learn(calendar) }()
		for r := range requests {
			err := pl.adopt(&r)
			if err == nil {
				if calendar.Err() != nil { // an answer that made no sense concerns one plan
					calendar = pl.calendar.Fresh()
				}
				calendar.Forget()
				err = pl.build(&r, p, calendar)
			}
			plan := p
			if err != nil {
				plan = nil
			}
			if !yield(plan, err) {
				return
			}
		}
	}
}

// learn keeps what the clinic answered about days that no plan had looked at yet.
func (pl *Planner) learn(calendar *clinic.Table) {
	if calendar.Err() == nil {
		calendar.Freeze()
		pl.calendar = calendar
	}
}

// adopt gives a request what the planner has, and returns every problem of it.
func (pl *Planner) adopt(r *Request) error {
	var errs requestErrors
	switch {
	case r.Protocol == nil || r.Protocol == pl.protocol:
	case r.Protocol.Digest() != pl.protocol.Digest():
		errs.add("Protocol", nameOf(r.Protocol), "want the planner's, "+nameOf(pl.protocol)+", or none")
	}
	if r.Opening != nil && !sameOpening(r.Opening, pl.opening) {
		errs.add("Opening", "", "want the planner's, or none")
	}
	if r.Zone != nil && r.Zone.String() != pl.zone.String() {
		errs.add("Zone", r.Zone.String(), "want the planner's, "+pl.zone.String()+", or none")
	}
	r.Protocol, r.Opening, r.Zone = pl.protocol, pl.opening, pl.zone
	r.problems(pl.adult, &errs)
	return errs.err()
}

// sameOpening reports whether two openings are one. Those of a type whose values
// cannot be compared, such as functions, never are.
func sameOpening(a, b clinic.Opening) (same bool) {
	defer func() { _ = recover() }() // comparing such values panics
	return a == b
}
