package protocol_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

func ExampleParseCadence() {
	c, err := protocol.ParseCadence("3-2-1-1-1 then every 4w x6")
	if err != nil {
		fmt.Println(err)
		return
	}
	n, _ := c.Sessions()
	fmt.Println(n, "sessions")
	for i, s := range c.Segments() {
		fmt.Println(i, s.Kind(), s)
	}
	// Output:
	// 14 sessions
	// 0 weekly 3-2-1-1-1
	// 1 every every 4w x6
}

// A text that is not in the notation is never guessed at. The error has the
// place, the text, the byte offset and what was wanted.
func ExampleParseCadence_errors() {
	for _, text := range []string{"3--1", "every 4w then 1", "every 4 weeks", "bi-weekly"} {
		_, err := protocol.ParseCadence(text)
		fmt.Println(err)
	}
	// Output:
	// cadence "3--1" at offset 2: want a number of sessions a week from 0 to 7
	// cadence "every 4w then 1" at offset 14: want nothing after "every 4w", which has no end: give it x and a number of sessions, as in every 4w x13
	// cadence "every 4 weeks" at offset 0: want every 4w
	// cadence "bi-weekly" at offset 0: want one meaning: 2/wk or every 2w? (2/wk with its number of weeks, as in 2/wk x4)
}

// One cadence has one text, however it was written.
func ExampleCadence_String() {
	fmt.Println(protocol.MustCadence("3-3  then every 4w(1w..8w)"))
	fmt.Println(protocol.MustCadence("days 1,8 of 21 x6"))
	// Output:
	// 3/wk x2 then every 4w (1w..8w)
	// days 1, 8 of 21 x6
}

func ExampleError() {
	_, err := protocol.ParseCadence("3-2-8")
	if e, ok := errors.AsType[*protocol.Error](err); ok {
		fmt.Println(e.Place, e.Offset, e.Code)
		fmt.Println(e.Want)
	}
	// Output:
	// cadence 4 cadence-range
	// want a number of sessions a week from 0 to 7
}

// Compile reports everything that is wrong, not only the first problem.
func ExampleSpec_Compile() {
	spec := protocol.Spec{Phases: []protocol.Phase{{
		Name:    "taper",
		Cadence: protocol.MustCadence("3-2-1"),
		Dose:    dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg"),
		MinGap:  4,
	}}}
	_, err := spec.Compile()
	if list, ok := errors.AsType[protocol.ErrorList](err); ok {
		for _, e := range list {
			fmt.Println(e)
		}
	}

	spec.Phases[0].MinGap = 2
	spec.Phases[0].Visit.Administration = 40 * time.Minute
	p, err := spec.Compile()
	fmt.Println(p.Cadence(), err)
	// Output:
	// /phases/0/minGap "4": want a gap that a week of 3 sessions can hold: at most 3 days
	// /phases/0/visit/administration: want how long the drug is given: a phase with a dose has no default for it
	// 3-2-1 <nil>
}

// A missing clinical choice is an error, never a default.
func ExampleSpec_Set() {
	spec := protocol.Spec{
		Phases: []protocol.Phase{{Name: "taper", Cadence: protocol.MustCadence("3-2-1")}},
		Parameters: []protocol.Parameter{{
			Name: "min-gap", Doc: "days between two sessions; the source gives none", Low: "1", High: "3",
			Fills: []protocol.Place{{Phase: "taper", Field: protocol.FieldMinGap}},
		}},
	}
	_, err := spec.Compile()
	fmt.Println(errors.Is(err, protocol.ErrUnset), err)

	for _, value := range []string{"4", "2"} {
		spec, err = spec.Set("min-gap", value)
		if err != nil {
			fmt.Println(err)
			return
		}
		_, err = spec.Compile()
		fmt.Println(err)
	}
	// Output:
	// true /parameters/0 "min-gap": want a value: days between two sessions; the source gives none
	// /parameters/0/value "4": want at most 3
	// <nil>
}

func ExampleOnDays() {
	days := protocol.OnDays(time.Friday, time.Monday, time.Wednesday)
	fmt.Println(days, days.Len(), days.Has(time.Friday))
	read, err := protocol.ParseDaySet("Wed,Fri,Mon")
	fmt.Println(read == days, err)
	// Output:
	// Mon,Wed,Fri 3 true
	// true <nil>
}

func ExampleParseDuration() {
	d, err := protocol.ParseDuration("90 min")
	fmt.Println(d, err)
	fmt.Println(protocol.FormatDuration(2 * time.Hour))
	// Output:
	// 1h30m0s <nil>
	// 2 h
}

// A clinic writes down its taper, leaves one decision open, closes it, and has
// a protocol that it can name, store and compare.
func Example() {
	taper := protocol.Phase{
		Name:    "taper",
		Cadence: protocol.MustCadence("3-2-1-1-1"),
		Dose:    dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg"),
		MinGap:  2,
		Visit:   protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
	}
	maintenance := taper
	maintenance.Name, maintenance.Cadence = "maintenance", protocol.Cadence{}
	spec := protocol.Spec{
		ID: "example-taper", Version: "1", Title: "Example, nobody's recommendation",
		Phases: []protocol.Phase{taper, maintenance},
		Parameters: []protocol.Parameter{{
			Name: "monthly", Doc: "what once a month means", Choices: []string{"every 4w", "every 1mo"},
			Fills: []protocol.Place{{Phase: "maintenance", Field: protocol.FieldCadence}},
		}},
	}

	var digests []protocol.Digest
	for _, choice := range spec.Parameters[0].Choices {
		chosen, err := spec.Set("monthly", choice)
		if err != nil {
			fmt.Println(err)
			return
		}
		p, err := chosen.Compile()
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(p.ID(), p.Version()+":", p.Cadence())
		for phase, segment := range p.Segments() {
			fmt.Println("  phase", phase, "has", segment)
		}
		digests = append(digests, p.Digest())
	}
	fmt.Println("the same protocol:", digests[0] == digests[1])
	// Output:
	// example-taper 1: 3-2-1-1-1 then every 4w
	//   phase 0 has 3-2-1-1-1
	//   phase 1 has every 4w
	// example-taper 1: 3-2-1-1-1 then every 1mo
	//   phase 0 has 3-2-1-1-1
	//   phase 1 has every 1mo
	// the same protocol: false
}
