package schedule_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// beside is a course of weekly sessions on Mondays from 2025-01-06 on, 08:00 to 10:40, with
// companions and follow-ups of half an hour.
func beside(t *testing.T, cadence string, companions []protocol.Companion, followUps ...protocol.FollowUpVisit) protocol.Spec {
	t.Helper()
	for i := range companions {
		companions[i].Visit = protocol.Visit{Kind: protocol.Integration, Observation: 30 * time.Minute}
	}
	for i := range followUps {
		followUps[i].Visit = protocol.Visit{Kind: protocol.FollowUp, Observation: 30 * time.Minute}
	}
	return protocol.Spec{
		ID: "beside", Version: "1",
		Phases: []protocol.Phase{{
			Name: "all", Cadence: protocol.MustCadence(cadence), MinGap: 2, Companions: companions,
			Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
		}},
		FollowUps: followUps,
	}
}

func call(day int) protocol.FollowUpVisit {
	return protocol.FollowUpVisit{Name: "call", Days: []int{day}, Window: protocol.Window{After: 3}}
}

// visitLines lists the visits: name, session, date or target, and state.
func (s *story) visitLines() string {
	var list []string
	for v := range s.plan.OtherVisits() {
		at := v.Date.String()
		if !v.Placed() {
			at = "none for " + v.Target.String()
		}
		list = append(list, fmt.Sprintf("%s %d %s %s", v.Name, v.Session, at, v.State))
	}
	return strings.Join(list, ", ")
}

// Which visits there are, in the order of their days, and how they stand.
func TestVisitsBesideSessions(t *testing.T) {
	talk := func(from, to int) protocol.Companion { return protocol.Companion{Name: "talk", From: from, To: to} }
	for _, tt := range []struct {
		name string
		spec func(t *testing.T) protocol.Spec
		run  func(s *story)
		want string
	}{
		{
			// Wed 01-01 is before the plan's start.
			"in the order of their days, not in that of the protocol",
			func(t *testing.T) protocol.Spec {
				return beside(t, "1/wk x2", []protocol.Companion{{Name: "after", From: 4, To: 4}, {Name: "before", From: -5, To: -5}})
			},
			func(*story) {},
			"before 1 none for 2025-01-01 planned, before 2 2025-01-08 planned, after 1 2025-01-10 planned, after 2 2025-01-17 planned",
		},
		{
			"the day of a companion is that of its session where that is among its days",
			func(t *testing.T) protocol.Spec { return beside(t, "1/wk x2", []protocol.Companion{talk(-2, 2)}) },
			func(*story) {},
			"talk 1 2025-01-06 planned, talk 2 2025-01-13 planned",
		},
		{
			"follow-ups are held while a session to come is, whatever is added after it",
			func(t *testing.T) protocol.Spec { return beside(t, "1/wk x3", nil, call(7)) },
			func(s *story) {
				s.give(1).on("2025-01-07", schedule.Held{Session: s.id(2), Reason: "fever"}).on("2025-01-07", schedule.Added{Date: day("2025-01-27")})
				require.Equal(s.t, "Mon 2025-01-06 given, Mon 2025-01-13 held, Mon 2025-01-20 held, Mon 2025-01-27", s.calendar())
			},
			"call 3 2025-01-27 cancelled, call 4 2025-02-03 held",
		},
		{
			"a follow-up counts from the latest day, also where an earlier one is not settled",
			func(t *testing.T) protocol.Spec { return beside(t, "1/wk x2", nil, call(7)) },
			func(s *story) { s.on("2025-01-13", schedule.Given{Session: s.id(2), Date: day("2025-01-13")}) },
			"call 1 2025-01-20 planned", // the session of 01-13 comes before that of 01-06, which is overdue
		},
		{
			"follow-ups of a course without end begin with its stop, where there were no visits before",
			func(t *testing.T) protocol.Spec { return beside(t, "every 1w", nil, call(7)) },
			func(s *story) {
				s.give(1)
				require.Empty(s.t, s.visitLines())
				s.on("2025-01-07", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient, Rest: true})
			},
			"call 1 2025-01-13 planned",
		},
		{
			"a version without companions cancels those to come",
			func(t *testing.T) protocol.Spec { return beside(t, "1/wk x3", []protocol.Companion{talk(1, 1)}) },
			func(s *story) {
				next := beside(s.t, "1/wk x3", nil)
				next.Version = "2"
				s.give(1).on("2025-01-08", schedule.Adopted{Protocol: compiled(s.t, next), Who: "attending", Reason: "new version"})
			},
			"talk 1 2025-01-07 planned, talk 2 2025-01-14 cancelled, talk 3 2025-01-21 cancelled",
		},
		{
			"one that never had a day leaves nothing behind",
			func(t *testing.T) protocol.Spec { return beside(t, "1/wk x2", []protocol.Companion{talk(5, 5)}) },
			func(s *story) {
				require.Equal(s.t, "talk 1 none for 2025-01-11 planned, talk 2 none for 2025-01-18 planned", s.visitLines())
				s.on("2025-01-06", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient})
			},
			"talk 1 none for 2025-01-11 planned",
		},
		{
			"one that comes back has its day again",
			func(t *testing.T) protocol.Spec { return beside(t, "1/wk x2", []protocol.Companion{talk(1, 3)}) },
			func(s *story) {
				s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-15")})
				s.on("2025-01-06", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient}).correct("2025-01-06", "e2", nil)
			},
			"talk 1 2025-01-07 planned, talk 2 2025-01-15 planned",
		},
		{
			"one that comes back has another day where its own holds no longer",
			func(t *testing.T) protocol.Spec { return beside(t, "1/wk x2", []protocol.Companion{talk(1, 3)}) },
			func(s *story) {
				s.on("2025-01-06", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient}).
					on("2025-01-06", schedule.ClinicClosed{From: day("2025-01-14")}).correct("2025-01-06", "e1", nil)
			},
			"talk 1 2025-01-07 planned, talk 2 2025-01-15 planned",
		},
		{
			"a visit of a session that waits for a decision waits too, also on another day",
			func(t *testing.T) protocol.Spec {
				spec := beside(t, "1/wk x2", []protocol.Companion{talk(1, 3)})
				spec.Gates = []protocol.Gate{{Name: "go on?", After: 1, Phase: "all", Assess: "whether to go on"}}
				return spec
			},
			func(s *story) { s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-16")}) },
			"talk 1 2025-01-07 planned, talk 2 2025-01-16 provisional",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := request(compiled(t, tt.spec(t)), weekdaysOnly(t), "2025-01-06")
			if r.Protocol.Cadence().Endless() {
				r.Until = day("2025-02-03")
			}
			s := living(t, r)
			tt.run(s)
			assert.Equal(t, tt.want, s.visitLines())
			requireKept(t, s.plan)
		})
	}
}

