package schedule_test

import (
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func hours(texts ...string) (list []clinic.Hours) {
	for _, text := range texts {
		list = append(list, clinic.MustHours(text))
	}
	return list
}

func tod(text string) clinic.TimeOfDay { return clinic.MustHours(text + "-23:59").From }

func changed(days ...schedule.ClinicDay) schedule.ClinicChanged {
	return schedule.ClinicChanged{Days: days}
}

// worldCourse is a course of two weeks with a companion the day after each session and
// a follow-up a week after the last, at a clinic that is open on weekdays. Its sessions
// are on Mon 6, Thu 9, Mon 13 and Thu 16 January at 08:00.
func worldCourse(t *testing.T) *story {
	t.Helper()
	hour := protocol.Visit{Administration: time.Hour}
	return living(t, request(compiled(t, protocol.Spec{
		Phases: []protocol.Phase{{
			Name: "all", Cadence: protocol.MustCadence("2/wk x2"), MinGap: 2, Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
			Companions: []protocol.Companion{{Name: "talk", From: 1, To: 2, Visit: hour}},
		}},
		FollowUps: []protocol.FollowUpVisit{{Name: "review", Days: []int{7}, Window: protocol.Window{Before: 2, After: 2}, Visit: hour}},
	}), weekdaysOnly(t), "2025-01-06"))
}

func (s *story) at(ordinal int) schedule.Session { return sessionAt(s.plan, ordinal) }

func (s *story) refused(what schedule.Happening, want string) {
	s.t.Helper()
	before := s.plan.Digest()
	_, err := s.try("2025-01-06", what)
	require.ErrorContains(s.t, err, want)
	refusal := new(schedule.EventError)
	require.ErrorAs(s.t, err, &refusal)
	require.Equal(s.t, before, s.plan.Digest(), "the plan is as it was")
}

func (s *story) findings() (list []string) {
	for _, f := range schedule.Validate(s.plan) {
		list = append(list, f.String())
	}
	return list
}

// New hours leave every session on its day. One that they do not hold is lost, until
// they are changed again or somebody moves it; either raises its revision by one.
func TestClinicChangedHours(t *testing.T) {
	s := worldCourse(t)
	third := s.at(3)
	require.Equal(t, day("2025-01-13"), third.Date())
	s.on("2025-01-06", changed(schedule.ClinicDay{Date: day("2025-01-13"), Hours: hours("13:00-17:00"), Reason: "staff meeting"}))
	assert.Equal(t, "outside the hours 13:00-17:00 (staff meeting)", s.at(3).Lost())
	assert.Equal(t, day("2025-01-13"), s.at(3).Date(), "it keeps its day")
	assert.Equal(t, third.Revision()+1, s.at(3).Revision())
	assert.Contains(t, s.findings(), `warning: session 3: planned on Mon 2025-01-13, 08:00-10:40, outside the hours 13:00-17:00 (staff meeting) [day-lost]`)

	s.refused(schedule.Moved{Session: third.ID(), Date: day("2025-01-13"), Start: tod("08:00")}, "want a time at which an opening of the clinic holds 160 minutes on Mon 2025-01-13")
	moved, err := s.try("2025-01-06", schedule.Moved{Session: third.ID(), Date: day("2025-01-13"), Start: tod("13:30")})
	require.NoError(t, err)
	at, _ := moved.Session(third.ID())
	assert.Empty(t, at.Lost())
	assert.Equal(t, third.Revision()+2, at.Revision())

	// The last word about a day holds; days that it does not name stay as they were.
	s.on("2025-01-06", changed(schedule.ClinicDay{Date: day("2025-01-13"), Hours: hours("08:00-12:00", "12:00-17:00")}))
	assert.Empty(t, s.at(3).Lost())
	assert.Equal(t, third.Revision()+2, s.at(3).Revision())
	assert.Equal(t, third.Date(), s.at(3).Date())
}

// A closure of the short form and days stated one by one are the same to a plan.
func TestClosedIsAShortForm(t *testing.T) {
	a, b := worldCourse(t), worldCourse(t)
	a.on("2025-01-06", schedule.ClinicClosed{From: day("2025-01-09"), To: day("2025-01-10"), Reason: "storm"})
	b.on("2025-01-06", changed(schedule.ClinicDay{Date: day("2025-01-10"), Reason: "storm"}, schedule.ClinicDay{Date: day("2025-01-09"), Reason: "storm"}))
	assert.Equal(t, a.plan.Snapshots(), b.plan.Snapshots())
	assert.Equal(t, schedule.Validate(a.plan), schedule.Validate(b.plan))
	assert.Equal(t, "closed (storm)", b.at(2).Lost())
}

// Visits beside the sessions keep their days as sessions do, and are lost with them.
func TestVisitsAreLost(t *testing.T) {
	s := worldCourse(t)
	find := func(name string, on string) schedule.OtherVisit {
		for v := range s.plan.OtherVisits() {
			if v.Name == name && v.Date == day(on) {
				return v
			}
		}
		require.Fail(t, "no such visit", "%s on %s", name, on)
		return schedule.OtherVisit{}
	}
	talk, review := find("talk", "2025-01-07"), find("review", "2025-01-23")
	s.on("2025-01-06", changed(schedule.ClinicDay{Date: talk.Date, Reason: "storm"}, schedule.ClinicDay{Date: review.Date, Hours: hours("15:00-17:00")}))
	lost := find("talk", "2025-01-07")
	assert.Equal(t, talk.Start, lost.Start)
	assert.Equal(t, talk.Revision+1, lost.Revision)
	assert.Equal(t, "closed (storm)", lost.Lost)
	assert.Equal(t, "outside the hours 15:00-17:00", find("review", "2025-01-23").Lost)
	assert.Contains(t, s.findings(), `warning: session 1: talk planned on Tue 2025-01-07, when the clinic is closed (storm) [day-lost]`)
	told := s.plan.Told(talk.ID)
	assert.True(t, told[len(told)-1].Lost)

	s.on("2025-01-06", changed(schedule.ClinicDay{Date: talk.Date, Hours: hours("08:00-17:00")}))
	again := find("talk", "2025-01-07")
	assert.Empty(t, again.Lost)
	assert.Equal(t, talk.Revision+2, again.Revision)
	assert.Equal(t, talk.Start, again.Start)
}

// A day that opens moves nothing, and can be moved to from then on.
func TestADayThatOpens(t *testing.T) {
	s := worldCourse(t)
	before := s.plan.Snapshots()
	id := s.at(2).ID()
	s.refused(schedule.Moved{Session: id, Date: day("2025-01-11")}, "closed")
	s.on("2025-01-06", changed(schedule.ClinicDay{Date: day("2025-01-11"), Hours: hours("09:00-13:00")}))
	assert.Equal(t, before, s.plan.Snapshots())
	s.on("2025-01-06", schedule.Moved{Session: id, Date: day("2025-01-11")})
	at, _ := s.plan.Session(id)
	assert.Equal(t, "09:00", at.Start().String())
	assert.Empty(t, at.Lost())
}

func TestClinicChangedRefused(t *testing.T) {
	s := worldCourse(t)
	open := hours("08:00-17:00")
	many := make([]schedule.ClinicDay, 3661)
	for i := range many {
		many[i] = schedule.ClinicDay{Date: day("2025-01-07") + date.Date(i)}
	}
	for _, tt := range []struct {
		name  string
		event schedule.ClinicChanged
		want  string
	}{
		{"no days", changed(), "want the days that changed"},
		{"no date", changed(schedule.ClinicDay{Hours: open}), "want a date"},
		{"too many", changed(many...), "want at most 3660 days"},
		{"twice", changed(schedule.ClinicDay{Date: day("2025-01-07")}, schedule.ClinicDay{Date: day("2025-01-07"), Hours: open}), `"2025-01-07": want every day once`},
		{"overlap", changed(schedule.ClinicDay{Date: day("2025-01-07"), Hours: hours("08:00-12:00", "11:00-13:00")}), `"2025-01-07 11:00-13:00": want hours in order`},
		{"no hours", changed(schedule.ClinicDay{Date: day("2025-01-07"), Hours: []clinic.Hours{{}}}), "want an opening time"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s.refused(tt.event, tt.want)
		})
	}
	require.NotPanics(t, func() { s.on("2025-01-06", schedule.ClinicClosed{From: day("2025-01-07"), To: day("2035-01-10")}) })
}

