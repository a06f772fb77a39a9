package dose_test

import (
	"flag"
	"math/big"
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
)

// long makes the random tests of this package run over a million cases and more:
// go test ./dose -long.
var long = flag.Bool("long", false, "compare a million random cases and more")

// Random rules, bodies and preparations, each computed again with fractions:
// dose, stock volume, delivered dose and flow.
func TestTriples(t *testing.T) {
	triples := 50_000
	if *long {
		triples = 1_000_000
	}
	workers := runtime.GOMAXPROCS(0)
	var group sync.WaitGroup
	failures := make(chan string, workers)
	computed := make([]int, workers)
	for worker := range workers {
		group.Go(func() {
			random := rand.New(rand.NewPCG(uint64(worker), 42))
			for range triples / workers {
				failure, ok := newTriple(random).check()
				if failure != "" {
					failures <- failure
					return
				}
				if ok {
					computed[worker]++
				}
			}
		})
	}
	group.Wait()
	close(failures)
	for failure := range failures {
		t.Error(failure)
	}
	total := 0
	for _, n := range computed {
		total += n
	}
	require.Greater(t, total, triples/2, "most triples have a result")
}

// A triple is a rule, a body and a preparation in whole numbers.
type triple struct {
	rate, weight, step, limit int64 // 1/100 mg/kg, 1/10 kg, 1/100 mg, 1/10 mg
	top                       int64 // cap in 1/10 mg; 0: none
	strength, mark            int64 // mg/mL, 1/100 mL
	volume, minutes, pump     int64 // mL, min, 1/100 mL/h
	mode, drawMode, pumpMode  dose.Mode
	added                     bool
}

func newTriple(r *rand.Rand) triple {
	pick := func(values ...int64) int64 { return values[r.IntN(len(values))] }
	v := triple{
		rate: 1 + r.Int64N(300), weight: 227 + r.Int64N(3000), limit: 5000 + r.Int64N(5000),
		step: pick(1, 5, 10, 25, 50, 100, 250, 500), strength: pick(5, 10, 25, 50, 100, 140),
		mark: pick(1, 2, 5, 10, 20, 50), volume: 50 + r.Int64N(500), minutes: 1 + r.Int64N(240), pump: pick(1, 10, 100),
		mode: modes[r.IntN(4)], drawMode: modes[r.IntN(4)], pumpMode: modes[r.IntN(4)], added: r.IntN(2) == 0,
	}
	if r.IntN(2) == 0 {
		v.top = 100 + r.Int64N(2000)
	}
	return v
}

func (v triple) String() string {
	parts := []string{
		hundredths(v.rate), "mg/kg x", hundredths(v.weight * 10), "kg, cap", hundredths(v.top * 10), "round", hundredths(v.step),
		v.mode.String(), "max", hundredths(v.limit * 10), "mg;", strconv.FormatInt(v.strength, 10), "mg/mL by", hundredths(v.mark),
		v.drawMode.String(), "in", strconv.FormatInt(v.volume, 10), "mL over", strconv.FormatInt(v.minutes, 10),
		"min by", hundredths(v.pump), v.pumpMode.String(), strconv.FormatBool(v.added),
	}
	return strings.Join(parts, " ")
}

