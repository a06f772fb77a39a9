package dose_test

import (
	"errors"
	"fmt"

	"github.com/regimen-go/regimen/dose"
)

func ExampleBody_Based() {
	b := dose.Body{Weight: dose.MustWeight("120 kg"), Height: dose.MustHeight("180 cm"), Sex: dose.Male}
	policy := dose.WeightPolicy{Short: dose.ShortClamp, Excess: dose.ExcessKeep}
	fmt.Println(b.Based(dose.Ideal, policy))
	policy.Factor = dose.MustFactor("0.4")
	fmt.Println(b.Based(dose.Adjusted, policy))
	fmt.Println(b.Based(dose.Lean, dose.WeightPolicy{}))
	// Output:
	// 74.992126 kg <nil>
	// 92.995276 kg <nil>
	// 75.776567 kg <nil>
}

func ExampleBody_Based_missingFact() {
	b := dose.Body{Weight: dose.MustWeight("120 kg"), Sex: dose.Male}
	_, err := b.Based(dose.Ideal, dose.WeightPolicy{Short: dose.ShortClamp, Excess: dose.ExcessKeep})
	fmt.Println(errors.Is(err, dose.ErrNoHeight))
	fmt.Println(err)
	// Output:
	// true
	// height is missing: ideal weight cannot be computed: no body height
}

func ExampleBody_BMI() {
	b := dose.Body{Weight: dose.MustWeight("120 kg"), Height: dose.MustHeight("180 cm")}
	fmt.Println(b.BMI())
	// Output: 37.037037 kg/m2 <nil>
}

func ExampleBody_Surface() {
	b := dose.Body{Weight: dose.MustWeight("70 kg"), Height: dose.MustHeight("170 cm")}
	fmt.Println(b.Surface())
	// Output: 1.818119 m2 <nil>
}

func ExampleParseInches() {
	fmt.Println(dose.ParseInches("70.9 in"))
	// Output: 180.086 cm <nil>
}

func ExamplePlausibility_AsPounds() {
	b := dose.Body{Weight: dose.MustWeight("140 kg"), Height: dose.MustHeight("165 cm")}
	for o := range dose.Adult().Observe(b) {
		fmt.Println(o)
	}
	if w, ok := dose.Adult().AsPounds(b); ok {
		fmt.Println("as pounds it would be", w)
	}
	// Output:
	// BMI 51.423324 kg/m2, soft max 45 kg/m2
	// as pounds it would be 63.5029318 kg
}
