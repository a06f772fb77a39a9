package schedule_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// What a plan has said of a session is kept with the event by which it was said:
// another day, another weight, a pause, and what was given in the end. The dates
// and doses are worked by hand: 0.5 mg/kg of 80 kg and of 90 kg.
func TestTold(t *testing.T) {
	p := phase("1/wk x3", "0.5 mg/kg of actual weight, hard max 100 mg")
	p.Companions = []protocol.Companion{{Name: "call", From: 1, To: 1}}
	r := request(compiled(t, protocol.Spec{Phases: []protocol.Phase{p}}), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: day("2025-01-06"), Weight: dose.MustWeight("80 kg")}}
	s := living(t, r)
	second := s.id(2)
	var call schedule.ID
	for v := range s.plan.OtherVisits() {
		if v.Session == 2 {
			call = v.ID
		}
	}
	s.give(1)
	s.on("2025-01-07", schedule.Moved{Session: second, Date: day("2025-01-14")})                    // e2
	s.on("2025-01-08", schedule.Weighed{Date: day("2025-01-08"), Weight: dose.MustWeight("90 kg")}) // e3
	s.on("2025-01-09", schedule.Held{Session: second})                                              // e4
	s.on("2025-01-10", schedule.Resumed{})                                                          // e5
	s.on("2025-01-14", schedule.Given{Session: second, Date: day("2025-01-14"), Dose: dose.MustMass("45 mg")})

	require.Equal(t, []string{
		" 2025-01-13 planned 40 mg 0",
		"e2 2025-01-14 planned 40 mg 1",
		"e3 2025-01-14 planned 45 mg 1",
		"e4 2025-01-14 held 45 mg 2",
		"e5 2025-01-14 planned 45 mg 3",
		"e6 2025-01-14 given 45 mg 4",
	}, toldTexts(s.plan, second))
	// The call comes the day after the session, and is held with it.
	require.Equal(t, []string{
		" 2025-01-14 planned 0 mg 0",
		"e2 2025-01-15 planned 0 mg 1",
		"e4 2025-01-15 held 0 mg 2",
		"e5 2025-01-15 planned 0 mg 3",
	}, toldTexts(s.plan, call))
	require.Nil(t, s.plan.Told(schedule.ID{}))
	require.Equal(t, noon("2025-01-08"), s.plan.Told(second)[2].AsOf)
	require.Equal(t, r.Start.String()+" 00:00", s.plan.Told(second)[0].AsOf.Format("2006-01-02 15:04"))
}

func toldTexts(p *schedule.Plan, id schedule.ID) (texts []string) {
	for _, said := range p.Told(id) {
		texts = append(texts, said.String())
	}
	return texts
}

// What is told of a session without a date has no day and no time.
func TestToldOfASessionLeftOut(t *testing.T) {
	r := request(bare(t, "3/wk x1", 2), weekdaysOnly(t, "2025-01-07", "2025-01-08", "2025-01-09", "2025-01-10"), "2025-01-06")
	r.ShortWeek = schedule.Drop
	s := living(t, r)
	require.Equal(t, []schedule.Telling{{AsOf: s.plan.AsOf(), State: schedule.StateLeftOut}}, s.plan.Told(s.id(2)))
}

// What a record says is told as of its own instant, and a file has no day of what had none.
func TestToldOfRecordsAndLeftOut(t *testing.T) {
	plan, err := schedule.Record{
		Protocol: bare(t, "1/wk x2", 2), Start: day("2025-01-06"), AsOf: noon("2025-01-20"), Zone: time.UTC,
		Given: []schedule.Given{{Date: day("2025-01-06")}},
	}.Plan()
	require.NoError(t, err)
	said := plan.Told(sessionAt(plan, 1).ID())
	require.Len(t, said, 1)
	require.Equal(t, noon("2025-01-20"), said[0].AsOf)

	r := request(bare(t, "3/wk x1", 2), weekdaysOnly(t, "2025-01-07", "2025-01-08", "2025-01-09", "2025-01-10"), "2025-01-06")
	r.ShortWeek = schedule.Drop
	s := living(t, r)
	second := s.id(2)
	s.on("2025-01-06", schedule.ClinicChanged{Days: []schedule.ClinicDay{{Date: day("2025-01-08"), Hours: []clinic.Hours{clinic.MustHours("08:00-17:00")}}}})
	s.on("2025-01-06", schedule.PlacedAgain{Sessions: []schedule.ID{second}})
	now, _ := s.plan.Session(second)
	require.Equal(t, day("2025-01-08"), now.Date())
	file := string(schedule.FormatPlan(s.plan))
	require.Contains(t, file, `"noDate":true`)
	require.NotRegexp(t, `"told":\[\{"date"[^}]*"noDate":true`, file)
	requireKept(t, s.plan)
}
