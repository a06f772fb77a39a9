package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

func ordinals(sessions []schedule.Session) (list []int) {
	for _, s := range sessions {
		list = append(list, s.Ordinal())
	}
	return list
}

// The sessions of gatedStory: 01-06 given, 01-09 given a day late, 01-13 missed,
// 01-16 on the day, then three to come and one that was added.
func TestStatus(t *testing.T) {
	s := gatedStory(t)
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("36 mg")})
	s.on("2025-01-10", schedule.Given{Session: s.id(2), Date: day("2025-01-10"), Dose: dose.MustMass("30 mg"), Reason: "dizzy", Who: "attending"})
	s.on("2025-01-13", schedule.Missed{Session: s.id(3)})
	s.on("2025-01-13", schedule.Added{Date: day("2025-01-20")})

	on := s.plan.On(day("2025-01-16"))
	require.Equal(t, []int{4}, ordinals(on.Due))
	require.Empty(t, on.Overdue)
	require.Equal(t, []int{5, 6, 7, 8}, ordinals(on.Upcoming))
	require.Empty(t, on.Held)
	require.Equal(t, "response", on.Checkpoint.Gate.Name)
	require.Equal(t, 4, on.Checkpoint.Session)
	require.Equal(t, 2, on.Completed)
	require.Equal(t, 8, on.Of)
	require.Equal(t, 25, on.Percent())
	a := on.Adherence
	require.Equal(t, schedule.Adherence{Planned: 3, Given: 2, Missed: 1, ShiftDays: 1, LargestShift: 1, Doses: []schedule.DrugSum{{Dose: dose.MustMass("66 mg")}}}, a)
	require.Equal(t, "0.5", a.MeanShift())

	// Three days later nobody has said what became of the fourth.
	on = s.plan.On(day("2025-01-19"))
	require.Empty(t, on.Due)
	require.Equal(t, []int{4}, ordinals(on.Overdue))
	require.Equal(t, 1, on.Adherence.Overdue)
	require.Equal(t, 4, on.Adherence.Planned)

	// On the first day one was given; what came later does not count yet.
	on = s.plan.On(day("2025-01-06"))
	require.Equal(t, 1, on.Completed)
	require.Equal(t, "0.0", on.Adherence.MeanShift())
	require.Equal(t, []schedule.DrugSum{{Dose: dose.MustMass("36 mg")}}, on.Adherence.Doses)
	require.Zero(t, on.Adherence.Missed)

	s.on("2025-01-16", schedule.Given{Session: s.id(4), Date: day("2025-01-16"), Dose: dose.MustMass("36 mg")})
	s.on("2025-01-20", schedule.Given{Session: s.id(5), Date: day("2025-01-20"), Dose: dose.MustMass("36 mg")})
	on = s.plan.On(day("2025-01-20"))
	require.Equal(t, 4, on.Completed)
	require.Equal(t, 50, on.Percent())
	require.Equal(t, schedule.Adherence{Planned: 4, Given: 4, Extra: 1, Missed: 1, ShiftDays: 1, LargestShift: 1, Doses: []schedule.DrugSum{{Dose: dose.MustMass("138 mg")}}}, on.Adherence)
	require.Equal(t, "0.3", on.Adherence.MeanShift(), "a quarter, half up")

	s.on("2025-01-20", schedule.Decided{Gate: "response", Then: protocol.Continue, Who: "attending"})
	s.on("2025-01-20", schedule.Held{Session: s.id(6)})
	on = s.plan.On(day("2025-01-23"))
	require.Equal(t, []int{6, 7, 8}, ordinals(on.Held))
	require.Zero(t, on.Checkpoint.Session)
	require.Empty(t, on.Overdue)
	s.on("2025-01-23", schedule.Cancelled{Session: s.id(6), By: schedule.ByPatient, Rest: true})
	on = s.plan.On(day("2025-02-06"))
	require.Equal(t, 3, on.Adherence.Cancelled)
	require.Equal(t, 7, on.Adherence.Planned)
	require.Equal(t, 50, on.Percent())
}

// A session that was given early has a negative shift; the larger counts.
func TestStatusOfEarlySessions(t *testing.T) {
	s := taperStory(t)
	s.give(1).on("2025-01-07", schedule.Given{Session: s.id(2), Date: day("2025-01-07")})
	s.on("2025-01-08", schedule.Given{Session: s.id(3), Date: day("2025-01-08")})
	a := s.plan.On(day("2025-01-08")).Adherence
	require.Equal(t, -2, a.LargestShift)
	require.Equal(t, 3, a.ShiftDays)
	require.Equal(t, "1.0", a.MeanShift())
	require.Empty(t, a.Doses)
}

// A plan without a session stands at nothing of nothing.
func TestStatusOfNothing(t *testing.T) {
	s := living(t, request(bare(t, "as needed", 2), weekdaysOnly(t), "2025-01-06"))
	on := s.plan.On(day("2025-01-06"))
	require.Zero(t, on.Percent())
	require.Empty(t, on.Adherence.MeanShift())
	require.Equal(t, 0, on.Of)
	s.on("2025-01-06", schedule.Added{Date: day("2025-01-06")})
	on = s.plan.On(day("2025-01-06"))
	require.Equal(t, []int{1}, ordinals(on.Due))
}

// A session on a day that no longer holds is neither due nor upcoming until somebody
// has decided; once its day is past it is overdue like any other.
func TestStatusOfLostSessions(t *testing.T) {
	s := taperStory(t) // the second is on Wednesday, the third on Friday
	s.on("2025-01-06", schedule.ClinicClosed{From: day("2025-01-08"), Reason: "storm"})
	on := s.plan.On(day("2025-01-08"))
	require.Empty(t, on.Due)
	require.Equal(t, []int{2}, ordinals(on.Lost))
	require.Equal(t, []int{2}, ordinals(s.plan.On(day("2025-01-07")).Lost))
	require.NotContains(t, ordinals(s.plan.On(day("2025-01-07")).Upcoming), 2)
	require.Equal(t, []int{1, 2}, ordinals(s.plan.On(day("2025-01-09")).Overdue))
	require.Empty(t, s.plan.On(day("2025-01-09")).Lost)
	require.Equal(t, schedule.Active, on.Standing)
}

// A course without end is never a share of what is planned so far.
func TestStatusWithoutEnd(t *testing.T) {
	r := request(bare(t, "every 1w", 2), weekdaysOnly(t), "2025-01-06")
	r.Until = day("2025-01-20")
	s := living(t, r).give(3)
	on := s.plan.On(day("2025-01-20"))
	require.Equal(t, 3, on.Completed)
	require.Zero(t, on.Of)
	require.Zero(t, on.Percent())
	require.Equal(t, schedule.RunOut, on.Standing)
	text, err := on.MarshalJSON()
	require.NoError(t, err)
	require.Contains(t, string(text), `"standing":"run out"`)
	require.Contains(t, string(text), `"completed":3,"of":null,"percent":null`)
}
