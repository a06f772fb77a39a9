package fhir_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/oracle"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/fhir"
)

// daysOf returns days as text.
func daysOf(list []date.Date) string {
	texts := make([]string, len(list))
	for i, d := range list {
		year, month, day := d.Date()
		texts[i] = fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	}
	return strings.Join(texts, " ")
}

// targetsOf returns the targets that the slow reference has for cadences.
func targetsOf(t *testing.T, start, until date.Date, phases ...oracle.Phase) string {
	t.Helper()
	at := func(d date.Date) int {
		year, month, day := d.Date()
		return oracle.Day(year, month, day)
	}
	in := oracle.Input{Phases: phases, Start: at(start), Until: oracle.NoUntil, Open: func(int) bool { return true }, Policy: oracle.Refuse}
	if until != 0 {
		in.Until = at(until)
	}
	result := oracle.Place(in)
	require.Empty(t, result.Err)
	var texts []string
	for _, s := range result.Sessions {
		texts = append(texts, oracle.Date(s.Target).Format("2006-01-02"))
	}
	return strings.Join(texts, " ")
}

// TestCadences compares the cadence of random rules, where they have one, with their
// days: the slow reference has the same targets.
func TestCadences(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 8))
	kinds := make(map[string]int)
	for range 4000 {
		day := time.Date(2024, 1, 1+r.IntN(800), 0, 0, 0, 0, time.UTC)
		start := date.New(day.Year(), day.Month(), day.Day())
		timing := fhir.Timing{Repeat: randomRule(r, day.Format("2006-01-02"))}
		until := start + 400
		e, err := timing.Expand(fhir.Options{Start: fhir.OnDay(start), Until: until})
		if err != nil || e.Cadence.IsZero() || e.Cut && !e.Cadence.Endless() {
			continue
		}
		kinds[strings.Trim(strings.Fields(e.Cadence.String())[0], "0123456789-")]++
		text, _ := jsonOf(timing)
		require.Equal(t, daysOf(e.Dates), targetsOf(t, start, until, oracle.Phase{Cadence: e.Cadence.String(), Gap: 1}), "%s: %s", e.Cadence, text)
	}
	assert.Greater(t, kinds["every"], 200)
	assert.Greater(t, kinds["/wk"], 20)
	assert.Positive(t, kinds[""])
}

