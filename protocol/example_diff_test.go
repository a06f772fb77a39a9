package protocol_test

import (
	"fmt"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// What a reviewer reads, and what a program does.
func ExampleDiff() {
	before := protocol.Spec{ID: "examplamine", Version: "1", Phases: []protocol.Phase{{
		Name: "induction", Cadence: protocol.MustCadence("3-2-1"), MinGap: 2, Visit: protocol.Visit{Administration: 40 * time.Minute},
		Dose: dose.MustRule("0.5 mg/kg of actual weight, cap 60 mg, hard max 100 mg"),
	}}}
	after := before.Clone()
	after.Phases[0].Cadence = protocol.MustCadence("3-3-1")
	after.Phases[0].Dose.Cap = dose.MustMass("80 mg")
	d, err := protocol.Diff(before, after)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(d)
	made, err := d.Apply(before)
	fmt.Println(made.Phases[0].Cadence, err, d.MeaningChanged())
	// Output:
	// phase induction, week 2: 2 sessions -> 3
	// phase induction, dose cap 60 mg -> 80 mg
	// 3-3-1 <nil> true
}
