package schedule_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// visitSpec is an induction of two weeks with a talk one to three days after each
// session, two weekly sessions, and calls 7 and 28 days after the last.
func visitSpec() protocol.Spec {
	talk := protocol.Companion{
		Name: "talk", From: 1, To: 3,
		Visit: protocol.Visit{Kind: protocol.Integration, Observation: time.Hour, Tasks: []protocol.Task{{Text: "scale", From: protocol.Arrival}}},
	}
	visit := protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour}
	return protocol.Spec{
		Phases: []protocol.Phase{
			{Name: "induction", Cadence: protocol.MustCadence("2/wk x2"), MinGap: 2, Visit: visit, Companions: []protocol.Companion{talk}},
			{Name: "weekly", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 2, Visit: visit, Companions: []protocol.Companion{talk}},
		},
		FollowUps: []protocol.FollowUpVisit{{
			Name: "call", Days: []int{7, 28}, Window: protocol.Window{Before: 2, After: 3},
			Visit: protocol.Visit{Kind: protocol.FollowUp, Observation: 30 * time.Minute},
		}},
	}
}

// visitStory begins on Monday 2026-03-02: 03-02, 03-05, 03-09, 03-12, 03-16 and 03-23,
// each with a talk on the day after, and calls on 03-30 and 04-20. The clinic is open
// from 08:00 to 17:00 on weekdays.
func visitStory(t *testing.T) *story {
	t.Helper()
	return living(t, request(compiled(t, visitSpec()), weekdaysOnly(t), "2026-03-02"))
}

// visit returns the visit of a name of a session that is not cancelled, or the one
// that is where there is no other, by its protocol's day where that is not 0.
func (s *story) visit(name string, session, day int) schedule.OtherVisit {
	s.t.Helper()
	var found schedule.OtherVisit
	for v := range s.plan.OtherVisits() {
		if v.Name == name && (session == 0 || v.Session == session) && v.Day == day && (found.Name == "" || found.State == schedule.StateCancelled) {
			found = v
		}
	}
	require.NotEmpty(s.t, found.Name, "%s of session %d, day %d", name, session, day)
	return found
}

func (s *story) talk(session int) schedule.OtherVisit { return s.visit("talk", session, 0) }
func (s *story) call(day int) schedule.OtherVisit     { return s.visit("call", 0, day) }

// visitText says how a visit stands.
func visitText(v schedule.OtherVisit) string {
	text := "no date"
	if v.Placed() {
		text = fmt.Sprintf("%s %s-%s", v.Date, v.Start, v.End)
	}
	text += " " + v.State.String()
	if v.Lost != "" {
		text += ", lost: " + v.Lost
	}
	return fmt.Sprintf("%s, revision %d", text, v.Revision)
}

func hasCode(p *schedule.Plan, code schedule.Code) (texts []string) {
	for _, f := range schedule.Validate(p) {
		if f.Code == code {
			texts = append(texts, f.String())
		}
	}
	return texts
}

// as applies what happened as of a time of a day, in the clinic's zone.
func (s *story) as(asOf string, what schedule.Happening) error {
	s.t.Helper()
	s.n++
	next, err := s.plan.Apply(schedule.Event{ID: fmt.Sprint("e", s.n), What: what}, utc(s.t, asOf+":00"))
	if err == nil {
		s.plan = next
	}
	return err
}