// TestDraft says Dosages as a protocol: the cadences, and the targets of the slow
// reference, which are the days of the phases.
func TestDraft(t *testing.T) {
	const weeks = `"boundsDuration":{"value":%d,"unit":"weeks","system":"http://unitsofmeasure.org","code":"wk"}`
	wk := func(n int) string { return fmt.Sprintf(weeks, n) }
	for _, tt := range []struct {
		name, dosages, start, want string
	}{
		{
			"weeks follow each other as in the notation",
			`{"frequency":3,"period":1,"periodUnit":"wk",` + wk(1) + `} {"frequency":2,"period":1,"periodUnit":"wk",` + wk(1) + `} {"frequency":1,"period":1,"periodUnit":"wk",` + wk(3) + `}`,
			"2026-03-02", "3; 2; 1/wk x3",
		},
		{
			"the trap: fortnightly from the week in which it begins, not an interval after the last session",
			`{"frequency":2,"period":1,"periodUnit":"wk",` + wk(4) + `} {"frequency":1,"period":1,"periodUnit":"wk",` + wk(4) + `} {"frequency":1,"period":2,"periodUnit":"wk"}`,
			"2025-04-01", "2/wk x4; 1/wk x4; every 2w from week 9",
		},
		{
			"a day on which no week of the plan begins: what comes before is its days",
			`{"frequency":1,"period":1,"periodUnit":"wk","count":2} {"frequency":1,"period":2,"periodUnit":"wk","count":2,"boundsPeriod":{"start":"2026-03-19"}}`,
			"2026-03-02", "days 1, 8 of 17 x1; every 2w x2",
		},
		{
			"months after months: they count from their own first day",
			`{"frequency":1,"period":1,"periodUnit":"mo","count":3,"boundsDuration":{"value":3,"unit":"months","system":"http://unitsofmeasure.org","code":"mo"}} {"frequency":1,"period":1,"periodUnit":"a","count":2}`,
			"2026-01-31", "days 1, 29, 60 of 89 x1; every 12mo x2",
		},
		{
			"days of the week, from another day, and a week that is not full",
			`{"dayOfWeek":["mon","thu"],"count":5}`,
			"2026-03-03", "2-2-1 Mon,Thu",
		},
		{
			"days of the week with weeks between",
			`{"dayOfWeek":["mon","thu"],"frequency":2,"period":2,"periodUnit":"wk","count":4}`,
			"2026-03-02", "2-0-2 Mon,Thu",
		},
		{
			"a day of every third week without an end",
			`{"dayOfWeek":["mon"],"frequency":1,"period":3,"periodUnit":"wk"}`,
			"2026-03-02", "every 3w",
		},
		{
			"a day of the week without an end, after others",
			`{"frequency":2,"period":1,"periodUnit":"wk",` + wk(2) + `} {"dayOfWeek":["mon"]}`,
			"2026-03-02", "2/wk x2; every 1w from week 3",
		},
		{
			"days of the month",
			`{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/timing-dayOfMonth","valuePositiveInt":1},{"url":"http://hl7.org/fhir/StructureDefinition/timing-dayOfMonth","valuePositiveInt":15}],"count":3}`,
			"2026-03-02", "days 14, 31, 45 of 45 x1",
		},
		{"once", `{"count":1}`, "2026-03-02", "days 1 of 1 x1"},
		{"a count that the horizon cuts is whole", `{"frequency":1,"period":4,"periodUnit":"wk","count":20}`, "2026-03-02", "every 4w x20"},
		{"several a week without an end", `{"frequency":3,"period":1,"periodUnit":"wk"}`, "2026-03-02", "3/wk"},
		{"several days of the week without an end", `{"dayOfWeek":["mon","wed"]}`, "2026-03-03", "2/wk Mon,Wed"},
		{"after others", `{"frequency":3,"period":1,"periodUnit":"wk",` + wk(2) + `} {"frequency":2,"period":1,"periodUnit":"wk"}`, "2026-03-02", "3/wk x2; 2/wk"},
		{"then as needed", `{"frequency":1,"period":1,"periodUnit":"wk",` + wk(2) + `} asNeeded`, "2026-03-02", "1/wk x2; as needed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			draft, phases, err := draftOf(t, tt.dosages, tt.start)
			require.NoError(t, err)
			require.Equal(t, schedule.MustDate(tt.start), draft.Start)
			_, err = draft.Spec.Compile()
			require.NoError(t, err)
			var said, days []string
			var cadences []oracle.Phase
			weekdays := false
			for i, p := range draft.Spec.Phases {
				var text strings.Builder
				text.WriteString(p.Cadence.String())
				for _, set := range p.Weekdays {
					text.WriteString(" " + set.String())
					weekdays = true
				}
				said = append(said, text.String())
				cadences = append(cadences, oracle.Phase{Cadence: p.Cadence.String(), Gap: 1})
				if !phases[i].AsNeeded {
					days = append(days, daysOf(phases[i].Dates))
				}
			}
			require.Equal(t, tt.want, strings.Join(said, "; "))
			if !weekdays && !phases[len(phases)-1].Cut { // the reference knows weekdays of one plan only
				require.Equal(t, strings.Join(days, " "), targetsOf(t, draft.Start, 0, cadences...))
			}
		})
	}
}

// draftOf drafts rules, each the repeat of a Dosage, or asNeeded.
func draftOf(t *testing.T, rules, start string) (fhir.Draft, []fhir.Phase, error) {
	t.Helper()
	var list []string
	for i, rule := range strings.Fields(rules) {
		if rule == "asNeeded" {
			list = append(list, fmt.Sprintf(`{"sequence":%d,"asNeededBoolean":true}`, i+1))
			continue
		}
		list = append(list, fmt.Sprintf(`{"sequence":%d,"timing":{"repeat":%s}}`, i+1, rule))
	}
	dosages, err := fhir.ParseDosages([]byte("[" + strings.Join(list, ",") + "]"))
	require.NoError(t, err)
	moment, err := fhir.ParseMoment(start)
	require.NoError(t, err)
	phases, err := fhir.Phases(dosages, fhir.Options{Start: moment, Until: schedule.MustDate("2026-08-31")})
	require.NoError(t, err)
	draft, err := fhir.NewDraft(phases)
	return draft, phases, err
}

