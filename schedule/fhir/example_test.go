package fhir_test

import (
	"errors"
	"fmt"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/fhir"
)

// Three a week for two weeks: the Timing does not say on which days, so the library's
// own are taken, and By says so.
func ExampleTiming_Expand() {
	timing, err := fhir.ParseTiming([]byte(`{"repeat": {"frequency": 3, "period": 1, "periodUnit": "wk", "count": 6}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	expansion, err := timing.Expand(fhir.Options{Start: fhir.OnDay(schedule.MustDate("2026-03-02"))})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range expansion.Dates {
		fmt.Println(d)
	}
	fmt.Println(expansion.By, expansion.Cadence)
	// Output:
	// 2026-03-02
	// 2026-03-04
	// 2026-03-06
	// 2026-03-09
	// 2026-03-11
	// 2026-03-13
	// convention 3/wk x2
}

// What a Timing does not say is refused by name.
func ExampleRefusal() {
	timing, err := fhir.ParseTiming([]byte(`{"repeat": {"frequency": 2, "period": 1, "periodUnit": "d", "count": 10}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = timing.Expand(fhir.Options{Start: fhir.OnDay(schedule.MustDate("2026-03-02"))})
	if refusal, ok := errors.AsType[*fhir.Refusal](err); ok {
		fmt.Println(refusal.Code, "at", refusal.At)
	}
	// Output: times-not-stated at repeat.frequency
}

// Twice a week for four weeks, then every second week: in FHIR the second begins when
// the first has ended. "2/wk x4 then every 2w" would begin it four days later, two
// weeks after the last session before it; the draft does not.
func ExampleNewDraft() {
	dosages, err := fhir.ParseDosages([]byte(`[
		{"sequence": 1, "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "wk",
			"boundsDuration": {"value": 4, "unit": "weeks", "system": "http://unitsofmeasure.org", "code": "wk"}}}},
		{"sequence": 2, "timing": {"repeat": {"frequency": 1, "period": 2, "periodUnit": "wk", "count": 3}}}
	]`))
	if err != nil {
		fmt.Println(err)
		return
	}
	phases, err := fhir.Phases(dosages, fhir.Options{Start: fhir.OnDay(schedule.MustDate("2026-03-02"))})
	if err != nil {
		fmt.Println(err)
		return
	}
	draft, err := fhir.NewDraft(phases)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, p := range draft.Spec.Phases {
		fmt.Println(p.Name, "from", phases[i].Start, "is", p.Cadence)
	}
	// Output:
	// dosage 1 from 2026-03-02 is 2/wk x4
	// dosage 2 from 2026-03-30 is every 2w x3 from week 5
}
