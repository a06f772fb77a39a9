package schedule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// everyNotion is an invented drug with a dose in parts, a premedication, what is given as
// needed, a blood count that sessions need, and a table of missed doses.
func everyNotion() protocol.Spec {
	return protocol.Spec{
		ID: "every-notion", Version: "1", Drug: "examplamine",
		Phases: []protocol.Phase{{
			Name: "course", Cadence: protocol.MustCadence("1/wk x4"), MinGap: 5,
			Visit: protocol.Visit{Preparation: time.Hour, Administration: 150 * time.Minute, Observation: 30 * time.Minute},
			Parts: []dose.Part{
				{Name: "bolus", Rule: dose.MustRule("0.5 mg/kg of actual weight, round 1 mg half up, hard max 60 mg"), During: dose.MustDuration("10 min")},
				{Name: "infusion", Rule: dose.MustRule("30 mg/h for 2 h, hard max 40 mg/h"), Start: dose.MustPartStart("5 min after end")},
			},
			Beside: []protocol.Medicine{
				{
					Name: "ondansetron", Route: dose.Oral, Dose: dose.MustRule("8 mg"), From: protocol.AdministrationStart, At: -30 * time.Minute,
					Cumulative: []protocol.CumulativeLimit{{Per: protocol.PerPlan, Limit: dose.Limit[dose.Mass]{SoftMax: dose.MustMass("24 mg")}}},
				},
				{Name: "metoclopramide", Route: dose.Oral, Dose: dose.MustRule("10 mg"), Condition: "nausea"},
			},
			MissedDoses: []protocol.MissedDose{
				{From: 8, To: 13, Then: protocol.GiveAsPlanned},
				{From: 14, To: 20, Then: protocol.GiveNow},
				{From: 21, Then: protocol.RestartPhase, Phase: "course", Date: protocol.AtOnce},
			},
		}},
		Monitoring: []protocol.Monitoring{{
			Name: "count", Cadence: protocol.MustCadence("1/wk"), WhileTreated: true, Elsewhere: "a laboratory",
			Before: []protocol.ResultNeeded{{From: 2, Within: 6}},
		}},
		Cumulative: []protocol.CumulativeLimit{{Per: protocol.PerPlan, Limit: dose.Limit[dose.Mass]{SoftMax: dose.MustMass("360 mg")}}},
	}
}

