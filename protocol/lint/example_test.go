package lint_test

import (
	"fmt"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/lint"
)

// A taper in which two numbers were swapped, with a rule of the clinic's own. It is
// invented, and all that is missing besides is accepted.
func ExampleCheck() {
	s := protocol.Spec{
		ID: "examplamine-talks", Version: "1",
		Phases: []protocol.Phase{{Name: "taper", Cadence: protocol.MustCadence("3-1-2-1"), MinGap: 2}},
	}
	ours := lint.Rule{
		Code: "our-title", Severity: lint.Info, Title: "No title",
		Check: func(s *lint.Subject, report lint.Report) {
			if s.Spec.Title == "" {
				report("/title", "give it a title")
			}
		},
	}
	var accepted []lint.Acceptance
	for _, code := range []lint.Code{lint.SourceMissing, lint.LabelsUnsaid, lint.ContraindicationsUnsaid} {
		accepted = append(accepted, lint.Acceptance{Protocol: s.ID, Code: code, Reason: "an example"})
	}
	for _, f := range lint.Check(s, lint.Options{Rules: []lint.Rule{ours}, Accepted: accepted}) {
		if f.Accepted == (lint.Acceptance{}) {
			fmt.Println(f)
		}
	}
	// Output:
	// examplamine-talks: warning: /phases/0/cadence: "3-1-2-1" goes from 1 session a week to 2 sessions a week in "taper" [taper-rises]
	// examplamine-talks: info: /title: give it a title [our-title]
}
