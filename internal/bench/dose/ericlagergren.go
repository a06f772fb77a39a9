package dose

import "github.com/ericlagergren/decimal"

// Ericlagergren computes with ericlagergren/decimal, in a context of 19 digits
// that rounds to the nearest, away from zero.
type Ericlagergren struct {
	cases   []ericlagergrenCase
	is      ericlagergrenBounds
	context decimal.Context
	out     ericlagergrenResult
}

type ericlagergrenCase struct{ rate, weight, strength *decimal.Big }

type ericlagergrenResult struct{ dose, volume, flow *decimal.Big }

type ericlagergrenBounds struct{ cap, maxKg, maxMg, maxML, maxMLPerH, sixty, forty *decimal.Big }

// NewEriclagergren returns the side for cases.
func NewEriclagergren(cases []Case) *Ericlagergren {
	whole := func(n int64) *decimal.Big { return decimal.New(n, 0) }
	x := &Ericlagergren{
		context: decimal.Context{Precision: 19, RoundingMode: decimal.ToNearestAway},
		is: ericlagergrenBounds{
			cap: whole(capMg), maxKg: whole(maxKg), maxMg: whole(maxMg), maxML: whole(maxML), maxMLPerH: whole(maxMLPerH),
			sixty: whole(60), forty: whole(40),
		},
	}
	for _, c := range cases {
		x.cases = append(x.cases, ericlagergrenCase{decimal.New(c.Rate, 3), decimal.New(c.Weight, 1), whole(c.Strength)})
	}
	return x
}

func (x *Ericlagergren) infusion(c *ericlagergrenCase) (ericlagergrenResult, error) {
	if c.weight.Sign() <= 0 || c.weight.Cmp(x.is.maxKg) > 0 {
		return ericlagergrenResult{}, errWeight
	}
	dose := x.context.Quantize(x.context.Mul(decimal.WithContext(x.context), c.rate, c.weight), 1)
	if dose.Cmp(x.is.cap) > 0 {
		dose = x.is.cap
	}
	if dose.Sign() <= 0 || dose.Cmp(x.is.maxMg) > 0 {
		return ericlagergrenResult{}, errDose
	}
	volume := x.context.Quantize(x.context.Quo(decimal.WithContext(x.context), dose, c.strength), 2)
	if volume.Sign() <= 0 || volume.Cmp(x.is.maxML) > 0 {
		return ericlagergrenResult{}, errVolume
	}
	flow := x.context.Mul(decimal.WithContext(x.context), volume, x.is.sixty)
	flow = x.context.Quantize(x.context.Quo(flow, flow, x.is.forty), 2)
	if flow.Sign() <= 0 || flow.Cmp(x.is.maxMLPerH) > 0 {
		return ericlagergrenResult{}, errFlow
	}
	return ericlagergrenResult{dose, volume, flow}, nil
}

// Run computes n cases.
func (x *Ericlagergren) Run(n int) {
	for i := range n {
		var err error
		x.out, err = x.infusion(&x.cases[i%Size])
		must(err)
	}
}

// At computes one case.
func (x *Ericlagergren) At(i int) (Infusion, error) {
	r, err := x.infusion(&x.cases[i])
	return Infusion{r.dose.String(), r.volume.String(), r.flow.String()}, err
}
