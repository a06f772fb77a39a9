package dose

// Int64 computes in whole numbers of small units. It is the floor: nothing
// exact is faster, and nothing but the names of variables says what the units
// are.
type Int64 struct {
	cases []int64Case
	out   int64Result
}

type int64Case struct{ rate, weight, strength int64 } // mcg/kg, g, mg/mL

type int64Result struct{ dose, volume, flow int64 } // 0.1 mg, 0.01 mL, 0.01 mL/h

// NewInt64 returns the side for cases.
func NewInt64(cases []Case) *Int64 {
	x := &Int64{}
	for _, c := range cases {
		x.cases = append(x.cases, int64Case{c.Rate, c.Weight * 100, c.Strength})
	}
	return x
}

// dose returns the dose in 0.1 mg. Rate times weight is in units of which
// 100,000 are 0.1 mg.
func (c *int64Case) dose() (int64, error) {
	if c.weight <= 0 || c.weight > maxKg*1000 {
		return 0, errWeight
	}
	dose := min((c.rate*c.weight+50_000)/100_000, capMg*10)
	if dose <= 0 || dose > maxMg*10 {
		return 0, errDose
	}
	return dose, nil
}

func (c *int64Case) infusion() (int64Result, error) {
	dose, err := c.dose()
	if err != nil {
		return int64Result{}, err
	}
	volume := (2*10*dose + c.strength) / (2 * c.strength)
	if volume <= 0 || volume > maxML*100 {
		return int64Result{}, errVolume
	}
	flow := (2*60*volume + 40) / (2 * 40)
	if flow <= 0 || flow > maxMLPerH*100 {
		return int64Result{}, errFlow
	}
	return int64Result{dose, volume, flow}, nil
}

// Run computes n cases.
func (x *Int64) Run(n int) {
	for i := range n {
		var err error
		x.out, err = x.cases[i%Size].infusion()
		must(err)
	}
}

// RunDose computes the doses of n cases.
func (x *Int64) RunDose(n int) {
	for i := range n {
		var err error
		x.out.dose, err = x.cases[i%Size].dose()
		must(err)
	}
}

// At computes one case.
func (x *Int64) At(i int) (Infusion, error) {
	r, err := x.cases[i].infusion()
	return Infusion{
		string(appendFixed(nil, r.dose, 1)), string(appendFixed(nil, r.volume, 2)), string(appendFixed(nil, r.flow, 2)),
	}, err
}
