package main

import (
	"flag"
	"strings"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// begin prints a file to begin with: everything that a source or a clinician has to say
// is a parameter with what is to be read, and what is to be done is in the notes.
func (p program) begin(args []string) int {
	set := flag.NewFlagSet("new", flag.ContinueOnError)
	drug := set.String("drug", "", "the `DRUG`")
	route := set.String("route", "", "the `ROUTE`, such as intravenous")
	names, code, done := p.flags(set, args)
	switch {
	case done:
		return code
	case len(names) != 1:
		return p.misuse("want one id after new")
	case *drug == "":
		return p.misuse("want -drug and what is given")
	}
	known, err := dose.ParseRoute(*route)
	if err != nil {
		return p.misuse("-route: %v", err)
	}
	s := beginning(names[0], *drug, known.String())
	src := protocol.Format(s)
	if _, err := protocol.Parse(names[0], src); err != nil {
		return p.problems(p.stderr, err)
	}
	return p.print(src, exitWell)
}

// beginning returns the protocol of a starting file.
func beginning(id, drug, route string) protocol.Spec {
	const phase = "treatment"
	open := func(name, doc string, field protocol.Field) protocol.Parameter {
		return protocol.Parameter{Name: name, Doc: doc, Fills: []protocol.Place{{Phase: phase, Field: field}}}
	}
	return protocol.Spec{
		ID: id, Version: "1", Title: strings.ToUpper(drug[:1]) + drug[1:] + ", " + route, Drug: drug, Route: route,
		Phases: []protocol.Phase{{Name: phase, Visit: protocol.Visit{Kind: protocol.Dosing}}},
		Parameters: []protocol.Parameter{
			open("cadence", "how often, such as 3-2-1-1-1 then every 4w; a phase of its own for each stretch with another dose or visit", protocol.FieldCadence),
			open("amount", "the dose: per kilogram, such as 0.5 mg/kg, or fixed, such as 56 mg; what the source says goes into the dose of the phase", protocol.FieldAmount),
			open("basis", "whose weight a dose per kilogram counts: actual, ideal, adjusted or lean", protocol.FieldBasis),
			open("rounding", "to what the dose is rounded, and how: 0.1 mg half up", protocol.FieldRounding),
			open("maximum", "the dose in mg that nobody is given more of", protocol.FieldMaximum),
			open("min-gap", "the least number of days from one session to the next", protocol.FieldMinGap),
			open("administration", "how long the drug is given", protocol.FieldAdministration),
			open("observation", "how long the patient is watched afterwards; 0 min if not at all", protocol.FieldObservation),
		},
		Sources: []protocol.Source{{
			Key: "todo", Citation: "TODO: the document, with where it can be read",
			Facts: []protocol.Fact{{About: "/phases/0", Says: "TODO: one fact for each statement, with the place that it is about, the wording where it was read, and a grade", Grade: protocol.Unverified}},
		}},
		Notes: []string{
			"TODO: the sources, and the facts taken from them. Until then lint finds fact-unverified.",
			"TODO: the title names the cadence as the phases have it.",
			"TODO: contraindications have not been read.",
			"TODO: the label has not been read: approved or off-label, in which region, since when.",
			"TODO: what the sources state moves from the parameters into the phase; what they leave open stays a parameter, with the range or the choices that they give.",
			"TODO: tasks before, during and after the visit; decisions; what is done about missed sessions; follow-ups.",
		},
	}
}
