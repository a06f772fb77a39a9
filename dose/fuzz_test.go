package dose_test

import (
	"encoding"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/mangle"
)

// A text type of this package.
type text interface {
	comparable
	fmt.Stringer
	encoding.TextMarshaler
	encoding.TextAppender
}

// checkRoundTrip checks what holds of every text type: what parses has one
// canonical text, and that parses to the same value.
func checkRoundTrip[T text](t *testing.T, s string, parse func(string) (T, error)) (T, bool) {
	t.Helper()
	v, err := parse(s)
	if err != nil {
		if v != *new(T) {
			t.Fatalf("%q: an error and a value, %v", s, v)
		}
		if len(err.Error()) > 500 {
			t.Fatalf("%q: the error is too long", s)
		}
		return v, false
	}
	canonical := v.String()
	again, err := parse(canonical)
	if err != nil || again != v {
		t.Fatalf("%q: canonical text %q gives %v, %v", s, canonical, again, err)
	}
	marshalled, err := v.MarshalText()
	if err != nil || string(marshalled) != canonical {
		t.Fatalf("%q: marshals to %q, %v", s, marshalled, err)
	}
	appended, err := v.AppendText([]byte("x"))
	if err != nil || string(appended) != "x"+canonical {
		t.Fatalf("%q: appends %q, %v", s, appended, err)
	}
	unmarshaler, ok := any(&again).(encoding.TextUnmarshaler)
	if !ok || unmarshaler.UnmarshalText(marshalled) != nil || again != v {
		t.Fatalf("%q: does not unmarshal from %q", s, marshalled)
	}
	return v, true
}

// slowQuantity reads a quantity the obvious way: it returns its value in the
// canonical unit, or nil if it is not one.
func slowQuantity(s string, units map[string]string, limit int64, positive bool) *big.Rat {
	number, name, ok := strings.Cut(s, " ")
	factor, known := units[name]
	if !ok || !known || len(s) > 64 {
		return nil
	}
	whole, fraction, point := strings.Cut(number, ".")
	for _, r := range whole + fraction {
		if !strings.ContainsRune("0123456789", r) {
			return nil
		}
	}
	significant := len(whole) + len(fraction)
	if whole == "0" {
		significant = len(fraction)
	}
	if whole == "" || len(whole) > 9 || whole != "0" && whole[0] == '0' || point && fraction == "" || significant > 19 {
		return nil
	}
	value, _ := new(big.Rat).SetString(number)
	scale, _ := new(big.Rat).SetString(factor)
	value.Mul(value, scale)
	if value.Cmp(big.NewRat(limit, 1)) > 0 || positive && value.Sign() == 0 {
		return nil
	}
	// At most 19 digits, of which trailing zeros of the fraction do not count.
	text := strings.TrimRight(value.FloatString(40), "0")
	w, f, _ := strings.Cut(text, ".")
	if len(f) > 19 || len(strings.TrimLeft(w+f, "0")) > 19 {
		return nil
	}
	return value
}

// checkQuantity compares a parser with the slow one.
func checkQuantity[T text](
	t *testing.T, s string, parse func(string) (T, error), units map[string]string, limit int64, positive bool,
) {
	t.Helper()
	want := slowQuantity(s, units, limit, positive)
	got, err := parse(s)
	if (err == nil) != (want != nil) {
		t.Fatalf("%q: got %v, %v; the slow parser says %v", s, got, err, want)
	}
	if err == nil && rat(t, got.String()).Cmp(want) != 0 {
		t.Fatalf("%q: got %v, want %s", s, got, want.RatString())
	}
}

var quantityCorpus = []string{
	"", " ", "0 mg", "36 mg", "500 mcg", "1 g", "0.5 mg/kg", "500 mcg/kg", "72.5 kg", "158.7 lb", "-5 mg", ".5 mg", "5. mg",
	"05 mg", "1e3 mg", "1,000 mg", "5mg", "5  mg", "5", "5 ", "5 mL", "500 µg", "5 cc", "999999999 mg", "1000000000 mg",
	"0.1234567890123456789 mg", "1.1234567890123456789 mg", "0.00000000000000001 mcg", "0 kg", "1000 kg", "2204 lb",
	"1000000 mg/kg", "\xff mg", "1 mg\x00", "90.290112902129012 g", "0.9029011290212901251 g", "0.0000000000000000001 g",
}

func addCorpus(f *testing.F, corpus ...string) {
	for _, s := range corpus {
		f.Add(s)
	}
}

func FuzzParseMass(f *testing.F) {
	addCorpus(f, quantityCorpus...)
	f.Fuzz(mangle.Target(func(t *testing.T, s string) {
		checkRoundTrip(t, s, dose.ParseMass)
		checkQuantity(t, s, dose.ParseMass, map[string]string{"mg": "1", "mcg": "1/1000", "g": "1000"}, dose.MaxMass, false)
	}))
}