// A companion or a follow-up takes place whatever the plan says of it: what does not
// fit is a finding.
func TestVisitsTakePlace(t *testing.T) {
	for _, tt := range []struct {
		name   string
		before func(s *story)
		asOf   string
		done   schedule.VisitDone
		of     int // the session of the talk, 0 for the call of day 7
		want   string
		has    string // codes, and what is in their texts
	}{
		{
			name: "as planned", asOf: "2026-03-03 18:00", done: schedule.VisitDone{Date: day("2026-03-03")}, of: 1,
			want: "2026-03-03 08:00-09:00 done, revision 1",
		},
		{
			name: "at other times", asOf: "2026-03-03 18:00", done: schedule.VisitDone{Date: day("2026-03-03"), Start: clock(t, "10:10"), End: clock(t, "10:40")}, of: 1,
			want: "2026-03-03 10:10-10:40 done, revision 1",
		},
		{
			name: "on another day of its window", asOf: "2026-03-04 18:00", done: schedule.VisitDone{Date: day("2026-03-04"), Start: clock(t, "09:00")}, of: 1,
			want: "2026-03-04 09:00-10:00 done, revision 1",
		},
		{
			name: "on another day, at a time nobody wrote down", asOf: "2026-03-04 18:00", done: schedule.VisitDone{Date: day("2026-03-04")}, of: 1,
			want: "2026-03-04 - done, revision 1",
		},
		{
			name: "after its window", asOf: "2026-03-09 18:00", done: schedule.VisitDone{Date: day("2026-03-09"), Start: clock(t, "12:00")}, of: 1,
			want: "2026-03-09 12:00-13:00 done, revision 1",
			has:  "visit-outside-window: talk took place on Mon 2026-03-09, 4 days after its window, Tue 2026-03-03 to Thu 2026-03-05",
		},
		{
			name: "before its session", asOf: "2026-03-02 07:00", done: schedule.VisitDone{Date: day("2026-03-02"), Start: clock(t, "06:00")}, of: 2,
			want: "2026-03-02 06:00-07:00 done, revision 1",
			has: "visit-outside-window: talk took place on Mon 2026-03-02, 4 days before its window, Fri 2026-03-06 to Sun 2026-03-08\n" +
				"outside-hours: talk took place on Mon 2026-03-02 06:00, outside the hours of the clinic",
		},
		{
			name: "on a closed day", asOf: "2026-03-07 18:00", done: schedule.VisitDone{Date: day("2026-03-07")}, of: 2,
			want: "2026-03-07 - done, revision 1", has: "closed-day: talk took place on Sat 2026-03-07, when the clinic is closed",
		},
		{
			name: "across midnight", asOf: "2026-03-04 18:00", done: schedule.VisitDone{Date: day("2026-03-03"), Start: clock(t, "23:30"), End: clock(t, "00:30")}, of: 1,
			want: "2026-03-03 23:30-00:30 done, revision 1", has: "outside-hours: talk took place on Tue 2026-03-03 23:30, outside the hours of the clinic",
		},
		{
			name: "with a task left", asOf: "2026-03-03 18:00", done: schedule.VisitDone{Date: day("2026-03-03"), NotDone: []string{"scale"}, Reason: "tired"}, of: 1,
			want: "2026-03-03 08:00-09:00 done, revision 1", has: `task-missed: not done at talk of Tue 2026-03-03: "scale"`,
		},
		{
			name: "on hold", before: func(s *story) { s.on("2026-03-04", schedule.Held{Session: s.id(2)}) },
			asOf: "2026-03-06 18:00", done: schedule.VisitDone{Date: day("2026-03-06")}, of: 2,
			want: "2026-03-06 08:00-09:00 done, revision 2", has: "visit-unexpected: talk took place on Fri 2026-03-06, while the treatment was held",
		},
		{
			name: "though cancelled", before: func(s *story) { s.on("2026-03-04", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient}) },
			asOf: "2026-03-06 18:00", done: schedule.VisitDone{Date: day("2026-03-06")}, of: 2,
			want: "2026-03-06 08:00-09:00 done, revision 2", has: "visit-unexpected: talk took place on Fri 2026-03-06, though it was cancelled",
		},
		{
			name: "after it was said to be missed", before: func(s *story) {
				require.NoError(s.t, s.as("2026-03-03 09:30", schedule.VisitMissed{Visit: s.talk(1).ID, Reason: "no-show"}))
			},
			asOf: "2026-03-03 18:00", done: schedule.VisitDone{Date: day("2026-03-03"), Start: clock(t, "11:00")}, of: 1,
			want: "2026-03-03 11:00-12:00 done, revision 2", has: `corrected: event "e1" (visit-missed) is corrected by event "e2" (visit-done)`,
		},
		{
			name: "a call, weeks early", asOf: "2026-03-10 18:00", done: schedule.VisitDone{Date: day("2026-03-10")},
			want: "2026-03-10 - done, revision 1",
			has:  "visit-outside-window: call took place on Tue 2026-03-10, 18 days before its window, Sat 2026-03-28 to Thu 2026-04-02",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := visitStory(t)
			if tt.before != nil {
				tt.before(s)
			}
			visit := s.call(7)
			if tt.of > 0 {
				visit = s.talk(tt.of)
			}
			tt.done.Visit = visit.ID
			require.NoError(t, s.as(tt.asOf, tt.done))
			now, ok := s.plan.OtherVisit(visit.ID)
			require.True(t, ok)
			assert.Equal(t, tt.want, visitText(now))
			assert.Equal(t, tt.done.NotDone, now.NotDone)
			assert.Equal(t, tt.done.Reason, now.Reason)
			for want := range strings.Lines(tt.has) {
				code, text, _ := strings.Cut(strings.TrimSpace(want), ": ")
				assert.Contains(t, strings.Join(hasCode(s.plan, schedule.Code(code)), "\n"), text)
			}
			for _, code := range []schedule.Code{
				schedule.VisitOutsideWindow, schedule.VisitUnexpected, schedule.ClosedDay, schedule.OutsideHours, schedule.TaskMissed, schedule.EntryCorrected,
				schedule.CompanionMissing,
			} {
				if !strings.Contains(tt.has, string(code)+": ") {
					assert.Empty(t, hasCode(s.plan, code))
				}
			}
			requireKept(t, s.plan)
			require.NoError(t, s.plan.CheckState())
		})
	}
}

