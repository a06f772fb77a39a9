package protocol_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// courseSpec is the example file with its parameter set: it has everything that
// a protocol can have.
func courseSpec(t *testing.T) protocol.Spec {
	t.Helper()
	s, err := protocol.Parse("example.json", exampleFile(t))
	require.NoError(t, err)
	return set(t, s, "basis", "actual")
}

// Each change makes the one problem that is written with it.
func TestCompileCourse(t *testing.T) {
	minutes := func(n int) *time.Duration { return new(time.Duration(n) * time.Minute) }
	many := func(n int) []string { return make([]string, n) }
	tests := []struct {
		want   string
		change func(s *protocol.Spec)
	}{
		// Visits.
		{`/phases/1/visit/kind "%!VisitKind(6)": want dosing, preparation, integration, follow-up or assessment [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.Kind = 6 }},
		{`/phases/1/visit/preparation "-1m0s": want whole minutes from 0 to 24 h [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.Preparation = -time.Minute }},
		{`/phases/1/visit/administration "24h1m0s": want whole minutes from 0 to 24 h [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.Administration = 24*time.Hour + time.Minute }},
		{`/phases/1/visit/administration: want how long the drug is given: a phase with a dose has no default for it [missing]`, func(s *protocol.Spec) { s.Phases[1].Visit.Administration = 0 }},
		{`/phases/1/visit/observation "1.5s": want whole minutes from 0 to 24 h [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.Observation = 1500 * time.Millisecond }},
		{`/phases/1/visit/observedFrom "arrival": want administration start or administration end [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.ObservedFrom = protocol.Arrival }},
		{`/phases/1/visit/observedFrom "%!Moment(9)": want administration start or administration end [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.ObservedFrom = 9 }},
		{`/phases/1/visit/later/0/from "0": want the number of a session, increasing [cadence-order]`, func(s *protocol.Spec) { s.Phases[1].Visit.Later[0].From = 0 }},
		{`/phases/1/visit/later/1/from "5": want the number of a session, increasing [cadence-order]`, func(s *protocol.Spec) {
			s.Phases[1].Visit.Later = append(s.Phases[1].Visit.Later, protocol.LaterObservation{From: 5})
		}},
		{`/phases/1/visit/later/0/observation "-1h0m0s": want whole minutes from 0 to 24 h [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.Later[0].Observation = -time.Hour }},
		{`/phases/1/visit/later/0/note "\a": want one line [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.Later[0].Note = "\a" }},
		{`/phases/1/visit/tasks/0/text: want one line that is not empty [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.Tasks[0].Text = "" }},
		{`/phases/1/visit/tasks/0/for "%!Audience(4)": want patient, staff or both [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.Tasks[0].For = 4 }},
		{`/phases/1/visit/tasks/0/stage "%!Stage(4)": want before, during or after [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.Tasks[0].Stage = 4 }},
		{`/phases/1/visit/tasks/0/from: want arrival, administration start, administration end or departure [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.Tasks[0].From = 0 }},
		{`/phases/1/visit/tasks/0/from "%!Moment(5)": want arrival, administration start, administration end or departure [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.Tasks[0].From = 5 }},
		{`/phases/1/visit/tasks/1/at "169h0m0s": want whole minutes, at most 7 days away [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.Tasks[1].At = 169 * time.Hour }},
		{`/phases/1/visit/tasks/1/at "-1s": want whole minutes, at most 7 days away [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.Tasks[1].At = -time.Second }},
		{`/phases/1/visit/tasks/0/until "-2h1m0s": want whole minutes that are not before the beginning [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.Tasks[0].Until = minutes(-121) }},
		{`/phases/1/visit/tasks/0/until "168h1m0s": want whole minutes that are not before the beginning [value]`, func(s *protocol.Spec) { s.Phases[1].Visit.Tasks[0].Until = minutes(168*60 + 1) }},

		// Steps and preparation.
		{`/phases/1/steps/0/dose: want a dose [missing]`, func(s *protocol.Spec) { s.Phases[1].Steps[0].Dose = dose.Rule{} }},
		{`/phases/1/steps/0/dose/cap "80 mg": want at least the floor, 90 mg [dose-rule]`, func(s *protocol.Spec) {
			s.Phases[1].Steps[0].Dose.Floor = dose.MustMass("90 mg")
			s.Phases[1].Steps[0].Dose.Limits.Dose.HardMax = dose.MustMass("95 mg")
		}},
		{`/phases/1/steps/0/condition "a\nb": want one line [value]`, func(s *protocol.Spec) { s.Phases[1].Steps[0].Condition = "a\nb" }},
		{`/phases/1/steps/0/from "0": want the number of a session; a planned step comes after the ones before it, the first after session 1 [cadence-order]`, func(s *protocol.Spec) { s.Phases[1].Steps[0].From = 0 }},
		{`/phases/1/steps/0/from "1": want the number of a session; a planned step comes after the ones before it, the first after session 1 [cadence-order]`, func(s *protocol.Spec) {
			oneLevel(s)
			s.Phases[1].Steps[0] = protocol.Step{From: 1, Dose: s.Phases[1].Steps[0].Dose}
		}},
		{`/phases/1/steps/1/from "4": want the number of a session; a planned step comes after the ones before it, the first after session 1 [cadence-order]`, func(s *protocol.Spec) {
			step := protocol.Step{From: 4, Dose: s.Phases[1].Steps[0].Dose}
			oneLevel(s)
			s.Phases[1].Steps = []protocol.Step{step, step}
		}},
		{`/phases/0/steps/0: want no step in a phase that gives no drug [value]`, func(s *protocol.Spec) { s.Phases[0].Steps = s.Phases[1].Steps }},
		{`/phases/1/preparation/route "Route(99)": want a known route, such as intravenous [dose-rule]`, func(s *protocol.Spec) { s.Phases[1].Preparation.Route = 99 }},
		{`/phases/1/preparation/pump "0.1 mL/h half up": want nothing, since neither amount nor preparation states a time [dose-rule]`, func(s *protocol.Spec) { s.Phases[1].Preparation.During = dose.Duration{} }},
		{`/phases/1/preparation/product/content "0 mg": want the mass in one container [dose-rule]`, func(s *protocol.Spec) { s.Phases[1].Preparation.Product.Content = dose.Mass{} }},
		{`/phases/1/preparation/product/name "a\nb": want one line [value]`, func(s *protocol.Spec) { s.Phases[1].Preparation.Product.Name = "a\nb" }},
		{`/phases/1/preparation/product/expressed "\xff": want one line [value]`, func(s *protocol.Spec) { s.Phases[1].Preparation.Product.Expressed = "\xff" }},
		{`/phases/1/preparation/product/note "\xff": want UTF-8 [value]`, func(s *protocol.Spec) { s.Phases[1].Preparation.Product.Note = "\xff" }},
		{`/phases/1/preparation/product/source "\xff": want UTF-8 [value]`, func(s *protocol.Spec) { s.Phases[1].Preparation.Product.Source = "\xff" }},
		{`/phases/1/preparation/diluent "a\tb": want one line [value]`, func(s *protocol.Spec) { s.Phases[1].Preparation.Diluent = "a\tb" }},

		// Gaps, weights, windows and companions.
		{`/phases/1/weights/staleAfter "-1": want 0 to 3650 days [value]`, func(s *protocol.Spec) { s.Phases[1].Weights.StaleAfter = -1 }},
		{`/phases/1/weights/staleAfter "3651": want 0 to 3650 days [value]`, func(s *protocol.Spec) { s.Phases[1].Weights.StaleAfter = 3651 }},
		{`/phases/1/maxGap "-1": want 0 to 3650 days [value]`, func(s *protocol.Spec) { s.Phases[1].MaxGap = -1 }},
		{`/phases/1/maxGap "1": want at least the minimum gap, 2 days [cadence-order]`, func(s *protocol.Spec) { s.Phases[1].MaxGap = 1 }},
		{`/phases/1/until "a\nb": want one line [value]`, func(s *protocol.Spec) { s.Phases[1].Until = "a\nb" }},
		{`/phases/2/window/before "-1": want 0 to 365 days [value]`, func(s *protocol.Spec) { s.Phases[2].Window.Before = -1 }},
		{`/phases/2/window/after "366": want 0 to 365 days [value]`, func(s *protocol.Spec) { s.Phases[2].Window.After = 366 }},
		{`/phases/1/companions/0/name: want one line that is not empty [value]`, func(s *protocol.Spec) { s.Phases[1].Companions[0].Name = "" }},
		{`/phases/1/companions/1/name "integration": want every name once [duplicate]`, func(s *protocol.Spec) {
			s.Phases[1].Companions = append(s.Phases[1].Companions, s.Phases[1].Companions[0])
		}},
		{`/phases/1/companions/0/visit/observation "25h0m0s": want whole minutes from 0 to 24 h [value]`, func(s *protocol.Spec) { s.Phases[1].Companions[0].Visit.Observation = 25 * time.Hour }},
		{`/phases/1/companions/0/from "-366": want -365 to 365 days after the session [value]`, func(s *protocol.Spec) { s.Phases[1].Companions[0].From = -366 }},
		{`/phases/1/companions/0/to "0": want a last day that is not before the first, at most 365 days after the session [value]`, func(s *protocol.Spec) { s.Phases[1].Companions[0].To = 0 }},
		{`/phases/1/companions/0/to "366": want a last day that is not before the first, at most 365 days after the session [value]`, func(s *protocol.Spec) { s.Phases[1].Companions[0].To = 366 }},

		// Around the phases.
		{`/indications/0 "a\nb": want one line that is not empty [value]`, func(s *protocol.Spec) { s.Indications[0] = "a\nb" }},
		{`/contraindications/1/text: want one line that is not empty [value]`, func(s *protocol.Spec) { s.Contraindications[1].Text = "" }},
		{`/labels/0/status: want one line that is not empty [value]`, func(s *protocol.Spec) { s.Labels[0].Status = "" }},
		{`/labels/0/region "\v": want one line [value]`, func(s *protocol.Spec) { s.Labels[0].Region = "\v" }},
		{`/labels/0/since "2021-02-29": want a date that exists, written YYYY-MM-DD [value]`, func(s *protocol.Spec) { s.Labels[0].Since = "2021-02-29" }},
		{`/followUps/0/name: want one line that is not empty [value]`, func(s *protocol.Spec) { s.FollowUps[0].Name = "" }},
		{`/followUps/1/name "score": want every name once [duplicate]`, func(s *protocol.Spec) { s.FollowUps = append(s.FollowUps, s.FollowUps[0]) }},
		{`/followUps/0/visit/kind "%!VisitKind(7)": want dosing, preparation, integration, follow-up or assessment [value]`, func(s *protocol.Spec) { s.FollowUps[0].Visit.Kind = 7 }},
		{`/followUps/0/days: want the days of the visits, counted from the last session [missing]`, func(s *protocol.Spec) { s.FollowUps[0].Days = nil }},
		{`/followUps/0/days/0 "0": want 1 to 3650 days, increasing [cadence-order]`, func(s *protocol.Spec) { s.FollowUps[0].Days[0] = 0 }},
		{`/followUps/0/days/2 "28": want 1 to 3650 days, increasing [cadence-order]`, func(s *protocol.Spec) { s.FollowUps[0].Days[2] = 28 }},
		{`/followUps/0/days/2 "3651": want 1 to 3650 days, increasing [cadence-order]`, func(s *protocol.Spec) { s.FollowUps[0].Days[2] = 3651 }},
		{`/followUps/0/window/before "-1": want 0 to 365 days [value]`, func(s *protocol.Spec) { s.FollowUps[0].Window.Before = -1 }},
		{`/followUps/0/window/after "366": want 0 to 365 days [value]`, func(s *protocol.Spec) { s.FollowUps[0].Window.After = 366 }},
		{`/gates/0/name: want one line that is not empty [value]`, func(s *protocol.Spec) { s.Gates[0].Name = "" }},
		{`/gates/1/name "response": want every name once [duplicate]`, func(s *protocol.Spec) { s.Gates = append(s.Gates, s.Gates[0]) }},
		{`/gates/0/phase "nowhere": want the name of a phase [unknown-reference]`, func(s *protocol.Spec) { s.Gates[0].Phase = "nowhere" }},
		{`/gates/0/phase: want the name of a phase [unknown-reference]`, func(s *protocol.Spec) { s.Gates[0].Phase = "" }},
		{`/gates/0/after "9": want the number of a session of the phase, or none for its last [value]`, func(s *protocol.Spec) { s.Gates[0].After = 9 }},
		{`/gates/0/after "-1": want the number of a session of the phase, or none for its last [value]`, func(s *protocol.Spec) { s.Gates[0].After = -1 }},
		{`/gates/0/assess: want one line that is not empty [value]`, func(s *protocol.Spec) { s.Gates[0].Assess = "" }},
		{`/gates/0/outcomes/1/when: want one line that is not empty [value]`, func(s *protocol.Spec) { s.Gates[0].Outcomes[1].When = "" }},
		{`/gates/0/outcomes/1/then "%!Decision(0)": want continue, stop, extend, step back or change [value]`, func(s *protocol.Spec) { s.Gates[0].Outcomes[1].Then = 0 }},
		{`/gates/0/outcomes/1/then "%!Decision(6)": want continue, stop, extend, step back or change [value]`, func(s *protocol.Spec) { s.Gates[0].Outcomes[1].Then = 6 }},
		{`/gates/0/outcomes/1/text "a\nb": want one line [value]`, func(s *protocol.Spec) { s.Gates[0].Outcomes[1].Text = "a\nb" }},
		{`/missed/0/phase "nowhere": want the name of a phase [unknown-reference]`, func(s *protocol.Spec) { s.Missed[0].Phase = "nowhere" }},
		{`/missed/0/condition "a\nb": want one line [value]`, func(s *protocol.Spec) { s.Missed[0].Condition = "a\nb" }},
		{`/missed/0/then "stop": want continue, extend or step back [value]`, func(s *protocol.Spec) { s.Missed[0].Then = protocol.Stop }},
		{`/missed/0/to: want the name of a phase [unknown-reference]`, func(s *protocol.Spec) { s.Missed[0].To = "" }},
		{`/missed/0/to "nowhere": want the name of a phase [unknown-reference]`, func(s *protocol.Spec) { s.Missed[0].To = "nowhere" }},
		{`/missed/0/source "nowhere": want the key of a source [unknown-reference]`, func(s *protocol.Spec) { s.Missed[0].Source = "nowhere" }},
		{`/cumulative/0/per "%!Period(4)": want day, treatment week or plan [value]`, func(s *protocol.Spec) { s.Cumulative[0].Per = 4 }},
		{`/cumulative/0/limit: want at least one bound [missing]`, func(s *protocol.Spec) { s.Cumulative[0].Limit = dose.Limit[dose.Mass]{} }},
		{`/cumulative/0/limit "soft max 300 mg": want at most the hard max, 240 mg [dose-rule]`, func(s *protocol.Spec) { s.Cumulative[0].Limit.SoftMax = dose.MustMass("300 mg") }},
		{`/notes/0: want one line that is not empty [value]`, func(s *protocol.Spec) { s.Notes[0] = "" }},

		// Texts that no file can have.
		{`/parameters/0/doc "\xff": want UTF-8 [value]`, func(s *protocol.Spec) { s.Parameters[0].Doc = "\xff" }},
		{`/parameters/0/choices/1 "\xff": want UTF-8 [value]`, func(s *protocol.Spec) { s.Parameters[0].Choices[1] = "\xff" }},
		{`/sources/0/citation "\xff": want UTF-8 [value]`, func(s *protocol.Spec) { s.Sources[0].Citation = "\xff" }},
		{`/sources/0/address "\xff": want UTF-8 [value]`, func(s *protocol.Spec) { s.Sources[0].Address = "\xff" }},
		{`/sources/0/facts/0/about "\xff": want UTF-8 [value]`, func(s *protocol.Spec) { s.Sources[0].Facts[0].About = "\xff" }},
		{`/sources/0/facts/0/says "\xff": want UTF-8 [value]`, func(s *protocol.Spec) { s.Sources[0].Facts[0].Says = "\xff" }},
		{`/sources/0/facts/1/quote "\xff": want UTF-8 [value]`, func(s *protocol.Spec) { s.Sources[0].Facts[1].Quote = "\xff" }},

		// Lists that are too long.
		{`/phases "101": want at most 100 phases [too-long]`, func(s *protocol.Spec) { s.Phases = make([]protocol.Phase, 101) }},
		{`/indications "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Indications = many(1001) }},
		{`/contraindications "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Contraindications = make([]protocol.Contraindication, 1001) }},
		{`/labels "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Labels = make([]protocol.Label, 1001) }},
		{`/phases/0/visit/later "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Phases[0].Visit.Later = make([]protocol.LaterObservation, 1001) }},
		{`/phases/0/visit/tasks "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Phases[0].Visit.Tasks = make([]protocol.Task, 1001) }},
		{`/phases/0/steps "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Phases[0].Steps = make([]protocol.Step, 1001) }},
		{`/phases/0/weekdays "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Phases[0].Weekdays = make([]protocol.DaySet, 1001) }},
		{`/phases/0/companions "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Phases[0].Companions = make([]protocol.Companion, 1001) }},
		{`/phases/1/companions/0/visit/tasks "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Phases[1].Companions[0].Visit.Tasks = make([]protocol.Task, 1001) }},
		{`/followUps "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.FollowUps = make([]protocol.FollowUpVisit, 1001) }},
		{`/followUps/0/visit/later "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.FollowUps[0].Visit.Later = make([]protocol.LaterObservation, 1001) }},
		{`/followUps/0/days "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.FollowUps[0].Days = make([]int, 1001) }},
		{`/gates "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Gates = make([]protocol.Gate, 1001) }},
		{`/gates/0/outcomes "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Gates[0].Outcomes = make([]protocol.Outcome, 1001) }},
		{`/missed "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Missed = make([]protocol.MissedRule, 1001) }},
		{`/cumulative "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Cumulative = make([]protocol.CumulativeLimit, 1001) }},
		{`/parameters "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Parameters = make([]protocol.Parameter, 1001) }},
		{`/parameters/0/fills "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Parameters[0].Fills = make([]protocol.Place, 1001) }},
		{`/parameters/0/choices "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Parameters[0].Choices = many(1001) }},
		{`/sources "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Sources = make([]protocol.Source, 1001) }},
		{`/sources/0/facts "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Sources[0].Facts = make([]protocol.Fact, 1001) }},
		{`/notes "1001": want at most 1000 entries [too-long]`, func(s *protocol.Spec) { s.Notes = many(1001) }},
	}
	for _, test := range tests {
		t.Run(test.want, func(t *testing.T) {
			s := courseSpec(t)
			test.change(&s)
			assert.Equal(t, []string{test.want}, compileErrors(t, s))
		})
	}
	assert.Empty(t, compileErrors(t, courseSpec(t)))
}

// The ends of the ranges are allowed.
func TestCompileCourseAccepts(t *testing.T) {
	for name, change := range map[string]func(s *protocol.Spec){
		"a day of administration":    func(s *protocol.Spec) { s.Phases[1].Visit.Administration = 24 * time.Hour },
		"a task a week before":       func(s *protocol.Spec) { s.Phases[1].Visit.Tasks[0].At = -7 * 24 * time.Hour },
		"a task of no length":        func(s *protocol.Spec) { s.Phases[1].Visit.Tasks[0].Until = new(s.Phases[1].Visit.Tasks[0].At) },
		"a condition from session 1": func(s *protocol.Spec) { s.Phases[1].Steps[0].From = 1 },
		"conditions in any order":    func(s *protocol.Spec) { s.Phases[1].Steps = append(s.Phases[1].Steps, s.Phases[1].Steps[0]) },
		"equal gaps":                 func(s *protocol.Spec) { s.Phases[1].MaxGap = 2 },
		"the longest gap":            func(s *protocol.Spec) { s.Phases[1].MaxGap = 3650 },
		"a year around":              func(s *protocol.Spec) { *s.Phases[2].Window = protocol.Window{Before: 365, After: 365} },
		"a companion on the day":     func(s *protocol.Spec) { s.Phases[1].Companions[0].From, s.Phases[1].Companions[0].To = 0, 0 },
		"a companion a year before":  func(s *protocol.Spec) { s.Phases[1].Companions[0].From, s.Phases[1].Companions[0].To = -365, -365 },
		"names of two phases":        func(s *protocol.Spec) { s.Phases[2].Companions = s.Phases[1].Companions },
		"the last session":           func(s *protocol.Spec) { s.Gates[0].After = 8 },
		"after all":                  func(s *protocol.Spec) { s.Gates[0].After = 0 },
		"in a phase without end":     func(s *protocol.Spec) { s.Gates[0].Phase, s.Gates[0].After = "maintenance", 1000 },
		"no outcomes":                func(s *protocol.Spec) { s.Gates[0].Outcomes = nil },
		"missed in every phase":      func(s *protocol.Spec) { s.Missed[0].Phase, s.Missed[0].Source = "", "" },
		"extend":                     func(s *protocol.Spec) { s.Missed[0].Then, s.Missed[0].To = protocol.Extend, "" },
		"a thousand notes":           func(s *protocol.Spec) { s.Notes = slicesOf("note", 1000) },
		"lines in a quote":           func(s *protocol.Spec) { s.Sources[0].Facts[0].Quote = "a\n\tb" },
	} {
		t.Run(name, func(t *testing.T) {
			s := courseSpec(t)
			change(&s)
			assert.Empty(t, compileErrors(t, s))
			checkFile(t, s)
		})
	}
}

func slicesOf(text string, n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = text
	}
	return list
}

// Parameters that leave a gate's phase or a step's rule open put off what
// depends on them.
func TestOpenCourse(t *testing.T) {
	s := courseSpec(t)
	s.Phases[1].Cadence = protocol.Cadence{}
	s.Parameters = append(s.Parameters, protocol.Parameter{
		Name: "taper", Fills: []protocol.Place{{Phase: "taper", Field: protocol.FieldCadence}},
	})
	assert.Equal(t, []string{`/parameters/2 "taper": want a value [parameter-unset]`}, compileErrors(t, s))
	assert.Empty(t, compileErrors(t, set(t, s, "taper", "3-2")))
	assert.Equal(t, []string{`/gates/0/after "5": want the number of a session of the phase, or none for its last [value]`}, compileErrors(t, set(t, s, "taper", "3-1")))

	s = set(t, courseSpec(t), "basis", "")
	assert.Equal(t, []string{`/parameters/0 "basis": want a value: whose weight the dose counts; the source does not say [parameter-unset]`}, compileErrors(t, s))
	// Only a step depends on the basis.
	s.Phases[1].Dose, s.Phases[2].Dose = dose.MustRule("36 mg"), dose.MustRule("36 mg")
	assert.Equal(t, []string{`/parameters/0 "basis": want a value: whose weight the dose counts; the source does not say [parameter-unset]`}, compileErrors(t, s))
	s.Phases[1].Steps = nil
	oneLevel(&s)
	assert.Empty(t, compileErrors(t, s))
}

// A parameter says from which sessions on the steps of a phase hold.
func TestOpenSteps(t *testing.T) {
	rule := func(text string) dose.Rule { return dose.MustRule(text + " of actual weight, hard max 100 mg") }
	s := protocol.Spec{
		Phases: []protocol.Phase{{
			Name: "all", Cadence: protocol.MustCadence("2/wk x4"), MinGap: 2, Visit: protocol.Visit{Administration: 40 * time.Minute},
			Dose: rule("0.5 mg/kg"),
			Steps: []protocol.Step{
				{Dose: rule("0.6 mg/kg"), Condition: "no response"}, {Dose: rule("0.75 mg/kg"), Condition: "no response"},
			},
			Climb: protocol.ClimbByOne, Follows: protocol.FollowsLastGiven,
		}},
		Parameters: []protocol.Parameter{{Name: "steps", Doc: "from which sessions on", Fills: []protocol.Place{{Field: protocol.FieldSteps}}}},
	}
	assert.Equal(t, []string{`/parameters/0 "steps": want a value: from which sessions on [parameter-unset]`}, compileErrors(t, s))
	p, err := set(t, s, "steps", "3, 5").Compile()
	require.NoError(t, err)
	for _, phase := range p.Phases() {
		assert.Equal(t, []int{3, 5}, []int{phase.Steps[0].From, phase.Steps[1].From})
	}
	again, err := protocol.Parse("s.json", protocol.Format(s))
	require.NoError(t, err)
	assert.Equal(t, s, again)
	assert.Equal(t, 0, s.Phases[0].Steps[0].From, "the Spec is as before")

	for value, want := range map[string]string{
		"3":       `/parameters/0/value "3": want as many sessions as there are steps, 2 [value]`,
		"3, 5, 7": `/parameters/0/value "3, 5, 7": want as many sessions as there are steps, 2 [value]`,
		"3, 0":    `/parameters/0/value "3, 0": want numbers of sessions of the phase, such as 3, 5, 7 [value]`,
		"3,5":     `/parameters/0/value "3,5": want as many sessions as there are steps, 2 [value]`,
		"3, x":    `/parameters/0/value "3, x": want numbers of sessions of the phase, such as 3, 5, 7 [value]`,
		"5, 3": `/phases/0/steps/0/from "5": want at most 3, from which on 0.75 mg/kg of actual weight is offered: levels are climbed by one, ` +
			`and 0.6 mg/kg of actual weight comes before it [cadence-order]`,
	} {
		assert.Equal(t, []string{want}, compileErrors(t, set(t, s, "steps", value)))
	}

	s.Parameters[0].Choices = []string{"3, 5", "two, three"}
	assert.Equal(t, []string{
		`/parameters/0/choices/1 "two, three": want numbers of sessions of the phase, such as 3, 5, 7 [value]`,
	}, compileErrors(t, set(t, s, "steps", "3, 5")))
	s.Parameters[0].Choices, s.Phases[0].Steps = nil, nil
	oneLevel := func(p *protocol.Phase) { p.Climb, p.Follows = 0, 0 }
	oneLevel(&s.Phases[0])
	assert.Equal(t, []string{`/parameters/0/fills/0 "steps": want a phase with steps, unlike "all" [value]`}, compileErrors(t, set(t, s, "steps", "3, 5")))
}

// oneLevel makes the second phase say nothing of its levels.
func oneLevel(s *protocol.Spec) { s.Phases[1].Climb, s.Phases[1].Follows = 0, 0 }

// A basis also belongs to a rate per kilogram.
func TestBasisOfARate(t *testing.T) {
	phase := drugPhase("a", "3-2")
	phase.Visit.Administration = 4 * time.Hour
	phase.Dose = dose.Rule{
		Amount: dose.PerWeightOverTime(dose.MustRatePerKilogram("0.35 mg/kg/h"), 0, dose.MustDuration("4 h")),
		Limits: dose.AtMost(dose.MustMass("200 mg")),
	}
	s := phases(phase)
	assert.Equal(t, []string{`/phases/0/dose/amount "Basis(0)": want a known basis, such as actual [dose-rule]`}, compileErrors(t, s))
	s.Parameters = []protocol.Parameter{{Name: "basis", Fills: []protocol.Place{{Phase: "a", Field: protocol.FieldBasis}}}}
	checkFile(t, s)
	assert.Equal(t, []string{`/parameters/0 "basis": want a value [parameter-unset]`}, compileErrors(t, s))
	p, err := set(t, s, "basis", "lean").Compile()
	require.NoError(t, err)
	for _, phase := range p.Phases() {
		assert.Equal(t, "0.35 mg/kg/h of lean weight for 4 h, hard max 200 mg", phase.Dose.String())
	}
}

// A cap, rounding and maximum of parameters also hold for the steps that state
// none.
func TestParametersFillSteps(t *testing.T) {
	phase := drugPhase("a", "3-2")
	phase.Dose = dose.Rule{}
	phase.Steps = []protocol.Step{
		{From: 2, Dose: dose.Rule{Amount: dose.PerWeight(dose.MustPerKilogram("0.6 mg/kg"), 0)}},
		{From: 3, Dose: dose.MustRule("0.7 mg/kg of lean weight, cap 70 mg, round 1 mg down, hard max 90 mg")},
	}
	s := phases(phase)
	for _, p := range []struct {
		field protocol.Field
		value string
	}{
		{protocol.FieldAmount, "0.5 mg/kg"},
		{protocol.FieldBasis, "actual"},
		{protocol.FieldCap, "60 mg"},
		{protocol.FieldRounding, "0.1 mg half up"},
		{protocol.FieldMaximum, "80 mg"},
	} {
		s.Parameters = append(s.Parameters, protocol.Parameter{Name: p.field.String(), Fills: []protocol.Place{{Field: p.field}}, Value: p.value})
	}
	p, err := s.Compile()
	require.NoError(t, err)
	for _, phase := range p.Phases() {
		assert.Equal(t, "0.5 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, hard max 80 mg", phase.Dose.String())
		assert.Equal(t, "0.6 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, hard max 80 mg", phase.Steps[0].Dose.String())
		assert.Equal(t, "0.7 mg/kg of lean weight, cap 70 mg, round 1 mg down, hard max 90 mg", phase.Steps[1].Dose.String())
	}
	assert.Equal(t, "0.6 mg/kg of Basis(0) weight", p.Spec().Phases[0].Steps[0].Dose.String(), "the Spec stays open")
}
