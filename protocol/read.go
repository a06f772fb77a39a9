package protocol

import (
	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/document"
)

// fileFormat is what every protocol file says it is.
const fileFormat = "regimen/1"

// What is optional here and required by Spec.Compile is missed by the check that
// follows. Required here is what would otherwise be a choice by omission.

func readSpec(f *document.Fields) Spec {
	f.Required("format").OneOf(fileFormat)
	return Spec{
		ID:                f.Optional("id").Text(),
		Version:           f.Optional("version").Text(),
		Title:             f.Optional("title").Text(),
		Drug:              f.Optional("drug").Text(),
		Route:             f.Optional("route").Text(),
		Indications:       texts(f.Optional("indications")),
		Contraindications: document.Objects(f.Optional("contraindications"), readContraindication),
		Labels:            document.Objects(f.Optional("labels"), readLabel),
		Phases:            document.Objects(f.Optional("phases"), readPhase),
		Beside:            document.Objects(f.Optional("beside"), readMedicine),
		FollowUps:         document.Objects(f.Optional("followUps"), readFollowUp),
		Monitoring:        document.Objects(f.Optional("monitoring"), readMonitoring),
		Gates:             document.Objects(f.Optional("gates"), readGate),
		Missed:            document.Objects(f.Optional("missed"), readMissed),
		Cumulative:        document.Objects(f.Optional("cumulative"), readCumulative),
		Parameters:        document.Objects(f.Optional("parameters"), readParameter),
		Sources:           document.Objects(f.Optional("sources"), readSource),
		Notes:             texts(f.Optional("notes")),
	}
}

func texts(n document.Node) []string { return document.List(n, document.Node.Text) }

func readContraindication(f *document.Fields) Contraindication {
	return Contraindication{Text: f.Optional("text").Text(), Hard: f.Required("hard").Bool()}
}

func readLabel(f *document.Fields) Label {
	return Label{Status: f.Optional("status").Text(), Region: f.Optional("region").Text(), Since: f.Optional("since").Text()}
}

func readPhase(f *document.Fields) Phase {
	p := Phase{
		Name:        f.Optional("name").Text(),
		Cadence:     textOf(f.Optional("cadence"), "every 4w", ParseCadence),
		Visit:       document.Object(f.Optional("visit"), readVisit),
		Dose:        readRule(f.Optional("dose")),
		Parts:       document.Objects(f.Optional("parts"), readPart),
		Steps:       document.Objects(f.Optional("steps"), readStep),
		Climb:       oneOf(f.Optional("climb"), ClimbFree, ClimbByOne),
		Follows:     oneOf(f.Optional("follows"), FollowsRule, FollowsLastGiven),
		Preparation: document.Object(f.Optional("preparation"), readPreparation),
		RunsOn:      f.Optional("runsOn").OneOf(afterDeparture) != "",
		Beside:      document.Objects(f.Optional("beside"), readMedicine),
		Weights:     document.Object(f.Optional("weights"), readWeights),
		MinGap:      readDays(f.Optional("minGap")),
		MaxGap:      readDays(f.Optional("maxGap")),
		Until:       f.Optional("until").Text(),
	}
	if n := f.Optional("window"); n.Exists() {
		p.Window = new(document.Object(n, readWindow))
	}
	p.Weekdays = document.List(f.Optional("weekdays"), readDaySet)
	p.Companions = document.Objects(f.Optional("companions"), readCompanion)
	p.MissedDoses = document.Objects(f.Optional("missedDoses"), readMissedDose)
	return p
}

func readDays(n document.Node) int { return textOf(n, "2 days", ParseDays) }

func readRule(n document.Node) dose.Rule {
	return textOf(n, "56 mg", func(s string) (dose.Rule, error) {
		r, err := parseRule(s)
		if err != nil {
			return dose.Rule{}, doseError(err)
		}
		return r, nil
	})
}

func readStep(f *document.Fields) Step {
	return Step{
		From:      readOrdinal(f.Optional("from")),
		Dose:      readRule(f.Optional("dose")),
		Condition: f.Optional("condition").Text(),
	}
}

// readOrdinal reads the number of a session, counted from 1.
func readOrdinal(n document.Node) int { return n.Int(1, maxSessions) }

func readWeights(f *document.Fields) Weights {
	return Weights{
		StaleAfter: readDays(f.Optional("staleAfter")),
		Change:     textOf(f.Optional("change"), "10 %", dose.ParsePercent),
	}
}

func readWindow(f *document.Fields) Window {
	return Window{Before: readDays(f.Required("before")), After: readDays(f.Required("after"))}
}

func readPreparation(f *document.Fields) dose.Preparation {
	return dose.Preparation{
		Product:      readProduct(f.Optional("product")),
		Route:        textOf(f.Optional("route"), "intravenous", dose.ParseRoute),
		Graduation:   textOf(f.Optional("graduation"), "0.01 mL half up", dose.ParseGraduation),
		Dilution:     textOf(f.Optional("dilution"), "made up to 50 mL", dose.ParseDilution),
		Diluent:      f.Optional("diluent").Text(),
		During:       textOf(f.Optional("during"), "40 min", dose.ParseDuration),
		Pump:         textOf(f.Optional("pump"), "0.1 mL/h half up", dose.ParsePumpSetting),
		MaxDeviation: textOf(f.Optional("maxDeviation"), "5 %", dose.ParsePercent),
	}
}

// readProduct reads the name of a product that ships, or a product.
func readProduct(n document.Node) dose.Product {
	if n.Kind() != document.KindText {
		return document.Object(n, readProductObject)
	}
	var names []string
	for p := range dose.Products() {
		names = append(names, p.Name)
	}
	p, _ := dose.ProductNamed(n.OneOf(names...))
	return p
}

func readProductObject(f *document.Fields) dose.Product {
	return dose.Product{
		Name:           f.Optional("name").Text(),
		Expressed:      f.Optional("expressed").Text(),
		Content:        textOf(f.Optional("content"), "500 mg", dose.ParseMass),
		Strength:       textOf(f.Optional("strength"), "50 mg/mL", dose.ParseConcentration),
		MaxIntravenous: textOf(f.Optional("maxIntravenous"), "50 mg/mL", dose.ParseConcentration),
		Apart:          textOf(f.Optional("apart"), "5 min", dose.ParseDuration),
		Note:           f.Optional("note").Text(),
		Source:         f.Optional("source").Text(),
	}
}

func readCompanion(f *document.Fields) Companion {
	return Companion{
		Name:  f.Optional("name").Text(),
		Visit: document.Object(f.Optional("visit"), readVisit),
		From:  readDays(f.Required("from")),
		To:    readDays(f.Required("to")),
	}
}

func readVisit(f *document.Fields) Visit {
	observation := f.Optional("observation")
	v := Visit{
		Kind:           oneOf(f.Optional("kind"), Dosing, Assessment),
		Preparation:    readDuration(f.Optional("preparation")),
		Administration: readDuration(f.Optional("administration")),
		Observation:    readDuration(observation),
		ObservedFrom:   oneOf(f.Optional("observedFrom"), AdministrationStart, AdministrationEnd),
		Later:          document.Objects(f.Optional("later"), readLater),
		Tasks:          document.Objects(f.Optional("tasks"), readTask),
	}
	v.Unobserved = observation.Exists() && v.Observation == 0
	return v
}
