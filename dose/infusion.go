package dose

import (
	"iter"
)

// An Infusion is a calculated dose given over a time: what can be said without
// knowing the product.
//
// The zero Infusion is none. Values are comparable with ==.
type Infusion struct {
	calculation Calculation
	during      Duration
	passed      passedSet
}

// Over gives the dose of c during d, and judges the limits of rate, rate per
// kilogram and duration. The error is a [*LimitError], a [*MissingError], a
// [*RangeError], or a [*RuleError] for no time or no dose.
func (c Calculation) Over(d Duration) (Infusion, error) {
	if c.IsZero() {
		return Infusion{}, &RuleError{"Calculation", "", "a calculated dose"}
	}
	if d.IsZero() {
		return Infusion{}, &RuleError{"Duration", "", "a time of more than 0 s"}
	}
	passed, err := c.judgeOver(c.dose, d)
	if err != nil {
		return Infusion{}, err
	}
	return Infusion{calculation: c, during: d, passed: passed}, nil
}

// Calculation returns the dose that is given.
func (i Infusion) Calculation() Calculation { return i.calculation }

// During returns the time over which it is given.
func (i Infusion) During() Duration { return i.during }

// Rate returns the rate as text in a unit, as [RateUnit.Text] gives it.
func (i Infusion) Rate(u RateUnit) (string, error) {
	return u.Text(i.calculation.dose, i.calculation.limitWeight(), i.during)
}

// SoftLimits yields the soft limits of rate, rate per kilogram and duration
// that are passed; those of the dose are with the calculation.
func (i Infusion) SoftLimits() iter.Seq[PassedLimit] {
	return i.passed.all(i.calculation.rule.Limits, false)
}

// limitWeight returns the weight that limits and rates per kilogram are for.
func (c Calculation) limitWeight() Weight {
	if c.weight.IsZero() {
		return c.body.Weight
	}
	return c.weight
}

// judgeOver judges what depends on a dose and the time it is given over.
func (c Calculation) judgeOver(m Mass, d Duration) (passedSet, error) {
	l := c.rule.Limits
	perHour := perTime(m, d, 3600)
	passed, err := l.Rate.judge(OfRate, func(bound Rate) (int, error) {
		return perHour.against(bound.mgPerH, "a limit of the rate")
	})
	if err != nil {
		return 0, err
	}
	weight := c.limitWeight()
	if !l.RatePerKilogram.IsZero() && weight.IsZero() {
		return 0, &MissingError{"weight", "a limit of the rate per kilogram", ErrNoWeight}
	}
	perKg, err := l.RatePerKilogram.judge(OfRatePerKilogram, func(bound RatePerKilogram) (int, error) {
		most, err := bound.For(weight)
		if err != nil {
			return 0, err
		}
		return perHour.against(most.mgPerH, "a limit of the rate per kilogram")
	})
	if err != nil {
		return 0, err
	}
	during, err := l.Duration.judge(OfDuration, func(bound Duration) (int, error) {
		return d.Compare(bound), nil
	})
	passed |= perKg | during
	if err == nil {
		err = passed.err(l)
	}
	return passed, err
}