func FuzzParseWeight(f *testing.F) {
	addCorpus(f, quantityCorpus...)
	f.Fuzz(mangle.Target(func(t *testing.T, s string) {
		checkRoundTrip(t, s, dose.ParseWeight)
		checkQuantity(t, s, dose.ParseWeight, map[string]string{"kg": "1"}, dose.MaxWeight, true)
		if w, err := dose.ParsePounds(s); err == nil {
			checkRoundTrip(t, w.String(), dose.ParseWeight)
		}
	}))
}

func FuzzParsePerKilogram(f *testing.F) {
	addCorpus(f, quantityCorpus...)
	f.Fuzz(mangle.Target(func(t *testing.T, s string) {
		checkRoundTrip(t, s, dose.ParsePerKilogram)
		checkQuantity(t, s, dose.ParsePerKilogram, map[string]string{"mg/kg": "1", "mcg/kg": "1/1000", "g/kg": "1000"}, dose.MaxPerKilogram, true)
	}))
}

// A generated unit table keeps the slow parser independent of the package.
var otherQuantities = map[string]struct {
	units    map[string]string
	limit    int64
	positive bool
}{
	"volume":        {map[string]string{"mL": "1", "L": "1000"}, dose.MaxVolume, false},
	"height":        {map[string]string{"cm": "1"}, dose.MaxHeight, true},
	"surface":       {map[string]string{"m2": "1"}, dose.MaxSurface, true},
	"bmi":           {map[string]string{"kg/m2": "1"}, dose.MaxBMI, true},
	"per surface":   {map[string]string{"mg/m2": "1", "mcg/m2": "1/1000", "g/m2": "1000"}, dose.MaxPerSurface, true},
	"concentration": {map[string]string{"mg/mL": "1", "mcg/mL": "1/1000", "g/mL": "1000"}, dose.MaxConcentration, true},
	"flow":          {map[string]string{"mL/h": "1", "mL/min": "60", "L/h": "1000"}, dose.MaxFlow, true},
	"rate": {
		map[string]string{"mg/h": "1", "mcg/h": "1/1000", "g/h": "1000", "mg/min": "60", "mcg/min": "6/100", "g/min": "60000"},
		dose.MaxRate, true,
	},
	"rate per kilogram": {
		map[string]string{
			"mg/kg/h": "1", "mcg/kg/h": "1/1000", "g/kg/h": "1000", "mg/kg/min": "60", "mcg/kg/min": "6/100", "g/kg/min": "60000",
		},
		dose.MaxRatePerKilogram, true,
	},
	"percent": {map[string]string{"%": "1"}, dose.MaxPercent, true},
}

func checkOther[T text](t *testing.T, s, kind string, parse func(string) (T, error)) {
	t.Helper()
	checkRoundTrip(t, s, parse)
	q := otherQuantities[kind]
	checkQuantity(t, s, parse, q.units, q.limit, q.positive)
}

func FuzzParseQuantities(f *testing.F) {
	addCorpus(f, quantityCorpus...)
	addCorpus(f, "0.36 mL", "1 L", "180 cm", "1.818119 m2", "30 kg/m2", "1250 mg/m2", "50 mg/mL", "75 mL/h", "22 mg/h",
		"0.9 mg/min", "7 mcg/min", "2 g/min", "3 g/h", "12.5 mcg/kg/min", "1 g/kg/h", "2 g/kg/min", "7 mcg/mL", "2 g/mL", "3 mL/min", "2 L/h", "7 mcg/m2", "2 g/m2", "5 %", "0.4", "40 min", "1.5 h", "90 s")
	f.Fuzz(mangle.Target(func(t *testing.T, s string) {
		checkOther(t, s, "volume", dose.ParseVolume)
		checkOther(t, s, "height", dose.ParseHeight)
		checkOther(t, s, "surface", dose.ParseSurface)
		checkOther(t, s, "bmi", dose.ParseBMI)
		checkOther(t, s, "per surface", dose.ParsePerSurface)
		checkOther(t, s, "concentration", dose.ParseConcentration)
		checkOther(t, s, "flow", dose.ParseFlow)
		checkOther(t, s, "rate", dose.ParseRate)
		checkOther(t, s, "rate per kilogram", dose.ParseRatePerKilogram)
		checkOther(t, s, "percent", dose.ParsePercent)
		checkRoundTrip(t, s, dose.ParseFactor)
		checkRoundTrip(t, s, dose.ParseDuration)
		if h, err := dose.ParseInches(s); err == nil {
			checkRoundTrip(t, h.String(), dose.ParseHeight)
		}
	}))
}

func FuzzParseNotations(f *testing.F) {
	addCorpus(f, "0.01 mL half up", "0.1 mL/h down", "exact", "undiluted", "made up to 50 mL", "added to 100 mL",
		"500 mg below 60 kg; 10 mcg/kg of lean weight from 60 kg up to 100 kg; 1 g over 100 kg", "28 mg or 84 mg", "260 mg up to 55 kg; 390 mg over 55 kg up to 85 kg; 520 mg over 85 kg", "260 mg over 40 kg", "female", "intravenous")
	f.Fuzz(mangle.Target(func(t *testing.T, s string) {
		checkRoundTrip(t, s, dose.ParseGraduation)
		checkRoundTrip(t, s, dose.ParsePumpSetting)
		checkRoundTrip(t, s, dose.ParseDilution)
		checkRoundTrip(t, s, dose.ParseChoices)
		checkRoundTrip(t, s, dose.ParseBands)
		if x, err := dose.ParseSex(s); err == nil && x.String() != s {
			t.Fatalf("%q gives %v", s, x)
		}
		if r, err := dose.ParseRoute(s); err == nil && r.String() != s {
			t.Fatalf("%q gives %v", s, r)
		}
	}))
}

