package dose

import "github.com/cockroachdb/apd/v3"

// Apd computes with cockroachdb/apd, in a context of 19 digits that rounds half
// up.
type Apd struct {
	cases   []apdCase
	is      apdBounds
	context *apd.Context
	out     apdResult
}

type apdCase struct{ rate, weight, strength apd.Decimal }

type apdResult struct{ dose, volume, flow apd.Decimal }

type apdBounds struct{ cap, maxKg, maxMg, maxML, maxMLPerH, sixty, forty apd.Decimal }

// NewApd returns the side for cases.
func NewApd(cases []Case) *Apd {
	whole := func(n int64) apd.Decimal { return *apd.New(n, 0) }
	x := &Apd{context: apd.BaseContext.WithPrecision(19), is: apdBounds{
		cap: whole(capMg), maxKg: whole(maxKg), maxMg: whole(maxMg), maxML: whole(maxML), maxMLPerH: whole(maxMLPerH),
		sixty: whole(60), forty: whole(40),
	}}
	x.context.Rounding = apd.RoundHalfUp
	for _, c := range cases {
		x.cases = append(x.cases, apdCase{*apd.New(c.Rate, -3), *apd.New(c.Weight, -1), whole(c.Strength)})
	}
	return x
}

func (x *Apd) infusion(out *apdResult, c *apdCase) error {
	if c.weight.Sign() <= 0 || c.weight.Cmp(&x.is.maxKg) > 0 {
		return errWeight
	}
	var exact apd.Decimal
	if _, err := x.context.Mul(&exact, &c.rate, &c.weight); err != nil {
		return err
	}
	if _, err := x.context.Quantize(&out.dose, &exact, -1); err != nil {
		return err
	}
	if out.dose.Cmp(&x.is.cap) > 0 {
		out.dose.Set(&x.is.cap)
	}
	if out.dose.Sign() <= 0 || out.dose.Cmp(&x.is.maxMg) > 0 {
		return errDose
	}
	if _, err := x.context.Quo(&exact, &out.dose, &c.strength); err != nil {
		return err
	}
	if _, err := x.context.Quantize(&out.volume, &exact, -2); err != nil {
		return err
	}
	if out.volume.Sign() <= 0 || out.volume.Cmp(&x.is.maxML) > 0 {
		return errVolume
	}
	if _, err := x.context.Mul(&exact, &out.volume, &x.is.sixty); err != nil {
		return err
	}
	if _, err := x.context.Quo(&exact, &exact, &x.is.forty); err != nil {
		return err
	}
	if _, err := x.context.Quantize(&out.flow, &exact, -2); err != nil {
		return err
	}
	if out.flow.Sign() <= 0 || out.flow.Cmp(&x.is.maxMLPerH) > 0 {
		return errFlow
	}
	return nil
}

// Run computes n cases.
func (x *Apd) Run(n int) {
	for i := range n {
		must(x.infusion(&x.out, &x.cases[i%Size]))
	}
}

// At computes one case.
func (x *Apd) At(i int) (Infusion, error) {
	var r apdResult
	err := x.infusion(&r, &x.cases[i])
	return Infusion{r.dose.Text('f'), r.volume.Text('f'), r.flow.Text('f')}, err
}
