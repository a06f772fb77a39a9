package sheet

import (
	"strconv"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// read takes what is to be shown out of a plan.
func read(plan *schedule.Plan, o Options) (*view, error) {
	v := &view{Options: o, zone: plan.Zone(), asOf: plan.AsOf(), sessions: plan.Len(), standing: plan.Standing()}
	if plan.Protocol().Cadence().Endless() {
		v.sessions = 0
	}
	v.Contacts, v.Details = cloneContacts(o.Contacts), o.Details.clone()
	v.begin()
	r := reader{view: v, shown: make(map[string]string)}
	r.found.text("Zone", v.zone.String()) // the name of a zone made by hand can be anything
	for _, s := range plan.All() {
		r.session(s)
	}
	for at := range plan.OtherVisits() {
		r.visit(at)
	}
	stopped := plan.Standing() == schedule.Stopped
	for c := range plan.Checkpoints() {
		if !stopped || c.Decision != 0 { // nobody will decide how a treatment goes on that was stopped
			r.checkpoint(c)
		}
	}
	v.sort()
	r.since(plan)
	if err := r.err(); err != nil {
		return nil, err
	}
	v.Text, v.DetailsOf, v.Since = nil, nil, nil // asked, and not needed any more
	return v, nil
}

// A reader turns the texts of a plan into those of the sheet.
type reader struct {
	*view
	shown   map[string]string // what is shown for a text
	missing []string
	found   problems
}

// text returns what is shown for a text of the plan. Each text is asked for
// once, so that the same text never has two words.
func (r *reader) text(text string) string {
	if text == "" {
		return ""
	}
	if shown, known := r.shown[text]; known {
		return shown
	}
	shown, ok := text, r.Locale.english()
	if r.Text != nil {
		shown, ok = r.Text(text)
	}
	switch {
	case !ok:
		r.missing = append(r.missing, text)
	default:
		r.found.text("Text for "+strconv.Quote(cut(text)), shown)
	}
	r.shown[text] = shown
	return shown
}

// name returns what is shown for a name, "" where names are not asked for.
func (r *reader) name(name string) string {
	if !r.Names {
		return ""
	}
	return r.text(name)
}

func (r *reader) err() error {
	if len(r.missing) > 0 {
		r.found = append(r.found, &UntranslatedError{Tag: r.Locale.Tag, Texts: r.missing})
	}
	return r.found.err()
}

func (r *reader) session(s schedule.Session) {
	at := visit{
		id: s.ID().String(), ordinal: s.Ordinal(), state: s.State(), lost: s.Lost() != "", revision: s.Revision(), week: s.Week(), name: r.name(s.Phase()),
		date: s.Date(), target: s.Target(), earliest: s.Earliest(), latest: s.Latest(), start: s.Start(), end: s.End(), endDate: s.EndDate(),
	}
	if r.Drug {
		at.drug, at.route = r.text(s.Drug()), r.text(s.Route())
	}
	given, took := s.Given()
	if took && given.Date != 0 {
		if given.Date != at.date || !given.Start.IsZero() {
			at.start, at.end = given.Start, given.End
		}
		at.date = given.Date
	}
	at.hasDose = s.DoseError() != nil || !s.Dose().IsZero()
	r.details(&at, s.ID())
	if at.ahead() {
		if !at.lost { // nobody is told to fast for a day that does not hold
			at.tasks = append(r.results(s), r.tasks(s)...)
			if r.Form == StaffSheet {
				at.signs = r.signs(s)
			}
		}
		if r.Worksheets {
			for line := range s.WorksheetLines() {
				at.worksheet = append(at.worksheet, line)
			}
			if late, ok := s.Late(); ok && at.hasDose {
				at.worksheet = append(at.worksheet, dose.Line{Label: "missed doses", Text: late.String()})
			}
			at.worksheet = append(at.worksheet, r.besideSheets(s)...)
		}
	}
	if r.Doses && r.Drug {
		at.gave = gaveBeside(s, given.Beside)
	}
	switch {
	case !r.Doses || !took && !at.ahead():
	case took:
		if !given.Dose.IsZero() {
			at.given = s.Written("", given.Dose)
			at.doses = []string{at.given}
			r.partsGiven(&at, s, given.Parts)
		} else if given.Nothing {
			at.given = "0 mg"
		}
	case s.DoseError() != nil:
		at.doses = []string{r.Locale.Words.NoDose}
	case !s.Dose().IsZero():
		at.doses, at.devices = []string{s.Written("", s.Dose().Dose())}, []string{devices(s.Delivery())}
		r.partsPlanned(&at, s)
		for allowed := range s.Allowed() {
			text := s.Written("", allowed.Dose)
			if condition := r.text(allowed.Condition); condition != "" {
				text += " (" + condition + ")"
			}
			at.doses, at.devices = append(at.doses, text), append(at.devices, devices(allowed.Delivery))
		}
	}
	r.visits = append(r.visits, at)
}

// devices says how many devices of what content a dose is, "" where it is none.
func devices(d dose.Delivery) string {
	_, content, _, ok := d.Calculation().Rule().Amount.Devices()
	if !ok {
		return ""
	}
	return strconv.Itoa(d.Devices()) + " × " + content.String()
}

func (r *reader) visit(v schedule.OtherVisit) {
	at := visit{
		id: v.ID.String(), ordinal: v.Session, state: v.State, lost: v.Lost != "", revision: v.Revision, name: r.name(v.Name),
		date: v.Date, target: v.Target, earliest: v.Earliest, latest: v.Latest, start: v.Start, end: v.End, endDate: v.EndDate,
	}
	at.kind, at.elsewhere = kindOf(v.Role), r.text(v.Elsewhere)
	if r.forStaff() {
		if at.result = v.Result; v.Verdict != 0 {
			at.verdict = v.Verdict.String()
		}
	}
	r.details(&at, v.ID)
	r.visits = append(r.visits, at)
}

// kindOf returns the kind of another visit than a session.
func kindOf(role schedule.VisitRole) kind {
	switch role {
	case schedule.RoleFollowUp:
		return followUp
	case schedule.RoleMonitoring:
		return monitoring
	default:
		return companion
	}
}

func (r *reader) checkpoint(c schedule.Checkpoint) {
	r.checkpoints = append(r.checkpoints, checkpoint{
		after: c.Session, date: c.Date, decided: c.Decision != 0, name: r.name(c.Gate.Name), assess: r.name(c.Gate.Assess),
	})
}
