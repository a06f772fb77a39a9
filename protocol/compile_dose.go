package protocol

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/regimen-go/regimen/dose"
)

// doses checks every dose that the phase names, with the one way in which the
// phase gives it: the amount, the preparation and the visit state one time, all
// limits can be judged, and devices have their rests.
func (c *compiler) doses(at string, index int, p Phase, givesDrug bool) {
	if p.InParts() {
		c.parts(at, index, p)
		return
	}
	if p.Dose.Amount.IsSum() && c.unread(at+"/parts") {
		return // of what, is not known
	}
	if !p.Preparation.IsZero() {
		c.preparationTexts(at, p.Preparation)
	}
	d := doseChecker{
		compiler: c, at: at, phase: p, seen: map[string]bool{},
		untimed:    c.unread(at+"/visit/administration") || c.waits(index, FieldAdministration),
		unprepared: c.unread(at+"/preparation") || c.unread(at+"/preparation/during") || c.partly(at+"/preparation") || c.unread(at+"/runsOn"),
		open:       c.waits(index, FieldBasis, FieldCap, FieldRounding, FieldMaximum),
	}
	if !givesDrug {
		d.open = true
		d.order(at+"/dose", dose.Rule{})
		return
	}
	d.dose(at+"/dose", p.Dose, true, c.waits(index, FieldAmount))
	for i, step := range p.Steps {
		doseAt := at + "/steps/" + strconv.Itoa(i) + "/dose"
		d.dose(doseAt, step.Dose, step.Condition == "", false)
		c.stepTime(at, doseAt, p, step)
	}
}

// A doseChecker checks the doses of one phase.
type doseChecker struct {
	*compiler
	at    string
	phase Phase
	// seen is what has been said of the visit and the preparation: several doses
	// may want the same of them.
	seen map[string]bool
	// untimed says that nothing is known of how long the visit has for the dose,
	// unprepared of the preparation, and open of parts of all rules.
	untimed, unprepared, open bool
	// planned says that the dose is planned: what is only allowed and passes a
	// hard limit is not offered.
	planned bool
}

// dose checks a dose that is planned, or only allowed; it may be open.
func (d doseChecker) dose(doseAt string, r dose.Rule, planned, open bool) {
	d.planned, d.open = planned, d.open || open
	if r.Amount.IsSum() {
		d.errs.add(doseAt+"/amount", r.Amount.String(), "want an amount, since the phase has no parts", CodeDose, ErrInvalid)
		return
	}
	if r.IsZero() && !d.open {
		d.errs.add(doseAt, "", "want a dose", CodeMissing, ErrInvalid)
		return
	}
	d.order(doseAt, r)
}

// order checks one dose with the way in which it is given.
func (d doseChecker) order(doseAt string, r dose.Rule) {
	o := d.phase.OrderOf(r)
	if d.untimed {
		o.Administration = dose.Duration{}
	}
	problems := ruleErrors(o.Check())
	for _, e := range problems {
		place, want := d.placed(doseAt, e)
		ofRule, unjudged := strings.HasPrefix(e.Field, "Rule."), errors.Is(e, dose.ErrNotJudged)
		switch {
		case r.IsZero() && e.Field == "RunsOn": // refused for want of a drug
		case d.unprepared && (unjudged || !ofRule && !ofPreparationAlone(e)):
		case d.open && ofRule && !unjudged:
		case o.Administration.IsZero() && unjudged && needsTime(o, e): // the visit is asked for a time, or may have one yet
		case !ofRule && d.seen[place+want]:
		default:
			d.seen[place+want] = true
			d.errs.add(place, e.Value, want, codeOf(e), e)
		}
	}
	if len(problems) == 0 && d.planned && !d.open && !d.unprepared && !o.Administration.IsZero() {
		d.judge(doseAt, o)
	}
}

// placed returns the place of a problem of an order, and what is wanted there
// with the places that the order only names.
func (d doseChecker) placed(doseAt string, e *dose.RuleError) (place, want string) {
	return orderPlace(e, doseAt, d.at, d.at+"/visit/administration")
}

