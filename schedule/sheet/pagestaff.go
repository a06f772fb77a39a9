package sheet

import (
	"strings"

	"github.com/regimen-go/regimen/dose"
)

// A pageSession is a session for the staff, or the checks between two sessions.
type pageSession struct {
	*pageVisit
	Planned string // the planned dose, "" for none
	Allowed string
	HasDose bool
	Signs   []pageSign // each with a line of its own; none where the dose is signed as a whole
	Tasks   []pageTask
	Sheet   []dose.Line
	Checks  []*pageVisit // visits of a monitoring, if this is no session
	ID      string
}

// A pageSign is something that is given, to be signed.
type pageSign struct{ When, What, Dose, Condition string }

// staff adds the sessions to come, each with what is to be done, filled in and signed, and
// between them the checks to come. Those after the last session that is shown are there up
// to the day of the next one.
func (p *page) staff() {
	var checks []*pageVisit
	add := func() {
		if len(checks) > 0 {
			p.Sessions = append(p.Sessions, pageSession{ID: checks[0].ID, Checks: checks})
			checks = nil
		}
	}
	sessions := 0
	for _, shown := range p.shown {
		at := shown.at
		if at.date == 0 || at.lost || !p.view.comes(at) {
			continue
		}
		switch at.kind {
		case monitoring:
			checks = append(checks, shown)
		case session:
			if n := p.view.Sessions; n > 0 && sessions == n {
				add()
				return
			}
			sessions++
			add()
			p.Sessions = append(p.Sessions, p.session(shown))
		}
	}
	add()
}

func (p *page) session(shown *pageVisit) pageSession {
	at := shown.at
	shown.Of = p.view.visitOf(at)
	shown.LongDay = p.view.Locale.longDate(at.date)
	s := pageSession{pageVisit: shown, ID: shown.ID, HasDose: at.hasDose, Sheet: at.worksheet}
	if len(shown.Doses) > 0 {
		s.Planned, s.Allowed = shown.Doses[0], strings.Join(shown.Doses[1:], " "+p.W.Or+" ")
	}
	if len(at.signs) > 0 && len(at.parts) > 0 {
		s.Planned = p.view.Locale.quantity(at.doses[0]) // its parts have lines of their own
	}
	for _, g := range at.signs {
		s.Signs = append(s.Signs, pageSign{g.when, g.what, g.dose, g.condition})
	}
	for _, t := range at.tasks {
		if !t.medicine {
			s.Tasks = append(s.Tasks, pageTask{t.when, t.text})
		}
	}
	return s
}
