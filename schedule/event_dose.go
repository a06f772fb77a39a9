package schedule

import (
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/dose"
)

// DoseChosen says that a clinician has chosen one of the levels of a session's
// phase. It is the planned dose from the session on, also in later phases that have
// the level, whatever moves or is planned again and whatever version is adopted,
// until another is chosen or, in a phase that follows the level given last, another
// is given in that session or a later one. Of two choices that reach a session the
// one made last holds. A later phase without the level has its own dose, with a
// finding, and so has a choice further up than one level where the phase is climbed
// by one.
type DoseChosen struct {
	// Session is the first that has it. It is still to take place, or held.
	Session ID
	// Level is one that the phase has at the session.
	Level dose.Level
	// Who chose it. Required.
	Who string
	// Reason is shown to people. It may be empty.
	Reason string
}

func (DoseChosen) kind() string { return "dose-chosen" }

func (c DoseChosen) fields(f *objectFields) Happening {
	f.session("session", &c.Session, must)
	parsed(f, "level", &c.Level, must, dose.ParseLevel)
	f.text("who", &c.Who, must)
	f.reason(&c.Reason, may)
	return unlessWritten(f, c)
}

func (c DoseChosen) describe() string { return c.Level.String() + " chosen by " + c.Who }

// chosen returns the choice from the session with a serial on.
func (c DoseChosen) chosen(serial uint32) chosenDose {
	return chosenDose{serial: serial, level: c.Level, who: c.Who, reason: c.Reason}
}

func (c DoseChosen) apply(e *edit) error {
	p := e.plan
	i, err := e.find("Session", c.Session)
	if err != nil {
		return err
	}
	if p.slots[i].state != StateHeld {
		if _, err := e.pending("Session", c.Session); err != nil {
			return err
		}
	}
	s := &p.slots[i]
	phase := &p.phases[s.Phase]
	if _, ok := p.levelOf(s.Phase, int(s.Number), c.Level); !ok || phase.Dose.IsZero() {
		return e.refuse(ErrEvent, "Level", c.Level.String(), "want "+p.levelsText(i))
	}
	if c.Who == "" {
		return e.refuse(ErrEvent, "Who", "", "want who chose it")
	}
	p.chosen = append(p.chosen, c.chosen(s.serial))
	p.dosePending()
	if err := p.doses.at(s.dose).err; err != nil {
		return e.refuse(err, "Level", c.Level.String(), "want a level that session "+strconv.Itoa(i+1)+" can have: "+err.Error())
	}
	return nil
}

// levelsText lists the levels that the phase of a session has there.
func (p *Plan) levelsText(i int) string {
	s := &p.slots[i]
	phase := &p.phases[s.Phase]
	if phase.Dose.IsZero() {
		return "none: the phase " + strconv.Quote(phase.Name) + " gives no drug"
	}
	var texts []string
	for l := range p.levels(s.Phase, int(s.Number)) {
		texts = append(texts, l.Level.String())
	}
	text, last := texts[0], len(texts)-1
	if last > 0 {
		text = strings.Join(texts[:last], ", ") + " or " + texts[last]
	}
	return "one of the levels that the phase " + strconv.Quote(phase.Name) + " has at session " + strconv.Itoa(i+1) + ": " + text
}