// orderPlace is placed for an order whose rule, preparation and administration are at
// places.
func orderPlace(e *dose.RuleError, doseAt, at, administrationAt string) (place, want string) {
	field, rest, _ := strings.Cut(e.Field, ".")
	switch field {
	case "Rule":
		place = doseAt + path(rest)
	case "Administration":
		place = administrationAt
	default: // Preparation, RunsOn
		place = at + path(e.Field)
	}
	stated := strings.NewReplacer("the amount states", doseAt+" states", "the preparation states", at+"/preparation/during states")
	return place, "want " + stated.Replace(e.Want)
}

// ofPreparationAlone reports whether a problem is one of the preparation whatever
// is prepared, and of no more than one of its fields.
func ofPreparationAlone(e *dose.RuleError) bool {
	return strings.HasPrefix(e.Field, "Preparation.") && e.Err == nil && e.Field != "Preparation.Pump"
}

// needsTime reports whether a limit that nothing can judge lacks nothing but a
// time, which the administration would be.
func needsTime(o dose.Order, e *dose.RuleError) bool {
	switch e.Field {
	case "Rule.Limits.Rate", "Rule.Limits.RatePerKilogram", "Rule.Limits.Duration":
		return true
	case "Rule.Limits.Flow":
		return !o.Preparation.IsZero()
	default:
		return false
	}
}

// stepTime refuses a step over another time than the dose of its phase, where
// both are prepared: a phase has one preparation, and that one time.
func (c *compiler) stepTime(at, doseAt string, p Phase, step Step) {
	own, other := amountTime(p.Dose.Amount), amountTime(step.Dose.Amount)
	if p.Preparation.IsZero() || !p.Preparation.During.IsZero() || own.IsZero() || other.IsZero() || own == other {
		return // a stated time of the preparation is compared with each
	}
	c.errs.add(doseAt+"/amount", other.String(), "want "+own.String()+", as "+at+"/dose states: a dose over another time is prepared otherwise, and is another phase",
		CodeTimesDiffer, dose.ErrTimesDiffer)
}

// amountTime returns the time that an amount states.
func amountTime(a dose.Amount) dose.Duration {
	if _, during, ok := a.OverTime(); ok {
		return during
	}
	_, _, during, _ := a.PerWeightOverTime()
	return during
}

// codeOf returns the code of a problem of a dose.
func codeOf(err error) Code {
	switch {
	case errors.Is(err, dose.ErrTimesDiffer):
		return CodeTimesDiffer
	case errors.Is(err, dose.ErrVisitTooShort):
		return CodeVisitTooShort
	case errors.Is(err, dose.ErrDevicesTooFast):
		return CodeDevicesTooFast
	case errors.Is(err, dose.ErrNotJudged):
		return CodeNotJudged
	case errors.Is(err, dose.ErrHardLimit):
		return CodeHardLimit
	default:
		return CodeDose
	}
}

// preparationTexts checks what a preparation says in words.
func (c *compiler) preparationTexts(at string, p dose.Preparation) {
	c.line(at+"/preparation/product/name", p.Product.Name)
	c.line(at+"/preparation/product/expressed", p.Product.Expressed)
	c.text(at, "/preparation/product/note", p.Product.Note)
	c.text(at, "/preparation/product/source", p.Product.Source)
	c.line(at+"/preparation/diluent", p.Diluent)
}

// runsOn checks that a dose that goes on after departure has a visit that ends
// it: a companion that begins on the day on which the dose is over.
func (c *compiler) runsOn(at string, index int, p Phase, givesDrug bool) {
	switch {
	case !p.RunsOn || c.unread(at+"/companions") || c.partly(at+"/companions"):
		return
	case !givesDrug:
		c.errs.add(at+"/runsOn", afterDeparture, "want nothing: the phase gives no drug", CodeValue, ErrInvalid)
		return
	case len(p.Companions) == 0:
		c.errs.add(at+"/companions", "", "want a companion, which is the visit that ends the dose: it runs on after departure", CodeMissing, ErrInvalid)
		return
	case c.waits(index, FieldAmount), c.unread(at + "/parts"), c.partly(at + "/parts"):
		return
	case slices.ContainsFunc(p.Parts, func(part dose.Part) bool { return part.Rule.Amount.IsZero() }):
		return
	}
	during := p.takes()
	// By the clock time at which the dose begins it is over on one of two days.
	const day = 24 * time.Hour
	first, last := int(during/day), int((during+day-1)/day)
	if during == 0 || slices.ContainsFunc(p.Companions, func(x Companion) bool { return first <= x.From && x.From <= last }) {
		return
	}
	want := "want a companion from " + days(first)
	if first != last {
		want += " or " + days(last)
	}
	const most = 5
	var from []string
	for _, x := range p.Companions[:min(len(p.Companions), most)] {
		from = append(from, FormatDays(x.From))
	}
	c.errs.add(at+"/companions", strings.Join(from, ", "), want+
		" after the session on: the dose takes "+doseDuration(during).String()+", and the companion is the visit that ends it", CodeOrder, ErrInvalid)
}

