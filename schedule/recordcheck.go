package schedule

import (
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/internal/pair"
)

// alwaysOpen answers for a clinic of which nobody knows when it is open.
type alwaysOpen struct{}

func (alwaysOpen) Open(date.Date) ([]clinic.Hours, string) {
	midnight, _ := clinic.NewTimeOfDay(0)
	end, _ := clinic.NewTimeOfDay(civil.MinutesPerDay)
	return []clinic.Hours{{From: midnight, To: end}}, ""
}

func (r *Record) opening() clinic.Opening {
	if r.Opening == nil {
		return alwaysOpen{}
	}
	return r.Opening
}

// request returns what a record has in common with a request.
func (r *Record) request() *Request {
	return &Request{
		Opening: r.opening(), Zone: r.Zone, Height: r.Height, AsOf: r.AsOf, Plausible: r.Plausible,
		Weighings: r.Weighings, Accepted: r.Accepted, Protocol: r.Protocol, Start: r.Start, GivenBefore: r.GivenBefore,
	}
}

func (r *Record) location() *time.Location { return r.request().location() }

// clock returns the zone that holds for the record, nil where it is one that is
// refused.
func (r *Record) clock() *time.Location { return r.request().clock() }

func (r *Record) plausible() dose.Plausibility { return r.request().plausible() }

// until returns the last day of targets, zero where the cadence has an end.
func (r *Record) until() date.Date {
	if r.Until == 0 && r.Protocol.Cadence().Endless() {
		return min(civil.AddDays(civil.Of(r.AsOf, r.location()), pair.Furthest), MustDate("2200-12-31"))
	}
	return r.Until
}

// check returns every problem that can be seen before anything is paired.
func (r *Record) check() error {
	var errs requestErrors
	known := r.Protocol != nil && !r.Protocol.Digest().IsZero()
	if !known {
		errs.add("Protocol", "", "want a protocol made by Spec.Compile")
	}
	office, isClinic := r.Opening.(*clinic.Clinic)
	switch {
	case isClinic && office == nil:
		errs.add("Opening", "", "want a clinic, or nothing")
	case isClinic && r.Zone != nil && r.Zone.String() != office.Zone().String():
		errs.add("Zone", r.Zone.String(), "want the zone of the clinic, "+office.Zone().String())
	default:
		errs.zone("Zone", r.location())
	}
	if r.Start == 0 {
		errs.add("Start", "", "want the first day")
	} else {
		errs.date("Start", r.Start)
	}
	switch zone := r.clock(); {
	case r.AsOf.IsZero():
		errs.add("AsOf", "", "want the instant up to which the record is complete")
	case zone != nil && civil.Of(r.AsOf, zone) < r.Start:
		errs.add("AsOf", civil.Format(civil.Of(r.AsOf, zone)), "want a day that is not before the start, "+civil.Format(r.Start))
	}
	if r.Until != 0 {
		errs.date("Until", r.Until)
		if r.Until < r.Start {
			errs.add("Until", civil.Format(r.Until), "want a day that is not before the start, "+civil.Format(r.Start))
		}
	}
	wishes := Wishes{Weekdays: r.Weekdays}
	wishes.check(&errs)
	for _, a := range r.Accepted {
		a.check(&errs)
	}
	for _, c := range r.Chosen {
		c.check(&errs)
	}
	r.request().checkWeighings(nil, &errs)
	r.request().checkBefore(&errs)
	if len(r.Given) > maxPlanned {
		errs.add("Given", strconv.Itoa(len(r.Given)), "want at most 20000 entries")
	}
	if known {
		r.checkDecided(&errs)
	}
	r.checkGiven(&errs)
	r.checkTaken(&errs, known)
	return errs.err()
}

func (r *Record) checkDecided(errs *requestErrors) {
	for _, name := range r.Decided {
		found := false
		for g := range r.Protocol.Gates() {
			found = found || g.Name == name
		}
		if !found {
			errs.add("Decided", name, "want the name of a gate of the protocol")
		}
	}
}

// checkGiven reports the entries that cannot be. What the protocol says of an entry
// refuses none: that is for the checks.
func (r *Record) checkGiven(errs *requestErrors) {
	zone := r.clock()
	for i := range r.Given {
		g := &r.Given[i]
		field := entryName(i, g.Date)
		switch {
		case g.Date == 0:
			errs.add(field, "", "want a date")
		case zone != nil && !r.AsOf.IsZero() && g.Date > civil.Of(r.AsOf, zone):
			errs.add(field, "", "want a date that is not after the as-of, "+civil.Format(civil.Of(r.AsOf, zone)))
		default:
			errs.date(field, g.Date)
			if zone != nil && civil.NewZone(zone).Skips(g.Date) {
				errs.add(field, "", "want a day that exists in "+zone.String())
			}
			r.checkTimes(errs, field, g)
		}
		if !g.Session.IsZero() {
			errs.add(field, g.Session.String(), "want no id of a session: a record knows of no plan")
		}
		if g.Start.Minutes() == civil.MinutesPerDay {
			errs.add(field, g.Start.String(), "want a start before 24:00")
		}
		if g.Nothing && !g.Dose.IsZero() {
			errs.add(field, g.Dose.String(), "want none where nothing was given")
		}
		for of, problem := range g.partProblems() {
			errs.add(field+" "+of, problem.value, problem.want)
		}
		r.checkBeside(errs, field, g)
	}
}

// checkTimes reports a stated time of an entry that is after the as-of.
func (r *Record) checkTimes(errs *requestErrors, field string, g *Given) {
	location := r.clock()
	if location == nil || r.AsOf.IsZero() {
		return
	}
	zone := civil.NewZone(location)
	all := []int{g.Start.Minutes(), endOf(zone, g.Date, g.Start.Minutes(), g.End.Minutes())}
	for i := range g.Parts {
		from, to := g.partMinutes(zone, i)
		all = append(all, from, to)
	}
	for _, stated := range all {
		if stated < 0 {
			continue
		}
		if at, _ := zone.Resolve(g.Date, stated); at > r.AsOf.Unix() {
			d, minute := zone.Read(r.AsOf.Unix())
			errs.add(field, clockText(int16(stated)), "want a time that is not after the as-of, "+civil.Format(d)+" "+clockText(int16(minute)))
		}
	}
}

// entryName names an entry by its position, from 1, and its date.
func entryName(i int, d date.Date) string {
	name := "Given entry " + strconv.Itoa(i+1)
	if d == 0 {
		return name
	}
	return name + " of " + civil.Format(d)
}

// askAbout asks the clinic about every day that matters, so that the plan need not
// ask again.
func (p *Plan) askAbout() error {
	p.calendar.Ask(p.start)
	for i := range p.slots {
		s := &p.slots[i]
		p.calendar.AskAll(civil.Date(s.Earliest), civil.Date(s.Latest))
		if s.day >= civil.Day(p.start) {
			p.calendar.Ask(civil.Date(s.day))
			p.calendar.Ask(endDate(civil.Date(s.day), s.end))
		}
	}
	p.calendar.Freeze()
	return calendarError(p.calendar)
}
