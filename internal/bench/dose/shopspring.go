package dose

import "github.com/shopspring/decimal"

// Shopspring computes with shopspring/decimal, whose Round goes away from zero.
type Shopspring struct {
	cases []shopspringCase
	is    shopspringBounds
	out   shopspringResult
}

type shopspringCase struct{ rate, weight, strength decimal.Decimal }

type shopspringResult struct{ dose, volume, flow decimal.Decimal }

type shopspringBounds struct{ cap, maxKg, maxMg, maxML, maxMLPerH, sixty, forty decimal.Decimal }

// NewShopspring returns the side for cases.
func NewShopspring(cases []Case) *Shopspring {
	whole := decimal.NewFromInt
	x := &Shopspring{is: shopspringBounds{
		cap: whole(capMg), maxKg: whole(maxKg), maxMg: whole(maxMg), maxML: whole(maxML), maxMLPerH: whole(maxMLPerH),
		sixty: whole(60), forty: whole(40),
	}}
	for _, c := range cases {
		x.cases = append(x.cases, shopspringCase{decimal.New(c.Rate, -3), decimal.New(c.Weight, -1), whole(c.Strength)})
	}
	return x
}

func (x *Shopspring) infusion(c *shopspringCase) (shopspringResult, error) {
	if !c.weight.IsPositive() || c.weight.GreaterThan(x.is.maxKg) {
		return shopspringResult{}, errWeight
	}
	dose := c.rate.Mul(c.weight).Round(1)
	if dose.GreaterThan(x.is.cap) {
		dose = x.is.cap
	}
	if !dose.IsPositive() || dose.GreaterThan(x.is.maxMg) {
		return shopspringResult{}, errDose
	}
	volume := dose.DivRound(c.strength, 2)
	if !volume.IsPositive() || volume.GreaterThan(x.is.maxML) {
		return shopspringResult{}, errVolume
	}
	flow := volume.Mul(x.is.sixty).DivRound(x.is.forty, 2)
	if !flow.IsPositive() || flow.GreaterThan(x.is.maxMLPerH) {
		return shopspringResult{}, errFlow
	}
	return shopspringResult{dose, volume, flow}, nil
}

// Run computes n cases.
func (x *Shopspring) Run(n int) {
	for i := range n {
		var err error
		x.out, err = x.infusion(&x.cases[i%Size])
		must(err)
	}
}

// At computes one case.
func (x *Shopspring) At(i int) (Infusion, error) {
	r, err := x.infusion(&x.cases[i])
	return Infusion{r.dose.String(), r.volume.String(), r.flow.String()}, err
}
