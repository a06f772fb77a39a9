package scheduletest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/scheduletest"
)

// mistakes are what people get wrong when they write protocols, clinics and apps,
// each with the test that they would have written: it passes on what was meant and
// fails on what was written.
var mistakes = []struct {
	name  string
	meant variant
	wrong func(v *variant)
	test  userTest
	says  string // part of the message of the test that fails
}{
	{
		"gap forgotten", planned("3-2-1-1-1", halfPerKilogram),
		func(v *variant) { v.phase().MinGap = 0 },
		reads("Mon 2025-01-06\nWed 2025-01-08\nFri 2025-01-10\nMon 2025-01-13\nThu 2025-01-16\nMon 2025-01-20\nMon 2025-01-27\nMon 2025-02-03"),
		"minGap",
	},
	{
		"gap of one day where two were meant", planned("3-2-1-1-1", halfPerKilogram),
		func(v *variant) { v.phase().MinGap = 1 },
		holds(apart(2), []clinic.Closure{closed("2025-01-08", "", "holiday")}),
		"is 1 days after the one before",
	},
	{
		"cap in micrograms", planned("3-2", "0.5 mg/kg of actual weight, cap 60 mg, round 0.01 mg half up, hard max 200 mg"),
		func(v *variant) {
			v.phase().Dose = dose.MustRule("0.5 mg/kg of actual weight, cap 60 mcg, round 0.01 mg half up, hard max 200 mg")
		},
		reads("Mon 2025-01-06 36 mg\nWed 2025-01-08 36 mg\nFri 2025-01-10 36 mg\nMon 2025-01-13 36 mg\nThu 2025-01-16 36 mg"),
		"0.06 mg",
	},
	{
		"cap forgotten", planned("3-2", "0.5 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, hard max 200 mg"),
		func(v *variant) { v.phase().Dose = dose.MustRule(halfPerKilogram) },
		holds(atMost("60 mg")),
		"121 kg",
	},
	{
		"decimal point lost", planned("3-2", halfPerKilogram),
		func(v *variant) {
			v.phase().Dose = dose.MustRule("5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg")
		},
		holds(scheduletest.TestPlan), "41 kg",
	},
	{
		"rounded down", planned("1", "0.35 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg"),
		func(v *variant) {
			v.phase().Dose = dose.MustRule("0.35 mg/kg of actual weight, round 0.1 mg down, hard max 200 mg")
			v.request.Weighings = []schedule.Weighing{{Date: v.request.Start, Weight: dose.MustWeight("72 kg")}}
		},
		holds(func(p *schedule.Plan) error {
			for _, s := range p.All() {
				if w, _ := s.Weighing(); w.Weight == dose.MustWeight("41 kg") && s.Dose().Dose() != dose.MustMass("14.4 mg") {
					return fmt.Errorf("14.35 mg became %s", s.Dose().Dose())
				}
			}
			return nil
		}), "14.35 mg became 14.3 mg",
	},
	{
		"by actual instead of ideal weight", heavy(planned("1", "0.5 mg/kg of ideal weight, below 60 in linear, where ideal exceeds actual actual, round 0.1 mg half up, hard max 200 mg")),
		func(v *variant) { v.phase().Dose = dose.MustRule(halfPerKilogram) },
		reads("Mon 2025-01-06 33.1 mg"), "+ Mon 2025-01-06 55 mg",
	},
	{
		"weighed in pounds, written as kilograms", planned("1", halfPerKilogram),
		func(v *variant) { v.request.Weighings[0].Weight = dose.MustWeight("159 kg") },
		of(func(p *schedule.Plan) error { return scheduletest.TestFindings(p, schedule.Info) }),
		"if the number was in pounds",
	},
	{
		"maintenance one interval early", planned("2-1 then every 4w x2", halfPerKilogram),
		func(v *variant) { v.phase().Cadence = protocol.MustCadence("2-1 then every 4w x2 from week 3") },
		reads("Mon 2025-01-06\nThu 2025-01-09\nMon 2025-01-13\nMon 2025-02-10\nMon 2025-03-10"),
		"+ Mon 2025-01-20",
	},
	{
		"from the wrong week", planned("1/wk x4 then every 2w x2 from week 6", halfPerKilogram),
		func(v *variant) { v.phase().Cadence = protocol.MustCadence("1/wk x4 then every 2w x2 from week 5") },
		reads("Mon 2025-01-06\nMon 2025-01-13\nMon 2025-01-20\nMon 2025-01-27\nMon 2025-02-10\nMon 2025-02-24"),
		"+ Mon 2025-02-03",
	},
	{
		"monthly instead of every four weeks", planned("every 4w x4", halfPerKilogram),
		func(v *variant) { v.phase().Cadence = protocol.MustCadence("every 1mo x4") },
		reads("Mon 2025-01-06\nMon 2025-02-03\nMon 2025-03-03\nMon 2025-03-31"),
		"+ Thu 2025-02-06",
	},
	{
		"one session too few", planned("2/wk x4", halfPerKilogram),
		func(v *variant) { v.phase().Cadence = protocol.MustCadence("2/wk x3 then 1") },
		holds(takesPlace(8)), "7 sessions take place, not 8",
	},
	{
		"week of rest forgotten", planned("3-0-2", halfPerKilogram),
		func(v *variant) { v.phase().Cadence = protocol.MustCadence("3-2") },
		reads("Mon 2025-01-06\nWed 2025-01-08\nFri 2025-01-10\nMon 2025-01-20\nThu 2025-01-23"),
		"- Thu 2025-01-23",
	},
	{
		"second day of the cycle counted from zero", planned("days 1, 4 of 21 x2", halfPerKilogram),
		func(v *variant) { v.phase().Cadence = protocol.MustCadence("days 1, 3 of 21 x2") },
		reads("Mon 2025-01-06\nThu 2025-01-09\nMon 2025-01-27\nThu 2025-01-30"),
		"+ Wed 2025-01-08",
	},
	{
		"weekdays not asked for", onDays(planned("2/wk x2", halfPerKilogram), time.Tuesday, time.Friday),
		func(v *variant) { v.phase().Weekdays = nil },
		holds(func(p *schedule.Plan) error {
			for _, s := range p.All() {
				if d := s.Date().Weekday(); d != time.Tuesday && d != time.Friday {
					return fmt.Errorf("session %d is on a %s", s.Ordinal(), d)
				}
			}
			return nil
		}), "is on a ",
	},
	{
		"window not stated", windowed(planned("1/wk x4", halfPerKilogram)),
		func(v *variant) { v.phase().Window = nil },
		holds(within(1), []clinic.Closure{closed("2025-01-13", "2025-01-14", "renovation")}),
		"days from its target",
	},
	{
		"step of the dose a session late", stepped(planned("1/wk x3", halfPerKilogram), 2),
		func(v *variant) { v.phase().Steps[0].From = 3 },
		reads("Mon 2025-01-06 36 mg\nMon 2025-01-13 54 mg\nMon 2025-01-20 54 mg"),
		"- Mon 2025-01-13 54 mg",
	},
	{
		"observation forgotten", planned("1/wk x3", halfPerKilogram),
		func(v *variant) { v.phase().Visit.Observation = 0 },
		of(stays(160)), "takes 40 min",
	},
	{
		"stale weighings accepted", stale(planned("every 4w x4", halfPerKilogram)),
		func(v *variant) { v.phase().Weights.StaleAfter = 0 },
		of(finds(schedule.WeightDue)), "nobody is told of weight-due",
	},
	{
		"gate forgotten", decided(planned("3-2", halfPerKilogram)),
		func(v *variant) { v.spec.Gates = nil },
		simulates(waitsFor("response")), "nobody was asked at response",
	},
	{
		"weekly instead of every seven days after a shift", following(planned("1/wk x4", halfPerKilogram), scheduletest.Policy{Late: []schedule.Way{schedule.WayReanchor}}),
		func(v *variant) { v.policy.Late = nil },
		simulates(func(sim *scheduletest.Simulation) error {
			sim.Late(2, 2)
			if err := sim.Finish(); err != nil {
				return err
			}
			return apart(7)(sim.Plan())
		}), "session 3 is 5 days after the one before",
	},
	{
		"missed session not made up for", following(planned("3-2", halfPerKilogram), scheduletest.Policy{Missed: []schedule.Way{schedule.WayAppend}}),
		func(v *variant) { v.policy.Missed = []schedule.Way{schedule.WaySkip} },
		simulates(func(sim *scheduletest.Simulation) error {
			sim.Miss(2)
			if err := sim.Finish(); err != nil {
				return err
			}
			if given := sim.Status().Completed; given != 5 {
				return fmt.Errorf("%d sessions were given", given)
			}
			return nil
		}), "4 sessions were given",
	},
	{
		"sessions dropped in a short week", shortWeek(planned("3-3", halfPerKilogram), schedule.Carry),
		func(v *variant) { v.request.ShortWeek = schedule.Drop },
		holds(takesPlace(6), []clinic.Closure{closed("2025-01-08", "", "holiday"), closed("2025-01-10", "", "holiday")}),
		"5 sessions take place, not 6",
	},
	{
		"holiday on the wrong day", holiday(planned("1/wk x3", halfPerKilogram), "2025-01-20"),
		func(v *variant) { v.clinic.Closed[0].Date = day("2025-01-21") },
		of(func(p *schedule.Plan) error {
			for _, s := range p.All() {
				if s.Date() == day("2025-01-20") {
					return fmt.Errorf("session %d is on Martin Luther King Jr. Day", s.Ordinal())
				}
			}
			return nil
		}), "session 3 is on Martin Luther King Jr. Day",
	},
	{
		"companion after instead of before", accompanied(planned("1/wk x2", halfPerKilogram), -2, -1),
		func(v *variant) { v.phase().Companions[0].From, v.phase().Companions[0].To = 1, 2 },
		of(func(p *schedule.Plan) error {
			for visit := range p.OtherVisits() {
				if s, _ := p.Session(sessionID(p, visit.Session)); s.Ordinal() > 1 && visit.Date >= s.Date() {
					return fmt.Errorf("%s of %s is on %s", visit.Name, s.Date(), visit.Date)
				}
			}
			return nil
		}), "preparation of 2025-01-13 is on 2025-01-14",
	},
	{
		"bookings returned out of order", booked(planned("1", halfPerKilogram), func(h []clinic.Hours) []clinic.Hours { return h }),
		func(v *variant) {
			*v = booked(*v, func(h []clinic.Hours) []clinic.Hours { h[0], h[1] = h[1], h[0]; return h })
		},
		opens, "want hours in order that do not overlap",
	},
}