// What cannot be is refused by name, and the plan stays as it was.
func TestVisitsRefused(t *testing.T) {
	done := func(s *story) {
		require.NoError(s.t, s.as("2026-03-03 18:00", schedule.VisitDone{Visit: s.talk(1).ID, Date: day("2026-03-03")}))
	}
	for _, tt := range []struct {
		name, asOf, want string
		err              error
		before           func(s *story)
		what             func(s *story) schedule.Happening
	}{
		{"nothing is done", "2026-03-03 18:00", `Visit: want the id of a companion, a follow-up or a visit of a monitoring`, schedule.ErrEvent, nil, func(*story) schedule.Happening { return schedule.VisitDone{Date: day("2026-03-03")} }},
		{"a session is no visit", "2026-03-03 18:00", `": want the id of a companion, a follow-up or a visit of a monitoring of the plan`, schedule.ErrUnknownVisit, nil, func(s *story) schedule.Happening { return schedule.VisitMissed{Visit: s.id(1)} }},
		{"done on no day", "2026-03-03 18:00", `Date: want a date`, schedule.ErrEvent, nil, func(s *story) schedule.Happening { return schedule.VisitDone{Visit: s.talk(1).ID} }},
		{"done tomorrow", "2026-03-03 18:00", `Date "2026-03-04": want a date that is not after the as-of one, 2026-03-03`, schedule.ErrFuture, nil, func(s *story) schedule.Happening {
			return schedule.VisitDone{Visit: s.talk(1).ID, Date: day("2026-03-04")}
		}},
		{"done later today", "2026-03-03 12:00", `End "12:30": want a time that is not after the as-of one, 2026-03-03 12:00`, schedule.ErrFuture, nil, func(s *story) schedule.Happening {
			return schedule.VisitDone{Visit: s.talk(1).ID, Date: day("2026-03-03"), Start: clock(s.t, "11:30"), End: clock(s.t, "12:30")}
		}},
		{"begun at 24:00", "2026-03-04 12:00", `Start "24:00": want a time before 24:00`, schedule.ErrEvent, nil, func(s *story) schedule.Happening {
			return schedule.VisitDone{Visit: s.talk(1).ID, Date: day("2026-03-03"), Start: clock(s.t, "24:00")}
		}},
		{"ended, and nobody knows when it began", "2026-03-04 12:00", `Start: want the time at which the visit began, since it has one at which it ended`, schedule.ErrEvent, nil, func(s *story) schedule.Happening {
			return schedule.VisitDone{Visit: s.talk(1).ID, Date: day("2026-03-04"), End: clock(s.t, "10:00")}
		}},
		{"done twice", "2026-03-04 12:00", `want a visit that has not taken place yet: talk did, on Tue 2026-03-03 08:00; what is wrong with that is put right by a correction`, schedule.ErrSettled, done, func(s *story) schedule.Happening {
			return schedule.VisitDone{Visit: s.talk(1).ID, Date: day("2026-03-04")}
		}},
		{"missed though done", "2026-03-04 12:00", `want a visit that has not taken place yet`, schedule.ErrSettled, done, func(s *story) schedule.Happening { return schedule.VisitMissed{Visit: s.talk(1).ID} }},
		{"moved though done", "2026-03-04 12:00", `want a visit that has not taken place yet`, schedule.ErrSettled, done, func(s *story) schedule.Happening {
			return schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2026-03-05")}
		}},
		{"missed before its start", "2026-03-03 07:59", `want a visit that can have been missed: talk is on Tue 2026-03-03 08:00, the as-of is 2026-03-03 07:59`, schedule.ErrFuture, nil, func(s *story) schedule.Happening { return schedule.VisitMissed{Visit: s.talk(1).ID} }},
		{"moved out of its window", "2026-03-02 12:00", `Date "2026-03-09": want a day in the window of talk, Tue 2026-03-03 to Thu 2026-03-05`, schedule.ErrNoDay, nil, func(s *story) schedule.Happening {
			return schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2026-03-09")}
		}},
		{"moved before its window", "2026-03-02 12:00", `want a day in the window of talk, Fri 2026-03-06 to Sun 2026-03-08`, schedule.ErrNoDay, nil, func(s *story) schedule.Happening {
			return schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2026-03-05")}
		}},
		{"moved into the past", "2026-03-05 12:00", `want a date that is not before the as-of one, 2026-03-05`, schedule.ErrOrder, nil, func(s *story) schedule.Happening {
			return schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2026-03-04")}
		}},
		{"moved to a time that has passed", "2026-03-03 12:00", `Start "11:00": want a time that is not before the as-of one, 2026-03-03 12:00`, schedule.ErrOrder, nil, func(s *story) schedule.Happening {
			return schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2026-03-03"), Start: clock(s.t, "11:00")}
		}},
		{"moved to 24:00", "2026-03-03 12:00", `Start "24:00": want a time before 24:00`, schedule.ErrEvent, nil, func(s *story) schedule.Happening {
			return schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2026-03-03"), Start: clock(s.t, "24:00")}
		}},
		{"moved to a closed day", "2026-03-05 12:00", `Date "2026-03-07": want another day: closed`, schedule.ErrNoDay, nil, func(s *story) schedule.Happening {
			return schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2026-03-07")}
		}},
		{"moved to a day that does not suit", "2026-03-02 12:00", `Date "2026-03-04": want another day: does not suit the patient (trip)`, schedule.ErrNoDay, func(s *story) {
			s.on("2026-03-02", schedule.PatientAway{From: day("2026-03-04"), Reason: "trip"})
		}, func(s *story) schedule.Happening {
			return schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2026-03-04")}
		}},
		{"moved past the hours", "2026-03-03 12:00", `Start "16:30": want a time at which an opening of the clinic holds 60 minutes on Wed 2026-03-04`, schedule.ErrNoDay, nil, func(s *story) schedule.Happening {
			return schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2026-03-04"), Start: clock(s.t, "16:30")}
		}},
		{"moved to where no time is left", "2026-03-04 16:30", `Date "2026-03-04": want another day: the hours of the clinic have no room left for 60 minutes`, schedule.ErrNoDay, nil, func(s *story) schedule.Happening {
			return schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2026-03-04")}
		}},
		{"moved to the time of a session", "2026-03-03 12:00", `Start "10:00": want a time that is free: session 2 is 08:00-10:40 on Thu 2026-03-05`, schedule.ErrNoDay, nil, func(s *story) schedule.Happening {
			return schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2026-03-05"), Start: clock(s.t, "10:00")}
		}},
		{"moved though held", "2026-03-05 12:00", `want a visit that is to take place: talk is held until the treatment is resumed`, schedule.ErrSettled, func(s *story) {
			s.on("2026-03-04", schedule.Held{Session: s.id(2)})
		}, func(s *story) schedule.Happening {
			return schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2026-03-06")}
		}},
		{"moved though cancelled", "2026-03-05 12:00", `want a visit that is to take place: talk was cancelled`, schedule.ErrSettled, func(s *story) {
			s.on("2026-03-04", schedule.Cancelled{Session: s.id(2), By: schedule.ByClinic})
		}, func(s *story) schedule.Happening {
			return schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2026-03-06")}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := visitStory(t)
			if tt.before != nil {
				tt.before(s)
			}
			before := string(schedule.FormatPlan(s.plan))
			err := s.as(tt.asOf, tt.what(s))
			require.ErrorIs(t, err, tt.err)
			require.ErrorContains(t, err, tt.want)
			requireNamed(t, err)
			require.Equal(t, before, string(schedule.FormatPlan(s.plan)))
		})
	}
}