// Of two days that are as near to its session a companion has the later one: a session of
// 8 h 40 min leaves no room on its own day for a talk of half an hour.
func TestCompanionRatherLater(t *testing.T) {
	spec := beside(t, "1/wk x2", []protocol.Companion{{Name: "talk", From: -1, To: 1}})
	spec.Phases[0].Visit.Observation = 8 * time.Hour
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-08")) // a Wednesday
	require.Equal(t, "talk 1 2025-01-09 planned, talk 2 2025-01-16 planned", s.visitLines())
	require.Equal(t, day("2025-01-15"), s.talk(2).Target)
}

// Follow-ups wait for the treatment to go on rather than for a decision, where both are due.
func TestFollowUpsOnHoldBeforeAGate(t *testing.T) {
	spec := inducedThenWeekly()
	spec.FollowUps = []protocol.FollowUpVisit{call(7)}
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-04-01"))
	require.Equal(t, "call 7 2025-05-06 provisional", s.visitLines())
	s.give(2).on("2025-04-04", schedule.Held{Session: s.id(3), Reason: "fever"}).
		on("2025-04-04", schedule.Added{Date: day("2025-05-06"), Phase: "weekly"})
	require.Equal(t, schedule.StateProvisional, sessionAt(s.plan, 8).State())
	require.Equal(t, "call 7 2025-05-06 cancelled, call 8 2025-05-13 held", s.visitLines())
}

