package schedule_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// ofFile builds the plan of a file for 72 kg and 162 cm (1.80 m2, the square root of 162 x 72 / 3600), in
// a clinic that is open on weekdays, from Mon 2025-01-06.
func ofFile(t *testing.T, file string, change ...func(*schedule.Request)) *story {
	t.Helper()
	spec, err := protocol.Parse("f", []byte(`{"format": "regimen/1", `+file+`}`))
	require.NoError(t, err)
	r := request(compiled(t, spec), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: day("2025-01-06"), Weight: dose.MustWeight("72 kg")}}
	r.Height = dose.MustHeight("162 cm")
	r.Wishes.Preferred = clock(t, "09:00")
	for _, c := range change {
		c(&r)
	}
	return living(t, r)
}

// partLines lists the parts of a session that are planned.
func partLines(s schedule.Session) (lines []string) {
	for p := range s.Parts() {
		if p.Planned() {
			lines = append(lines, fmt.Sprint(p.Part.Name, " ", p.Delivery.Dose(), " ", p.Start, " to ", p.End))
		}
	}
	return lines
}

// Three parts, of which the second is at a rate per kilogram and the third per square metre,
// with a second drug after them. By hand: 10 mg; 0.2 mg/kg/h x 72 kg x 2 h = 28.8 mg; 20 mg/m2
// x 1.80 m2 = 36 mg; together 74.8 mg. From 09:30: until 09:35, 09:35 to 11:35, and after a
// quarter of an hour 11:50 to 12:20.
func TestThreePartsInThreeUnits(t *testing.T) {
	s := ofFile(t, `"drug": "examplamine", "phases": [{"name": "a", "cadence": "days 1, 2, 8 of 21 x2", "minGap": "1 day",
		"visit": {"preparation": "30 min", "administration": "4 h", "observation": "1 h"}, "dose": "sum of parts, hard max 90 mg",
		"parts": [{"name": "bolus", "dose": "10 mg, hard max 20 mg", "during": "5 min"}, {"name": "per kilogram", "dose": "0.2 mg/kg/h of actual weight for 2 h, hard max 40 mg"},
			{"name": "per surface", "dose": "20 mg/m2, hard max 50 mg", "during": "30 min", "start": "15 min after end"}],
		"beside": [{"name": "otheramine", "dose": "5 mg", "from": "administration end", "at": "30 min", "administration": "20 min", "sessions": [3, 6]}]}]`)
	assert.Equal(t, "2025-01-06 74.8 mg, 2025-01-07 74.8 mg, 2025-01-13 74.8 mg, 2025-01-27 74.8 mg, 2025-01-28 74.8 mg, 2025-02-03 74.8 mg", dosesOf(s.plan))
	for i, session := range s.plan.All() {
		assert.Equal(t, []string{"bolus 10 mg 09:30 to 09:35", "per kilogram 28.8 mg 09:35 to 11:35", "per surface 36 mg 11:50 to 12:20"}, partLines(session))
		var want []string
		if i == 2 || i == 5 { // half an hour after 13:30
			want = []string{"otheramine 5 mg, " + session.Date().String() + " 14:00 to 14:20"}
		}
		assert.Equal(t, want, besideOf(session))
	}
	// The second is heavier and would pass 90 mg: 0.4 x 110 kg = 44 mg passes 40 mg by itself.
	s.on("2025-01-06", schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("110 kg")})
	assert.ErrorContains(t, sessionAt(s.plan, 2).DoseError(), "40 mg")
}

// A rescue medicine with a maximum of the day and of the plan, which three givings of one
// session pass, the tablet on the next morning not.
func TestRescueMedicineWithMaxima(t *testing.T) {
	s := ofFile(t, `"drug": "examplamine", "phases": [{"name": "a", "cadence": "1/wk x2", "minGap": "5 days", "visit": {"administration": "1 h"}, "dose": "100 mg",
		"beside": [{"name": "rescue", "dose": "5 mg, or 10 mg, hard max 10 mg", "condition": "pain above 4",
			"cumulative": [{"per": "day", "limit": "hard max 15 mg"}, {"per": "plan", "limit": "soft max 30 mg"}]}]}]`)
	give := func(n int, beside ...schedule.MedicineGiven) {
		session := sessionAt(s.plan, n)
		s.on(session.Date().String(), schedule.Given{Session: session.ID(), Date: session.Date(), Dose: dose.MustMass("100 mg"), Beside: beside})
	}
	ten, five := dose.MustMass("10 mg"), dose.MustMass("5 mg")
	give(1, schedule.MedicineGiven{Name: "rescue", Dose: ten}, schedule.MedicineGiven{Name: "Rescue", Dose: five})
	assert.Empty(t, besideFindings(s.plan), "15 mg on one day")
	give(2, schedule.MedicineGiven{Name: "rescue", Dose: ten}, schedule.MedicineGiven{Name: "rescue", Dose: ten})
	assert.Equal(t, []string{
		"violation: session 2: the doses of rescue of the day up to this session are 20 mg, the hard limit is 15 mg [beside-hard-limit]",
		"warning: session 2: the doses of rescue of the plan up to this session are 35 mg, the soft limit is 30 mg [beside-soft-limit]",
	}, besideFindings(s.plan))
}