// All notions in one plan, by hand. Of 72 kg the bolus is 0.5 x 72 = 36 mg and the
// infusion 30 mg/h x 2 h = 60 mg, 96 mg together, at 2025-01-06, 01-13, 01-20 and 01-27.
// From 08:00 the administration begins at 09:00: the bolus until 09:10, the infusion from
// 09:15 to 11:15, the tablet at 08:30. Four doses are 384 mg and pass 360 mg with the
// fourth, four tablets are 32 mg and pass 24 mg with the fourth.
func TestEveryNotionByHand(t *testing.T) {
	r := request(compiled(t, everyNotion()), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: day("2025-01-06"), Weight: dose.MustWeight("72 kg")}}
	r.Wishes.Preferred = clock(t, "08:00")
	s := living(t, r)
	assert.Equal(t, "2025-01-06 96 mg, 2025-01-13 96 mg, 2025-01-20 96 mg, 2025-01-27 96 mg", dosesOf(s.plan))
	first := sessionAt(s.plan, 1)
	var parts []string
	for p := range first.Parts() {
		parts = append(parts, p.Part.Name+" "+p.Delivery.Dose().String()+" "+p.Start.String()+" "+p.End.String())
	}
	assert.Equal(t, []string{"bolus 36 mg 09:00 09:10", "infusion 60 mg 09:15 11:15"}, parts)
	assert.Equal(t, []string{"ondansetron 8 mg oral, 2025-01-06 08:30", "metoclopramide 10 mg oral, as needed: nausea"}, besideOf(first))
	assert.Equal(t, "01-06, 01-13, 01-20, 01-27", datesOfCounts(s.plan))
	tooMuch := []string{
		"warning: session 4: the doses of ondansetron of the plan up to this session are 32 mg, the soft limit is 24 mg [beside-soft-limit]",
		"warning: session 4: the doses of the plan up to this session are 384 mg, the soft limit is 360 mg [cumulative-limit]",
	}
	assert.Equal(t, tooMuch, withoutInfo(s.plan))

	// The first goes as planned, with a tablet too many. The count of the second week is not
	// known when the second takes place, and its infusion is stopped half way.
	give := func(n int, infusion, tablets string, more ...schedule.MedicineGiven) schedule.Given {
		session := sessionAt(s.plan, n)
		return schedule.Given{
			Session: session.ID(), Date: session.Date(), Parts: []schedule.GivenPart{part("bolus", "36 mg"), part("infusion", infusion)},
			Beside: append([]schedule.MedicineGiven{{Name: "ondansetron", Dose: dose.MustMass(tablets)}}, more...),
		}
	}
	counted := func(on, asOf string) {
		for v := range s.plan.OtherVisits() {
			if v.Role == schedule.RoleMonitoring && v.Date == day(on) {
				s.on(asOf, schedule.VisitDone{Visit: v.ID, Date: v.Date, Result: "2.1 G/l", Verdict: schedule.VerdictOK})
				return
			}
		}
	}
	s.on("2025-01-06", give(1, "60 mg", "16 mg", schedule.MedicineGiven{Name: "metoclopramide", Dose: dose.MustMass("10 mg"), Reason: "nausea"}))
	counted("2025-01-06", "2025-01-06")
	stopped := give(2, "30 mg", "8 mg")
	stopped.Reason, stopped.Who = "a rash", "Dr. Example"
	s.on("2025-01-13", stopped)
	// 96 and 66 mg were given, 192 mg are planned: 354 mg in all. Of the tablets 24 mg were
	// given and two are planned.
	assert.Equal(t, []string{
		"warning: session 1: ondansetron 16 mg: 8 mg planned [beside-dose-differs]",
		"violation: session 2: 66 mg given: part \"infusion\", 30 mg: 60 mg planned [dose-not-allowed]",
		"violation: session 2: took place on Mon 2025-01-13 without the result of count, which has to be of Tue 2025-01-07 to Mon 2025-01-13 [result-missing]",
		"warning: session 3: the doses of ondansetron of the plan up to this session are 32 mg, the soft limit is 24 mg [beside-soft-limit]",
	}, withoutInfo(s.plan))
	sums := func() (list []string) {
		for _, d := range s.plan.On(day("2025-01-13")).Adherence.Doses {
			list = append(list, d.Drug+" "+d.Dose.String())
		}
		return list
	}
	assert.Equal(t, []string{"examplamine 162 mg", "ondansetron 24 mg", "metoclopramide 10 mg"}, sums())
	known := s.plan

	// Put right: it was the first tablet alone, and the infusion was not stopped.
	right := give(1, "60 mg", "8 mg", schedule.MedicineGiven{Name: "metoclopramide", NotGiven: true})
	s.on("2025-01-14", schedule.Corrected{Of: "e1", Instead: right, Also: []schedule.Correction{{Of: "e3", Instead: give(2, "60 mg", "8 mg")}}, Reason: "read again", Who: "pharmacy"})
	assert.Equal(t, []string{"examplamine 192 mg", "ondansetron 16 mg"}, sums())
	counted("2025-01-13", "2025-01-14")
	assert.Equal(t, tooMuch, withoutInfo(s.plan))

	// What was known on the evening of the 13th, the file, and the difference have it all.
	then, err := s.plan.AsKnown(noon("2025-01-13").Add(time.Hour))
	require.NoError(t, err)
	assert.Equal(t, string(schedule.FormatPlan(known)), string(schedule.FormatPlan(then)))
	requireKept(t, s.plan)
	d := known.Diff(s.plan)
	next, err := d.Apply(known)
	require.NoError(t, err)
	assert.Equal(t, string(schedule.FormatPlan(s.plan)), string(schedule.FormatPlan(next)))

	// The third is missed. On 29 January 16 days have passed since the 13th, on 4 February 22:
	// give now, and the course again from its first session.
	s.on("2025-01-20", schedule.Missed{Session: s.id(3)})
	assert.Equal(t, "14 to 20 days after the last dose, on Mon 2025-01-13: give now, on Wed 2025-01-29\n", tableTexts(t, s, "2025-01-29", 4))
	assert.Equal(t, "from 21 days on after the last dose, on Mon 2025-01-13: restart phase course at once, from Tue 2025-02-04\n", tableTexts(t, s, "2025-02-04", 4))
	ways, err := s.plan.Repairs(noon("2025-02-04"), s.id(4))
	require.NoError(t, err)
	for _, way := range ways {
		if way.Way == schedule.WayMissedDose {
			again := sessionAt(way.Plan, way.Plan.Len())
			assert.Equal(t, "96 mg", again.Dose().Dose().String())
			assert.Equal(t, "ondansetron 8 mg oral, 2025-02-25 08:30", besideOf(again)[0])
		}
	}

	// Withdrawn, the first of all is as it was planned.
	s.on("2025-01-28", schedule.Corrected{Of: "e4", Reason: "right after all", Who: "pharmacy"})
	assert.Equal(t, []string{"examplamine 162 mg", "ondansetron 24 mg", "metoclopramide 10 mg"}, sums())
	requireKept(t, s.plan)
}

// withoutInfo returns what is found above info.
func withoutInfo(p *schedule.Plan) (lines []string) {
	for _, f := range schedule.Validate(p) {
		if f.Severity > schedule.Info {
			lines = append(lines, f.String())
		}
	}
	return lines
}

func datesOfCounts(p *schedule.Plan) (text string) {
	for _, v := range monitored(p, "count") {
		if text != "" {
			text += ", "
		}
		text += v.Date.String()[5:]
	}
	return text
}

// tableTexts returns the words of the ways on by the table.
func tableTexts(t *testing.T, s *story, asOf string, ordinal int) (text string) {
	t.Helper()
	ways, err := s.plan.Repairs(noon(asOf), s.id(ordinal))
	require.NoError(t, err)
	for _, way := range ways {
		if way.Way == schedule.WayMissedDose {
			text += way.Text + "\n"
		}
	}
	return text
}