// A visit that was moved keeps its day while its window has it, and one that was
// missed can be moved, and is then to come.
func TestVisitMoved(t *testing.T) {
	s := visitStory(t)
	first := s.talk(1).ID
	now := func() string {
		v, _ := s.plan.OtherVisit(first)
		return visitText(v)
	}
	require.NoError(t, s.as("2026-03-02 00:00", schedule.VisitMoved{Visit: first, Date: day("2026-03-05")}))
	assert.Equal(t, "2026-03-05 10:45-11:45 planned, revision 1", now(), "after the session of that day")
	require.NoError(t, s.as("2026-03-02 00:00", schedule.VisitMoved{Visit: first, Date: day("2026-03-04"), Start: clock(t, "13:20")}))
	assert.Equal(t, "2026-03-04 13:20-14:20 planned, revision 2", now())
	assert.Equal(t, 0, sessionAt(s.plan, 1).Revision(), "the session was not moved")
	require.NoError(t, s.as("2026-03-02 09:00", schedule.Moved{Session: s.id(1), Date: day("2026-03-03")}))
	assert.Equal(t, "2026-03-04 13:20-14:20 planned, revision 2", now(), "a day after its session still")
	require.NoError(t, s.as("2026-03-03 18:00", schedule.Given{Session: s.id(1), Date: day("2026-03-03")}))
	require.NoError(t, s.as("2026-03-04 18:00", schedule.VisitMissed{Visit: first, Reason: "ill"}))
	assert.Equal(t, "2026-03-04 13:20-14:20 missed, revision 3", now())
	assert.Equal(t, []string{"warning: session 1: talk of Wed 2026-03-04 did not take place (ill) [companion-missing]"}, hasCode(s.plan, schedule.CompanionMissing))
	require.NoError(t, s.as("2026-03-05 18:00", schedule.VisitMoved{Visit: first, Date: day("2026-03-06")}))
	assert.Equal(t, "2026-03-06 08:00-09:00 planned, revision 4", now())
	assert.Empty(t, hasCode(s.plan, schedule.CompanionMissing))
	require.NoError(t, s.as("2026-03-06 18:00", schedule.VisitMissed{Visit: first}))
	assert.Equal(t, "2026-03-06 08:00-09:00 missed, revision 5", now())
	requireKept(t, s.plan)

	// Another day for the session, and the decision no longer holds.
	other := visitStory(t)
	second := other.talk(2).ID
	require.NoError(t, other.as("2026-03-02 09:00", schedule.VisitMoved{Visit: second, Date: day("2026-03-06"), Start: clock(t, "14:00")}))
	require.NoError(t, other.as("2026-03-02 09:10", schedule.Moved{Session: other.id(2), Date: day("2026-03-06")}))
	v, _ := other.plan.OtherVisit(second)
	assert.Equal(t, "2026-03-09 10:45-11:45 planned, revision 2", visitText(v), "after the session of that Monday")
}

