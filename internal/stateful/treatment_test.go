package stateful_test

import (
	"fmt"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// The rules of phases that give a drug: for heavy patients the first passes its
// hard limit, and for most the second a soft one.
var rules = []string{
	"0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 60 mg",
	"0.5 mg/kg of actual weight, cap 55 mg, round 0.5 mg half up, soft max 30 mg, hard max 200 mg",
	"56 mg, or 84 mg, hard max 84 mg",
}

func drawCadence(t *rapid.T, last bool) protocol.Cadence {
	texts := []string{
		"3-2-1-1-1", "3-0-2", "2/wk x4", "1/wk x6", "3/wk x2 then 1/wk x3", "every 2w x5", "every 1mo x5", "every 10d x6",
		"days 1, 8 of 21 x3", "days 1, 3, 5 of 6 x2", "weeks 0, 2, 6", "2-1 then every 3w x3", "every 2mo x3",
		"3/wk x15", "1/wk x40", "every 5d x50", "days 1, 2, 4 of 9 x15",
	}
	if last {
		texts = append(texts, "every 4w", "every 1mo", "1-1 then every 2w (1w..4w)", "1/wk x3 then as needed")
	}
	return protocol.MustCadence(rapid.SampledFrom(texts).Draw(t, "cadence"))
}

// drawSpec draws a protocol: of one phase that gives no drug, or of several with
// gates, doses, companions and follow-ups.
func drawSpec(t *rapid.T) protocol.Spec {
	spec := protocol.Spec{ID: "random", Version: "1", Drug: "drawn"}
	if rapid.IntRange(0, 3).Draw(t, "bare") == 0 {
		spec.Phases = []protocol.Phase{{Name: "all", Cadence: drawCadence(t, true), MinGap: rapid.IntRange(1, 3).Draw(t, "gap")}}
		return spec
	}
	names := []string{"induction", "taper", "maintenance"}[:rapid.IntRange(1, 3).Draw(t, "phases")]
	for i, name := range names {
		p := protocol.Phase{
			Name: name, Cadence: drawCadence(t, i == len(names)-1), MinGap: rapid.IntRange(1, 3).Draw(t, "gap"),
			MaxGap: rapid.SampledFrom([]int{0, 30}).Draw(t, "largest gap"),
			Visit:  protocol.Visit{Administration: 40 * time.Minute, Observation: 80 * time.Minute},
		}
		if rapid.IntRange(0, 3).Draw(t, "drug") > 0 {
			p.Dose = dose.MustRule(rapid.SampledFrom(rules).Draw(t, "rule"))
			if rapid.Bool().Draw(t, "steps") {
				p.Steps = []protocol.Step{
					{From: 2, Dose: dose.MustRule("60 mg"), Condition: "improvement below half"},
					{From: 3, Dose: dose.MustRule("0.6 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg")},
				}
			}
			if len(p.Levels()) > 1 {
				p.Climb = rapid.SampledFrom([]protocol.Climb{protocol.ClimbFree, protocol.ClimbByOne}).Draw(t, "climb")
				p.Follows = rapid.SampledFrom([]protocol.Follows{protocol.FollowsRule, protocol.FollowsLastGiven}).Draw(t, "follows")
				if _, err := (protocol.Spec{Phases: []protocol.Phase{p}}).Compile(); err != nil {
					p.Climb = protocol.ClimbFree // a level that is climbed to has to be offered before those above it
				}
			}
			if p.Dose.Or.IsZero() && len(p.Steps) == 0 && rapid.Bool().Draw(t, "parts") {
				p.Parts = []dose.Part{
					{Name: "bolus", Rule: p.Dose},
					{Name: "infusion", Rule: dose.MustRule("10 mg, hard max 40 mg, hard max 60 mg/h"), During: dose.MustDuration("20 min"), Start: dose.MustPartStart("5 min after end")},
					{Name: "second bolus", Rule: dose.MustRule("5 mg"), Condition: "no effect"},
				}
				p.Dose = dose.MustRule("sum of parts, hard max 250 mg")
			}
			if rapid.IntRange(0, 2).Draw(t, "table") == 0 {
				p.MissedDoses = []protocol.MissedDose{
					{From: 15, To: 34, Then: rapid.SampledFrom([]protocol.Sequel{protocol.GiveAsPlanned, protocol.GiveNow}).Draw(t, "then")},
					{From: 35, To: 60, Then: protocol.RestartPhase, Phase: rapid.SampledFrom(names[:i+1]).Draw(t, "again"), Date: protocol.OnDay, Days: 40},
					{From: 61, Then: protocol.AskPrescriber},
				}
			}
			p.Weights = protocol.Weights{StaleAfter: 60, Change: dose.MustPercent("10 %")}
			p.Beside = drawBeside(t)
		}
		if rapid.IntRange(0, 3).Draw(t, "window") == 0 {
			p.Window = &protocol.Window{Before: rapid.IntRange(0, 3).Draw(t, "before"), After: rapid.IntRange(0, 5).Draw(t, "after")}
		}
		if rapid.IntRange(0, 2).Draw(t, "companion") == 0 {
			p.Companions = []protocol.Companion{
				{Name: "call", Visit: protocol.Visit{Observation: 15 * time.Minute}, From: -2, To: -1},
				{Name: "integration", Visit: protocol.Visit{Observation: time.Hour}, From: 1, To: 3},
			}
		}
		if rapid.IntRange(0, 2).Draw(t, "gate") > 0 {
			gate := protocol.Gate{Name: "after " + name, Phase: name, Assess: "response", After: rapid.SampledFrom([]int{0, 0, 1, 2, 3}).Draw(t, "after")}
			if !p.Cadence.Endless() || gate.After > 0 {
				spec.Gates = append(spec.Gates, gate)
			}
		}
		spec.Phases = append(spec.Phases, p)
	}
	if rapid.IntRange(0, 2).Draw(t, "follow-up") == 0 {
		spec.FollowUps = []protocol.FollowUpVisit{{
			Name: "rating", Visit: protocol.Visit{Observation: 30 * time.Minute}, Days: []int{7, 28}, Window: protocol.Window{Before: 2, After: 3},
		}}
	}
	if rapid.Bool().Draw(t, "monitored") {
		spec.Monitoring = drawMonitoring(t, names)
	}
	if rapid.IntRange(0, 2).Draw(t, "sums") == 0 {
		spec.Cumulative = []protocol.CumulativeLimit{{
			Per:   rapid.SampledFrom([]protocol.Period{protocol.PerDay, protocol.PerWeek, protocol.PerPlan}).Draw(t, "period"),
			Limit: dose.Limit[dose.Mass]{SoftMax: dose.MustMass("150 mg"), HardMax: dose.MustMass("900 mg")},
		}}
	}
	return spec
}

// drawMonitoring draws visits on cadences of their own, at the clinic and elsewhere.
func drawMonitoring(t *rapid.T, phases []string) []protocol.Monitoring {
	count := protocol.Monitoring{
		Name: "count", WhileTreated: true, Visit: protocol.Visit{Kind: protocol.Assessment, Administration: 10 * time.Minute},
		Cadence: protocol.MustCadence(rapid.SampledFrom([]string{"1/wk x4 then every 2w", "every 1w", "2/wk x3", "7/wk x2"}).Draw(t, "monitoring")),
		Before:  []protocol.ResultNeeded{{Within: rapid.SampledFrom([]int{0, 3, 7, 28}).Draw(t, "within")}},
	}
	scale := protocol.Monitoring{
		Name: "scale", Elsewhere: "at home", Open: protocol.OnDays(time.Monday, time.Thursday, time.Saturday),
		Cadence: protocol.MustCadence(rapid.SampledFrom([]string{"every 2w x4", "1-0-1", "every 1mo x3"}).Draw(t, "scale")),
	}
	if rapid.Bool().Draw(t, "of a phase") {
		scale.From = rapid.SampledFrom(phases).Draw(t, "from")
	}
	return []protocol.Monitoring{count, scale}
}

// otherProtocols compiles protocols of another drug, and of the same one, that a plan
// may be switched to.
func otherProtocols(t *rapid.T) []*protocol.Protocol {
	list := make([]*protocol.Protocol, 2)
	for i := range list {
		spec := drawSpec(t)
		spec.ID, spec.Drug = fmt.Sprint("other-", i+1), rapid.SampledFrom([]string{"another", "drawn"}).Draw(t, "drug")
		compiled, err := spec.Compile()
		require.NoError(t, err)
		list[i] = compiled
	}
	return list
}

// versions compiles a protocol and others that a plan may adopt.
func versions(t *rapid.T, spec protocol.Spec) []*protocol.Protocol {
	first, err := spec.Compile()
	require.NoError(t, err)
	list := []*protocol.Protocol{first}
	for i := range 2 {
		next := spec.Clone()
		next.Version = fmt.Sprint(i + 2)
		at := rapid.IntRange(0, len(next.Phases)-1).Draw(t, "changed phase")
		p := &next.Phases[at]
		p.Cadence = drawCadence(t, at == len(next.Phases)-1)
		if !p.Dose.IsZero() {
			p.Dose = dose.MustRule("0.4 mg/kg of actual weight, round 0.1 mg half up, hard max 100 mg")
		}
		if rapid.IntRange(0, 4).Draw(t, "rename") == 0 {
			p.Name += "-2"
			for k := range next.Phases { // a table may name it
				next.Phases[k].MissedDoses = nil
			}
			next.Gates = nil
		}
		if compiled, err := next.Compile(); err == nil {
			list = append(list, compiled)
		}
	}
	return list
}

var zones = []string{"UTC", "America/New_York", "Asia/Beirut"}

// drawClinic draws a clinic that is open on at least three weekdays.
func drawClinic(t *rapid.T, start date.Date) *clinic.Clinic {
	zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
	require.NoError(t, err)
	spec := clinic.Spec{Zone: zone, Weekly: map[time.Weekday][]clinic.Hours{}}
	hours := rapid.SampledFrom([][]clinic.Hours{
		{clinic.MustHours("08:00-17:00")},
		{clinic.MustHours("08:00-10:00"), clinic.MustHours("13:30-16:30")},
		{clinic.MustHours("00:00-24:00")},
	}).Draw(t, "hours")
	for _, d := range rapid.Permutation([]time.Weekday{0, 1, 2, 3, 4, 5, 6}).Draw(t, "weekdays")[:rapid.IntRange(3, 7).Draw(t, "open")] {
		spec.Weekly[d] = hours
	}
	for _, day := range rapid.SliceOfNDistinct(rapid.IntRange(1, 150), 0, 8, rapid.ID).Draw(t, "closed") {
		spec.Closed = append(spec.Closed, clinic.Closure{Date: start + date.Date(day), Reason: "holiday"})
	}
	office, err := clinic.New(spec)
	require.NoError(t, err)
	return office
}

// drawRequest draws a request that can be built.
func drawRequest(t *rapid.T, p *protocol.Protocol) schedule.Request {
	start := schedule.MustDate("2025-01-01") + date.Date(rapid.IntRange(0, 400).Draw(t, "start"))
	office := drawClinic(t, start)
	for {
		if hours, _ := office.Open(start); len(hours) > 0 {
			break
		}
		start++
	}
	r := schedule.Request{
		Protocol: p, Start: start, Opening: office, Key: schedule.Key{7, 1}, Height: dose.MustHeight("170 cm"), Sex: dose.Female,
		AsOf:      noon(start-1, office.Zone()),
		ShortWeek: schedule.ShortWeek(rapid.IntRange(0, 3).Draw(t, "short week")),
		Until:     start + date.Date(rapid.IntRange(60, 240).Draw(t, "until")),
		Weighings: []schedule.Weighing{{Date: start - 3, Weight: drawWeight(t)}},
	}
	for range rapid.IntRange(0, 2).Draw(t, "before") {
		g := schedule.GivenBefore{
			Date: start - date.Date(rapid.IntRange(2, 30).Draw(t, "days")), Drug: rapid.SampledFrom([]string{"drawn", "Another"}).Draw(t, "drug"), Dose: dose.MustMass("56 mg"),
		}
		if rapid.Bool().Draw(t, "weighed") {
			g.Weight = drawWeight(t)
		}
		r.GivenBefore = append(r.GivenBefore, g)
	}
	switch rapid.IntRange(0, 3).Draw(t, "wishes") {
	case 0:
		r.Wishes.Absences = []schedule.Absence{{From: start + 12, To: start + 14, Reason: "travels"}}
	case 1:
		r.Wishes.Never = protocol.OnDays(time.Saturday)
		preferred, err := clinic.ParseTimeOfDay("14:00")
		require.NoError(t, err)
		r.Wishes.Preferred = preferred
	case 2:
		r.Wishes.Weekdays = []protocol.DaySet{protocol.OnDays(time.Monday, time.Thursday)}
	}
	return r
}

func drawWeight(t *rapid.T) dose.Weight {
	return dose.MustWeight(fmt.Sprintf("%d.5 kg", rapid.IntRange(48, 130).Draw(t, "weight")))
}

func noon(d date.Date, zone *time.Location) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, zone)
}