// A clinic that answers another thing each time.
type moody struct{ asked map[date.Date]int }

func (m *moody) Open(d date.Date) ([]clinic.Hours, string) {
	m.asked[d]++
	if m.asked[d] > 1 {
		return nil, "another answer"
	}
	return hours("10:00-16:00"), ""
}

type openingFunc func(date.Date) ([]clinic.Hours, string)

func (f openingFunc) Open(d date.Date) ([]clinic.Hours, string) { return f(d) }

// A change is asked of an opening once a day, up to the latest day that the plan knows,
// and held by value.
func TestClinicChange(t *testing.T) {
	s := worldCourse(t)
	m := &moody{map[date.Date]int{}}
	event, err := s.plan.ClinicChange(m, day("2025-01-08"))
	require.NoError(t, err)
	assert.Equal(t, day("2025-01-08"), event.Days[0].Date)
	latest := event.Days[len(event.Days)-1].Date
	assert.GreaterOrEqual(t, latest, day("2025-01-23"), "the follow-up has a window")
	s.on("2025-01-06", event)
	for d, n := range m.asked {
		assert.Equal(t, 1, n, d)
	}
	assert.Empty(t, s.at(1).Lost(), "before the first day named")
	assert.Equal(t, "outside the hours 10:00-16:00", s.at(2).Lost())

	_, err = s.plan.ClinicChange(m, latest+1)
	require.ErrorContains(t, err, "want a day up to")
	_, err = s.plan.ClinicChange(nil, day("2025-01-08"))
	require.ErrorContains(t, err, "want an opening to ask")
	_, err = s.plan.ClinicChange(openingFunc(func(date.Date) ([]clinic.Hours, string) {
		return []clinic.Hours{clinic.MustHours("12:00-13:00"), clinic.MustHours("08:00-09:00")}, ""
	}), day("2025-01-08"))
	require.ErrorContains(t, err, "Opening 2025-01-08")
	refused := new(schedule.RequestError)
	require.ErrorAs(t, err, &refused)
}