// A hold holds every companion and follow-up with the sessions, and none is planned in
// its middle. The way on plans them from their sessions' new days.
func TestVisitsOnHold(t *testing.T) {
	s := visitStory(t).give(2)
	s.on("2026-03-06", schedule.VisitDone{Visit: s.talk(2).ID, Date: day("2026-03-06")})
	s.on("2026-03-07", schedule.Held{Session: s.id(3), Reason: "influenza"})
	assert.Equal(t, "2026-03-10 08:00-09:00 held, revision 1", visitText(s.talk(3)))
	assert.Equal(t, "2026-03-30 08:00-08:30 held, revision 1", visitText(s.call(7)))
	assert.Equal(t, "2026-04-20 08:00-08:30 held, revision 1", visitText(s.call(28)))
	assert.Equal(t, "2026-03-03 08:00-09:00 planned, revision 0", visitText(s.talk(1)), "overdue: nobody said what became of it")
	s.on("2026-04-20", schedule.Shifted{Session: s.id(3), Weeks: 6})
	assert.Equal(t, "2026-04-21 08:00-09:00 planned, revision 2", visitText(s.talk(3)))
	assert.Equal(t, "2026-05-11 08:00-08:30 planned, revision 2", visitText(s.call(7)))
	assert.Equal(t, "2026-03-06 08:00-09:00 done, revision 1", visitText(s.talk(2)), "what was done stays")
	requireKept(t, s.plan)

	// Resumed late, those whose day is past are gone, and so are their visits; the
	// talk of a session that comes on the day it had has its own.
	other := visitStory(t).give(2)
	other.on("2026-03-07", schedule.Held{Session: other.id(3)})
	other.on("2026-03-13", schedule.Resumed{})
	assert.Equal(t, "2026-03-10 08:00-09:00 held, revision 1", visitText(other.talk(3)), "past, and it was held then")
	assert.Equal(t, "2026-03-17 08:00-09:00 planned, revision 2", visitText(other.talk(5)))
	assert.Equal(t, "2026-03-30 08:00-08:30 planned, revision 2", visitText(other.call(7)))
}

// Follow-ups count from the latest session that took place or is to, also where one
// before it is overdue, and are provisional while one to come is.
func TestFollowUpsCountFromTheLatest(t *testing.T) {
	spec := visitSpec()
	spec.Gates = []protocol.Gate{{Name: "response", Phase: "induction", Assess: "response"}}
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2026-03-02"))
	assert.Equal(t, "2026-03-30 08:00-08:30 provisional, revision 0", visitText(s.call(7)))
	for i := 1; i <= 3; i++ {
		s.on(sessionAt(s.plan, i).Date().String(), schedule.Given{Session: s.id(i), Date: sessionAt(s.plan, i).Date()})
	}
	fourth := s.id(4)
	s.on("2026-03-16", schedule.Given{Session: s.id(5), Date: day("2026-03-16")}) // and of 4 nobody said anything
	s.on("2026-03-23", schedule.Cancelled{Session: s.id(6), By: schedule.ByPatient})
	assert.Equal(t, "2026-03-23 12:00-12:30 planned, revision 0", visitText(s.call(7)), "seven days after the 16th, as early as it can be told at noon")
	s.on("2026-03-23", schedule.Given{Session: fourth, Date: day("2026-03-12")})
	s.on("2026-03-23", schedule.Decided{Gate: "response", Then: protocol.Stop, Who: "attending"})
	assert.Equal(t, schedule.Stopped, s.plan.Standing())
	assert.Equal(t, "2026-03-23 12:00-12:30 planned, revision 0", visitText(s.call(7)))
	require.NoError(t, s.as("2026-03-24 12:00", schedule.VisitDone{Visit: s.call(7).ID, Date: day("2026-03-24"), Start: clock(t, "11:00")}))
	assert.Equal(t, "2026-03-24 11:00-11:30 done, revision 1", visitText(s.call(7)))
	requireKept(t, s.plan)
}

