package schedule

import (
	"cmp"
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// A VisitTaken is a companion, a follow-up or a visit of a monitoring that took place.
type VisitTaken struct {
	// Name is that of the visit in the protocol.
	Name string
	Date date.Date
	// Result and Verdict are as those of [VisitDone], and only of a monitoring.
	Result  string
	Verdict Verdict
}

// noteVisits notes the companions and the follow-ups of the sessions that were given, and
// the visits of the monitoring: those that took place, and those that did not though their
// windows passed. One that took place belongs to the first whose window has its date.
func (p *Plan) noteVisits(taken []VisitTaken) error {
	if taken == nil {
		return nil
	}
	last, over := -1, true
	for i := range p.slots {
		s := &p.slots[i]
		over = over && !s.pending()
		if !s.took() {
			continue
		}
		last = i
		for _, c := range p.phases[s.Phase].Companions {
			p.expectVisit(i, c.Name, c.Visit.Kind, RoleCompanion, min(max(0, c.From), c.To), c.From, c.To)
		}
	}
	if over && last >= 0 && !p.protocol.Cadence().Endless() {
		for _, f := range p.followUps {
			for _, day := range f.Days {
				p.expectVisit(last, f.Name, f.Visit.Kind, RoleFollowUp, day, day-f.Window.Before, day+f.Window.After)
			}
		}
	}
	asked, err := p.askedMonitoring(nil)
	if err != nil {
		return err
	}
	for i := range asked {
		p.visits = append(p.visits, p.newVisit(&asked[i]))
	}
	// Whoever is last to end gets what those before it leave.
	slices.SortStableFunc(p.visits, func(a, b OtherVisit) int {
		return cmp.Or(cmp.Compare(a.Latest, b.Latest), cmp.Compare(a.Earliest, b.Earliest))
	})
	taken = slices.Clone(taken)
	slices.SortFunc(taken, func(a, b VisitTaken) int { return cmp.Compare(a.Date, b.Date) })
	for i := range p.visits { // inside its window
		v := &p.visits[i]
		at := slices.IndexFunc(taken, func(t VisitTaken) bool { return t.Name == v.Name && t.Date >= v.Earliest && t.Date <= v.Latest })
		v.State = StateMissed
		if at >= 0 {
			v.take(taken[at])
			taken = slices.Delete(taken, at, at+1)
		}
	}
	for _, t := range taken {
		p.noteOutside(t)
	}
	today := civil.Of(p.asOf, p.zone)
	p.visits = slices.DeleteFunc(p.visits, func(v OtherVisit) bool { return !v.Placed() && v.Latest >= today })
	slices.SortStableFunc(p.visits, func(a, b OtherVisit) int {
		return cmp.Or(cmp.Compare(a.when(), b.when()), cmp.Compare(a.Name, b.Name))
	})
	return nil
}

// take notes that the visit of a record took place.
func (v *OtherVisit) take(t VisitTaken) {
	v.Date, v.State, v.Result, v.Verdict = t.Date, StateDone, t.Result, t.Verdict
}

// furthestVisit is by how many days a visit may be outside its window: one that is
// further off is not that visit.
const furthestVisit = 7

// noteOutside notes a visit that took place in no window that waits for it: the one of
// its name that is nearest, of two as near the earlier, or else one that nothing asks
// for, beside the session before it.
func (p *Plan) noteOutside(t VisitTaken) {
	nearest, least := -1, furthestVisit+1
	for i := range p.visits {
		v := &p.visits[i]
		if distance := max(civil.Days(t.Date, v.Earliest), civil.Days(v.Latest, t.Date)); v.Name == t.Name && v.State == StateMissed && distance < least {
			nearest, least = i, distance
		}
	}
	if nearest >= 0 {
		p.visits[nearest].take(t)
		return
	}
	beside := 0
	for i := range p.slots {
		if s := &p.slots[i]; s.took() && s.day <= civil.Day(t.Date) {
			beside = i
		}
	}
	v := OtherVisit{Name: t.Name, Role: RoleCompanion, Target: t.Date, Earliest: t.Date, Latest: t.Date, unasked: true}
	v.take(t)
	for _, f := range p.followUps {
		if f.Name == t.Name {
			v.Role, v.Kind = RoleFollowUp, f.Visit.Kind
		}
	}
	for i := range p.monitoring {
		if m := &p.monitoring[i]; m.Name == t.Name {
			v.Role, v.Kind, v.Elsewhere = RoleMonitoring, m.Visit.Kind, m.Elsewhere
		}
	}
	offset := civil.Days(p.start, t.Date)
	if beside < len(p.slots) && v.Role != RoleMonitoring {
		v.Session, v.SessionID, v.serial = beside+1, p.id(beside), p.slots[beside].serial
		offset = civil.Days(p.slots[beside].date(), t.Date)
	}
	// What nothing asks for is told apart from what the protocol does on that day.
	v.ID = visitID(p.request.Key, v.Role, v.Name+"\x00unasked", int(v.serial), offset)
	p.visits = append(p.visits, v)
}

// expectVisit adds a visit counted in days from a session. What would have been
// before the start was asked of nobody.
func (p *Plan) expectVisit(session int, name string, kind protocol.VisitKind, role VisitRole, target, from, to int) {
	day := civil.Date(p.slots[session].day)
	v := OtherVisit{
		ID: visitID(p.request.Key, role, name, session+1, target), Name: name, Kind: kind, Role: role, Session: session + 1, SessionID: p.id(session),
		Target: civil.AddDays(day, target), Earliest: max(p.start, civil.AddDays(day, from)), Latest: civil.AddDays(day, to),
	}
	if role == RoleFollowUp {
		v.Day = target
	}
	if v.Latest >= p.start {
		p.visits = append(p.visits, v)
	}
}

// checkTaken reports what is wrong with the visits that took place.
func (r *Record) checkTaken(errs *requestErrors, known bool) {
	zone, names, results := r.clock(), map[string]bool{}, map[string]bool{}
	if known {
		for m := range r.Protocol.Monitoring() {
			names[m.Name], results[m.Name] = true, true
		}
		for _, phase := range r.Protocol.Phases() {
			for _, c := range phase.Companions {
				names[c.Name] = true
			}
		}
		for f := range r.Protocol.FollowUps() {
			names[f.Name] = true
		}
	}
	for _, v := range r.Visits {
		field := "Visit of " + civil.Format(v.Date)
		switch {
		case v.Date == 0:
			errs.add("Visit", v.Name, "want a date")
		case zone != nil && !r.AsOf.IsZero() && v.Date > civil.Of(r.AsOf, zone):
			errs.add(field, v.Name, "want a date that is not after the as-of, "+civil.Format(civil.Of(r.AsOf, zone)))
		case known && !names[v.Name]:
			errs.add(field, v.Name, "want the name of a companion, of a follow-up or of a monitoring of the protocol")
		case known && (v.Result != "" || v.Verdict != 0) && !results[v.Name]:
			errs.add(field, v.Name, "want no result of a visit that is of no monitoring")
		case v.Verdict > VerdictNotOK:
			errs.add(field, v.Verdict.String(), "want the verdict ok or not ok")
		}
	}
}