// Every session and visit to come is compared with what the clinic says now: what would
// be lost, and what would hold again.
func TestCheckOfEverything(t *testing.T) {
	s := worldCourse(t)
	s.on("2025-01-06", changed(
		schedule.ClinicDay{Date: day("2025-01-09"), Reason: "strike"}, schedule.ClinicDay{Date: day("2025-01-10"), Reason: "strike"},
		schedule.ClinicDay{Date: day("2025-01-23"), Hours: hours("15:00-17:00")},
	))
	before := s.plan.Digest()
	var texts []string
	for _, f := range s.plan.Check(openingFunc(func(d date.Date) ([]clinic.Hours, string) {
		switch d {
		case day("2025-01-13"):
			return nil, "moving"
		case day("2025-01-14"):
			return hours("16:00-17:00"), ""
		default:
			return hours("08:00-17:00"), ""
		}
	})) {
		texts = append(texts, f.String())
	}
	assert.Equal(t, []string{
		"info: session 2: planned on Thu 2025-01-09, 08:00-10:40: lost by what the plan knows, and would hold now [day-holds]",
		"info: session 2: talk planned on Fri 2025-01-10: lost by what the plan knows, and would hold now [day-holds]",
		"warning: session 3: planned on Mon 2025-01-13, when the clinic is closed now (moving) [day-lost]",
		"warning: session 3: talk planned on Tue 2025-01-14, 08:00-09:00, which the hours of the clinic do not hold now: 16:00-17:00 [day-lost]",
		"info: session 4: review planned on Thu 2025-01-23: lost by what the plan knows, and would hold now [day-holds]",
	}, texts)
	assert.Equal(t, before, s.plan.Digest())

	failed := s.plan.Check(openingFunc(func(date.Date) ([]clinic.Hours, string) { return hours("12:00-13:00", "08:00-09:00"), "" }))
	require.NotEmpty(t, failed)
	assert.Equal(t, schedule.CheckFailed, failed[len(failed)-1].Code)
	assert.Contains(t, failed[len(failed)-1].Text, "Opening 2025-01-06")
	assert.Equal(t, schedule.CheckFailed, s.plan.Check(nil)[0].Code)
}