func TestMistakes(t *testing.T) {
	names := map[string]bool{}
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			names[m.name] = true
			require.NoError(t, m.test(m.meant), "what was meant passes")
			wrong := m.meant
			wrong.spec, wrong.request.Weighings = wrong.spec.Clone(), append([]schedule.Weighing(nil), wrong.request.Weighings...)
			wrong.clinic.Closed = append([]clinic.Closure(nil), wrong.clinic.Closed...)
			m.wrong(&wrong)
			err := m.test(wrong)
			require.Error(t, err, "the mistake is found")
			assert.Contains(t, err.Error(), m.says)
			assert.False(t, strings.Contains(err.Error(), "panicked"))
		})
	}
	assert.GreaterOrEqual(t, len(names), 20)
}

func heavy(v variant) variant {
	v.request.Weighings = []schedule.Weighing{{Date: v.request.Start, Weight: dose.MustWeight("110 kg")}}
	v.request.Height, v.request.Sex = dose.MustHeight("170.18 cm"), dose.Male // 67 in: 66.1 kg
	return v
}

func onDays(v variant, days ...time.Weekday) variant {
	v.phase().Weekdays = []protocol.DaySet{protocol.OnDays(days...)}
	v.request.Start, v.request.Weighings[0].Date = day("2025-01-07"), day("2025-01-07")
	return v
}

