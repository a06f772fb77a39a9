package schedule

import (
	"slices"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A Request is everything that [Build] needs to know. Nothing in it has a
// default that a clinician would have to decide.
type Request struct {
	// Protocol is what is prescribed. Required.
	Protocol *protocol.Protocol
	// Start is day 1 of the plan. The clinic must be open on it. Required.
	Start date.Date
	// Until is the last day that a target of a cadence without end may have;
	// it cuts nothing else. Zero means none.
	Until date.Date
	// Opening says when the clinic is open. Required.
	Opening clinic.Opening
	// Zone is the clinic's time zone. It may be nil where Opening is a
	// [*clinic.Clinic], whose zone is then taken.
	Zone *time.Location
	// Wishes are what suits the patient.
	Wishes Wishes
	// Grid is the step of start times, in whole minutes up to a day, counted
	// from the opening of each interval. Zero stands for 15 minutes, a
	// convention of this package.
	Grid time.Duration
	// ShortWeek says what to do when a session cannot be placed.
	ShortWeek ShortWeek
	// Height and Sex are the patient's, for doses by ideal, adjusted or lean
	// weight or by body surface. They have no default: a dose that needs one
	// and lacks it is an error.
	Height dose.Height
	Sex    dose.Sex
	// Weighings are the patient's measured weights, at most one a day, in any
	// order. A session uses the latest one dated on or before it.
	Weighings []Weighing
	// GivenBefore are the doses that the patient was given before Start, elsewhere or
	// under another plan, in any order. They are no sessions: the first session keeps the
	// gap to the last of them, and those of its drug count in sums and as levels.
	GivenBefore []GivenBefore
	// Plausible bounds the weights that are accepted. The zero value stands
	// for those of adults, [dose.Adult].
	Plausible dose.Plausibility
	// Accepted says which soft limits were passed knowingly.
	Accepted []Acceptance
	// Key makes the ids of the sessions this plan's own. Required.
	Key Key
	// AsOf is the instant at which the plan is made. Required.
	AsOf time.Time
}

// A Weighing is a weight as it was measured on a date.
type Weighing struct {
	Date   date.Date
	Weight dose.Weight
	// Session is the session at which it was measured, zero for none: on its day it
	// counts for that one, whatever else was measured. A request has none.
	Session ID
}

// cloneInto returns a copy that shares nothing that could be changed. It may take
// over the memory of another request, which is not used any more.
func (r *Request) cloneInto(old *Request) Request {
	copied := *r
	copied.Wishes = r.Wishes.clone()
	copied.Weighings, copied.Accepted = append(old.Weighings[:0], r.Weighings...), slices.Clone(r.Accepted)
	copied.GivenBefore = slices.Clone(r.GivenBefore)
	copied.AsOf = r.AsOf.Round(0)
	return copied
}

// location returns the zone that holds for the request.
func (r *Request) location() *time.Location {
	if office, ok := r.Opening.(*clinic.Clinic); ok && office != nil && r.Zone == nil {
		return office.Zone()
	}
	return r.Zone
}

// clock returns the zone that holds for the request, nil where it is one that is
// refused: what it makes of an instant is not worth saying then.
func (r *Request) clock() *time.Location {
	zone := r.location()
	if _, want := civil.CheckZone(zone); want != "" {
		return nil
	}
	return zone
}

// grid returns the step of start times that holds for the request.
func (r *Request) grid() time.Duration {
	if r.Grid == 0 {
		return 15 * time.Minute
	}
	return r.Grid
}

// plausible returns the measurements that can be believed.
func (r *Request) plausible() dose.Plausibility { return *r.believes(nil) }

// believes is plausible for a caller that may know already what is for an adult.
func (r *Request) believes(adult *dose.Plausibility) *dose.Plausibility {
	switch {
	case r.Plausible != (dose.Plausibility{}):
		return &r.Plausible
	case adult == nil:
		return new(dose.Adult())
	default:
		return adult
	}
}

// check returns every problem that can be seen without placing anything.
func (r *Request) check() error {
	var errs requestErrors
	r.problems(nil, &errs)
	return errs.err()
}

// problems reports them. The measurements that can be believed of an adult are nil where
// they are not known yet.
func (r *Request) problems(adult *dose.Plausibility, errs *requestErrors) {
	r.checkProtocol(errs)
	r.checkStart(errs)
	r.checkOpening(errs)
	r.Wishes.check(errs)
	if r.Grid < 0 || r.Grid > 24*time.Hour || r.Grid%time.Minute != 0 {
		errs.add("Grid", r.Grid.String(), "want whole minutes up to a day")
	}
	if r.ShortWeek > Carry {
		errs.add("ShortWeek", r.ShortWeek.String(), "want Refuse, Drop, Postpone or Carry")
	}
	if r.Key.IsZero() {
		errs.add("Key", "", "want 16 random bytes")
	}
	switch zone := r.clock(); {
	case r.AsOf.IsZero():
		errs.add("AsOf", "", "want the instant at which the plan is made")
	case zone != nil && !civil.InRange(civil.Of(r.AsOf, zone)):
		errs.add("AsOf", r.AsOf.UTC().Format(time.RFC3339Nano), "want an instant in the years 1900 to 2200")
	}
	r.checkWeighings(adult, errs)
	r.checkBefore(errs)
	for _, a := range r.Accepted {
		a.check(errs)
	}
}

func (r *Request) checkStart(errs *requestErrors) {
	if r.Start == 0 {
		errs.add("Start", "", "want the first day")
	} else {
		errs.date("Start", r.Start)
	}
	if r.Until != 0 {
		errs.date("Until", r.Until)
		if r.Until < r.Start {
			errs.add("Until", civil.Format(r.Until), "want a day that is not before the start, "+civil.Format(r.Start))
		}
	}
}

func (r *Request) checkProtocol(errs *requestErrors) {
	if r.Protocol == nil || r.Protocol.Digest().IsZero() {
		errs.add("Protocol", "", "want a protocol made by Spec.Compile")
	} else if r.Protocol.Cadence().Endless() && r.Until == 0 {
		errs.add("Until", "", "want a last day: the cadence "+strconv.Quote(r.Protocol.Cadence().String())+" has no end")
	}
}

func (r *Request) checkOpening(errs *requestErrors) {
	office, isClinic := r.Opening.(*clinic.Clinic)
	switch {
	case r.Opening == nil || isClinic && office == nil:
		errs.add("Opening", "", "want a clinic, or something else that knows when it is open")
	case isClinic && r.Zone != nil && r.Zone.String() != office.Zone().String():
		errs.add("Zone", r.Zone.String(), "want the zone of the clinic, "+office.Zone().String())
	default:
		errs.zone("Zone", r.location())
	}
}

func (r *Request) checkWeighings(adult *dose.Plausibility, errs *requestErrors) {
	if len(r.Weighings) == 0 {
		return
	}
	plausible := r.believes(adult)
	var today date.Date // zero where it is not known
	if zone := r.clock(); zone != nil && !r.AsOf.IsZero() {
		today = civil.Of(r.AsOf, zone)
	}
	seen := map[date.Date]bool{}
	for _, w := range r.Weighings {
		field := func() string { return "Weighing of " + civil.Format(w.Date) }
		switch {
		case w.Date == 0:
			errs.add("Weighing", w.Weight.String(), "want the date of the weighing")
		case seen[w.Date]:
			errs.add(field(), w.Weight.String(), "want one weighing a day")
		case today != 0 && w.Date > today:
			errs.add(field(), w.Weight.String(), "want a date that is not after the plan's as-of, "+civil.Format(today))
		case !civil.InRange(w.Date):
			errs.date(field(), w.Date)
		}
		seen[w.Date] = true
		switch body := (dose.Body{Weight: w.Weight, Height: r.Height}); {
		case w.Weight.IsZero():
			errs.add(field(), "", "want a weight")
		case !w.Session.IsZero():
			errs.add(field(), w.Session.String(), "want no session: that is for what is recorded later")
		default:
			if err := plausible.CheckBody(body); err != nil {
				errs.add(field(), w.Weight.String(), err.Error())
			}
		}
	}
}