func FuzzParseRounding(f *testing.F) {
	addCorpus(f, "exact", "0.1 mg half up", "1 mg half even", "500 mcg down", "1 g up", "0 mg up", "0.1 mg", "up", "0.1  mg up")
	f.Fuzz(mangle.Target(func(t *testing.T, s string) { checkRoundTrip(t, s, dose.ParseRounding) }))
}

func FuzzParseMode(f *testing.F) {
	addCorpus(f, "half up", "half even", "down", "up", "", "halfup")
	f.Fuzz(mangle.Target(func(t *testing.T, s string) {
		if m, err := dose.ParseMode(s); err == nil && m.String() != s {
			t.Fatalf("%q gives %v", s, m)
		}
		if b, err := dose.ParseBasis(s); err == nil && b.String() != s {
			t.Fatalf("%q gives %v", s, b)
		}
	}))
}

func FuzzParseLimits(f *testing.F) {
	addCorpus(f, "hard max 200 mg", "soft min 1 mg, soft max 80 mg, hard max 1 mg/kg", "hard max", "hard max 0 mg", ", ")
	f.Fuzz(mangle.Target(func(t *testing.T, s string) { checkRoundTrip(t, s, dose.ParseLimits) }))
}

func FuzzParseRule(f *testing.F) {
	addCorpus(f, "56 mg", "0.5 mg/kg of actual weight, floor 5 mg, cap 60 mg, round 0.1 mg half up, hard max 200 mg",
		"0.5 mg/kg of adjusted weight, factor 0.4, below 60 in clamp, where ideal exceeds actual ideal, hard max 200 mg",
		"0.5 mg/kg of ideal-from-BMI weight, from 30 kg/m2, below 60 in linear, where ideal exceeds actual actual, hard max 200 mg",
		"1250 mg/m2, round 1 mg up, max deviation 5 %, hard max 5000 mg", "22 mg/h for 40 min, round 0.1 mg half up",
		"0.35 mg/kg/h of lean weight for 4 h, hard max 200 mg, hard max 30 mg/h, soft max 1 mg/mL, hard max 500 mL, hard max 300 mL/h, hard min 20 min",
		"2 devices of 28 mg 5 min apart, or 84 mg, hard max 84 mg", "260 mg up to 55 kg; 390 mg over 55 kg, hard max 600 mg",
		"0.5 mg/kg", "56 mg, cap 1 mg, cap 1 mg", "56 mg, ", "56 mg, round exact")
	f.Fuzz(mangle.Target(func(t *testing.T, s string) {
		r, ok := checkRoundTrip(t, s, dose.ParseRule)
		if !ok {
			return
		}
		// Any rule computes or says why not; it never panics.
		c, err := r.Calculate(dose.Body{
			Weight: dose.MustWeight("72.5 kg"), Height: dose.MustHeight("171 cm"), Sex: dose.Female,
		})
		if err == nil && c.Dose().IsZero() {
			t.Fatalf("%q: no error and no dose", s)
		}
		if err != nil && c != (dose.Calculation{}) {
			t.Fatalf("%q: an error and a dose", s)
		}
		known := dose.Body{Weight: dose.MustWeight("72.5 kg"), Height: dose.MustHeight("171 cm"), Sex: dose.Female}
		order := dose.Order{
			Rule: r, Administration: dose.MustDuration("100 h"),
			Preparation: dose.Preparation{
				Product: dose.Product{Content: dose.MustMass("500 mg"), Strength: dose.MustConcentration("50 mg/mL")}, Route: dose.Oral,
				Graduation: dose.MustGraduation("0.01 mL half up"), Dilution: dose.MustDilution("added to 7 mL"),
			},
		}
		d, err := order.For(known)
		switch {
		case err != nil && d != (dose.Delivery{}):
			t.Fatalf("%q: an error and a delivery", s)
		case err == nil && (d.Delivered().IsZero() || d.Time() == "" || d.Rate() == "" || d.Worksheet().String() == ""):
			t.Fatalf("%q: no error, and no dose, time or rate", s)
		case err == nil:
			j, err := order.Judge(d.Delivered(), dose.Duration{}, known)
			if err != nil || j.PassesHard() {
				t.Fatalf("%q: the planned dose is not judged as it was planned: %v", s, err)
			}
		}
		if l := dose.LevelOf(r.Amount); !l.IsZero() && dose.LevelOf(l.Amount()) != l {
			t.Fatalf("%q: the level %q is not the level of its own amount", s, l)
		}
	}))
}
