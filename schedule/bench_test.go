package schedule_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// BenchmarkBuild builds whole plans: a taper with four-weekly maintenance over
// one year (21 sessions) and ten (138), with doses, in a Monday-to-Friday
// clinic. Cost per session does not grow with the length of the plan.
func BenchmarkBuild(b *testing.B) {
	for _, maintenance := range []int{13, 130, 1300} {
		p, err := protocol.Spec{Phases: []protocol.Phase{{
			Name: "all", Cadence: protocol.MustCadence(fmt.Sprintf("3-2-1-1-1 then every 4w x%d", min(maintenance, 1000))), MinGap: 2,
			Dose: dose.MustRule(taperRule), Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
		}}}.Compile()
		if err != nil {
			b.Fatal(err)
		}
		office, err := clinic.New(clinic.Spec{
			Zone:   time.UTC,
			Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
		})
		if err != nil {
			b.Fatal(err)
		}
		r := schedule.Request{
			Protocol: p, Start: schedule.MustDate("2025-01-06"), Opening: office, Key: testKey(), AsOf: time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC),
			Weighings: []schedule.Weighing{{Date: schedule.MustDate("2025-01-06"), Weight: dose.MustWeight("72 kg")}},
		}
		plan, err := schedule.Build(r)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("sessions=%d", plan.Len()), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := schedule.Build(r); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(plan.Len()), "ns/session")
		})
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	r := request(nil, nil, "2025-01-06")
	p, err := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("3-2-1-1-1 then every 4w x13"), MinGap: 2}}}.Compile()
	if err != nil {
		b.Fatal(err)
	}
	r.Protocol, r.Opening = p, answer{clinic.MustHours("08:00-17:00")}
	plan, err := schedule.Build(r)
	if err != nil {
		b.Fatal(err)
	}
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = plan.AppendJSON(buf[:0])
	}
	b.SetBytes(int64(len(buf)))
}

// BenchmarkApply records what became of the sessions of a year's plan, one event
// each.
func BenchmarkApply(b *testing.B) {
	p, err := protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("3-2-1-1-1 then every 4w x13"), MinGap: 2,
		Dose: dose.MustRule(taperRule), Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
	}}}.Compile()
	if err != nil {
		b.Fatal(err)
	}
	r := request(p, answer{clinic.MustHours("08:00-17:00")}, "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("72 kg")}}
	plan, err := schedule.Build(r)
	if err != nil {
		b.Fatal(err)
	}
	var events []schedule.Entry
	for _, s := range plan.All() {
		events = append(events, schedule.Entry{
			Event: schedule.Event{ID: s.ID().String(), What: schedule.Given{Session: s.ID(), Date: s.Date(), Dose: s.Dose().Dose()}},
			AsOf:  noon(s.Date().String()).AddDate(1, 0, 0),
		})
	}
	b.Run("given", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := plan.Replay(events...); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(events)), "ns/event")
	})
	after, err := plan.Replay(events[:10]...)
	if err != nil {
		b.Fatal(err)
	}
	file := schedule.FormatPlan(after)
	b.Run("format", func(b *testing.B) {
		b.SetBytes(int64(len(file)))
		for b.Loop() {
			file = schedule.FormatPlan(after)
		}
	})
	b.Run("parse", func(b *testing.B) {
		b.SetBytes(int64(len(file)))
		source := schedule.PlanSource{Protocols: []*protocol.Protocol{p}, Opening: unasked{}, Zone: time.UTC}
		for b.Loop() {
			if _, err := schedule.ParsePlan("plan.json", file, source); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkValidate runs all standard checks over clean plans: of 21 sessions,
// and a record of the same that went as planned.
func BenchmarkValidate(b *testing.B) {
	plan, recorded := cleanPlans(b)
	for _, bb := range []struct {
		name string
		plan *schedule.Plan
	}{{"plan", plan}, {"record", recorded}} {
		b.Run(fmt.Sprintf("%s/sessions=%d", bb.name, bb.plan.Len()), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if found := schedule.Validate(bb.plan); found != nil {
					b.Fatal(found)
				}
			}
		})
	}
}

// cleanPlans returns a plan of 21 sessions in which there is nothing to find, and
// the record of a treatment that went as planned.
func cleanPlans(tb testing.TB) (plan, recorded *schedule.Plan) {
	tb.Helper()
	p, err := protocol.Spec{
		Phases: []protocol.Phase{{
			Name: "all", Cadence: protocol.MustCadence("3-2-1-1-1 then every 4w (3w..5w) x13"), MinGap: 2, MaxGap: 60,
			Dose:  dose.MustRule("0.5 mg/kg of actual weight, or 30 mg, cap 60 mg, round 0.1 mg half up, soft max 80 mg, hard max 200 mg"),
			Climb: protocol.ClimbFree, Follows: protocol.FollowsRule,
			Visit:       protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
			Weights:     protocol.Weights{StaleAfter: 500, Change: dose.MustPercent("10 %")},
			Preparation: dose.Preparation{Product: mustProduct(tb, "ketamine 50 mg/mL"), Route: dose.Intravenous, Dilution: dose.MadeUpTo(dose.MustVolume("100 mL")), Diluent: "saline", During: dose.MustDuration("40 min")},
		}},
		Gates:      []protocol.Gate{{Name: "response", Phase: "all", After: 8, Assess: "response"}},
		Cumulative: []protocol.CumulativeLimit{{Per: protocol.PerWeek, Limit: dose.Limit[dose.Mass]{SoftMax: dose.MustMass("400 mg"), HardMax: dose.MustMass("500 mg")}}},
	}.Compile()
	if err != nil {
		tb.Fatal(err)
	}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		tb.Fatal(err)
	}
	office, err := clinic.New(clinic.Spec{
		Zone:   london,
		Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
	})
	if err != nil {
		tb.Fatal(err)
	}
	r := schedule.Request{
		Protocol: p, Start: schedule.MustDate("2025-01-06"), Opening: office, Key: testKey(), AsOf: time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC),
		Weighings: []schedule.Weighing{{Date: schedule.MustDate("2025-01-06"), Weight: dose.MustWeight("72 kg")}},
	}
	if plan, err = schedule.Build(r); err != nil {
		tb.Fatal(err)
	}
	record := recordOf(plan)
	record.Opening, record.Weighings, record.Decided = office, r.Weighings, []string{"response"}
	if recorded, err = record.Plan(); err != nil {
		tb.Fatal(err)
	}
	return plan, recorded
}
