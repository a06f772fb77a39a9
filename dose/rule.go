package dose

import (
	"strconv"
	"strings"
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
	// Policy is what the basis of the amount needs. Zero: for actual and lean
	// weight, and for amounts without weight.
	Policy WeightPolicy
	// Or is what else the protocol allows besides the dose of the amount. Zero:
	// nothing.
	Or Choices
	// Floor and Cap bound the dose by changing it. Zero: none.
	Floor, Cap Mass
	// Rounding is the one rounding of the dose. Zero: the exact value is given.
	Rounding Rounding
	// MaxDeviation is how far rounding may go from the dose before it, in percent
	// of that. Zero: any distance.
	MaxDeviation Percent
	// Limits judge the dose without changing it. A rule per kilogram or per
	// square metre needs a hard maximum in mg.
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
	// Err is the kind of problem, where [Order.Check] tells several apart:
	// [ErrTimesDiffer], [ErrVisitTooShort], [ErrDevicesTooFast], [ErrNotJudged] or
	// [ErrHardLimit]. Nil: any other.
	Err error
}

// Error names the field, the value and what was wanted.
func (e *RuleError) Error() string {
	text := e.Field + " " + strconv.Quote(cut(e.Value, maxText)) + ": want " + e.Want
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns the kind of problem, or nil.
func (e *RuleError) Unwrap() error { return e.Err }

// RuleErrors is every problem of an [Order], a [Rule] or a [Preparation].
// [errors.AsType] finds a *RuleError in it.
type RuleErrors []*RuleError

// Error lists the problems, separated by semicolons.
func (e RuleErrors) Error() string {
	texts := make([]string, len(e))
	for i, problem := range e {
		texts[i] = problem.Error()
	}
	return strings.Join(texts, "; ")
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
//   - no amount, an amount of zero, an unknown basis, a policy that the basis
//     needs and lacks, or does not use;
//   - a dose per kilogram or per square metre without a hard maximum in mg;
//   - a cap below the floor, a floor above the hard maximum, a cap below the
//     hard minimum;
//   - a fixed dose, devices, a dose of a band or a choice outside a hard limit;
//   - a choice outside floor and cap;
//   - devices that are rounded or bounded, a choice that is not whole devices;
//   - a sum of parts that is bounded, rounded or has choices;
//   - bounds of a limit out of order;
//   - floor and cap with no multiple of the rounding step between them, a
//     largest deviation without rounding.
//
// A cap above the hard maximum is allowed: it takes effect at higher doses, all
// of which the limit refuses.
func (r Rule) Check() error {
	if problems := r.problems(nil); len(problems) > 0 {
		return problems
	}
	return nil
}

// problems appends the problems of r.
func (r Rule) problems(problems RuleErrors) RuleErrors {
	problems = r.Amount.check(r.Policy, problems)
	if r.Amount.IsSum() {
		return r.Limits.check(r.checkPlain(problems))
	}
	problems = r.checkBounds(problems)
	problems = r.checkDoses(problems)
	return r.Limits.check(problems)
}

// checkPlain appends a problem for each clause that changes a dose which is the sum of
// others.
func (r Rule) checkPlain(problems RuleErrors) RuleErrors {
	for _, clause := range [...]struct {
		field, value string
		set          bool
	}{
		{"Or", r.Or.String(), !r.Or.IsZero()},
		{"Floor", r.Floor.String(), !r.Floor.IsZero()},
		{"Cap", r.Cap.String(), !r.Cap.IsZero()},
		{"Rounding", r.Rounding.String(), !r.Rounding.IsZero()},
		{"MaxDeviation", r.MaxDeviation.String(), !r.MaxDeviation.IsZero()},
	} {
		if clause.set {
			problems = append(problems, &RuleError{clause.field, clause.value, "nothing, since the dose is the sum of its parts: only limits judge it", nil})
		}
	}
	return problems
}

// check appends the problems of a.
func (a Amount) check(p WeightPolicy, problems RuleErrors) RuleErrors {
	add := func(value, want string) { problems = append(problems, &RuleError{"Amount", value, want, nil}) }
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
	case perSurfaceAmount:
		if a.perSurface.IsZero() {
			add("", "a dose per square metre of more than 0 mg/m2")
		}
	case overTimeAmount:
		if a.rate.IsZero() || a.during.IsZero() {
			add(a.String(), "a rate of more than 0 mg/h, and a time")
		}
	case perWeightOverTimeAmount:
		if a.ratePerKg.IsZero() || a.during.IsZero() {
			add(a.String(), "a rate of more than 0 mg/kg/h, and a time")
		}
	case bandsAmount:
		if a.bands.IsZero() {
			add("", "1 to 16 bands")
		}
	case devicesAmount:
		if a.count < 1 || a.count > maxDevices || a.fixed.IsZero() {
			add(a.String(), "1 to 1000 devices of more than 0 mg each")
		}
	}
	switch bases := a.bases(); {
	case a.byWeight() && !a.basis.valid():
		add(a.basis.String(), "a known basis, such as actual")
	case bases != 0:
		problems = p.check(bases, problems)
	case p != WeightPolicy{}:
		problems = append(problems, &RuleError{"Policy", "a policy", "nothing, since the dose is not multiplied by a weight", nil})
	}
	return problems
}

// checkBounds appends the problems of floor, cap and rounding.
func (r Rule) checkBounds(problems RuleErrors) RuleErrors {
	add := func(field, value, want string) { problems = append(problems, &RuleError{field, value, want, nil}) }
	hard := r.Limits.Dose
	if r.Amount.scales() && hard.HardMax.IsZero() {
		add("Limits.Dose", "", "a hard maximum in mg, since the dose depends on the body")
	}
	switch {
	case !r.Cap.IsZero() && r.Cap.Compare(r.Floor) < 0:
		add("Cap", r.Cap.String(), "at least the floor, "+r.Floor.String())
	case !r.Cap.IsZero() && !r.Floor.IsZero() && !r.Rounding.IsZero():
		if m, err := r.Rounding.last().multiple(r.Cap, Down); err == nil && (m.IsZero() || m.Compare(r.Floor) < 0) {
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
	if !r.MaxDeviation.IsZero() && r.Rounding.IsZero() {
		add("MaxDeviation", r.MaxDeviation.String(), "nothing, since the dose is not rounded")
	}
	return problems
}

// checkDoses appends the problems of the doses that the rule names.
func (r Rule) checkDoses(problems RuleErrors) RuleErrors {
	add := func(field string, m Mass, want string) {
		problems = append(problems, &RuleError{field, m.String(), want, nil})
	}
	hard := r.Limits.Dose
	// A floor above the hard maximum and a cap below the hard minimum are problems
	// of their own.
	check := func(field string, m Mass) {
		if !hard.HardMax.IsZero() && m.Compare(hard.HardMax) > 0 && m != r.Floor {
			add(field, m, "at most the hard max, "+hard.HardMax.String())
		}
		if m.Compare(hard.HardMin) < 0 && m != r.Cap {
			add(field, m, "at least the hard min, "+hard.HardMin.String())
		}
	}
	devices := r.Amount.kind == devicesAmount
	bounded := !r.Floor.IsZero() || !r.Cap.IsZero()
	switch m := r.Amount.fixed; {
	case r.Amount.kind == fixedAmount && !m.IsZero():
		check("Amount", r.bring(m))
	case devices:
		if total, err := m.Times(r.Amount.count); err != nil {
			add("Amount", m, "a content of which "+strconv.Itoa(r.Amount.count)+" are at most "+strconv.Itoa(MaxMass)+" mg")
		} else if !total.IsZero() {
			check("Amount", total)
		}
	}
	for b := range r.Amount.bands.All() {
		if m, ok := b.Dose.Fixed(); ok {
			check("Amount", r.bring(m))
		}
	}
	for m := range r.Or.All() {
		check("Or", m)
		if m.Compare(r.Floor) < 0 {
			add("Or", m, "at least the floor, "+r.Floor.String())
		}
		if !r.Cap.IsZero() && m.Compare(r.Cap) > 0 {
			add("Or", m, "at most the cap, "+r.Cap.String())
		}
		if _, whole := m.devices(r.Amount.fixed); devices && !whole {
			add("Or", m, "whole devices of "+r.Amount.fixed.String())
		}
	}
	if devices && (bounded || !r.Rounding.IsZero()) {
		problems = append(problems, &RuleError{
			"Amount", r.Amount.String(), "no floor, cap or rounding, since devices are given whole", nil,
		})
	}
	return problems
}

// bring returns m brought within floor and cap.
func (r Rule) bring(m Mass) Mass {
	if m.Compare(r.Floor) < 0 {
		return r.Floor
	}
	if !r.Cap.IsZero() && m.Compare(r.Cap) > 0 {
		return r.Cap
	}
	return m
}
