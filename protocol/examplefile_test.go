package protocol_test

import (
	"errors"
	"fmt"
	"os"

	"github.com/regimen-go/regimen/protocol"
)

// A complete file is read, its open parameter is set, and it compiles.
func ExampleParse() {
	src, err := os.ReadFile("testdata/example.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	spec, err := protocol.Parse("example.json", src)
	if err != nil {
		fmt.Println(err)
		return
	}
	spec, err = spec.Set("basis", "actual")
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := spec.Compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.ID(), p.Version())
	for _, phase := range p.Phases() {
		fmt.Printf("%s: %s\n", phase.Name, phase.Cadence)
	}
	// Output:
	// examplamine-iv 2
	// preparation: 1
	// taper: 3-2-1-1-1
	// maintenance: every 4w (2w..8w)
}

// Every mistake is reported at once, where it is.
func ExampleParse_errors() {
	_, err := protocol.Parse("clinic.json", []byte(`{
  "format": "regimen/1",
  "phases": [
    {
      "name": "induction",
      "cadence": "2/wk x4 then bi-weekly",
      "dose": "0.5 mg/kg of actual weight, cap 60 mgs",
      "mingap": 2
    }
  ],
  "gates": [
    {"name": "response", "phase": "taper", "assess": "the score"}
  ]
}`))
	list, _ := errors.AsType[protocol.ErrorList](err)
	for _, e := range list {
		fmt.Println(e)
	}
	// Output:
	// clinic.json:4:5: /phases/0/visit/administration: want how long the drug is given: a phase with a dose has no default for it [missing]
	// clinic.json:6:32: /phases/0/cadence: want one meaning: 2/wk or every 2w? (2/wk with its number of weeks, as in 2/wk x4), got "2/wk x4 then bi-weekly" [cadence-ambiguous]
	// clinic.json:7:51: /phases/0/dose: want mg, mcg or g; write mg, got "0.5 mg/kg of actual weight, cap 60 mgs" [dose-rule]
	// clinic.json:8:7: /phases/0/mingap: want the key "minGap", got "mingap" [key-case]
	// clinic.json:12:35: /gates/0/phase: want the name of a phase, got "taper" [unknown-reference]
}

// A Spec has one canonical file.
func ExampleFormat() {
	fmt.Print(string(protocol.Format(protocol.Spec{
		Phases: []protocol.Phase{{
			Name: "taper", Cadence: protocol.MustCadence("3-3 then 1"), MinGap: 2,
			Companions: []protocol.Companion{{Name: "integration", From: 1, To: 3}},
		}},
	})))
	// Output:
	// {
	//   "format": "regimen/1",
	//   "phases": [
	//     {
	//       "name": "taper",
	//       "cadence": "3/wk x2 then 1",
	//       "minGap": "2 days",
	//       "companions": [
	//         {
	//           "name": "integration",
	//           "from": "1 day",
	//           "to": "3 days"
	//         }
	//       ]
	//     }
	//   ]
	// }
}

// What only compiling can find also has a place in the file.
func ExampleLocate() {
	src := []byte(`{
  "format": "regimen/1",
  "phases": [
    {"name": "induction", "cadence": "4-3"}
  ],
  "parameters": [
    {"name": "gap", "doc": "the least number of days", "fills": ["minGap"]}
  ]
}`)
	spec, err := protocol.Parse("clinic.json", src)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = spec.Compile()
	fmt.Println(protocol.Locate("clinic.json", src, err))

	spec, _ = spec.Set("gap", "3 days")
	_, err = spec.Compile()
	fmt.Println(protocol.Locate("clinic.json", src, err))
	// Output:
	// clinic.json:7:5: /parameters/0: want a value of "gap": the least number of days [parameter-unset]
	// clinic.json:4:5: /phases/0/minGap: want a gap that a week of 4 sessions can hold: at most 2 days [gap]
}
