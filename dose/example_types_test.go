package dose_test

import (
	"errors"
	"fmt"

	"github.com/regimen-go/regimen/dose"
)

func ExampleHeight() {
	fmt.Println(dose.MustHeight("152.4 cm") == dose.MustInches("60 in"))
	// Output: true
}

func ExampleVolume_Add() {
	total, err := dose.MustVolume("100 mL").Add(dose.MustVolume("15 mL"))
	fmt.Println(total, err)
	// Output: 115 mL <nil>
}

func ExamplePerSurface_For() {
	surface, err := dose.Body{Weight: dose.MustWeight("70 kg"), Height: dose.MustHeight("170 cm")}.Surface()
	if err != nil {
		fmt.Println(err)
		return
	}
	d, err := dose.MustPerSurface("1250 mg/m2").For(surface)
	fmt.Println(surface, d, err)
	// Output: 1.818119 m2 2272.64875 mg <nil>
}

func ExampleSurface() {
	fmt.Println(dose.MustSurface("1.80 m2"))
	// Output: 1.8 m2
}

func ExampleBMI() {
	fmt.Println(dose.MustBMI("30 kg/m2").Compare(dose.MustBMI("29.9 kg/m2")))
	// Output: 1
}

// Adjusted weight is the ideal one and a share of what is above it.
func ExampleFactor() {
	body := dose.Body{Weight: dose.MustWeight("120 kg"), Height: dose.MustHeight("180 cm"), Sex: dose.Male}
	policy := dose.WeightPolicy{Factor: dose.MustFactor("0.4"), Short: dose.ShortClamp, Excess: dose.ExcessActual}
	fmt.Println(body.Based(dose.Adjusted, policy))
	// Output: 92.995276 kg <nil>
}

// Below 60 inches the formula for the ideal weight is not defined: a policy says
// what to use instead.
func ExampleShortStature() {
	body := dose.Body{Weight: dose.MustWeight("50 kg"), Height: dose.MustHeight("150 cm"), Sex: dose.Female}
	for _, short := range []dose.ShortStature{dose.ShortLinear, dose.ShortClamp, dose.ShortActual} {
		w, err := body.Based(dose.Ideal, dose.WeightPolicy{Short: short, Excess: dose.ExcessKeep})
		fmt.Println(short, w, err)
	}
	// Output:
	// linear 43.326772 kg <nil>
	// clamp 45.5 kg <nil>
	// actual 45.5 kg <nil>
}

// Where the ideal weight is more than the actual one, dosing by it would raise
// the dose: a policy says whether it does.
func ExampleExcessIdeal() {
	body := dose.Body{Weight: dose.MustWeight("60 kg"), Height: dose.MustHeight("180 cm"), Sex: dose.Male}
	for _, excess := range []dose.ExcessIdeal{dose.ExcessKeep, dose.ExcessActual} {
		w, err := body.Based(dose.Ideal, dose.WeightPolicy{Short: dose.ShortClamp, Excess: excess})
		fmt.Println(excess, w, err)
	}
	// Output:
	// ideal 74.992126 kg <nil>
	// actual 60 kg <nil>
}

// Lean weight needs no policy: 9270 x 95 / (8780 + 244 x 37.109375).
func ExampleBasis_lean() {
	body := dose.Body{Weight: dose.MustWeight("95 kg"), Height: dose.MustHeight("160 cm"), Sex: dose.Female}
	fmt.Println(body.Based(dose.Lean, dose.WeightPolicy{}))
	// Output: 49.378493 kg <nil>
}

func ExampleParseBasisPolicy() {
	basis, policy, err := dose.ParseBasisPolicy("ideal-from-BMI, from 30 kg/m2, below 60 in clamp, where ideal exceeds actual actual")
	fmt.Println(basis, policy.FromBMI, policy.Short, policy.Excess, err)
	// Output: ideal-from-BMI 30 kg/m2 clamp actual <nil>
}

func ExampleParseSex() {
	fmt.Println(dose.ParseSex("female"))
	// Output: female <nil>
}

func ExampleParseMode() {
	fmt.Println(dose.ParseMode("half even"))
	// Output: half even <nil>
}

func ExampleParseRoute() {
	fmt.Println(dose.ParseRoute("intravenous"))
	// Output: intravenous <nil>
}

func ExampleChoices_All() {
	for m := range dose.MustChoices("56 mg or 84 mg").All() {
		fmt.Println(m)
	}
	// Output:
	// 56 mg
	// 84 mg
}

func ExampleFixed() {
	c, err := dose.Rule{Amount: dose.Fixed(dose.MustMass("56 mg"))}.Calculate(dose.Body{})
	fmt.Println(c, err)
	// Output: 56 mg fixed <nil>
}

func ExampleParseLimits() {
	fmt.Println(dose.ParseLimits("soft max 80 mg, hard max 100 mg, hard max 1 mg/kg"))
	// Output: soft max 80 mg, hard max 100 mg, hard max 1 mg/kg <nil>
}

func ExampleDeviation() {
	d := dose.Deviation{From: dose.MustMass("37.421370525 mg"), To: dose.MustMass("37.5 mg")}
	fmt.Println(d, d.Within(dose.MustPercent("5 %")))
	// Output: +0.21 % true
}