// What became of a treatment is told late: a visit whose whole window is past is not
// planned any more, and that is a finding.
func TestNoVisitIsPlannedInThePast(t *testing.T) {
	s := visitStory(t).give(1)
	s.on("2026-04-13", schedule.Cancelled{Session: s.id(2), By: schedule.ByClinical, Rest: true})
	late := s.call(7) // 03-09, to 03-12
	assert.Equal(t, "no date planned, revision 0", visitText(late))
	assert.Equal(t, []string{"warning: session 1: call has no possible day from Sat 2026-03-07 to Thu 2026-03-12 [follow-up-missing]"}, hasCode(s.plan, schedule.FollowUpMissing)[:1])
	// Day 28 was 03-30, to 04-02.
	assert.Len(t, hasCode(s.plan, schedule.FollowUpMissing), 2)
	s.on("2026-04-13", schedule.VisitMissed{Visit: late.ID, Reason: "nobody called"})
	assert.Contains(t, hasCode(s.plan, schedule.FollowUpMissing)[0], "call did not take place from Sat 2026-03-07 to Thu 2026-03-12 (nobody called)")
	require.NoError(t, s.as("2026-04-14 12:00", schedule.VisitDone{Visit: late.ID, Date: day("2026-04-14"), Start: clock(t, "10:00")}))
	assert.Len(t, hasCode(s.plan, schedule.FollowUpMissing), 1)
	requireKept(t, s.plan)

	// A session given two weeks late, told a week after that: its talk cannot be planned.
	other := visitStory(t)
	other.on("2026-03-23", schedule.Given{Session: other.id(1), Date: day("2026-03-16")})
	for v := range other.plan.OtherVisits() {
		if v.SessionID == other.id(1) {
			assert.False(t, v.Placed() && v.State == schedule.StatePlanned, visitText(v))
		}
	}
	assert.NotEmpty(t, hasCode(other.plan, schedule.CompanionMissing))
}

// Of a course without end nobody knows the last session: there are no follow-ups until
// it is stopped.
func TestFollowUpsOfACourseWithoutEnd(t *testing.T) {
	spec := visitSpec()
	spec.Phases[1].Cadence = protocol.MustCadence("every 1w")
	r := request(compiled(t, spec), weekdaysOnly(t), "2026-03-02")
	r.Until = day("2026-03-31")
	s := living(t, r).give(5)
	calls := func() (texts []string) {
		for v := range s.plan.OtherVisits() {
			if v.Role == schedule.RoleFollowUp {
				texts = append(texts, visitText(v))
			}
		}
		return texts
	}
	assert.Empty(t, calls())
	last := sessionAt(s.plan, 5).Date() // 03-19
	assert.Equal(t, day("2026-03-19"), last)
	s.on("2026-03-20", schedule.Cancelled{Session: s.id(6), By: schedule.ByClinical, Rest: true})
	assert.Equal(t, []string{"2026-03-26 08:00-08:30 planned, revision 0", "2026-04-16 08:00-08:30 planned, revision 0"}, calls())
	// One more session, for a reason: the treatment goes on, its cadence does not.
	s.on("2026-03-20", schedule.Added{Date: day("2026-03-24"), Reason: "relapse"})
	assert.Equal(t, []string{
		"2026-03-26 08:00-08:30 cancelled, revision 1", "2026-03-31 08:00-08:30 planned, revision 0",
		"2026-04-16 08:00-08:30 cancelled, revision 1", "2026-04-21 08:00-08:30 planned, revision 0",
	}, calls())
	requireKept(t, s.plan)
}