// levels checks that a phase says how its levels follow each other, if it has
// more than one.
func (c *compiler) levels(at string, index int, p Phase, givesDrug bool) {
	if p.Climb > ClimbByOne {
		c.errs.add(at+"/climb", p.Climb.String(), "want free or by one", CodeValue, ErrInvalid)
	}
	if p.Follows > FollowsLastGiven {
		c.errs.add(at+"/follows", p.Follows.String(), "want rule or last given", CodeValue, ErrInvalid)
	}
	if givesDrug && c.waits(index, FieldAmount) || c.unread(at+"/steps") || c.unreadStep(at, p) {
		return
	}
	levels := p.Levels()
	for _, f := range []struct {
		field        Field
		stated, want string
	}{
		{FieldClimb, p.Climb.String(), either(wordsOf(ClimbByOne))},
		{FieldFollows, p.Follows.String(), either(wordsOf(FollowsLastGiven))},
	} {
		place := at + f.field.path()
		switch {
		case len(levels) > 1 && f.stated == "" && !c.waits(index, f.field):
			c.errs.add(place, "", "want "+f.want+": the phase names "+strconv.Itoa(len(levels))+" levels, "+namesOf(levels), CodeMissing, ErrInvalid)
		case len(levels) == 1 && f.stated != "":
			c.errs.add(place, f.stated, "want nothing: the phase names one level, "+namesOf(levels), CodeValue, ErrInvalid)
		case len(levels) == 0 && f.stated != "":
			c.errs.add(place, f.stated, "want nothing: the phase names no level", CodeValue, ErrInvalid)
		}
	}
	if p.Climb == ClimbByOne {
		c.ladder(at, p, levels)
	}
}

// unreadStep reports whether a step lacks a dose, a problem of its own, or cannot
// be told to be planned.
func (c *compiler) unreadStep(at string, p Phase) bool {
	for i, step := range p.Steps {
		if step.Dose.IsZero() || c.unread(at+"/steps/"+strconv.Itoa(i)+"/condition") {
			return true
		}
	}
	return false
}

// namesOf names the first levels of a phase.
func namesOf(levels []DoseLevel) string {
	const most = 4
	names := make([]string, 0, most)
	for _, l := range levels[:min(len(levels), most)] {
		names = append(names, strings.Replace(l.Level.String(), noBasis, openBasis, 1))
	}
	if len(levels) > most {
		return strings.Join(names, ", ") + " and more"
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// ladder refuses a level that is offered later than one above it: that one would
// be climbed to at once where levels are climbed by one. Levels that cannot be
// compared with the dose of the phase for everybody are left alone, and so are
// those below it.
func (c *compiler) ladder(at string, p Phase, levels []DoseLevel) {
	own := p.Dose.Amount
	rungs := slices.DeleteFunc(slices.Clone(levels), func(l DoseLevel) bool {
		order, ok := l.Level.Amount().Compare(own)
		return !ok || order <= 0
	})
	slices.SortStableFunc(rungs, func(a, b DoseLevel) int {
		order, _ := b.Level.Amount().Compare(a.Level.Amount())
		return order
	})
	for n := 1; n < len(rungs); n++ { // from the top
		low, high := rungs[n], rungs[n-1]
		if high.From < low.From {
			step := slices.IndexFunc(p.Steps, func(s Step) bool { return s.Dose == low.Rule && s.From == low.From })
			c.errs.add(at+"/steps/"+strconv.Itoa(step)+"/from", strconv.Itoa(low.From), "want at most "+strconv.Itoa(high.From)+", from which on "+
				high.Level.String()+" is offered: levels are climbed by one, and "+low.Level.String()+" comes before it", CodeOrder, ErrInvalid)
		}
	}
}
