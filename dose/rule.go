package dose

import (
	"strconv"
)

// A Rule says what dose to give. It is data: any values can be written into it,
// and [Rule.Check] says what is wrong with them. [Rule.Calculate] computes a
// dose from it.
//
// The order is always the same: the amount gives the raw dose; floor and cap
// change it; it is rounded, once; limits judge it.
//
// The zero Rule is no dose: it has the empty text, and nothing can be
// calculated from it. Values are comparable with ==.
type Rule struct {
	// Amount is how the raw dose comes about. Required.
	Amount Amount
	// Floor and Cap bound the dose by changing it. Zero: none.
	Floor, Cap Mass
	// Rounding is the one rounding of the dose. Zero: the exact value is given.
	Rounding Rounding
	// Limits judge the dose without changing it. A rule per kilogram needs a
	// hard maximum in mg.
	Limits Limits
}

// IsZero reports whether r is no dose.
func (r Rule) IsZero() bool { return r == Rule{} }

// A RuleError says what is wrong with one field of a [Rule], or with one
// argument of a constructor.
type RuleError struct {
	Field string // such as "Cap" or "Limits.Dose"
	Value string // the value, as text
	Want  string // what was wanted
}

// Error names the field, the value and what was wanted.
func (e *RuleError) Error() string {
	return e.Field + " " + strconv.Quote(cut(e.Value, maxText)) + ": want " + e.Want
}

// RuleErrors is every problem of a [Rule]. [errors.AsType] finds a *RuleError
// in it.
type RuleErrors []*RuleError

// Error lists the problems, separated by semicolons.
func (e RuleErrors) Error() string {
	text := "dose rule"
	for i, problem := range e {
		if i == 0 {
			text += ": "
		} else {
			text += "; "
		}
		text += problem.Error()
	}
	return text
}

// Unwrap returns the problems.
func (e RuleErrors) Unwrap() []error {
	problems := make([]error, len(e))
	for i, problem := range e {
		problems[i] = problem
	}
	return problems
}

// Check returns every problem of r at once, as [RuleErrors], or nil:
//
//   - no amount, an amount of zero, an unknown basis;
//   - a dose per kilogram without a hard maximum in mg;
//   - a cap below the floor, a floor above the hard maximum, a cap below the
//     hard minimum, a fixed dose outside a hard limit;
//   - bounds of a limit out of order;
//   - floor and cap with no multiple of the rounding step between them.
//
// A cap above the hard maximum is allowed: it takes effect at higher doses, all
// of which the limit refuses.
func (r Rule) Check() error {
	var problems RuleErrors
	problems = r.Amount.check(problems)
	problems = r.checkBounds(problems)
	problems = r.Limits.check(problems)
	if len(problems) == 0 {
		return nil
	}
	return problems
}

func (a Amount) check(problems RuleErrors) RuleErrors {
	add := func(value, want string) { problems = append(problems, &RuleError{"Amount", value, want}) }
	switch a.kind {
	case noAmount:
		add("", "an amount, such as a fixed dose or one per kilogram")
	case fixedAmount:
		if a.fixed.IsZero() {
			add(a.fixed.String(), "a fixed dose of more than 0 mg")
		}
	case perWeightAmount:
		if a.perKg.IsZero() {
			add("", "a dose per kilogram of more than 0 mg/kg")
		}
		if !a.basis.valid() {
			add(a.basis.String(), "a known basis, such as actual")
		}
	}
	return problems
}

func (r Rule) checkBounds(problems RuleErrors) RuleErrors {
	add := func(field, value, want string) { problems = append(problems, &RuleError{field, value, want}) }
	hard := r.Limits.Dose
	if r.Amount.scales() && hard.HardMax.IsZero() {
		add("Limits.Dose", "", "a hard maximum in mg, since the dose depends on the body")
	}
	switch {
	case !r.Cap.IsZero() && r.Cap.Compare(r.Floor) < 0:
		add("Cap", r.Cap.String(), "at least the floor, "+r.Floor.String())
	case !r.Cap.IsZero() && !r.Floor.IsZero() && !r.Rounding.IsZero():
		if m, err := r.Rounding.multiple(r.Cap, Down); err == nil && (m.IsZero() || m.Compare(r.Floor) < 0) {
			add("Rounding", r.Rounding.String(),
				"a multiple of the step from floor "+r.Floor.String()+" to cap "+r.Cap.String())
		}
	}
	if !hard.HardMax.IsZero() && r.Floor.Compare(hard.HardMax) > 0 {
		add("Floor", r.Floor.String(), "at most the hard max, "+hard.HardMax.String())
	}
	if !r.Cap.IsZero() && r.Cap.Compare(hard.HardMin) < 0 {
		add("Cap", r.Cap.String(), "at least the hard min, "+hard.HardMin.String())
	}
	if m := r.Amount.fixed; r.Amount.kind == fixedAmount && !m.IsZero() && r.Floor.IsZero() && r.Cap.IsZero() {
		if !hard.HardMax.IsZero() && m.Compare(hard.HardMax) > 0 {
			add("Amount", m.String(), "at most the hard max, "+hard.HardMax.String())
		}
		if m.Compare(hard.HardMin) < 0 {
			add("Amount", m.String(), "at least the hard min, "+hard.HardMin.String())
		}
	}
	return problems
}

// scales reports whether the dose grows with the body.
func (a Amount) scales() bool { return a.kind == perWeightAmount }
