package dose_test

import (
	"errors"
	"fmt"

	"github.com/regimen-go/regimen/dose"
)

func Example() {
	rule := dose.Rule{
		Amount:   dose.PerWeight(dose.MustPerKilogram("0.5 mg/kg"), dose.Actual),
		Cap:      dose.MustMass("60 mg"),
		Rounding: dose.MustRounding("0.1 mg half up"),
		Limits:   dose.AtMost(dose.MustMass("200 mg")),
	}
	weight, err := dose.ParseWeight("72.5 kg")
	if err != nil {
		fmt.Println(err)
		return
	}
	calculation, err := rule.Calculate(dose.Body{Weight: weight})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(calculation.Dose())
	fmt.Println(calculation)
	// Output:
	// 36.3 mg
	// 0.5 mg/kg x 72.5 kg = 36.25 mg, rounded half up to 36.3 mg
}

func ExampleParseMass() {
	m, err := dose.ParseMass("500 mcg")
	fmt.Println(m, err)
	_, err = dose.ParseMass("500 µg")
	fmt.Println(err)
	// Output:
	// 0.5 mg <nil>
	// parsing mass "500 µg": wrong or missing unit at offset 4: want mg, mcg or g; micrograms are written mcg
}

func ExampleMass_Add() {
	// Sums are exact; in binary floating point this one is 105.30000000000001.
	var total dose.Mass
	for range 3 {
		var err error
		if total, err = total.Add(dose.MustMass("35.1 mg")); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(total)
	// Output: 105.3 mg
}

func ExampleMass_Sub() {
	_, err := dose.MustMass("1 mg").Sub(dose.MustMass("2 mg"))
	fmt.Println(err)
	// Output: computing 1 mg - 2 mg: out of range: want 0 to 999999999 mg in at most 19 digits
}

func ExampleMass_Times() {
	fmt.Println(dose.MustMass("28 mg").Times(3))
	// Output: 84 mg <nil>
}

func ExampleParseWeight() {
	_, err := dose.ParseWeight("158.7 lb")
	fmt.Println(err)
	// Output: parsing weight "158.7 lb": wrong or missing unit at offset 6: want kg; a body weight is in kg, and pounds enter through ParsePounds
}

func ExampleParsePounds() {
	fmt.Println(dose.ParsePounds("165 lb"))
	// Output: 74.84274105 kg <nil>
}

func ExamplePerKilogram_For() {
	fmt.Println(dose.MustPerKilogram("500 mcg/kg").For(dose.MustWeight("72 kg")))
	// Output: 36 mg <nil>
}

func ExampleParseRounding() {
	r, err := dose.ParseRounding("0.1 mg half up")
	fmt.Println(r.Step(), r.Mode(), err)
	// Output: 0.1 mg half up <nil>
}

func ExampleParseRule() {
	rule, err := dose.ParseRule("0.5 mg/kg of actual weight, cap 100 mg, hard max 200 mg")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(rule.Calculate(dose.Body{Weight: dose.MustWeight("210 kg")}))
	// Output: 0.5 mg/kg x 210 kg = 105 mg, capped at 100 mg <nil>
}

func ExampleRule_Check() {
	rule := dose.MustRule("0.5 mg/kg of actual weight, floor 10 mg, cap 5 mg")
	var problems dose.RuleErrors
	if errors.As(rule.Check(), &problems) {
		for _, problem := range problems {
			fmt.Println(problem)
		}
	}
	// Output:
	// Limits.Dose "": want a hard maximum in mg, since the dose depends on the body
	// Cap "5 mg": want at least the floor, 10 mg
}

func ExampleRule_Calculate_missingWeight() {
	rule := dose.MustRule("0.5 mg/kg of actual weight, hard max 200 mg")
	_, err := rule.Calculate(dose.Body{})
	fmt.Println(errors.Is(err, dose.ErrNoWeight))
	fmt.Println(err)
	// Output:
	// true
	// weight is missing: 0.5 mg/kg of actual weight cannot be computed: no body weight
}

func ExampleRule_Calculate_hardLimit() {
	rule := dose.MustRule("56 mg/kg of actual weight, hard max 200 mg")
	_, err := rule.Calculate(dose.Body{Weight: dose.MustWeight("72 kg")})
	fmt.Println(err)
	// Output: hard limit passed: hard max 200 mg of the dose
}

func ExampleCalculation_Steps() {
	rule := dose.MustRule("0.5 mg/kg of actual weight, cap 38 mg, round 5 mg half up, hard max 200 mg")
	calculation, err := rule.Calculate(dose.Body{Weight: dose.MustWeight("90 kg")})
	if err != nil {
		fmt.Println(err)
		return
	}
	for step := range calculation.Steps() {
		fmt.Println(step)
	}
	// Output:
	// 0.5 mg/kg x 90 kg = 45 mg
	// 45 mg, cap 38 mg: 38 mg
	// 38 mg, 5 mg half up: 40 mg
	// 40 mg, above the cap of 38 mg: 35 mg
}

func ExampleCalculation_SoftLimits() {
	rule := dose.MustRule("0.5 mg/kg of actual weight, soft max 80 mg, hard max 100 mg")
	calculation, err := rule.Calculate(dose.Body{Weight: dose.MustWeight("170 kg")})
	if err != nil {
		fmt.Println(err)
		return
	}
	for passed := range calculation.SoftLimits() {
		fmt.Println(calculation.Dose(), "passes", passed)
	}
	// Output: 85 mg passes soft max 80 mg of the dose
}

func ExamplePlausibility_Check() {
	fmt.Println(dose.Adult().Check(dose.MustWeight("700 kg")))
	// Output: implausible measurement: weight "700 kg": want at most 340.2 kg
}
