package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A problem is one sentence about a flag.
type problem struct{ flag, text string }

type problems []problem

// say adds a sentence unless it has been said: the phases of a protocol often
// share a mistake.
func (p *problems) say(flag, text string) {
	if add := (problem{flag, text}); !slices.Contains(*p, add) {
		*p = append(*p, add)
	}
}

// refuse says that the value of a flag is not what was wanted.
func (p *problems) refuse(flag, value, want string) {
	p.say(flag, "-"+flag+" "+quote(value)+": "+oneLine(want))
}

// missing says that a flag has to be given.
func (p *problems) missing(flag, want string) {
	p.say(flag, "-"+flag+" is missing: "+oneLine(want))
}

// about reports whether there is a problem with one of the flags.
func (p *problems) about(flags ...string) bool {
	return slices.ContainsFunc(*p, func(q problem) bool { return slices.Contains(flags, q.flag) })
}

// wanted is what an error of the library says without the value, which the
// caller shows beside the flag.
func wanted(err error) string {
	if e, ok := errors.AsType[*dose.ParseError](err); ok {
		return e.Err.Error() + after(" after ", e.Input, e.Offset, ": ") + "want " + e.Want
	}
	if e, ok := errors.AsType[*dose.PlausibilityError](err); ok {
		want := "want " + e.Want + " for an adult"
		if !e.Pounds.IsZero() {
			want += "; if that was pounds, it is " + e.Pounds.String()
		}
		return want
	}
	if e, ok := errors.AsType[*dose.RuleError](err); ok {
		return "want " + e.Want
	}
	if e, ok := errors.AsType[*schedule.ParseError](err); ok {
		return e.Want
	}
	if e, ok := errors.AsType[*clinic.ParseError](err); ok {
		return e.Want
	}
	if e, ok := errors.AsType[*protocol.Error](err); ok {
		return strings.TrimPrefix(after("after ", e.Value, e.Offset, ": "), ": ") + e.Want
	}
	return err.Error()
}

// after says after what a problem comes, where that is not the beginning.
func after(before, value string, offset int, behind string) string {
	if offset <= 0 || offset > len(value) {
		return behind
	}
	seen := value[:offset]
	if most := 30; len(seen) > most {
		seen = "..." + strings.ToValidUTF8(seen[len(seen)-most:], "")
	}
	return before + strconv.Quote(seen) + behind
}

// rule adds what keeps a dose from being computed; amount is the flag that says
// how much. No sentence has a dose that was refused.
func (r *reader) rule(err error, amount string) {
	if list, ok := errors.AsType[dose.RuleErrors](err); ok {
		for _, e := range list {
			flag := map[string]string{"Amount": amount, "Cap": "cap", "Rounding": "round", "Limits.Dose": "max"}[e.Field]
			r.refuse(flag, r.text(flag), "want "+e.Want)
		}
		return
	}
	if e, ok := errors.AsType[*dose.MissingError](err); ok {
		r.missing("weight", "want the patient's weight, such as \"72 kg\" or \"158.7 lb\": "+e.For+" needs it")
		return
	}
	if e, ok := errors.AsType[*dose.RoundingError](err); ok {
		r.refuse("round", r.text("round"), "want a smaller step: "+e.Err.Error())
		return
	}
	if e, ok := errors.AsType[*dose.LimitError](err); ok {
		r.refuse(amount, r.text(amount), "want a dose for this patient that does not pass the "+e.Limit.String()+" (-max)")
		return
	}
	r.refuse(amount, r.text(amount), err.Error())
}

// protocol adds what is wrong with a protocol, at the flags it was made from.
func (r *reader) protocol(err error, spec protocol.Spec) {
	list, ok := errors.AsType[protocol.ErrorList](err)
	if !ok {
		r.refuse("protocol", r.text("protocol"), wanted(err))
	}
	for _, e := range list {
		switch flag := flagOfPlace(e.Place, spec); {
		case flag == "dose":
			// Computing the dose of this patient says that, and better.
		case flag == "protocol":
			r.refuse(flag, r.text(flag), e.Want)
		case !r.about(flag):
			// A parameter that is wrong is also missing where it is needed.
			r.refuse(flag, r.text(flag), e.Want)
		}
	}
}

// flagOfPlace is the flag that a field of a protocol was made from.
func flagOfPlace(place string, spec protocol.Spec) string {
	parts := strings.Split(place+"////", "/")
	field := parts[3]
	if field == "visit" {
		field = parts[4]
	}
	if index, err := strconv.Atoi(parts[2]); err == nil && parts[1] == "parameters" && index < len(spec.Parameters) {
		field = spec.Parameters[index].Name
	}
	flag, ok := map[string]string{
		"minGap": "min-gap", "min-gap": "min-gap", "administration": "administer", "observation": "observe",
		"maintenance": "maintenance", "rounding": "round", "maximum": "max", "cap": "cap", "dose": "dose", "basis": "dose",
	}[field]
	if !ok {
		return "protocol"
	}
	return flag
}

// request adds what is wrong with a request, at the flags it was made from, but
// nothing about a flag that has a problem already.
func (r *reader) request(err error) {
	known := slices.Clone(r.problems)
	for _, e := range flatten(err) {
		wrong, ok := errors.AsType[*schedule.RequestError](e)
		if of, clinical := errors.AsType[*clinic.Error](e); clinical {
			wrong, ok = (*schedule.RequestError)(of), true
		}
		day, before := "", false
		if ok && r.patient != nil {
			day, before = strings.CutPrefix(wrong.Field, "GivenBefore")
		}
		if before {
			found := cmp.Or(wrong.Value, strings.TrimPrefix(day, " of "))
			r.wrong("patient", r.patient.givenBefore(strings.TrimPrefix(day, " of ")), quote(found), strings.TrimPrefix(wrong.Want, "want "), codeValue)
		} else if ok {
			flag := flagOf(wrong.Field)
			switch {
			case known.about(flag):
			case wrong.Value == "":
				r.missing(flag, wrong.Want)
			default:
				r.refuse(flag, wrong.Value, wrong.Want)
			}
		} else if len(known) == 0 {
			r.say("", oneLine(e.Error()))
		}
	}
}

// flagOf is the flag that a field of a request was made from.
func flagOf(field string) string {
	field, _, _ = strings.Cut(field, " ")
	flag, ok := map[string]string{
		"Protocol": "protocol", "Start": "start", "Until": "until", "AsOf": "start", "Zone": "zone", "Weighing": "weight",
		"Weekly": "hours", "Opening": "hours", "Closed": "closed", "ShortWeek": "short-week", "Key": "key",
	}[field]
	if !ok {
		return field
	}
	return flag
}

// flatten returns the errors that errors.Join joined.
func flatten(err error) []error {
	if list, ok := err.(interface{ Unwrap() []error }); ok {
		return list.Unwrap()
	}
	return []error{err}
}

// quote shows a value in a message: on one line and never long.
func quote(s string) string { return strconv.Quote(cut(s, 60)) }

// oneLine makes sure of a single line of bounded length.
func oneLine(s string) string {
	s = strings.ToValidUTF8(cut(s, 400), "?")
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, s)
}

func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return fmt.Sprintf("%s... (%d bytes)", strings.ToValidUTF8(s[:most], ""), len(s))
}