// Two things that are looked at, of which one is needed: the pressure at the clinic every
// two weeks, the count at the laboratory on Fridays before each Monday's dose.
func TestTwoMonitoringsOfWhichOneIsNeeded(t *testing.T) {
	s := ofFile(t, `"drug": "examplamine", "phases": [{"name": "a", "cadence": "1/wk x4", "minGap": "5 days", "visit": {"administration": "1 h"}, "dose": "100 mg", "weekdays": ["Mon"]}],
		"monitoring": [{"name": "pressure", "cadence": "every 2w", "while": "treated", "visit": {"administration": "10 min"}},
			{"name": "count", "cadence": "1/wk", "while": "treated", "elsewhere": "a laboratory", "weekdays": ["Fri"], "before": [{"from": 2, "within": "3 days"}]}]`)
	days := func(name string) (text string) {
		var list []string
		for _, v := range monitored(s.plan, name) {
			list = append(list, v.Date.String()[5:])
		}
		return strings.Join(list, ", ")
	}
	assert.Equal(t, "2025-01-06 100 mg, 2025-01-13 100 mg, 2025-01-20 100 mg, 2025-01-27 100 mg", dosesOf(s.plan))
	assert.Equal(t, "01-06, 01-20", days("pressure"))
	assert.Equal(t, "01-10, 01-17, 01-24", days("count"))
	for i, session := range s.plan.All() {
		due := session.ResultsDue()
		assert.Len(t, due, min(i, 1), "session %d", i+1)
	}
}

// A table that restarts a phase: 36 days after the last dose of the second phase the first
// begins again, and the second after it.
func TestTableThatRestartsThePhaseBefore(t *testing.T) {
	s := ofFile(t, `"drug": "examplamine", "phases": [
		{"name": "loading", "cadence": "weeks 0, 1", "minGap": "5 days", "visit": {"administration": "1 h"}, "dose": "150 mg"},
		{"name": "upkeep", "cadence": "every 4w x2", "minGap": "21 days", "visit": {"administration": "1 h"}, "dose": "100 mg",
			"missedDoses": [{"from": "29 days", "to": "35 days", "then": "give now"}, {"from": "36 days", "then": "restart phase", "phase": "loading", "date": "at once"}]}]`)
	assert.Equal(t, "2025-01-06 150 mg, 2025-01-13 150 mg, 2025-02-10 100 mg, 2025-03-10 100 mg", dosesOf(s.plan))
	for n, on := range []string{"2025-01-06", "2025-01-13", "2025-02-10"} {
		session := sessionAt(s.plan, n+1)
		s.on(on, schedule.Given{Session: session.ID(), Date: day(on), Dose: session.Dose().Dose()})
	}
	s.on("2025-03-10", schedule.Missed{Session: s.id(4)})
	ways, err := s.plan.Repairs(noon("2025-03-18"), s.id(4)) // 36 days after 10 February
	require.NoError(t, err)
	var by []string
	for _, way := range ways {
		if way.Way == schedule.WayMissedDose {
			by = append(by, way.Text, dosesOf(way.Plan))
		}
	}
	assert.Equal(t, []string{
		"from 36 days on after the last dose, on Mon 2025-02-10: restart phase loading at once, from Tue 2025-03-18",
		"2025-01-06 given 150 mg, 2025-01-13 given 150 mg, 2025-02-10 given 100 mg, 2025-03-10 missed, 2025-03-18 150 mg, 2025-03-25 150 mg, 2025-04-22 100 mg, 2025-05-20 100 mg",
	}, by)
}

// A dose every week without end, with a count every week to week 52 and every four weeks
// from then on, which each dose needs at most 28 days old. Day 1 of week 53 is 364 days after
// the first: 2026-01-05; the last weekly count is a week before it, the next four weeks after
// that, on 2026-01-26.
func TestEndlessWeeksWithMonitoring(t *testing.T) {
	s := ofFile(t, `"drug": "examplamine", "phases": [{"name": "a", "cadence": "1/wk", "minGap": "5 days", "visit": {"administration": "1 h"}, "dose": "100 mg"}],
		"monitoring": [{"name": "count", "cadence": "1/wk x52 then every 4w", "visit": {"administration": "10 min"}, "before": [{"from": 2, "within": "28 days"}]}]`,
		func(r *schedule.Request) { r.Until = day("2026-03-30") })
	start := day("2025-01-06")
	var want []date.Date
	for week := range 52 {
		want = append(want, start+date.Date(7*week))
	}
	for d := start + 7*51 + 28; d <= day("2026-03-30"); d += 28 {
		want = append(want, d)
	}
	var got []date.Date
	for _, v := range monitored(s.plan, "count") {
		got = append(got, v.Date)
	}
	assert.Equal(t, want, got)
	assert.Equal(t, day("2026-01-26"), got[52])
	assert.Equal(t, 65, s.plan.Len(), "of 65 weeks")
	for i, session := range s.plan.All() {
		assert.Equal(t, start+date.Date(7*i), session.Date())
	}
	requireKept(t, s.plan)
}
