package protocol

import (
	"time"

	"github.com/regimen-go/regimen/internal/document"
)

func readDuration(n document.Node) time.Duration { return textOf(n, "40 min", ParseDuration) }

func readLater(f *document.Fields) LaterObservation {
	return LaterObservation{
		From:        readOrdinal(f.Optional("from")),
		Observation: readDuration(f.Required("observation")),
		Note:        f.Optional("note").Text(),
	}
}

func readTask(f *document.Fields) Task {
	t := Task{
		Text:  f.Optional("text").Text(),
		For:   oneOf(f.Optional("for"), ForPatient, ForBoth),
		From:  oneOf(f.Optional("from"), Arrival, Departure),
		At:    textOf(f.Optional("at"), "40 min", parseTime),
		Stage: oneOf(f.Optional("stage"), BeforeVisit, AfterVisit),
	}
	if n := f.Optional("until"); n.Exists() {
		t.Until = new(textOf(n, "0 min", parseTime))
	}
	return t
}

func readFollowUp(f *document.Fields) FollowUpVisit {
	return FollowUpVisit{
		Name:   f.Optional("name").Text(),
		Visit:  document.Object(f.Optional("visit"), readVisit),
		Days:   document.List(f.Optional("days"), func(n document.Node) int { return n.Int(1, maxNumber) }),
		Window: document.Object(f.Optional("window"), readWindow),
	}
}

func readGate(f *document.Fields) Gate {
	return Gate{
		Name:     f.Optional("name").Text(),
		Phase:    f.Optional("phase").Text(),
		After:    readOrdinal(f.Optional("after")),
		Assess:   f.Optional("assess").Text(),
		Outcomes: document.Objects(f.Optional("outcomes"), readOutcome),
	}
}

func readOutcome(f *document.Fields) Outcome {
	return Outcome{
		When: f.Optional("when").Text(),
		Then: oneOf(f.Optional("then"), Continue, Change),
		Text: f.Optional("text").Text(),
	}
}

func readMissed(f *document.Fields) MissedRule {
	return MissedRule{
		Phase:     f.Optional("phase").Text(),
		Condition: f.Optional("condition").Text(),
		Then:      oneOf(f.Optional("then"), Continue, Change),
		To:        f.Optional("to").Text(),
		Source:    f.Optional("source").Text(),
	}
}

func readCumulative(f *document.Fields) CumulativeLimit {
	return CumulativeLimit{
		Per:   oneOf(f.Optional("per"), PerDay, PerPlan),
		Limit: textOf(f.Optional("limit"), "hard max 672 mg", parseLimit),
	}
}

func readParameter(f *document.Fields) Parameter {
	return Parameter{
		Name:       f.Optional("name").Text(),
		Doc:        f.Optional("doc").Text(),
		Fills:      document.List(f.Optional("fills"), func(n document.Node) Place { return textOf(n, "minGap", ParsePlace) }),
		Choices:    texts(f.Optional("choices")),
		MultipleOf: f.Optional("multipleOf").Text(),
		Low:        f.Optional("low").Text(),
		High:       f.Optional("high").Text(),
		Value:      f.Optional("value").Text(),
	}
}

func readSource(f *document.Fields) Source {
	return Source{
		Key:      f.Optional("key").Text(),
		Citation: f.Optional("citation").Text(),
		Address:  f.Optional("address").Text(),
		Facts:    document.Objects(f.Optional("facts"), readFact),
	}
}

// readFact reads a fact, which says how it was established or, where nothing was
// read, that it is not verified.
func readFact(f *document.Fields) Fact {
	fact := Fact{
		About: f.Optional("about").Text(),
		Says:  f.Optional("says").Text(),
		Quote: f.Optional("quote").Text(),
		Grade: oneOf(f.Optional("grade"), Primary, Secondary),
	}
	switch verified := f.Optional("verified"); {
	case !verified.Exists():
	case verified.Bool():
		verified.Refuse(document.CodeChoice, "false, or a grade instead")
		fact.Grade = Unverified // no second problem for want of a grade
	case f.Optional("grade").Exists():
		verified.Refuse(document.CodeChoice, "nothing beside a grade")
	default:
		fact.Grade = Unverified
	}
	return fact
}
