package protocol

import (
	"errors"
	"strconv"
	"time"

	"github.com/regimen-go/regimen/dose"
)

// maxBeside is how many medicines a phase, and a protocol, have beside the drug.
const maxBeside = 50

// besideSize checks that no list of the medicines at a place is too long.
func (c *compiler) besideSize(at string, list []Medicine) {
	if len(list) > maxBeside {
		c.errs.add(at+"/beside", strconv.Itoa(len(list)), "want at most "+strconv.Itoa(maxBeside)+" medicines", CodeTooLong, ErrInvalid)
		return
	}
	for i := range list {
		at := at + "/beside/" + strconv.Itoa(i)
		c.size(at+"/sessions", len(list[i].Sessions))
		c.size(at+"/cumulative", len(list[i].Cumulative))
	}
}

// beside checks the medicines beside the drug of a phase.
func (c *compiler) beside(at string, index int, p Phase) {
	seen := c.namesBeside(p)
	for i, m := range p.Beside {
		at := at + "/beside/" + strconv.Itoa(i)
		c.medicine(at, m, seen, c.medicineWaits(at, target{phase: index, medicine: i + 1}))
		c.inVisit(at, "/phases/"+strconv.Itoa(index)+"/visit", index, m, p.Visit)
		sessions, ended := p.Cadence.Sessions()
		for k, n := range m.Sessions {
			if ended && !p.Cadence.IsZero() && !p.Cadence.AsNeeded() && n > sessions && !c.waits(index, FieldCadence) {
				c.errs.add(at+"/sessions/"+strconv.Itoa(k), strconv.Itoa(n), "want the number of a session of the phase, which has "+strconv.Itoa(sessions), CodeOrder, ErrInvalid)
			}
		}
	}
}

// besideAll checks the medicines beside the drug of every phase.
func (c *compiler) besideAll() {
	list := c.ofAll
	if len(list) == 0 {
		return
	}
	given := c.unread("/phases")
	for i := range c.phases {
		given = given || c.phases[i].takesBeside() || c.waits(i, FieldAmount) || c.unread("/phases/"+strconv.Itoa(i)+"/dose")
	}
	if !given {
		c.errs.add("/beside", "", "want a phase that gives a drug, or whose visit is dosing: there is nothing to give a medicine beside", CodeValue, ErrInvalid)
	}
	seen := map[string]string{}
	c.mainDrug(seen)
	for i, m := range list {
		at := "/beside/" + strconv.Itoa(i)
		c.medicine(at, m, seen, c.medicineWaits(at, target{phase: everyPhase, medicine: i + 1}))
		for k := range c.phases {
			if c.phases[k].takesBeside() {
				c.inVisit(at, "/phases/"+strconv.Itoa(k)+"/visit", k, m, c.phases[k].Visit)
			}
		}
	}
}

// namesBeside returns what is called by a name before the medicines of a phase, each with
// its place.
func (c *compiler) namesBeside(p Phase) map[string]string {
	seen := map[string]string{}
	if p.givesDrug() {
		c.mainDrug(seen)
	}
	if p.takesBeside() {
		for i, m := range c.spec.Beside {
			if m.Name != "" {
				seen[DrugKey(m.Name)] = "/beside/" + strconv.Itoa(i) + "/name"
			}
		}
	}
	return seen
}

func (c *compiler) mainDrug(seen map[string]string) {
	if c.spec.Drug != "" {
		seen[DrugKey(c.spec.Drug)] = "/drug"
	}
}

// medicine checks what a medicine says of itself. One that waits has a dose that is left
// to a parameter without a usable value.
func (c *compiler) medicine(at string, m Medicine, seen map[string]string, waits bool) {
	c.required(at+"/name", m.Name)
	if len(m.Name) > maxName {
		c.errs.add(at+"/name", m.Name, "want at most 100 bytes", CodeTooLong, ErrInvalid)
	}
	if key := DrugKey(m.Name); key != "" {
		if other := seen[key]; other != "" {
			c.errs.add(at+"/name", m.Name, "want a name that "+other+" does not have: a session gives nothing twice under one name, and a dose in parts is one dose", CodeDuplicate, ErrInvalid)
		}
		seen[key] = at + "/name"
	}
	if m.Route > dose.Intraosseous {
		c.errs.add(at+"/route", m.Route.String(), "want a route", CodeValue, ErrInvalid)
	}
	if own, prepared := m.Route, m.Preparation.Route; own != 0 && prepared != 0 && own != prepared {
		c.errs.add(at+"/route", own.String(), "want "+prepared.String()+", as "+at+"/preparation/route states, or nothing", CodeValue, ErrInvalid)
	}
	if !m.Preparation.IsZero() {
		c.preparationTexts(at, m.Preparation)
	}
	c.length(at+"/administration", m.Administration)
	if !waits {
		c.medicineDose(at, m)
	}
	c.medicineTime(at, m)
	c.line(at+"/condition", m.Condition)
	for k, n := range m.Sessions {
		if n < 1 || n > maxSessions || k > 0 && n <= m.Sessions[k-1] {
			c.errs.add(at+"/sessions/"+strconv.Itoa(k), strconv.Itoa(n), "want the number of a session of its phase, increasing", CodeOrder, ErrInvalid)
		}
	}
	c.cumulative(at, m.Cumulative)
	for i, l := range m.Cumulative {
		if !l.Limit.HardMin.IsZero() || !l.Limit.SoftMin.IsZero() {
			c.errs.add(at+"/cumulative/"+strconv.Itoa(i)+"/limit", formatLimit(l.Limit), "want maxima: nobody has to have been given a medicine", CodeValue, ErrInvalid)
		}
	}
	if m.Source != "" && !c.hasSource(m.Source) {
		c.errs.add(at+"/source", m.Source, "want the key of a source", CodeUnknownRef, ErrInvalid)
	}
}