// What takes a visit's day or time makes it lost; nothing moves by itself.
func TestWhatTakesTheTimeOfAVisit(t *testing.T) {
	s := visitStory(t).give(1)
	s.on("2026-03-02", schedule.ClinicClosed{From: day("2026-03-03"), Reason: "storm"})
	s.on("2026-03-02", schedule.PatientAway{From: day("2026-03-06"), Reason: "trip"})
	assert.Equal(t, "2026-03-03 08:00-09:00 planned, lost: closed (storm), revision 1", visitText(s.talk(1)))
	assert.Equal(t, "2026-03-06 08:00-09:00 planned, lost: unsuitable (trip), revision 1", visitText(s.talk(2)))
	assert.Equal(t, []string{
		"warning: session 1: talk planned on Tue 2026-03-03, when the clinic is closed (storm) [day-lost]",
		"warning: session 2: talk planned on Fri 2026-03-06, which does not suit the patient (trip) [day-lost]",
	}, hasCode(s.plan, schedule.DayLost))
	s.on("2026-03-02", schedule.Moved{Session: s.id(3), Date: day("2026-03-10")})
	s.on("2026-03-02", schedule.Moved{Session: s.id(4), Date: day("2026-03-13")})
	assert.Equal(t, "2026-03-11 08:00-09:00 planned, revision 1", visitText(s.talk(3)), "it goes with its session")
	s.on("2026-03-02", schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2026-03-04")})
	assert.Equal(t, "2026-03-04 08:00-09:00 planned, revision 2", visitText(s.talk(1)))

	// A session that comes to the time of a visit takes it.
	other := visitStory(t)
	require.NoError(t, other.as("2026-03-02 00:00", schedule.Moved{Session: other.id(1), Date: day("2026-03-03")}))
	require.NoError(t, other.as("2026-03-02 00:00", schedule.VisitMoved{Visit: other.talk(1).ID, Date: day("2026-03-06"), Start: clock(t, "09:00")}))
	require.NoError(t, other.as("2026-03-02 00:00", schedule.Moved{Session: other.id(2), Date: day("2026-03-06")}))
	assert.Equal(t, "2026-03-06 09:00-10:00 planned, lost: at the time of session 2, revision 3", visitText(other.talk(1)))
	require.NoError(t, other.as("2026-03-02 00:00", schedule.Moved{Session: other.id(2), Date: day("2026-03-06"), Start: clock(t, "10:00")}))
	assert.Equal(t, "2026-03-06 09:00-10:00 planned, revision 4", visitText(other.talk(1)))
	requireKept(t, other.plan)
}

// On the day of its own session a visit stays after it.
func TestVisitAfterItsSession(t *testing.T) {
	spec := visitSpec()
	spec.Phases[0].Companions[0].From, spec.Phases[0].Companions[0].To = 0, 0
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2026-03-02"))
	first := s.talk(1).ID
	now := func() string {
		v, _ := s.plan.OtherVisit(first)
		return visitText(v)
	}
	assert.Equal(t, "2026-03-02 10:45-11:45 planned, revision 0", now())
	require.NoError(t, s.as("2026-03-02 00:00", schedule.Moved{Session: s.id(1), Date: day("2026-03-02"), Start: clock(t, "10:00")}))
	assert.Equal(t, "2026-03-02 12:45-13:45 planned, revision 1", now())
	require.NoError(t, s.as("2026-03-02 12:10", schedule.Given{Session: s.id(1), Date: day("2026-03-02"), Start: clock(t, "09:10"), End: clock(t, "12:05")}))
	assert.Equal(t, "2026-03-02 12:15-13:15 planned, revision 2", now(), "as soon as it can still start")
}

// A visit that was cancelled is at nobody's time, so nothing overlaps it.
func TestNoOverlapWithACancelledVisit(t *testing.T) {
	s := visitStory(t).give(1)
	s.on("2026-03-02", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient}) // its talk was on 03-06, 08:00-09:00
	require.NoError(t, s.as("2026-03-06 18:00", schedule.Given{Session: s.id(3), Date: day("2026-03-06"), Start: clock(t, "08:00"), End: clock(t, "10:40")}))
	assert.Empty(t, hasCode(s.plan, schedule.Overlap))
	// One that took place is.
	other := visitStory(t).give(1)
	require.NoError(t, other.as("2026-03-06 18:00", schedule.Given{Session: other.id(2), Date: day("2026-03-06"), Start: clock(t, "08:00"), End: clock(t, "10:40")}))
	require.NoError(t, other.as("2026-03-06 18:00", schedule.VisitDone{Visit: other.talk(1).ID, Date: day("2026-03-06"), Start: clock(t, "10:00")}))
	assert.Equal(t, []string{"violation: session 2: 08:00-10:40 on Fri 2026-03-06, at the time of talk, 10:00-11:00 [overlap]"}, hasCode(other.plan, schedule.Overlap))
}