// check compares the package with fractions. It returns what differs, and
// whether there was a result.
func (v triple) check() (failure string, ok bool) {
	rule := dose.Rule{
		Amount: dose.PerWeight(dose.MustPerKilogram(hundredths(v.rate)+" mg/kg"), dose.Actual),
		Limits: dose.AtMost(dose.MustMass(hundredths(v.limit*10) + " mg")),
	}
	rule.Rounding, _ = dose.NewRounding(dose.MustMass(hundredths(v.step)+" mg"), v.mode)
	if v.top > 0 {
		rule.Cap = dose.MustMass(hundredths(v.top*10) + " mg")
	}
	calculation, err := rule.Calculate(dose.Body{Weight: dose.MustWeight(hundredths(v.weight*10) + " kg")})

	raw := big.NewRat(v.rate*v.weight, 1000)
	top := big.NewRat(v.top, 10)
	if v.top > 0 && raw.Cmp(top) > 0 {
		raw = top
	}
	step := big.NewRat(v.step, 100)
	want := roundRat(raw, step, v.mode)
	if v.top > 0 && want.Cmp(top) > 0 {
		want = roundRat(top, step, dose.Down)
	}
	if want.Sign() == 0 || want.Cmp(big.NewRat(v.limit, 10)) > 0 {
		if err == nil {
			return v.String() + ": got " + calculation.String() + ", want an error", false
		}
		return "", false
	}
	if err != nil {
		return v.String() + ": " + err.Error(), false
	}
	if got := calculation.Dose().String(); got != decimalText(want)+" mg" {
		return v.String() + ": got " + got + ", want " + decimalText(want), false
	}
	return v.checkPreparation(calculation, want)
}

func (v triple) checkPreparation(calculation dose.Calculation, want *big.Rat) (failure string, ok bool) {
	volume := dose.MustVolume(strconv.FormatInt(v.volume, 10) + " mL")
	preparation := dose.Preparation{
		Product: dose.Product{
			Name: "test", Content: dose.MustMass("500 mg"),
			Strength: dose.MustConcentration(strconv.FormatInt(v.strength, 10) + " mg/mL"),
		},
		Route: dose.Intravenous, Dilution: dose.MadeUpTo(volume),
		During: dose.MustDuration(strconv.FormatInt(v.minutes, 10) + " min"),
	}
	if v.added {
		preparation.Dilution = dose.AddedTo(volume)
	}
	preparation.Graduation, _ = dose.NewGraduation(dose.MustVolume(hundredths(v.mark)+" mL"), v.drawMode)
	preparation.Pump, _ = dose.NewPumpSetting(dose.MustFlow(hundredths(v.pump)+" mL/h"), v.pumpMode)
	sheet, err := dose.Order{Rule: calculation.Rule(), Preparation: preparation}.For(calculation.Body())

	strength, mark := big.NewRat(v.strength, 1), big.NewRat(v.mark, 100)
	stock := roundRat(new(big.Rat).Quo(want, strength), mark, v.drawMode)
	delivered := new(big.Rat).Mul(stock, strength)
	if top := big.NewRat(v.top, 10); v.top > 0 && delivered.Cmp(top) > 0 {
		stock = roundRat(new(big.Rat).Quo(top, strength), mark, dose.Down)
		delivered.Mul(stock, strength)
	}
	total := big.NewRat(v.volume, 1)
	tooSmall := !v.added && stock.Cmp(total) > 0
	if v.added {
		total.Add(total, stock)
	}
	flow := roundRat(new(big.Rat).Mul(total, big.NewRat(60, v.minutes)), big.NewRat(v.pump, 100), v.pumpMode)
	if stock.Sign() == 0 || tooSmall || flow.Sign() == 0 || delivered.Cmp(big.NewRat(v.limit, 10)) > 0 {
		if err == nil {
			return v.String() + ": got " + sheet.String() + ", want an error", false
		}
		return "", false
	}
	if err != nil {
		return v.String() + ": " + err.Error(), false
	}
	for _, c := range []struct{ what, got, want string }{
		{"stock", sheet.Stock().String(), decimalText(stock) + " mL"},
		{"delivered", sheet.Delivered().String(), decimalText(delivered) + " mg"},
		{"total", sheet.Volume().String(), decimalText(total) + " mL"},
		{"flow", sheet.Flow().String(), decimalText(flow) + " mL/h"},
	} {
		if c.got != c.want {
			return v.String() + ": " + c.what + " " + c.got + ", want " + c.want, false
		}
	}
	return "", true
}

// decimalText writes a fraction with at most 4 decimals.
func decimalText(r *big.Rat) string {
	text := r.FloatString(4)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
