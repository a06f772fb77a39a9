package schedule_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Two shifts that cannot go back are each found once of every session that they had set:
// sessions 2 to 6 were shifted twice, the fourth was moved since.
func TestShiftsThatStay(t *testing.T) {
	s := correctable(t).give(1)
	s.on("2026-03-03", schedule.Shifted{Session: s.id(2), Weeks: 1})              // e2
	s.on("2026-03-03", schedule.Shifted{Session: s.id(2), Weeks: 1})              // e3
	s.on("2026-03-03", schedule.Moved{Session: s.id(4), Date: day("2026-03-27")}) // e4
	decided := s.calendar()
	both := corrected("e2", nil)
	both.Also = []schedule.Correction{{Of: "e3"}}
	s.on("2026-03-03", both)
	assert.Equal(t, decided, s.calendar())
	var want []string
	for _, session := range []string{"2", "3", "4", "5", "6"} {
		for _, event := range []string{"e2", "e3"} {
			want = append(want, "warning: session "+session+`: event "`+event+`" (shifted) is withdrawn by event "e5", but what it had set could not go back [not-restored]`)
		}
	}
	assert.ElementsMatch(t, want, hasCode(s.plan, schedule.NotRestored))
	requireKept(t, s.plan)
}

// A session at midnight goes back to its day where the clinic is open at that time, not
// where it is only later that day.
func TestCorrectedToMidnight(t *testing.T) {
	for hours, want := range map[string]string{"09:00-17:00": "Tue 2025-01-14", "00:00-06:00": "Mon 2025-01-13"} {
		s := mondays(t, "1/wk x3")
		s.on("2025-01-06", schedule.Moved{Session: s.id(2), Date: day("2025-01-14")}) // e1
		require.Equal(t, "00:00", sessionAt(s.plan, 2).Start().String())
		s.on("2025-01-06", schedule.ClinicChanged{Days: []schedule.ClinicDay{{Date: day("2025-01-13"), Hours: []clinic.Hours{clinic.MustHours(hours)}}}})
		s.correct("2025-01-06", "e1", nil)
		assert.Equal(t, "Mon 2025-01-06, "+want+", Mon 2025-01-20", s.calendar(), hours)
		requireKept(t, s.plan)
	}
}

// A visit that no move holds of any more is where its session has it, not where a correction
// had let a move hold again: the fifth session was moved in between, to Tue 2026-03-17, and
// its talk is on the day after.
func TestVisitThatNoMoveHoldsOf(t *testing.T) {
	s := visitStory(t)
	talk := s.talk(5).ID
	s.on("2026-03-02", schedule.VisitMoved{Visit: talk, Date: day("2026-03-19")}) // e1
	s.correct("2026-03-02", "e1", nil)                                            // e2
	require.Equal(t, "2026-03-17", s.talk(5).Date.String())
	s.on("2026-03-02", schedule.Moved{Session: s.id(5), Date: day("2026-03-17")}) // e3
	require.Equal(t, "2026-03-18", s.talk(5).Date.String())
	s.correct("2026-03-02", "e2", nil) // e4
	require.Equal(t, "2026-03-19", s.talk(5).Date.String(), "the first move holds again")
	s.on("2026-03-02", schedule.VisitMoved{Visit: talk, Date: day("2026-03-20")}) // e5
	both := corrected("e1", nil)
	both.Also = []schedule.Correction{{Of: "e5"}}
	s.on("2026-03-02", both) // e6
	assert.Equal(t, "2026-03-18 08:00", s.talk(5).Date.String()+" "+s.talk(5).Start.String())
	assert.Empty(t, hasCode(s.plan, schedule.NotRestored))
	requireKept(t, s.plan)
}

// A dose that no session asked for, which was withdrawn, is of the day that it is said to
// have been given on instead.
func TestExtraDoseOfAnotherDay(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-09", schedule.Given{Date: day("2025-01-08")}) // e1
	s.correct("2025-01-09", "e1", nil)                          // e2
	s.correct("2025-01-09", "e1", schedule.Given{Date: day("2025-01-09")})
	require.Equal(t, "Thu 2025-01-09 given, Mon 2025-01-06, Mon 2025-01-13, Mon 2025-01-20", s.calendar())
	assert.Equal(t, "2025-01-09", sessionAt(s.plan, 1).Target().String())
	requireKept(t, s.plan)
}

// A file says of each session by which part of a correction it was cancelled: two that were
// added are withdrawn by one, the second by its item 1.
func TestFileSaysWhichPartCancelled(t *testing.T) {
	s := mondays(t, "1/wk x3")
	s.on("2025-01-06", schedule.Added{Date: day("2025-01-09")}).on("2025-01-06", schedule.Added{Date: day("2025-01-16")})
	both := corrected("e1", nil)
	both.Also = []schedule.Correction{{Of: "e2"}}
	s.on("2025-01-06", both)
	var file struct {
		State struct {
			Sessions []struct {
				Serial int
				Set    []struct{ By, Item int }
			}
		}
	}
	require.NoError(t, json.Unmarshal(schedule.FormatPlan(s.plan), &file))
	last := map[int][2]int{} // by serial, the entry and the item
	for _, session := range file.State.Sessions {
		if n := len(session.Set); n > 0 {
			last[session.Serial] = [2]int{session.Set[n-1].By, session.Set[n-1].Item}
		}
	}
	assert.Equal(t, map[int][2]int{4: {3, 0}, 5: {3, 1}}, last)
}