// A withdrawn move of a visit gives it the day that it had before, where that is possible;
// otherwise it stays, which is a finding. The talks of the sessions of Mon 01-06, 01-13 and
// 01-20 are one to five days after them, on the Tuesdays.
func TestWithdrawnMoveOfAVisit(t *testing.T) {
	for _, tt := range []struct {
		name string
		run  func(s *story)
		want string // of the talk of session 2
		kept bool   // it stays, which is a finding
	}{
		{"the day before", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-16")}).correct("2025-01-07", "e1", nil)
		}, "2025-01-14 08:00-08:30 planned, revision 2", false},
		{"the day and time of the move before", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-16"), Start: clock(s.t, "11:30")}).
				on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-17")}).correct("2025-01-07", "e2", nil)
		}, "2025-01-16 11:30-12:00 planned, revision 3", false},
		{"it stays by the last move, where an earlier one is withdrawn", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-16")}).
				on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-17")}).correct("2025-01-07", "e1", nil)
		}, "2025-01-17 08:00-08:30 planned, revision 2", false},
		{"both of two moves at once", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-16")}).
				on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-17")})
			s.on("2025-01-07", schedule.Corrected{Of: "e1", Also: []schedule.Correction{{Of: "e2"}}, Reason: "mixed up", Who: "desk"})
		}, "2025-01-14 08:00-08:30 planned, revision 3", false},
		{"both, the first before the last", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-16")}).
				on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-17")}).correct("2025-01-07", "e1", nil).correct("2025-01-07", "e2", nil)
		}, "2025-01-14 08:00-08:30 planned, revision 3", false},
		{"both, one of which had been withdrawn and held again", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-16")}).correct("2025-01-06", "e1", nil).correct("2025-01-06", "e2", nil).
				on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-17")})
			s.on("2025-01-07", schedule.Corrected{Of: "e1", Also: []schedule.Correction{{Of: "e4"}}, Reason: "mixed up", Who: "desk"})
		}, "2025-01-14 08:00-08:30 planned, revision 5", false},
		{"a move said otherwise by a correction, and a later one", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-16")}).
				correct("2025-01-06", "e1", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-17")}).
				on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-15")})
			s.on("2025-01-07", schedule.Corrected{Of: "e1", Also: []schedule.Correction{{Of: "e3"}}, Reason: "mixed up", Who: "desk"})
		}, "2025-01-14 08:00-08:30 planned, revision 4", false},
		{"the day of a move that had changed nothing", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-14"), Start: clock(s.t, "08:00")}).
				on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-17")}).correct("2025-01-07", "e2", nil)
		}, "2025-01-14 08:00-08:30 planned, revision 2", false},
		{"the day that it had since its session was moved", func(s *story) {
			s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-15")}).
				on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-17")}).correct("2025-01-07", "e2", nil)
		}, "2025-01-16 08:00-08:30 planned, revision 3", false},
		{"the last day of its window", func(s *story) {
			s.on("2025-01-06", changed(schedule.ClinicDay{Date: day("2025-01-18"), Hours: hours("08:00-12:00")})).
				on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-18")}).
				on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-17")}).correct("2025-01-07", "e3", nil)
		}, "2025-01-18 08:00-08:30 planned, revision 3", false},
		{"today, later", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-14"), Start: clock(s.t, "15:00")}).
				on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-17")}).correct("2025-01-14", "e2", nil)
		}, "2025-01-14 15:00-15:30 planned, revision 3", false},
		{"another time of the same day", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-14"), Start: clock(s.t, "11:30")}).correct("2025-01-07", "e1", nil)
		}, "2025-01-14 08:00-08:30 planned, revision 2", false},
		{"that day is past", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-16")}).correct("2025-01-15", "e1", nil)
		}, "2025-01-16 08:00-08:30 planned, revision 1", true},
		{"that time is past", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-16")}).correct("2025-01-14", "e1", nil)
		}, "2025-01-16 08:00-08:30 planned, revision 1", true},
		{"that day is closed since", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-16")}).
				on("2025-01-06", schedule.ClinicClosed{From: day("2025-01-14")}).correct("2025-01-07", "e1", nil)
		}, "2025-01-16 08:00-08:30 planned, revision 1", true},
		{"that day was closed, and is not after all", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-16")}).
				on("2025-01-06", schedule.ClinicClosed{From: day("2025-01-14")}).correct("2025-01-07", "e1", nil).correct("2025-01-07", "e2", nil)
		}, "2025-01-16 08:00-08:30 planned, revision 1", true},
		{"the patient is away on that day", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-16")}).
				on("2025-01-06", schedule.PatientAway{From: day("2025-01-14")}).correct("2025-01-07", "e1", nil)
		}, "2025-01-16 08:00-08:30 planned, revision 1", true},
		{"that day is before its window now", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-17")}).
				on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-15")}).correct("2025-01-07", "e1", nil)
		}, "2025-01-17 08:00-08:30 planned, revision 1", true},
		{"that day is after its window now", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-17")}).
				on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-14")}).
				on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-10")}).correct("2025-01-07", "e2", nil)
		}, "2025-01-14 08:00-08:30 planned, revision 2", true},
		{"a session is at that time now", func(s *story) {
			s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-16"), Start: clock(s.t, "10:30")}).
				on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-15")}).
				on("2025-01-06", schedule.Added{Date: day("2025-01-16")}).correct("2025-01-07", "e2", nil)
		}, "2025-01-15 08:00-08:30 planned, revision 2", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			spec := beside(t, "1/wk x3", []protocol.Companion{{Name: "talk", From: 1, To: 5}})
			s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06"))
			second := s.id(2)
			tt.run(s)
			for v := range s.plan.OtherVisits() {
				if v.SessionID == second {
					assert.Equal(t, tt.want, visitText(v))
				}
			}
			assert.Equal(t, tt.kept, notRestored(s.plan), "%v", hasCode(s.plan, schedule.NotRestored))
			requireKept(t, s.plan)
		})
	}
}