// The entries, the state and what was said survive a file.
func TestVisitsInFiles(t *testing.T) {
	s := visitStory(t).give(1)
	require.NoError(t, s.as("2026-03-02 18:00", schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2026-03-04"), Reason: "asked"}))
	require.NoError(t, s.as("2026-03-05 11:00", schedule.VisitDone{
		Visit: s.talk(1).ID, Date: day("2026-03-04"), End: clock(t, "09:10"), NotDone: []string{"scale"}, Reason: "late",
	}))
	text := string(s.plan.AppendJSON(nil))
	assert.Contains(t, text, `"date":"2026-03-04","start":"08:00","end":"09:10","endDate":"2026-03-04","state":"done","lost":null,"revision":2,"notDone":["scale"],"reason":"late"}`)
	assert.Contains(t, text, `"kind":"visit-done","visit":"`+s.talk(1).ID.String()+`","date":"2026-03-04","end":"09:10","notDone":["scale"],"reason":"late"}`)
	again, err := schedule.ParsePlan("x.plan", schedule.FormatPlan(s.plan), schedule.PlanSource{
		Protocols: []*protocol.Protocol{s.plan.Protocol()}, Opening: clinic.Opening(weekdaysOnly(t)), Zone: time.UTC,
	})
	require.NoError(t, err)
	assert.Equal(t, text, string(again.AppendJSON(nil)))
	var list []string
	for entry := range s.plan.History() {
		list = append(list, entry.String())
	}
	assert.Equal(t, []string{
		`2026-03-02: the visit moved to Wed 2026-03-04 (asked), event "e2"`, `2026-03-05: the visit took place on Wed 2026-03-04 (late), event "e3"`,
	}, list[1:])
	assert.Equal(t, []string{" 2026-03-03 planned 0 mg 0", "e2 2026-03-04 planned 0 mg 1", "e3 2026-03-04 done 0 mg 2"}, toldTexts(s.plan, s.talk(1).ID))
}

// A fact about a visit that is withdrawn gives the visit its day again, and one that is
// put right says what is true instead.
func TestVisitFactsCorrected(t *testing.T) {
	s := visitStory(t).give(1) // e1
	first := s.talk(1).ID
	now := func() string {
		v, _ := s.plan.OtherVisit(first)
		return visitText(v)
	}
	s.on("2026-03-04", schedule.VisitDone{Visit: first, Date: day("2026-03-04"), NotDone: []string{"scale"}}) // e2
	assert.Equal(t, "2026-03-04 - done, revision 1", now())
	s.on("2026-03-04", corrected("e2", schedule.VisitMissed{Visit: first, Reason: "wrong patient"})) // e3
	assert.Equal(t, "2026-03-03 08:00-09:00 missed, revision 2", now())
	s.on("2026-03-04", corrected("e2", nil)) // e4
	assert.Equal(t, "2026-03-03 08:00-09:00 planned, revision 3", now(), "its day again, which is past")
	v, _ := s.plan.OtherVisit(first)
	assert.Empty(t, v.NotDone)
	assert.Empty(t, v.Reason)
	s.on("2026-03-04", corrected("e4", nil)) // e5: e3 holds again
	assert.Equal(t, "2026-03-03 08:00-09:00 missed, revision 4", now())
	requireKept(t, s.plan)
}

// Heights and wishes are read again.
func TestHeightsAndWishesCorrected(t *testing.T) {
	s := heightStory(t).give(1) // e1
	s.on("2026-03-03", schedule.Measured{Date: day("2026-03-03"), Height: dose.MustHeight("177.8 cm")})
	assert.Equal(t, "34.2 mg, 36.5 mg, 36.5 mg", doses(s.plan))
	s.on("2026-03-03", corrected("e2", nil))
	assert.Equal(t, "34.2 mg, 34.2 mg, 34.2 mg", doses(s.plan))
	s.on("2026-03-03", schedule.Wished{Wishes: schedule.Wishes{Never: protocol.OnDays(time.Monday), Weekdays: []protocol.DaySet{protocol.OnDays(time.Tuesday)}}}) // e4
	assert.Len(t, lostSessions(s.plan), 2)
	s.on("2026-03-03", corrected("e4", schedule.Wished{Wishes: schedule.Wishes{Appointments: []schedule.Appointment{{Ordinal: 2, Date: day("2026-03-10")}}}})) // e5
	assert.Equal(t, []string{"2026-03-09 unsuitable (agreed for Tue 2026-03-10)"}, lostSessions(s.plan))
	s.on("2026-03-03", corrected("e4", nil))
	assert.Empty(t, lostSessions(s.plan))
	assert.Empty(t, s.plan.Wishes().Weekdays)
	requireKept(t, s.plan)
}
