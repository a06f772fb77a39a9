package schedule

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Corrected puts entries of the plan's history right: what they say does not hold,
// and something else does instead, if anything. The entries stay in the history,
// marked by what corrected them. The last correction of an entry holds, and where a
// correction is withdrawn, what it corrected is as before it.
//
// Nothing is applied again. Facts are read again: what was given, missed, measured and
// closed, in the order of the entries. What a withdrawn decision had set of sessions
// to come goes back, if it was the last to set it and all of it can go back together;
// otherwise none of it does, which is a finding, [NotRestored]. Sessions that it had
// cancelled have their days again, also where those are past, and sessions that it had
// made are cancelled and withdrawn. What is decided instead is decided now. No other
// session to come moves. Doses to come are computed again; a session that was given
// keeps its target, its planned dose and its protocol.
//
// It is refused where something was given since in a session, or under a protocol,
// that a withdrawn entry had made, unless that is corrected in the same step:
// [EventError.Entries] lists what was given.
//
// It may be as of before entries that are all corrected by it: a wrong clock. The zero
// Corrected is not valid.
type Corrected struct {
	// Of is the id of the event that is wrong. It may be a correction.
	Of string
	// Instead is what is true or decided instead, nil where nothing is: the entry is
	// withdrawn. It is no correction. Of a correction it stands instead of what that
	// said.
	Instead Happening
	// Also has other entries that are put right in the same step.
	Also []Correction
	// Reason and Who are required: why, and who says so.
	Reason, Who string
}

// A Correction is an entry that is put right, and what holds instead, as in a
// [Corrected]. The zero Correction is not valid.
type Correction struct {
	Of      string
	Instead Happening
}

func (Corrected) kind() string { return "corrected" }

func (c Corrected) fields(f *objectFields) Happening {
	f.text("of", &c.Of, must)
	f.happening("instead", &c.Instead)
	nestedList(f, "also", &c.Also, may, (*Correction).fields)
	f.reason(&c.Reason, must)
	f.text("who", &c.Who, must)
	return unlessWritten(f, c)
}

func (c *Correction) fields(f *objectFields) {
	f.text("of", &c.Of, must)
	f.happening("instead", &c.Instead)
}

// all returns everything that is put right, in order.
func (c Corrected) all() []Correction {
	return append([]Correction{{c.Of, c.Instead}}, c.Also...)
}

func (c Corrected) describe() string {
	var text strings.Builder
	for k, correction := range c.all() {
		if k > 0 {
			text.WriteString("; ")
		}
		if correction.Instead == nil {
			text.WriteString("event" + quoted(correction.Of) + " withdrawn")
		} else {
			text.WriteString("instead of event" + quoted(correction.Of) + ": " + correction.Instead.describe())
		}
	}
	return text.String()
}

func (c Corrected) apply(e *edit) error {
	if err := c.check(e); err != nil {
		return err
	}
	p := e.plan
	p.corrections = append(slices.Clip(p.corrections), int32(e.number()))
	whole := e.old.journal.add(Entry{Event: e.entry.Event, AsOf: e.entry.AsOf})
	p.words = whole.words(p.corrections)
	w := withdrawal{edit: e, whole: whole, was: e.old.words, now: p.words}
	w.compare()
	if err := w.independent(); err != nil {
		return err
	}
	if err := w.read(); err != nil {
		return err
	}
	w.goBack()
	w.agree()
	w.visitsGoBack()
	w.listed()
	return w.decide(c)
}

// check refuses what names no entries that could be corrected.
func (c Corrected) check(e *edit) error {
	j := e.old.journal
	named := map[int]string{}
	for k, correction := range c.all() {
		field := "Of"
		if k > 0 {
			field = "Also " + strconv.Itoa(k)
		}
		of := correction.Of
		n := j.note(of)
		switch {
		case of == "":
			return e.refuse(ErrEvent, field, "", "want the id of an event of the plan")
		case of == e.entry.Event.ID:
			return e.refuse(ErrEvent, field, of, "want an event before this one: nothing corrects itself")
		case n == nil:
			return e.refuse(ErrUnknownEvent, field, of, "want the id of an event of the plan")
		}
		if correction.Instead != nil {
			if _, nested := correction.Instead.(Corrected); nested || !isHappening(correction.Instead) {
				return e.refuse(ErrEvent, "Instead", of, "want what happened or was decided instead: one of the types of Happening but no correction, and not a pointer")
			}
		}
		about := []*note{n}
		if root := j.root(of); correction.Instead != nil && root != n {
			about = append(about, root)
		}
		for _, n := range about {
			if other, twice := named[n.number]; twice {
				return e.refuse(ErrEvent, field, of, "want each event once in a correction: it corrects "+strconv.Quote(n.Event.ID)+" by "+strconv.Quote(other)+" already")
			}
			named[n.number] = of
		}
	}
	switch {
	case c.Reason == "":
		return e.refuse(ErrEvent, "Reason", "", "want why it is corrected")
	case c.Who == "":
		return e.refuse(ErrEvent, "Who", "", "want who says so")
	}
	return nil
}

// rightsClock reports whether an event is a correction that may be as of before
// entries of the plan: with a wrong clock they were recorded as of later, and all of
// them are corrected by it or were before.
func (p *Plan) rightsClock(e Event, asOf time.Time) bool {
	c, ok := e.What.(Corrected)
	if !ok || asOf.Before(p.built.AsOf) {
		return false
	}
	named := map[string]bool{}
	for _, correction := range c.all() {
		named[correction.Of] = true
	}
	for n := p.journal.last; n != nil; n = n.before {
		if _, corrected := p.words[int32(n.number)]; n.AsOf.After(asOf) && !corrected && !named[n.Event.ID] {
			return false
		}
	}
	return true
}
