package schedule_test

import (
	"testing"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// asking is a clinic that is open all day and notes which days it is asked about.
type asking map[date.Date]bool

func (a asking) Open(d date.Date) ([]clinic.Hours, string) {
	a[d] = true
	return allDay(), ""
}

// A plan asks its opening about the day on which something took place, and about the next
// only where it ended then: where the end is not after the start.
func TestAskedAboutTheDaysOfAFact(t *testing.T) {
	for _, tt := range []struct {
		name, start, end string
		next             bool
	}{
		{name: "no times"},
		{name: "no end", start: "23:30"},
		{name: "on its day", start: "08:00", end: "08:40"},
		{name: "up to midnight", start: "08:00", end: "24:00"},
		{"past midnight", "23:30", "00:10", true},
		{"as late as it began", "08:00", "08:00", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			asked := asking{}
			s := living(t, request(withDose(t, "1/wk x2", 1, "40 mg"), asked, "2025-01-06"))
			clear(asked)
			given := schedule.Given{Date: day("2025-02-10"), Dose: dose.MustMass("40 mg")}
			if tt.start != "" {
				given.Start = clock(t, tt.start)
			}
			if tt.end != "" {
				given.End = clock(t, tt.end)
			}
			s.on("2025-02-12", given)
			assert.True(t, asked[day("2025-02-10")])
			assert.Equal(t, tt.next, asked[day("2025-02-11")])
			requireKept(t, s.plan)
		})
	}
}

// A session counts the weighing that was measured at it, also where another of that day was
// measured at another session and recorded later.
func TestWeighedAtSessionsOfOneDay(t *testing.T) {
	r := request(withDose(t, "1/wk x3", 1, "0.5 mg/kg of actual weight, hard max 100 mg"), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("80 kg")}}
	s := living(t, r)
	s.on("2025-01-06", schedule.Weighed{Date: r.Start, Weight: dose.MustWeight("70 kg"), Session: s.id(1)})
	s.on("2025-01-06", schedule.Weighed{Date: r.Start, Weight: dose.MustWeight("90 kg"), Session: s.id(2)})
	var doses []string
	for _, session := range s.plan.All() {
		doses = append(doses, session.Dose().Dose().String())
	}
	assert.Equal(t, []string{"35 mg", "45 mg", "45 mg"}, doses)
	requireKept(t, s.plan)
}

// senselessFrom is a clinic whose answers make no sense from a day on.
type senselessFrom date.Date

func (n senselessFrom) Open(d date.Date) ([]clinic.Hours, string) {
	if d >= date.Date(n) {
		return []clinic.Hours{clinic.MustHours("08:00-12:00"), clinic.MustHours("10:00-17:00")}, ""
	}
	return allDay(), ""
}

// A fact about a day of which the clinic's answer makes no sense is refused with the day.
func TestFactOnADayWithoutSense(t *testing.T) {
	s := living(t, request(compiled(t, visitSpec()), senselessFrom(day("2026-06-01")), "2026-03-02"))
	before := string(schedule.FormatPlan(s.plan))
	_, err := s.try("2026-06-03", schedule.VisitDone{Visit: s.talk(1).ID, Date: day("2026-06-02")})
	refused := new(schedule.EventError)
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, "plan", refused.Field)
	assert.ErrorContains(t, err, "2026-06-02")
	answer := new(schedule.RequestError)
	require.ErrorAs(t, err, &answer)
	assert.Equal(t, before, string(schedule.FormatPlan(s.plan)))
	_, err = s.try("2026-06-03", schedule.VisitDone{Visit: s.talk(1).ID, Date: day("2026-05-29")})
	require.NoError(t, err)
}