func TestDraftRefused(t *testing.T) {
	for _, tt := range []struct{ name, dosages, start, at string }{
		{"clock times", `{"timeOfDay":["09:00:00"],"count":2}`, "2026-03-02", "dosage[0].timing"},
		{"instants", `{"frequency":1,"period":6,"periodUnit":"h","count":2}`, "2026-03-02T09:00:00Z", "dosage[0].timing"},
		{"a time of the day", `{"frequency":1,"period":1,"periodUnit":"d","when":["HS"],"count":2}`, "2026-03-02", "dosage[0].timing"},
		{"two days of the month without an end", `{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/timing-dayOfMonth","valuePositiveInt":1},{"url":"http://hl7.org/fhir/StructureDefinition/timing-dayOfMonth","valuePositiveInt":15}]}`, "2026-03-02", "dosage[0].timing"},
		{"every second Monday and Thursday without an end", `{"dayOfWeek":["mon","thu"],"frequency":2,"period":2,"periodUnit":"wk"}`, "2026-03-02", "dosage[0].timing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := draftOf(t, tt.dosages, tt.start)
			refusal, ok := errors.AsType[*fhir.Refusal](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, fhir.NoCadence, refusal.Code)
			assert.Equal(t, tt.at, refusal.At)
		})
	}
	_, err := fhir.NewDraft(nil)
	assert.EqualError(t, err, "fhir: dosage: want a value or nothing at all: no null, no empty text, list or object [empty]")
	draft, err := fhir.NewDraft([]fhir.Phase{{AsNeeded: true}})
	require.NoError(t, err)
	assert.Equal(t, date.Date(0), draft.Start)
	assert.Equal(t, "as needed", draft.Spec.Phases[0].Cadence.String())
}

// TestDrafts drafts random Dosages and compares the targets of the slow reference with
// the days of the phases.
func TestDrafts(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 1))
	drafted, listed, fromWeek := 0, 0, 0
	for range 8000 {
		start := schedule.MustDate("2025-01-01") + date.Date(r.IntN(500))
		var dosages []fhir.Dosage
		n := 1 + r.IntN(4)
		for i := range n {
			rule := randomRule(r, daysOf([]date.Date{start}))
			rule.DayOfWeek, rule.TimeOfDay, rule.When, rule.BoundsPeriod = nil, nil, nil, nil
			if i > 0 && r.IntN(3) == 0 {
				own := start + date.Date(40*i+r.IntN(40))
				rule.BoundsPeriod, rule.BoundsDuration = &fhir.Period{Start: daysOf([]date.Date{own})}, nil
			}
			if rule.BoundsDuration == nil && rule.Count == 0 && i < n-1 {
				rule.Count = 1 + r.IntN(5)
			}
			dosages = append(dosages, fhir.Dosage{Sequence: new(i), Timing: &fhir.Timing{Repeat: rule}})
		}
		until := start + 500
		phases, err := fhir.Phases(dosages, fhir.Options{Start: fhir.OnDay(start), Until: until})
		if err != nil {
			continue
		}
		draft, err := fhir.NewDraft(phases)
		if err != nil {
			continue
		}
		drafted++
		var cadences []oracle.Phase
		var days, said []string
		cut := false
		for i, p := range draft.Spec.Phases {
			text := p.Cadence.String()
			cadences, said = append(cadences, oracle.Phase{Cadence: text, Gap: 1}), append(said, text)
			if len(phases[i].Dates) > 0 {
				days = append(days, daysOf(phases[i].Dates))
			}
			cut = cut || phases[i].Cut && !p.Cadence.Endless()
			if strings.Contains(text, " x1") && strings.HasPrefix(text, "days") {
				listed++
			}
			if strings.Contains(text, "from week") {
				fromWeek++
			}
		}
		if !cut {
			require.Equal(t, strings.Join(days, " "), targetsOf(t, draft.Start, until, cadences...), strings.Join(said, "; "))
		}
	}
	assert.Greater(t, drafted, 200)
	assert.Greater(t, listed, 50)
	assert.Greater(t, fromWeek, 10)
}
