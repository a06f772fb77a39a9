package protocol

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/regimen-go/regimen/dose"
)

// InParts reports whether a dose of the phase is given in parts.
func (p Phase) InParts() bool { return len(p.Parts) > 0 }

// Sequence returns everything that decides how a dose in parts is given in the phase. It
// is zero in one whose dose has no parts.
func (p Phase) Sequence() dose.Sequence {
	if !p.InParts() {
		return dose.Sequence{}
	}
	return dose.Sequence{
		Rule: p.Dose, Parts: slices.Clone(p.Parts), Administration: doseDuration(p.Visit.Administration), RunsOn: p.RunsOn,
	}
}

// takes returns how long a dose of the phase is given, all parts included; zero where that
// is not known.
func (p Phase) takes() time.Duration {
	if p.InParts() {
		return p.Sequence().Duration().Time()
	}
	return p.OrderOf(p.Dose).Time().Time()
}

// summed returns the phase with the sum of its parts as its dose, where it has parts and
// states no more of the whole.
func (p Phase) summed() Phase {
	if p.InParts() && p.Dose.IsZero() {
		p.Dose.Amount = dose.SumOfParts()
	}
	return p
}

// A partChecker checks a dose in parts.
type partChecker struct {
	*compiler
	at    string
	index int
	phase Phase
	// untimed says that nothing is known of how long the visit has, open that something
	// of the whole or of a part is not known.
	untimed, open bool
	unknown       []bool // of each part
}

// parts checks a dose in parts: each part like a dose of its own, and all together with
// the visit.
func (c *compiler) parts(at string, index int, p Phase) {
	d := partChecker{
		compiler: c, at: at, index: index, phase: p,
		untimed: c.unread(at+"/visit/administration") || c.unread(at+"/runsOn") || c.waits(index, FieldAdministration),
		open:    c.unread(at+"/dose") || c.waits(index, FieldMaximum, FieldCap, FieldRounding),
	}
	if !p.Preparation.IsZero() {
		c.errs.add(at+"/preparation", p.Preparation.Product.Name, "want none: each of "+at+"/parts has its own", CodeValue, ErrInvalid)
	}
	for i := range p.Steps {
		c.errs.add(at+"/steps/"+strconv.Itoa(i), p.Steps[i].Dose.String(), "want no step in a phase with parts: another dose is another phase", CodeValue, ErrInvalid)
	}
	for i, part := range p.Parts {
		place := at + "/parts/" + strconv.Itoa(i)
		c.line(place+"/condition", part.Condition)
		if !isLine(part.Name) {
			c.errs.add(place+"/name", part.Name, "want one line", CodeValue, ErrInvalid)
		}
		c.preparationTexts(place, part.Preparation)
		unknown := c.partly(place) || c.unread(place) || c.unread(at+"/parts") || c.partWaits(index, i)
		d.unknown = append(d.unknown, unknown)
		d.open = d.open || unknown
	}
	d.check()
}

// partWaits reports whether something of a part is left to a parameter without a usable
// value.
func (c *compiler) partWaits(phase, part int) bool {
	at := "/phases/" + strconv.Itoa(phase)
	if c.open || len(c.spec.Parameters) > 0 && (c.unread(at+"/name") || c.unread(at+"/parts/"+strconv.Itoa(part)+"/name")) {
		return true
	}
	if c.doseWaits(target{phase: phase, part: part + 1}) {
		return true
	}
	return lacksBasis(c.phases[phase].Parts[part].Rule) && c.waits(phase, FieldBasis)
}

// doseWaits reports whether a field of a dose of its own, that of a part or of a medicine,
// is left to a parameter without a usable value.
func (c *compiler) doseWaits(t target) bool {
	for t.field = FieldAmount; t.field.ofDose(); t.field++ {
		if c.waiting[t] {
			return true
		}
	}
	return false
}