func ExamplePercent() {
	fmt.Println(dose.MustWeight("72 kg").Within(dose.MustPercent("10 %"), dose.MustWeight("80 kg")))
	// Output: true
}

// Time is not a number of anything: 40 min and 0.75 mg/kg/h make 0.5 mg/kg.
func ExampleDuration() {
	c, err := dose.Rule{
		Amount: dose.PerWeightOverTime(dose.MustRatePerKilogram("0.75 mg/kg/h"), dose.Actual, dose.MustDuration("40 min")),
		Limits: dose.AtMost(dose.MustMass("100 mg")),
	}.Calculate(dose.Body{Weight: dose.MustWeight("72 kg")})
	fmt.Println(c.Dose(), err)
	// Output: 36 mg <nil>
}

// A dose over the time of a visit, before anything is known of the product.
func ExampleDelivery_RateIn() {
	d, err := dose.Order{
		Rule:           dose.MustRule("0.5 mg/kg of actual weight, hard max 100 mg"),
		Administration: dose.MustDuration("40 min"),
	}.For(dose.Body{Weight: dose.MustWeight("72 kg")})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.RateIn(dose.MgPerH))
	fmt.Println(d.RateIn(dose.McgPerKgPerMin))
	// Output:
	// 54 mg/h <nil>
	// 12.5 mcg/kg/min <nil>
}

func worksheetOf72Kilograms() (dose.Worksheet, error) {
	d, err := dose.Order{Rule: dose.MustRule("0.5 mg/kg of actual weight, hard max 100 mg"), Preparation: dose.Preparation{
		Product: dose.Product{
			Name: "ketamine 100 mg/mL", Content: dose.MustMass("500 mg"), Strength: dose.MustConcentration("100 mg/mL"),
			MaxIntravenous: dose.MustConcentration("50 mg/mL"),
		},
		Route: dose.Intravenous, Graduation: dose.MustGraduation("0.01 mL half up"), Dilution: dose.MadeUpTo(dose.MustVolume("50 mL")),
		Diluent: "0.9 % sodium chloride", During: dose.MustDuration("40 min"), Pump: dose.MustPumpSetting("0.1 mL/h half up"),
	}}.For(dose.Body{Weight: dose.MustWeight("72 kg")})
	return d.Worksheet(), err
}

func ExampleWorksheet() {
	sheet, err := worksheetOf72Kilograms()
	fmt.Println(sheet.Stock(), sheet.Diluent(), sheet.Concentration(), sheet.Flow(), sheet.Containers(), sheet.Waste(), err)
	// Output: 0.36 mL 49.64 mL 0.72 mg/mL 75 mL/h 1 464 mg <nil>
}

// A pump that is left at a flow for the stated time may not deliver all.
func ExampleFlow() {
	sheet, err := worksheetOf72Kilograms()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(sheet.DeliveredAt(dose.MustFlow("60 mL/h")))
	// Output: 28.8 mg <nil>
}

func ExampleParseGraduation() {
	fmt.Println(dose.ParseGraduation("0.01 mL half up"))
	// Output: 0.01 mL half up <nil>
}

func ExampleParsePumpSetting() {
	fmt.Println(dose.ParsePumpSetting("exact"))
	// Output: exact <nil>
}

func ExampleParseError() {
	_, err := dose.ParseMass("36 ml")
	e, ok := errors.AsType[*dose.ParseError](err)
	fmt.Println(ok, e.What, e.Offset, errors.Is(err, dose.ErrUnit))
	// Output: true mass 3 true
}

func ExampleRuleErrors() {
	err := dose.Rule{Amount: dose.PerWeight(dose.MustPerKilogram("0.5 mg/kg"), dose.Actual), Cap: dose.MustMass("5 mg"), Floor: dose.MustMass("10 mg")}.Check()
	problems, _ := errors.AsType[dose.RuleErrors](err)
	for _, p := range problems {
		fmt.Println(p)
	}
	// Output:
	// Limits.Dose "": want a hard maximum in mg, since the dose depends on the body
	// Cap "5 mg": want at least the floor, 10 mg
}

func ExampleRoundingError() {
	_, err := dose.MustRule("0.1 mg/kg of actual weight, round 50 mg down, hard max 100 mg").Calculate(dose.Body{Weight: dose.MustWeight("72 kg")})
	fmt.Println(errors.Is(err, dose.ErrZeroDose))
	// Output: true
}

func ExampleRangeError() {
	_, err := dose.MustMass("999999999 mg").Times(2)
	fmt.Println(err)
	// Output: computing 2 x 999999999 mg: out of range: want 0 to 999999999 mg in at most 19 digits
}

func ExamplePlausibilityError() {
	err := dose.Adult().Check(dose.MustWeight("700 kg"))
	fmt.Println(errors.Is(err, dose.ErrImplausible))
	// Output: true
}

func ExampleDisplay_thousands() {
	fmt.Println(dose.Display{Thousands: dose.CommaGroups}.Text(dose.MustMass("2272.65 mg")))
	// Output: 2,272.65 mg
}
