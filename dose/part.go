package dose

// A Part is one of the parts of a dose that is given in several, one after the other: a
// bolus and an infusion, an infusion at one rate and then at another, a second injection
// if it is needed. It has an amount, a time, limits and a preparation of its own.
//
// The zero Part is no part. Values are comparable with ==.
type Part struct {
	// Name tells the parts of a dose apart: "bolus". Required.
	Name string
	// Rule is how much, with the limits of the part. Required.
	Rule Rule
	// Preparation is out of what, and how. Zero: not stated.
	Preparation Preparation
	// During is how long the part is given. Zero: as long as the amount or the
	// preparation says; if they say nothing either, it takes no time, as an injection.
	During Duration
	// Start is when it begins. Zero: the first part with the administration, every
	// other right after the one before.
	Start PartStart
	// Condition, if not empty, is what must be true for the part to be given, in words.
	// It is then not planned, but possible: the dose that is planned is without it, and
	// the time that it would take is kept free.
	Condition string
}

// IsZero reports whether p is no part.
func (p Part) IsZero() bool { return p == Part{} }

// Time returns the one time over which the part is given: that of the amount, else that
// of the preparation, else During. It is zero if none is stated.
func (p Part) Time() Duration { return p.Order().Time() }

// Order returns everything that decides how the part is given. A time that the part
// states is one from which a flow follows.
func (p Part) Order() Order {
	o := Order{Rule: p.Rule, Preparation: p.Preparation, Administration: p.During}
	if !o.Preparation.IsZero() && !o.TimeStated() {
		o.Preparation.During = p.During
	}
	return o
}

// problems returns the problems of the part alone.
func (p Part) problems() RuleErrors {
	var problems RuleErrors
	if p.Rule.IsZero() {
		return RuleErrors{{"Rule", "", "a dose", nil}}
	}
	if p.Rule.Amount.IsSum() {
		return RuleErrors{{"Rule.Amount", p.Rule.Amount.String(), "the amount of the part", nil}}
	}
	if !p.Rule.Or.IsZero() {
		problems = append(problems, &RuleError{"Rule.Or", p.Rule.Or.String(), "no choice, since a part has one dose", nil})
	}
	o := p.Order()
	if !p.During.IsZero() {
		// What is stated twice agrees, as the amount and the preparation do.
		for _, other := range [...]struct {
			is Duration
			by string
		}{{p.Rule.Amount.during, "amount"}, {p.Preparation.During, "preparation"}} {
			if !other.is.IsZero() && other.is != p.During {
				problems = append(problems, &RuleError{"During", p.During.String(), other.is.String() + ", as the " + other.by + " states", ErrTimesDiffer})
				o.Administration = Duration{}
				break
			}
		}
	}
	found, _ := o.Check().(RuleErrors)
	for _, e := range found {
		if e.Field == "Administration" {
			e.Field = "During"
		}
		problems = append(problems, e)
	}
	return problems
}
