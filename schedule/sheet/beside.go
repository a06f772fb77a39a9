package sheet

import (
	"slices"
	"strings"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// besides returns the medicines beside the drug of a session that is ahead, as what is to
// be done: those that the patient takes before arrival or after departure, and to the
// staff all of them. Their names and doses are there if they are asked for.
func (r *reader) besides(s schedule.Session) (tasks []task) {
	for m := range s.Beside() {
		who := protocol.ForBoth
		if m.Stage == protocol.DuringVisit {
			who = 0 // the patient has them where what is done during the visit is asked for
		}
		if r.shows(who, m.Stage) {
			tasks = append(tasks, r.beside(s, &m))
		}
	}
	return tasks
}

// lastOfAll is after every time of a task, in minutes.
const lastOfAll = 1 << 30

// beside says what to give or to take, and when.
func (r *reader) beside(s schedule.Session, m *schedule.PlannedMedicine) task {
	w := &r.Locale.Words
	made := task{part: partOf(m.Stage), when: w.IfNeeded, medicine: true}
	switch {
	case m.From == 0:
		made.begins = lastOfAll
	case m.Start.IsZero():
		made.when = r.around(m.From, m.At)
	default:
		made.begins, made.when = civil.Days(s.Date(), m.Date)*24*60+m.Start.Minutes(), r.fromTo(s.Date(), m.Date, m.Start, m.Date, m.End)
	}
	what := w.Medicine
	if r.Drug {
		what = r.text(m.Name)
		if r.Doses {
			what += " " + r.besideDose(m)
		}
		if route := m.GivenBy(); route != 0 && r.Locale.english() {
			what += r.Locale.Comma + route.String()
		}
	}
	if made.text = what; m.Stage != protocol.DuringVisit {
		made.text = fill(w.Take, "{what}", what)
	}
	if condition := r.text(m.Condition); condition != "" {
		if m.From != 0 {
			condition = r.onlyIf(m.Condition)
		}
		made.text += " (" + condition + ")"
	}
	return made
}

func (r *reader) besideDose(m *schedule.PlannedMedicine) string {
	if m.Err != nil {
		return r.Locale.Words.NoDose
	}
	return r.Locale.quantity(m.Dose.Amount.Written(m.Planned()))
}

// gaveBeside returns what was given beside the drug of a session, in the words in which that
// was recorded.
func gaveBeside(s schedule.Session, given []schedule.MedicineGiven) string {
	texts := make([]string, len(given))
	for i, g := range given {
		switch texts[i] = g.Name; {
		case g.NotGiven:
			texts[i] += " 0 mg"
		case !g.Dose.IsZero():
			texts[i] += " " + s.Written(g.Name, g.Dose)
		}
	}
	return strings.Join(texts, "; ")
}

// besideChanged reports whether what is given beside the drug has changed.
func besideChanged(before, after schedule.Session) bool {
	list := func(s schedule.Session) (lines []string) {
		for m := range s.Beside() {
			lines = append(lines, m.Name+"\x00"+m.Planned().String()+"\x00"+m.From.String()+m.At.String()+"\x00"+m.Condition)
		}
		return lines
	}
	return !slices.Equal(list(before), list(after))
}

// besideSheets returns the lines of how the medicines beside the drug are prepared: each
// begins with what it is. On a sheet for staff the others have only the lines to sign.
func (r *reader) besideSheets(s schedule.Session) (lines []dose.Line) {
	for m := range s.Beside() {
		if r.Form == StaffSheet && m.Preparation.IsZero() {
			continue
		}
		lines = append(lines, dose.Line{Label: "beside", Text: m.String()})
		if m.Preparation.IsZero() || m.Err != nil {
			continue
		}
		for line := range m.Delivery.Worksheet().Lines() {
			lines = append(lines, line)
		}
	}
	return lines
}