// medicineWaits reports whether something of the dose of a medicine is left to a parameter
// without a usable value, or may be.
func (c *compiler) medicineWaits(at string, t target) bool {
	return c.open || c.doseWaits(t) || len(c.spec.Parameters) > 0 && (c.unread(at+"/name") || t.phase != everyPhase && c.unread("/phases/"+strconv.Itoa(t.phase)+"/name"))
}

// medicineDose checks the dose of a medicine with the one way in which it is given.
func (c *compiler) medicineDose(at string, m Medicine) {
	doseAt := at + "/dose"
	if m.Dose.IsZero() {
		c.errs.add(doseAt, "", "want a dose", CodeMissing, ErrInvalid)
		return
	}
	if m.Dose.Amount.IsZero() {
		c.errs.add(doseAt, formatRule(m.Dose), "want an amount", CodeMissing, ErrInvalid)
		return
	}
	if m.Dose.Amount.IsSum() {
		c.errs.add(doseAt+"/amount", m.Dose.Amount.String(), "want an amount, since a medicine beside has no parts", CodeDose, ErrInvalid)
		return
	}
	if c.unread(at+"/administration") || c.unread(at+"/preparation") || c.partly(at+"/preparation") {
		return // what is wrong may follow from that
	}
	problems := ruleErrors(m.Order().Check())
	for _, e := range problems {
		place, want := orderPlace(e, doseAt, at, at+"/administration")
		c.errs.add(place, e.Value, want, codeOf(e), e)
	}
	if len(problems) == 0 {
		c.judge(doseAt, m.Order())
	}
}

// medicineTime checks when a medicine is given.
func (c *compiler) medicineTime(at string, m Medicine) {
	switch {
	case c.unread(at + "/from"):
	case m.From > Departure, m.From == 0 && m.Condition == "" && !c.unread(at+"/condition"):
		c.errs.add(at+"/from", m.From.String(), "want arrival, administration start, administration end or departure, or a condition for what is given as needed", CodeMissing, ErrInvalid)
	case m.From == 0 && m.At != 0:
		c.errs.add(at+"/at", formatTime(m.At), "want nothing, or the moment that it is counted from", CodeValue, ErrInvalid)
	}
	if !wholeMinutes(m.At) {
		c.errs.add(at+"/at", m.At.String(), "want whole minutes, at most 7 days away", CodeValue, ErrInvalid)
	}
}

// inVisit refuses a medicine that takes time and is not given inside the visit: both
// places are named.
func (c *compiler) inVisit(at, visitAt string, index int, m Medicine, v Visit) {
	takes := m.Length()
	for _, place := range []string{at + "/from", at + "/at", at + "/administration", at + "/dose", at + "/preparation", visitAt} {
		if c.unread(place) || c.partly(place) {
			return
		}
	}
	if takes == 0 || m.Dose.Amount.IsZero() || c.waits(index, FieldAdministration, FieldObservation) || !c.fits(v) {
		return
	}
	sessions := m.Sessions
	if len(sessions) == 0 {
		sessions = []int{1}
		for _, later := range v.Later {
			sessions = append(sessions, later.From)
		}
	}
	for _, n := range sessions {
		begins, leaves := m.SinceArrival(v, n), v.LengthOf(n)
		which := ""
		if len(v.Later) > 0 || len(m.Sessions) > 0 {
			which = " at session " + strconv.Itoa(n)
		}
		switch {
		case m.From == 0 && takes > leaves:
			c.errs.add(at, formatTime(takes), "want a medicine for which the visit has time: "+visitAt+" takes "+FormatDuration(leaves)+which, CodeVisitTooShort, dose.ErrVisitTooShort)
		case m.From == 0:
			continue
		case begins < 0:
			c.errs.add(at+"/at", formatTime(m.At), "want it inside the visit, since it takes "+FormatDuration(takes)+": it would begin "+FormatDuration(-begins)+
				" before the arrival of "+visitAt+which, CodeVisitTooShort, dose.ErrVisitTooShort)
		case begins+takes > leaves:
			c.errs.add(at+"/at", formatTime(m.At), "want it inside the visit: it takes "+FormatDuration(takes)+" from "+FormatDuration(begins)+" after arrival on, and "+visitAt+
				" ends "+FormatDuration(leaves)+" after arrival"+which, CodeVisitTooShort, dose.ErrVisitTooShort)
		default:
			continue
		}
		return
	}
}

// fits reports whether the lengths of a visit are ones that a visit can have.
func (c *compiler) fits(v Visit) bool {
	ok := func(d time.Duration) bool { return 0 <= d && d <= maxVisit }
	for _, later := range v.Later {
		if !ok(later.Observation) {
			return false
		}
	}
	return ok(v.Preparation) && ok(v.Administration) && ok(v.Observation)
}

// judge refuses a planned dose that is the same for everybody and passes a hard limit:
// the protocol alone shows it. A dose that needs a body is judged with one.
func (c *compiler) judge(doseAt string, o dose.Order) {
	_, err := o.For(dose.Body{})
	if limit, ok := errors.AsType[*dose.LimitError](err); ok {
		c.errs.add(doseAt, o.Rule.String(), "want a dose that does not pass the "+limit.Limit.String(), CodeHardLimit, limit)
	}
}
