package fhir

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/rickb777/date/v2"
)

// Check returns what is wrong with a Bundle that no reader of FHIR sees, or that not
// every one does: references and identifiers, instants, codes, units, states against
// what the plan says came of them, and the texts of Dosages against their numbers. It
// returns nothing of a Bundle that [NewBundle] made. Paths begin with entry[0].
func Check(b *Bundle) []*Refusal {
	c := &checking{addresses: map[string]Resource{}, identifiers: map[string]bool{}}
	c.say(b.Type != "collection", UnknownStatus, "type", b.Type)
	c.instant("timestamp", b.Timestamp)
	for i, e := range b.Entry {
		at := fmt.Sprintf("entry[%d].", i)
		c.say(!absolute(e.FullURL), AddressNotAbsolute, at+"fullUrl", e.FullURL)
		c.say(c.addresses[e.FullURL] != nil, AddressTwice, at+"fullUrl", e.FullURL)
		if e.Resource == nil {
			c.say(true, Missing, at+"resource", "")
			continue
		}
		c.addresses[e.FullURL] = e.Resource
		c.say(len(e.Resource.identifiers()) == 0, Missing, at+"resource.identifier", "")
		for _, d := range e.Resource.identifiers() {
			key := d.System + "|" + d.Value
			c.say(c.identifiers[key], IdentifierTwice, at+"resource.identifier", d.Value)
			c.say(d.Value == "", Missing, at+"resource.identifier.value", "")
			c.identifiers[key] = true
		}
	}
	for i, e := range b.Entry {
		c.at = fmt.Sprintf("entry[%d].resource.", i)
		if e.Resource == nil {
			continue
		}
		for _, r := range e.Resource.references() {
			c.say(r != nil && strings.HasPrefix(r.Reference, "urn:") && c.addresses[r.Reference] == nil, ReferenceToNothing, c.at+"reference", refText(r))
		}
		c.resource(e.Resource)
	}
	c.outcomes(b)
	return c.list
}

// absolute reports whether an address is one that a Bundle may have.
func absolute(address string) bool {
	digits, isUUID := strings.CutPrefix(address, "urn:uuid:")
	if !isUUID {
		return strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
	}
	for i := range len(digits) {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (digits[i] == '-') || !dash && !strings.ContainsRune("0123456789abcdef", rune(digits[i])) {
			return false
		}
	}
	return len(digits) == 36
}

// A checking is the work on one Bundle.
type checking struct {
	list        []*Refusal
	at          string
	addresses   map[string]Resource
	identifiers map[string]bool
}

// say refuses a value where something is wrong.
func (c *checking) say(wrong bool, code Code, at, value string) {
	if wrong {
		r, _ := refuse(code, at, value).(*Refusal)
		c.list = append(c.list, r)
	}
}

func (c *checking) instant(at, s string) {
	if s == "" {
		return
	}
	m, err := ParseMoment(s)
	c.say(err != nil || !m.Timed(), NotAnInstant, at, s)
}

// moment judges a day or an instant.
func (c *checking) moment(at, s string) {
	if s == "" {
		return
	}
	_, err := ParseMoment(s)
	c.say(err != nil, BadDate, at, s)
}

func (c *checking) period(at string, p *Period) {
	if p == nil {
		return
	}
	c.moment(at+".start", p.Start)
	c.moment(at+".end", p.End)
	from, err := ParseMoment(p.Start)
	to, errTo := ParseMoment(p.End)
	if err == nil && errTo == nil {
		c.say(to.day < from.day || from.Timed() && to.Timed() && to.at.Before(from.at), BoundsReversed, at, p.End)
	}
}

func (c *checking) code(at, is string, of ...string) {
	c.say(!slices.Contains(of, is), UnknownStatus, c.at+at, is)
}

func (c *checking) needs(at string, there bool) { c.say(!there, Missing, c.at+at, "") }

func refText(r *Reference) string {
	if r == nil {
		return ""
	}
	return r.Reference
}

func stated(r *Reference) bool { return r != nil && (r.Reference != "" || r.Identifier != nil) }