// A visit that had no day before it was moved has none again: after a session that lasts to
// 16:55 the clinic has no room for it, and somebody had put it before that.
func TestWithdrawnMoveOfAVisitWithoutADay(t *testing.T) {
	spec := beside(t, "1/wk x3", []protocol.Companion{{Name: "talk", From: 0, To: 0}})
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-13"), Start: clock(t, "14:15")})
	require.Equal(t, "no date planned, revision 1", visitText(s.talk(2)))
	s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(2).ID, Date: day("2025-01-13"), Start: clock(t, "08:00")})
	require.Equal(t, "2025-01-13 08:00-08:30 planned, revision 2", visitText(s.talk(2)))
	s.on("2025-01-06", schedule.VisitMoved{Visit: s.talk(3).ID, Date: day("2025-01-20"), Start: clock(t, "16:00")})
	require.Equal(t, "2025-01-20 16:00-16:30 planned, revision 1", visitText(s.talk(3)))
	s.on("2025-01-07", schedule.Corrected{Of: "e2", Also: []schedule.Correction{{Of: "e3"}}, Reason: "mixed up", Who: "desk"})
	require.Equal(t, "no date planned, revision 3", visitText(s.talk(2)))
	require.Equal(t, "2025-01-20 10:45-11:15 planned, revision 2", visitText(s.talk(3)), "after its session, as it was")
	requireKept(t, s.plan)
}

// No visit is put where a session is, the first one included.
func TestVisitNotDuringASession(t *testing.T) {
	spec := beside(t, "1/wk x2", []protocol.Companion{{Name: "talk", From: 0, To: 3}})
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2025-01-06"))
	require.Equal(t, "2025-01-06 10:45-11:15 planned, revision 0", visitText(s.talk(1)))
	for start, want := range map[string]string{
		"10:30": "want a time that is free: session 1 is 08:00-10:40 on Mon 2025-01-06", "10:40": "", "07:40": "want a time at which an opening of the clinic holds 30 minutes on Mon 2025-01-06",
	} {
		_, err := s.plan.Apply(schedule.Event{ID: "e", What: schedule.VisitMoved{Visit: s.talk(1).ID, Date: day("2025-01-06"), Start: clock(t, start)}}, utc(t, "2025-01-06 07:00:00"))
		if want == "" {
			require.NoError(t, err)
			continue
		}
		require.EqualError(t, err, fmt.Sprintf(`event "e" (visit-moved): Start %q: %s`, start, want))
	}
}
