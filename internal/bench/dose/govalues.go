package dose

import "github.com/govalues/decimal"

// Govalues computes with govalues/decimal, which regimen is built on. Its Round
// goes to the even neighbour, so half up is adding half a unit and cutting off.
type Govalues struct {
	cases []govaluesCase
	is    govaluesBounds
	out   govaluesResult
}

type govaluesCase struct{ rate, weight, strength decimal.Decimal }

type govaluesResult struct{ dose, volume, flow decimal.Decimal }

type govaluesBounds struct {
	cap, maxKg, maxMg, maxML, maxMLPerH decimal.Decimal
	sixty, forty                        decimal.Decimal
	halfTenth, halfHundredth            decimal.Decimal
}

// NewGovalues returns the side for cases.
func NewGovalues(cases []Case) *Govalues {
	whole := func(n int64) decimal.Decimal { return decimal.MustNew(n, 0) }
	x := &Govalues{is: govaluesBounds{
		cap: whole(capMg), maxKg: whole(maxKg), maxMg: whole(maxMg), maxML: whole(maxML), maxMLPerH: whole(maxMLPerH),
		sixty: whole(60), forty: whole(40),
		halfTenth: decimal.MustParse("0.05"), halfHundredth: decimal.MustParse("0.005"),
	}}
	for _, c := range cases {
		x.cases = append(x.cases, govaluesCase{decimal.MustNew(c.Rate, 3), decimal.MustNew(c.Weight, 1), whole(c.Strength)})
	}
	return x
}

func halfUp(d, half decimal.Decimal, scale int) (decimal.Decimal, error) {
	d, err := d.Add(half)
	return d.Trunc(scale), err
}

func (x *Govalues) dose(c *govaluesCase) (decimal.Decimal, error) {
	if !c.weight.IsPos() || c.weight.Cmp(x.is.maxKg) > 0 {
		return decimal.Decimal{}, errWeight
	}
	dose, err := c.rate.Mul(c.weight)
	if err != nil {
		return decimal.Decimal{}, err
	}
	if dose, err = halfUp(dose, x.is.halfTenth, 1); err != nil {
		return decimal.Decimal{}, err
	}
	if dose.Cmp(x.is.cap) > 0 {
		dose = x.is.cap
	}
	if !dose.IsPos() || dose.Cmp(x.is.maxMg) > 0 {
		return decimal.Decimal{}, errDose
	}
	return dose, nil
}

func (x *Govalues) infusion(c *govaluesCase) (govaluesResult, error) {
	dose, err := x.dose(c)
	if err != nil {
		return govaluesResult{}, err
	}
	volume, err := dose.Quo(c.strength)
	if err != nil {
		return govaluesResult{}, err
	}
	if volume, err = halfUp(volume, x.is.halfHundredth, 2); err != nil {
		return govaluesResult{}, err
	}
	if !volume.IsPos() || volume.Cmp(x.is.maxML) > 0 {
		return govaluesResult{}, errVolume
	}
	flow, err := volume.Mul(x.is.sixty)
	if err != nil {
		return govaluesResult{}, err
	}
	if flow, err = flow.Quo(x.is.forty); err != nil {
		return govaluesResult{}, err
	}
	if flow, err = halfUp(flow, x.is.halfHundredth, 2); err != nil {
		return govaluesResult{}, err
	}
	if !flow.IsPos() || flow.Cmp(x.is.maxMLPerH) > 0 {
		return govaluesResult{}, errFlow
	}
	return govaluesResult{dose, volume, flow}, nil
}

// Run computes n cases.
func (x *Govalues) Run(n int) {
	for i := range n {
		var err error
		x.out, err = x.infusion(&x.cases[i%Size])
		must(err)
	}
}

// RunDose computes the doses of n cases.
func (x *Govalues) RunDose(n int) {
	for i := range n {
		var err error
		x.out.dose, err = x.dose(&x.cases[i%Size])
		must(err)
	}
}

// At computes one case.
func (x *Govalues) At(i int) (Infusion, error) {
	r, err := x.infusion(&x.cases[i])
	return Infusion{r.dose.String(), r.volume.String(), r.flow.String()}, err
}