// resource judges one resource by what it is.
func (c *checking) resource(r Resource) {
	switch r := r.(type) {
	case *CarePlan:
		c.code("status", r.Status, "draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown")
		c.code("intent", r.Intent, "proposal", "plan")
		c.needs("subject", stated(&r.Subject))
		c.period(c.at+"period", r.Period)
		for i := range r.Activity {
			c.needs(fmt.Sprintf("activity[%d].reference", i), stated(&r.Activity[i].Reference))
		}
	case *MedicationRequest:
		c.code("status", r.Status, "active", "on-hold", "cancelled", "completed", "entered-in-error", "stopped", "draft")
		c.say(r.Intent != "plan" && r.Intent != "proposal", LibraryOrder, c.at+"intent", r.Intent)
		c.needs("medicationCodeableConcept", said(r.Medication))
		c.needs("subject", stated(&r.Subject))
		c.needs("dosageInstruction", len(r.DosageInstruction) > 0)
		for i := range r.DosageInstruction {
			c.dosage(fmt.Sprintf("dosageInstruction[%d]", i), &r.DosageInstruction[i])
		}
	case *Appointment:
		c.appointment(r)
	case *MedicationAdministration:
		c.code("status", r.Status, "completed", "entered-in-error", "stopped", "not-done", "unknown")
		c.needs("medicationCodeableConcept", said(r.Medication))
		c.needs("subject", stated(&r.Subject))
		c.needs("effective", (r.EffectiveDateTime != "") != (r.EffectivePeriod != nil))
		c.moment(c.at+"effectiveDateTime", r.EffectiveDateTime)
		c.period(c.at+"effectivePeriod", r.EffectivePeriod)
		if d := r.Dosage; d != nil {
			c.needs("dosage.dose", d.Dose != nil)
			c.quantity("dosage.dose", d.Dose, doseUnits())
			c.ratio("dosage.rateRatio", d.RateRatio)
			c.text("dosage.text", d.Text, d.Dose)
		}
	case *Observation:
		c.code("status", r.Status, "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown")
		c.needs("code", said(r.Code))
		c.needs("valueQuantity", r.ValueQuantity != nil)
		c.quantity("valueQuantity", r.ValueQuantity, []string{"kg"})
		c.moment(c.at+"effectiveDateTime", r.EffectiveDateTime)
	case *Task:
		c.code("status", r.Status, "draft", "requested", "on-hold", "cancelled", "completed", "entered-in-error")
		c.code("intent", r.Intent, "plan", "proposal")
		if r.Restriction != nil {
			c.period(c.at+"restriction.period", r.Restriction.Period)
		}
		c.moment(c.at+"lastModified", r.LastModified)
	}
}

func said(c CodeableConcept) bool { return c.Text != "" || len(c.Coding) > 0 }

