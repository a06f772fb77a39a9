// Package dose computes one infusion with regimen, with float64, with scaled
// int64 and with four decimal libraries:
//
//	dose = rate (mg/kg) x weight (kg), to 0.1 mg half up, at most the cap of 60 mg
//	volume = dose / strength (10 or 50 mg/mL), to 0.01 mL half up
//	flow = volume x 60 / 40 (mL/h over 40 min), to 0.01 mL/h half up
//
// Each side starts from the same inputs in its own type and ends with three
// values in its own type. Each checks that the weight is more than 0 and at
// most 1000 kg, and that the dose, the volume and the flow are more than 0 and
// at most 200 mg, 50 mL and 100 mL/h.
//
// regimen does more than that on the way: see [Regimen].
package dose

import (
	"errors"
	"strconv"
)

// A Case is one infusion, in whole numbers.
type Case struct {
	Rate     int64 // mcg/kg
	Weight   int64 // tenths of a kg
	Strength int64 // mg/mL
}

// Size is the number of cases of a rate, a power of two.
const Size = 2048

// Cases returns the cases of a rate: every weight from 30.0 to 132.3 kg, at
// both strengths.
func Cases(rate int64) []Case {
	cases := make([]Case, Size)
	for i := range cases {
		cases[i] = Case{Rate: rate, Weight: 300 + int64(i/2), Strength: [...]int64{10, 50}[i%2]}
	}
	return cases
}

// An Infusion is what a side computes: the dose in mg, the volume in mL and the
// flow in mL/h, as numbers in text.
type Infusion struct{ Dose, Volume, Flow string }

// A Contestant computes cases. Run computes n of them, over and over; At
// computes one.
type Contestant interface {
	Run(n int)
	At(i int) (Infusion, error)
}

// The bounds that every side checks, in the units of their names.
const (
	capMg     = 60
	maxKg     = 1000
	maxMg     = 200
	maxML     = 50
	maxMLPerH = 100
)

var (
	errWeight = errors.New("weight out of range")
	errDose   = errors.New("dose out of range")
	errVolume = errors.New("volume out of range")
	errFlow   = errors.New("flow out of range")
)

// must panics on an error: no case has one.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// tenths returns n/10 as text.
func tenths(n int64) string { return string(appendFixed(nil, n, 1)) }

// thousandths returns n/1000 as text.
func thousandths(n int64) string { return string(appendFixed(nil, n, 3)) }

// appendFixed appends n / 10^decimals with all its decimals, for an n that is
// not negative.
func appendFixed(b []byte, n int64, decimals int) []byte {
	unit := int64(1)
	for range decimals {
		unit *= 10
	}
	b = append(strconv.AppendInt(b, n/unit, 10), '.')
	for unit /= 10; unit > 0; unit /= 10 {
		b = append(b, byte('0'+n/unit%10))
	}
	return b
}
