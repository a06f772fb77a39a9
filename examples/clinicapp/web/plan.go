package web

import (
	"net/http"
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule"
)

// A sessionRow is a session in the table of a plan.
type sessionRow struct {
	schedule.Session
	Dose, Window, When, State string
	// Overdue reports that it was to take place and nobody has said what became of it.
	Overdue bool
}

func rowOf(s schedule.Session, today date.Date) sessionRow {
	r := sessionRow{Session: s, When: whenWords(s.Date(), s.Start()), State: s.State().String(), Window: "none"}
	if s.Earliest() != 0 {
		r.Window = dayWords(s.Earliest()) + " to " + dayWords(s.Latest())
	}
	given, took := s.Given()
	switch {
	case took && given.Nothing:
		r.Dose = "nothing given"
	case took && given.Dose.IsZero() && !s.Level().IsZero():
		r.Dose = "not entered"
	case !s.Amount().IsZero():
		r.Dose = s.Amount().String()
	case s.DoseError() != nil:
		r.Dose = "none: " + s.DoseError().Error()
	}
	open := s.State() == schedule.StatePlanned || s.State() == schedule.StateProvisional
	switch {
	case open && s.Date() < today:
		r.Overdue, r.State = true, "overdue"
	case s.Lost() != "":
		r.State = "lost: " + s.Lost()
	}
	return r
}

// A visitRow is a companion or a follow-up in the table of a plan.
type visitRow struct {
	schedule.OtherVisit
	When, Shown string
	Overdue     bool
}

func visitRowOf(v schedule.OtherVisit, today date.Date) visitRow {
	r := visitRow{OtherVisit: v, When: whenWords(v.Date, v.Start), Shown: v.State.String()}
	open := v.State == schedule.StatePlanned || v.State == schedule.StateProvisional
	switch {
	case open && v.Date != 0 && v.Date < today:
		r.Overdue, r.Shown = true, "overdue"
	case v.Lost != "":
		r.Shown = "lost: " + v.Lost
	}
	return r
}

// plan shows a plan: how it stands, its calendar, sessions, visits, decisions and findings.
func (a *App) plan(q *request) error {
	p, err := a.planOf(q)
	if err != nil {
		return err
	}
	status := p.Plan.On(q.today)
	var sessions []sessionRow
	for _, s := range p.Plan.All() {
		sessions = append(sessions, rowOf(s, q.today))
	}
	var visits []visitRow
	for v := range p.Plan.OtherVisits() {
		visits = append(visits, visitRowOf(v, q.today))
	}
	findings := slices.DeleteFunc(schedule.Validate(p.Plan), func(f schedule.Finding) bool { return !f.Open() })
	// What to do about sessions that were missed or have lost their days stands together.
	var astray []sessionRow
	for _, r := range sessions {
		if r.Overdue || r.Lost() != "" || r.State == schedule.StateMissed.String() && !madeUp(p.Plan, r.ID()) {
			astray = append(astray, r)
		}
	}
	month, err := monthOf(q.URL.Query().Get("month"), q.today)
	if err != nil {
		return err
	}
	return a.render(q, http.StatusOK, "plan", map[string]any{
		"Title": p.Patient.Name, "P": p, "Status": status, "Sessions": sessions, "Visits": visits, "Findings": findings, "Astray": astray,
		"Checkpoints": slices.Collect(p.Plan.Checkpoints()), "Months": monthsOf(p, month, q.today), "Before": month.add(-monthsShown), "After": month.add(monthsShown),
		"Weighings": slices.Collect(p.Plan.Weighings()), "Deeds": a.offered(q, p, ""), "Held": status.Standing == schedule.OnHold,
		"Results": resultsOf(p.Plan, q.today, p.Plan.On(q.today+resultAhead).ResultDue...),
		"Endless": p.Plan.Protocol().Cadence().Endless(),
	})
}

// A neededResult is a result that a session needs and that is not known.
type neededResult struct {
	schedule.ResultDue
	Session sessionRow
	// Next is the visit to come, or overdue, whose result it would be, zero where there is none.
	Next schedule.OtherVisit
}

// resultsOf returns the results that sessions need up to a day.
func resultsOf(p *schedule.Plan, today date.Date, sessions ...schedule.Session) (list []neededResult) {
	for _, s := range sessions {
		for _, due := range s.ResultsDue() {
			r := neededResult{ResultDue: due, Session: rowOf(s, today)}
			for v := range p.OtherVisits() {
				open := v.State == schedule.StatePlanned || v.State == schedule.StateProvisional
				if v.Role == schedule.RoleMonitoring && v.Name == due.Monitoring && open && v.Date >= due.From && v.Date <= due.To {
					r.Next = v
				}
			}
			list = append(list, r)
		}
	}
	return list
}

// madeUp reports whether another session makes up for one.
func madeUp(p *schedule.Plan, id schedule.ID) bool {
	for _, s := range p.All() {
		if of, ok := s.MakesUpFor(); ok && of == id && s.State() != schedule.StateCancelled {
			return true
		}
	}
	return false
}

// offered are the forms about a plan, a session or a visit that somebody may open.
func (a *App) offered(q *request, p patientPlan, about string) (list []deed) {
	for _, d := range deeds() {
		if d.About != about || !q.user.Role.May(d.Role) {
			continue
		}
		held := p.Plan.Standing() == schedule.OnHold
		if d.Kind == "resumed" && !held || d.Kind == "held" && held || d.Kind == "extended" && !p.Plan.Protocol().Cadence().Endless() {
			continue
		}
		list = append(list, d)
	}
	return list
}
