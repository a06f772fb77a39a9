package protocol

import (
	"errors"
	"strings"

	"github.com/regimen-go/regimen/dose"
)

// A dose rule in a file may leave to parameters what [dose.ParseRule] requires:
// the amount, and the basis of a dose per kilogram. A question mark stands for
// each.
const (
	openAmount  = "?"
	someAmount  = "1 mg"
	openBasis   = " of ? weight"
	someBasis   = " of actual weight"
	noBasis     = " of Basis(0) weight"
	amountEnd   = ", "
	basisBefore = len(" of ")
)

// formatRule returns the text of a rule, open or not.
func formatRule(r dose.Rule) string {
	s := r.String()
	switch {
	case r.IsZero():
		return ""
	case r.Amount.IsZero():
		return strings.TrimSuffix(openAmount+amountEnd+s, amountEnd)
	default:
		amount, clauses, more := strings.Cut(s, amountEnd)
		amount = strings.Replace(amount, noBasis, openBasis, 1)
		if !more {
			return amount
		}
		return amount + amountEnd + clauses
	}
}

// parseRule reads what formatRule writes.
func parseRule(s string) (dose.Rule, error) {
	amount, _, _ := strings.Cut(s, amountEnd)
	at := strings.Index(amount, openBasis)
	switch {
	case s == openAmount:
		return dose.Rule{}, &dose.ParseError{
			What: "dose rule", Input: s, Offset: len(s), Err: dose.ErrSyntax,
			Want: "a comma and what is known of the dose; if that is nothing, no dose",
		}
	case amount == openAmount:
		r, err := dose.ParseRule(someAmount + s[len(openAmount):])
		r.Amount = dose.Amount{}
		return r, shifted(err, s, len(openAmount), len(someAmount)-len(openAmount))
	case at >= 0:
		r, err := dose.ParseRule(s[:at] + someBasis + s[at+len(openBasis):])
		if err != nil {
			return dose.Rule{}, shifted(err, s, at+basisBefore+1, len(someBasis)-len(openBasis))
		}
		if rate, _, ok := r.Amount.PerWeight(); ok {
			r.Amount = dose.PerWeight(rate, 0)
		} else if rate, _, during, ok := r.Amount.PerWeightOverTime(); ok {
			r.Amount = dose.PerWeightOverTime(rate, 0, during)
		} else { // a basis that nothing could fill would be one by default
			return dose.Rule{}, &dose.ParseError{
				What: "dose rule", Input: s[:min(len(s), 64)], Offset: at + basisBefore, Err: dose.ErrSyntax,
				Want: "a basis: only an amount per kilogram as a whole leaves it to a parameter",
			}
		}
		return r, nil
	default:
		return dose.ParseRule(s)
	}
}

// shifted moves an error about a text that is longer by some bytes after the
// byte at, to where it is in s.
func shifted(err error, s string, at, longer int) error {
	e, ok := errors.AsType[*dose.ParseError](err)
	if !ok {
		return err
	}
	moved := *e
	moved.Input = s[:min(len(s), len(e.Input))]
	if e.Offset >= at {
		moved.Offset = max(at, e.Offset-longer)
	}
	return &moved
}

// clauseAt returns the byte at which the part of a rule begins that a place such
// as "/cap" names: 0 if it is the amount, or not there.
func clauseAt(s, place string) int {
	part, _, _ := strings.Cut(strings.TrimPrefix(place, "/"), "/")
	for _, clause := range [...]struct{ part, word string }{
		{"policy", "factor "},
		{"policy", "from "},
		{"policy", "below "},
		{"policy", "where "},
		{"or", "or "},
		{"floor", "floor "},
		{"cap", "cap "},
		{"rounding", "round "},
		{"maxDeviation", "max deviation "},
		{"limits", "hard "},
		{"limits", "soft "},
	} {
		if clause.part != part {
			continue
		}
		if i := strings.Index(s, amountEnd+clause.word); i >= 0 {
			return i + len(amountEnd)
		}
	}
	return 0
}
