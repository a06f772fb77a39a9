package web

import (
	"net/http"
	"slices"

	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/schedule"
)

// correctForm returns the form that puts an entry right: the fields of its kind with what it
// said.
func (a *App) correctForm(q *request) (f eventForm, err error) {
	p, err := a.planOf(q)
	if err != nil {
		return f, err
	}
	history := slices.Collect(p.Plan.History())
	i := slices.IndexFunc(history, func(e schedule.Entry) bool { return e.Event.ID == q.PathValue("event") })
	if i < 0 {
		return f, errNotFound
	}
	event := history[i].Event
	d, known := deedOf(event.Kind())
	// What the staff may not record it may not take back.
	if role := d.Role; (!known || !q.user.Role.May(role)) && q.user.Role != store.Prescriber {
		return f, &refusal{http.StatusForbidden, "Only a prescriber may do this", "Nothing was recorded."}
	}
	f = eventForm{
		patientPlan: p, Title: "Correct an entry", About: eventWords(event, p.Plan), Submit: "Correct the entry", Action: p.At("correct", event.ID),
		Says:  "The entry stays in the journal, marked as corrected. What is true instead holds, and doses to come are computed again.",
		Event: newEventID(), Revision: p.Plan.Revision(),
	}
	s := subject{plan: p.Plan, user: q.user, today: q.today.String()}
	for _, id := range event.About() {
		if one, ok := p.Plan.Session(id); ok {
			s.session = one
		} else if v, ok := p.Plan.OtherVisit(id); ok {
			s.visit = v
		}
	}
	f.Fields = []field{{Name: "of", Type: fieldHidden, Value: event.ID}, {Name: "instead/kind", Type: fieldHidden, Value: event.Kind()}}
	if known {
		if decided, ok := event.What.(schedule.Decided); ok {
			s.gate = decided.Gate
		}
		inside, err := fieldsFrom(d.fields(s), "instead/", event)
		if err != nil {
			return f, err
		}
		f.Fields = append(f.Fields, field{
			Name: "way", Label: "What is wrong", Type: fieldRadio, Required: true, Value: "replace",
			Options: []option{{"replace", "it should say what stands below"}, {"withdraw", "it did not happen: take it back"}},
		})
		f.Fields = append(f.Fields, inside...)
	}
	f.Fields = append(f.Fields,
		field{Name: "reason", Label: "Why it is corrected", Type: fieldText, Wide: true, Required: true},
		field{Name: "who", Label: "Who says so", Type: fieldText, Required: true, Value: q.user.Name})
	return f, nil
}

func (a *App) correctPage(q *request) error {
	f, err := a.correctForm(q)
	if err != nil {
		return err
	}
	return a.showForm(q, http.StatusOK, f)
}

// correct puts an entry right.
func (a *App) correct(q *request) error {
	f, err := a.correctForm(q)
	if err != nil {
		return err
	}
	kind := valueOf(f.Fields, "instead/kind")
	f.Fields = filled(f.Fields, q.PostForm)
	f.Fields[0].Value, f.Fields[1].Value = q.PathValue("event"), kind
	if valueOf(f.Fields, "way") != "replace" {
		// Nothing holds instead: what stands in those fields is not looked at.
		for i := range f.Fields {
			f.Fields[i].Required = f.Fields[i].Required && !isInstead(f.Fields[i])
		}
	}
	return a.submit(q, f, "corrected")
}

func isInstead(f field) bool { return len(f.Name) > 8 && f.Name[:8] == "instead/" }