func (c *checking) appointment(r *Appointment) {
	c.code("status", r.Status, "proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "entered-in-error", "checked-in", "waitlist")
	c.instant(c.at+"start", r.Start)
	c.instant(c.at+"end", r.End)
	c.say((r.Start == "") != (r.End == ""), StartWithoutEnd, c.at+"end", r.End)
	c.say(r.Start == "" && r.Status != "proposed" && r.Status != "cancelled" && r.Status != "entered-in-error", StartWithoutEnd, c.at+"start", "")
	if r.Start != "" && r.End != "" {
		c.period(c.at+"start", &Period{Start: r.Start, End: r.End})
	}
	c.say(r.CancelationReason != nil && r.Status != "cancelled" && r.Status != "noshow", ReasonWithoutEnd, c.at+"cancelationReason", r.Status)
	c.needs("participant", len(r.Participant) > 0)
	for i, p := range r.Participant {
		c.code(fmt.Sprintf("participant[%d].status", i), p.Status, "accepted", "declined", "tentative", "needs-action")
		c.needs(fmt.Sprintf("participant[%d].actor", i), stated(p.Actor))
	}
	for i := range r.RequestedPeriod {
		c.period(fmt.Sprintf("%srequestedPeriod[%d]", c.at, i), &r.RequestedPeriod[i])
	}
}

// doseUnits and timeUnits return the codes of units that doses and times may have.
func doseUnits() []string { return []string{"mg", "ug", "g"} }
func timeUnits() []string { return []string{"min", "s", "h"} }

func (c *checking) quantity(at string, q *Quantity, units []string) {
	if q == nil {
		return
	}
	at = c.at + at
	c.say(q.Value == nil, Missing, at+".value", "")
	c.say(q.Comparator != "", Comparator, at, q.Comparator)
	shown := q.Code
	if q.Code == "ug" {
		shown = "mcg"
	}
	c.say(q.System != UCUM || !slices.Contains(units, q.Code) || q.Unit != shown, UnitNotCode, at, strings.TrimSpace(q.Unit+" "+q.Code))
}

func (c *checking) ratio(at string, r *Ratio) {
	if r == nil {
		return
	}
	c.say(r.Numerator == nil, Missing, c.at+at+".numerator", "")
	c.say(r.Denominator == nil || r.Denominator.Value == nil || *r.Denominator.Value == Decimal{}, Missing, c.at+at+".denominator", "")
	c.quantity(at+".numerator", r.Numerator, doseUnits())
	c.quantity(at+".denominator", r.Denominator, timeUnits())
}

// dosage judges a Dosage: its amounts, its text against them, and its days.
func (c *checking) dosage(at string, d *Dosage) {
	c.say(len(d.DoseAndRate) != 1, TwoAmounts, c.at+at+".doseAndRate", "")
	if len(d.DoseAndRate) == 0 {
		return
	}
	rate := &d.DoseAndRate[0]
	c.say(rate.DoseRange != nil || rate.DoseQuantity == nil, TwoAmounts, c.at+at+".doseAndRate[0]", "")
	c.quantity(at+".doseAndRate[0].doseQuantity", rate.DoseQuantity, doseUnits())
	c.ratio(at+".doseAndRate[0].rateRatio", rate.RateRatio)
	c.text(at+".text", d.Text, rate.DoseQuantity)
	if most, q := d.MaxDosePerAdministration, rate.DoseQuantity; most != nil && q != nil && most.Value != nil && q.Value != nil {
		c.quantity(at+".maxDosePerAdministration", most, doseUnits())
		c.say(most.Code != q.Code || q.Value.Compare(*most.Value) > 0, DoseAboveMost, c.at+at+".maxDosePerAdministration", most.Value.String()+" "+most.Unit)
	}
	if d.Timing == nil {
		c.say(d.AsNeededBoolean == nil && d.AsNeededCodeableConcept == nil, NoTiming, c.at+at, "")
		return
	}
	// Any first day does where the Timing has none of its own.
	options := Options{Start: OnDay(date.New(2024, time.January, 1))}
	if r := d.Timing.Repeat; len(d.Timing.Event) > 0 || r != nil && r.BoundsPeriod != nil && r.BoundsPeriod.Start != "" {
		options.Start = Moment{}
	}
	if _, err := d.Timing.Expand(options); err != nil {
		if r, ok := within(err, c.at+at+".timing").(*Refusal); ok && r.Code != NoEnd {
			c.list = append(c.list, r)
		}
	}
}

// unsafe returns the first form in a text that ISMP's list of error-prone
// abbreviations names, "" for none.
func unsafe(s string) string {
	isDigit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	isLetter := func(i int) bool { return i >= 0 && i < len(s) && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z') }
	for i := range len(s) {
		switch {
		case s[i] == '.' && isDigit(i+1) && !isDigit(i-1):
			return s[i : i+2] // no leading zero
		case s[i] == '.' && isDigit(i+1):
			end := i + 1
			for isDigit(end) {
				end++
			}
			if s[end-1] == '0' {
				return s[i-1 : end] // a trailing zero
			}
		case isDigit(i):
			for _, unit := range []string{"mg", "mcg", "kg", "mL", "min"} {
				if after := i + 1 + len(unit); strings.HasPrefix(s[i+1:], unit) && !isLetter(after) && !isDigit(after) {
					return s[i:after] // no space before the unit
				}
			}
		}
	}
	for _, mu := range []string{"\u00b5", "\u03bc"} {
		if strings.Contains(s, mu) {
			return mu
		}
	}
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if slices.Contains([]string{"QD", "QOD", "BID", "TID", "TIW", "BIW", "U", "IU", "cc", "ug", "hs", "HS"}, word) {
			return word
		}
	}
	return ""
}

// text judges the text of a dose.
func (c *checking) text(at, s string, q *Quantity) {
	if s == "" {
		c.say(true, Missing, c.at+at, "")
		return
	}
	found := unsafe(s)
	c.say(found != "", UnsafeText, c.at+at, found)
	if q != nil && q.Value != nil {
		dose := thousands(q.Value.String()) + " " + q.Unit
		c.say(s != dose && !strings.HasPrefix(s, dose+" "), TextNotDose, c.at+at, s)
	}
}

// outcomes wants, for what took place, that the plan says what came of it.
func (c *checking) outcomes(b *Bundle) {
	recorded := map[string]bool{}
	plans := 0
	for _, e := range b.Entry {
		if plan, ok := e.Resource.(*CarePlan); ok {
			plans++
			for _, a := range plan.Activity {
				recorded[a.Reference.Reference] = len(a.OutcomeReference) > 0
			}
		}
	}
	for i, e := range b.Entry {
		a, ok := e.Resource.(*Appointment)
		c.say(plans > 0 && ok && a.Status == "fulfilled" && !recorded[e.FullURL], GivenWithoutRecord, fmt.Sprintf("entry[%d].resource.status", i), e.FullURL)
	}
}
