package dose

import "testing"

// The usual rules are computed in whole numbers, others by their decimals.
func TestComputedInWholeNumbers(t *testing.T) {
	for text, want := range map[string]bool{
		"0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg":                                     true,
		"0.5 mg/kg of actual weight, floor 20 mg, cap 60 mg, soft max 50 mg, hard max 200 mg, hard max 1 mg/kg": true,
		"0.123456 mg/kg of actual weight, hard max 200 mg":                                                      true,  // with 3 of the weight 9 decimals
		"0.1234567 mg/kg of actual weight, hard max 200 mg":                                                     false, // 10
		"0.5 mg/kg of lean weight, hard max 200 mg":                                                             false,
		"0.5 mg/kg of actual weight, round 5 mg half up within 10 % else 1 mg half up, hard max 200 mg":         false,
		"56 mg": false,
	} {
		c, err := MustRule(text).Compile()
		if err != nil {
			t.Fatal(err)
		}
		if c.integer.valid != want {
			t.Errorf("%s: computed in whole numbers %t, want %t", text, c.integer.valid, want)
		}
	}
}
