package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/schedule"
)

// session shows a session: why it is on its day and has its dose, what was said of it, and what
// can be recorded.
func (a *App) session(q *request) error {
	p, err := a.planOf(q)
	if err != nil {
		return err
	}
	s, err := sessionOf(p.Plan, q.PathValue("session"))
	if err != nil {
		return err
	}
	why, err := p.Plan.Explain(s.ID())
	if err != nil {
		return err
	}
	var sheet []string
	for line := range s.Worksheet().Lines() {
		sheet = append(sheet, line.Label+": "+line.Text)
	}
	findings := slices.DeleteFunc(schedule.Validate(p.Plan), func(f schedule.Finding) bool { return f.ID != s.ID() })
	settled := s.State() != schedule.StatePlanned && s.State() != schedule.StateProvisional && s.State() != schedule.StateHeld
	var deeds []deed
	for _, d := range a.offered(q, p, "session") {
		if settled && d.Kind != "given" && d.Kind != "missed" && d.Kind != "accepted" || d.Kind == "dose-chosen" && len(levelOptions(subject{plan: p.Plan, session: s})) < 2 ||
			d.Kind == "accepted" && !slices.ContainsFunc(findings, schedule.Finding.Open) || s.State() == schedule.StateGiven && d.Kind != "accepted" {
			continue
		}
		deeds = append(deeds, d)
	}
	var given, beside []string
	if g, ok := s.Given(); ok {
		for _, part := range g.Parts {
			given = append(given, upper(part.String()))
		}
		for _, m := range g.Beside {
			given = append(given, upper(m.String()))
		}
	} else {
		for m := range s.Beside() {
			beside = append(beside, upper(m.String()))
		}
	}
	late := ""
	if l, ok := s.Late(); ok {
		late = upper(l.String()) + "."
	}
	return a.render(q, http.StatusOK, "session", map[string]any{
		"Given": given, "Beside": beside, "Late": late, "Results": resultsOf(p.Plan, q.today, s),
		"Title": "Session " + sessionLabel(s) + ": " + p.Patient.Name, "P": p, "Row": rowOf(s, q.today), "Why": why, "Sheet": sheet, "Findings": findings,
		"Tasks": why.Tasks, "Told": toldWords(p.Plan, s.ID()), "Deeds": deeds, "Entries": entriesAbout(p.Plan, s.ID()), "Settled": settled,
	})
}

// toldWords are what a plan has said of a session, from its first word to what it says now, each
// with the entry of the journal from which it says so.
func toldWords(p *schedule.Plan, id schedule.ID) (list []string) {
	entries := map[string]int{}
	for e := range p.History() {
		entries[e.Event.ID] = len(entries) + 1
	}
	for _, t := range p.Told(id) {
		lost := ""
		if t.Lost {
			lost = "its day"
		}
		words := whenWords(t.Date, t.Start) + stateWords(t.State, lost)
		if !t.Dose.IsZero() {
			words += ", " + t.Dose.String()
		}
		from := "when the plan was made"
		if n := entries[t.Event]; n > 0 {
			from = "from entry " + strconv.Itoa(n) + " on"
		}
		list = append(list, upper(from)+", "+t.AsOf.In(p.Zone()).Format("2006-01-02 15:04")+": "+words)
	}
	return list
}

// visit shows a companion or a follow-up, and what can be recorded of it.
func (a *App) visit(q *request) error {
	p, err := a.planOf(q)
	if err != nil {
		return err
	}
	v, err := visitOf(p.Plan, q.PathValue("visit"))
	if err != nil {
		return err
	}
	return a.render(q, http.StatusOK, "visit", map[string]any{
		"Title": upper(v.Name) + ": " + p.Patient.Name, "P": p, "Row": visitRowOf(v, q.today), "Deeds": a.offered(q, p, "visit"), "Entries": entriesAbout(p.Plan, v.ID),
	})
}

// A journalLine is an entry of a journal.
type journalLine struct {
	Number        int
	ID, At        string
	Words, By     string
	Kind          string
	CorrectedWith string
	CanCorrect    bool
}

// linesOf returns the journal of a plan.
func linesOf(p *schedule.Plan) (list []journalLine) {
	corrected := map[string]string{}
	for e := range p.History() {
		if c, ok := e.Event.What.(schedule.Corrected); ok {
			corrected[c.Of] = e.Event.ID
			for _, also := range c.Also {
				corrected[also.Of] = e.Event.ID
			}
		}
	}
	n := 0
	for e := range p.History() {
		n++
		_, can := deedOf(e.Event.Kind())
		list = append(list, journalLine{
			Number: n, ID: e.Event.ID, At: e.AsOf.In(p.Zone()).Format("2006-01-02 15:04"), Words: eventWords(e.Event, p), By: e.Event.RecordedBy,
			Kind: e.Event.Kind(), CorrectedWith: corrected[e.Event.ID], CanCorrect: can || e.Event.Kind() != "corrected",
		})
	}
	return list
}

func entriesAbout(p *schedule.Plan, id schedule.ID) (list []journalLine) {
	about := map[string]bool{}
	for e := range p.History() {
		about[e.Event.ID] = slices.Contains(e.Event.About(), id)
	}
	for _, l := range linesOf(p) {
		if about[l.ID] {
			list = append(list, l)
		}
	}
	return list
}

// journal shows who recorded what and when, and what else was done about the plan.
func (a *App) journal(q *request) error {
	p, err := a.planOf(q)
	if err != nil {
		return err
	}
	logged, err := a.Store.Logged(q.Context(), p.ID)
	if err != nil {
		return err
	}
	lines := linesOf(p.Plan)
	slices.Reverse(lines)
	return a.render(q, http.StatusOK, "journal", map[string]any{"Title": "Audit trail: " + p.Patient.Name, "P": p, "Lines": lines, "Logged": logged})
}
