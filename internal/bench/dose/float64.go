package dose

import (
	"math"
	"strconv"
)

// Float64 computes as most programs do: in binary floating point. It is wrong
// for some cases.
type Float64 struct {
	cases []float64Case
	round Idiom
	out   float64Result
}

type float64Case struct{ rate, weight, strength float64 } // mg/kg, kg, mg/mL

type float64Result struct{ dose, volume, flow float64 } // mg, mL, mL/h

// An Idiom rounds x to so many decimals.
type Idiom func(x float64, decimals int) float64

// The idioms that programs use besides math.Round(x*10)/10, the best of them.
var (
	// Step is math.Round(x/0.1)*0.1.
	Step Idiom = func(x float64, decimals int) float64 {
		step := math.Pow10(-decimals)
		return math.Round(x/step) * step
	}
	// Format is the "%.1f" of fmt, which the other languages have too.
	Format Idiom = func(x float64, decimals int) float64 {
		y, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', decimals, 64), 64)
		return y
	}
)

// NewFloat64 returns the side for cases. A nil idiom stands for
// math.Round(x*10)/10, written out as a program would write it.
func NewFloat64(cases []Case, round Idiom) *Float64 {
	x := &Float64{round: round}
	for _, c := range cases {
		x.cases = append(x.cases, float64Case{float64(c.Rate) / 1000, float64(c.Weight) / 10, float64(c.Strength)})
	}
	return x
}

func (c *float64Case) infusion() (float64Result, error) {
	if !(c.weight > 0 && c.weight <= maxKg) {
		return float64Result{}, errWeight
	}
	dose := min(math.Round(c.rate*c.weight*10)/10, capMg)
	if !(dose > 0 && dose <= maxMg) {
		return float64Result{}, errDose
	}
	volume := math.Round(dose/c.strength*100) / 100
	if !(volume > 0 && volume <= maxML) {
		return float64Result{}, errVolume
	}
	flow := math.Round(volume*60/40*100) / 100
	if !(flow > 0 && flow <= maxMLPerH) {
		return float64Result{}, errFlow
	}
	return float64Result{dose, volume, flow}, nil
}

// Run computes n cases by math.Round(x*10)/10.
func (x *Float64) Run(n int) {
	for i := range n {
		var err error
		x.out, err = x.cases[i%Size].infusion()
		must(err)
	}
}

// At computes one case by the idiom of the side, and shows it to its decimals.
func (x *Float64) At(i int) (Infusion, error) {
	c := &x.cases[i]
	r, err := c.infusion()
	if x.round != nil {
		r.dose = min(x.round(c.rate*c.weight, 1), capMg)
		r.volume = x.round(r.dose/c.strength, 2)
		r.flow = x.round(r.volume*60/40, 2)
	}
	show := func(v float64, decimals int) string { return strconv.FormatFloat(v, 'f', decimals, 64) }
	return Infusion{show(r.dose, 1), show(r.volume, 2), show(r.flow, 2)}, err
}