func windowed(v variant) variant {
	v.phase().Window = &protocol.Window{Before: 1, After: 1}
	return v
}

func stepped(v variant, from int) variant {
	v.phase().Steps = []protocol.Step{{From: from, Dose: dose.MustRule("0.75 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg")}}
	return v
}

func stale(v variant) variant {
	v.phase().Weights.StaleAfter = 35
	return v
}

func decided(v variant) variant {
	v.spec.Gates = []protocol.Gate{{Name: "response", Phase: "taper", After: 3, Assess: "response", Outcomes: []protocol.Outcome{{When: "no benefit", Then: protocol.Stop}}}}
	return v
}

func following(v variant, p scheduletest.Policy) variant {
	v.policy = p
	return v
}

func shortWeek(v variant, s schedule.ShortWeek) variant {
	v.request.ShortWeek = s
	return v
}

func holiday(v variant, d string) variant {
	v.clinic.Closed = []clinic.Closure{closed(d, "", "Martin Luther King Jr. Day")}
	return v
}

func accompanied(v variant, from, to int) variant {
	v.phase().Companions = []protocol.Companion{{Name: "preparation", From: from, To: to, Visit: protocol.Visit{Kind: protocol.Preparatory}}}
	return v
}

// booked is a clinic that has other patients at noon.
func booked(v variant, order func([]clinic.Hours) []clinic.Hours) variant {
	v.booked = func(office *clinic.Clinic) clinic.Opening {
		return opener(func(d date.Date) ([]clinic.Hours, string) {
			hours, reason := office.Open(d)
			if len(hours) == 0 {
				return nil, reason
			}
			return order([]clinic.Hours{clinic.MustHours("08:00-12:00"), clinic.MustHours("13:00-17:00")}), ""
		})
	}
	return v
}

func sessionID(p *schedule.Plan, n int) (id schedule.ID) {
	for i, s := range p.All() {
		if i+1 == n {
			id = s.ID()
		}
	}
	return id
}