func (d *partChecker) check() {
	s := d.phase.Sequence()
	if d.untimed {
		s.Administration = dose.Duration{}
	}
	problems := ruleErrors(s.Check())
	for _, e := range problems {
		place, part := d.placed(e)
		switch {
		case part >= 0 && d.unknown[part]: // a problem of its own
		case part < 0 && d.open && e.Field != "Parts" && !strings.HasPrefix(e.Field, "Rule.Limits"):
		case e.Field == "Parts" && d.unread(d.at+"/parts"):
		default:
			want := "want " + d.named(e.Want)
			if part >= 0 && errors.Is(e, dose.ErrNotJudged) && d.phase.Parts[part].Time().IsZero() {
				want += ", such as " + d.at + "/parts/" + strconv.Itoa(part) + "/during"
			}
			d.errs.add(place, e.Value, want, d.codeOf(e, part), e)
		}
	}
	if len(problems) == 0 && !d.open && !s.Administration.IsZero() {
		d.judge(s)
	}
}

// placed returns the place of a problem, and the part that it is of, -1 for the whole.
func (d *partChecker) placed(e *dose.RuleError) (place string, part int) {
	field, rest, _ := strings.Cut(e.Field, ".")
	switch field {
	case "Parts":
		number, of, ok := strings.Cut(rest, ".")
		if !ok {
			return d.at + "/parts", -1
		}
		part, _ = strconv.Atoi(number)
		return d.at + "/parts/" + number + strings.Replace(path(of), "/rule", "/dose", 1), part
	case "Rule":
		return d.at + "/dose" + path(rest), -1
	case "Administration":
		return d.at + "/visit/administration", -1
	default: // RunsOn
		return d.at + path(e.Field), -1
	}
}

// named returns what is wanted with the places of the parts that it names.
func (d *partChecker) named(want string) string {
	for i := len(d.phase.Parts) - 1; i >= 0; i-- {
		number := strconv.Itoa(i)
		want = strings.ReplaceAll(want, "Parts."+number, d.at+"/parts/"+number)
	}
	return want
}

func (d *partChecker) codeOf(e *dose.RuleError, part int) Code {
	switch {
	case errors.Is(e, dose.ErrPartsOverlap):
		return CodePartsOverlap
	case part >= 0 && strings.HasSuffix(e.Field, ".Name") && slices.ContainsFunc(d.phase.Parts[:part], func(p dose.Part) bool { return p.Name == e.Value }):
		return CodeDuplicate
	case part >= 0 && (strings.HasSuffix(e.Field, ".Name") || strings.HasSuffix(e.Field, ".Rule")), e.Field == "Parts" && e.Value == "":
		return CodeMissing
	case e.Field == "Parts":
		return CodeTooLong
	default:
		return codeOf(e)
	}
}

// judge refuses parts that are the same for everybody and pass a hard limit, each for
// itself and together.
func (d *partChecker) judge(s dose.Sequence) {
	refused := false
	refuse := func(place, value string, err error, of string) {
		if limit, ok := errors.AsType[*dose.LimitError](err); ok {
			refused = true
			d.errs.add(place, value, "want a dose that does not pass the "+limit.Limit.String()+of, CodeHardLimit, limit)
		}
	}
	for i, p := range s.Parts {
		_, err := p.Order().For(dose.Body{})
		refuse(d.at+"/parts/"+strconv.Itoa(i)+"/dose", p.Rule.String(), err, "")
	}
	_, parts, err := s.For(dose.Body{})
	if refused {
		return
	}
	refuse(d.at+"/dose", s.Whole().Rule.String(), err, ", all parts that are planned together")
	for i, p := range parts {
		refuse(d.at+"/parts/"+strconv.Itoa(i)+"/dose", p.Part.Rule.String(), p.Err, " of "+d.at+"/dose together with the parts before it: it could never be given")
	}
}

// part writes a part of a dose.
func (w *writer) part(p dose.Part) {
	w.text("name", p.Name)
	w.text("dose", formatRule(p.Rule))
	w.text("during", p.During.String())
	w.text("start", p.Start.String())
	if !p.Preparation.IsZero() {
		w.Field("preparation").Object(func() { w.preparation(p.Preparation) })
	}
	w.text("condition", p.Condition)
}
