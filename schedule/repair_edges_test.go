package schedule_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// mondays is a course of weekly sessions on Mondays from 2025-01-06 on, each within three
// days of its Monday, in a clinic that is open every day from 00:00 to 24:00.
func mondays(t *testing.T, cadence string) *story {
	t.Helper()
	return living(t, request(bare(t, cadence, 2), allDay(), "2025-01-06"))
}

// Sessions are moved by the fewest weeks that will do: none of them into the past, and by
// none that the clinic is closed in, up to 26 weeks in all.
func TestRepairsByTheFewestWeeks(t *testing.T) {
	for _, tt := range []struct {
		name, closed, asOf string // the last day of a closure that begins on 2025-01-07
		want               string
		weeks              string
	}{
		{"on the day itself", "", "2025-01-06", "01-13", "1 week"},
		{"seven days later is that day", "", "2025-01-13", "01-13", "1 week"},
		{"eight days later are two weeks", "", "2025-01-14", "01-20", "2 weeks"},
		// 26 weeks after 01-06 is 07-07, whose window begins on 07-04.
		{"26 weeks are looked at", "2025-07-03", "2025-01-06", "07-07", "26 weeks"},
		{"the last day of that window", "2025-07-09", "2025-01-06", "07-10", "26 weeks"},
		{"no more than 26 are", "2025-07-10", "2025-01-06", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := mondays(t, "1")
			s.on("2025-01-06", schedule.Missed{Session: s.id(1)})
			if tt.closed != "" {
				s.on("2025-01-06", schedule.ClinicClosed{From: day("2025-01-07"), To: day(tt.closed)})
			}
			r := wayOf(t, s.plan, noon(tt.asOf), schedule.WayShift, s.id(1))
			if tt.want == "" {
				require.False(t, r.Possible())
				assert.ErrorIs(t, r.Err, schedule.ErrNoDay)
				return
			}
			require.NoError(t, r.Err)
			assert.Equal(t, "move it and the sessions after it later by "+tt.weeks, r.Text)
			assert.Equal(t, tt.want, toCome(r.Plan))
			weeks, _ := strconv.Atoi(strings.Fields(tt.weeks)[0])
			assert.Equal(t, []schedule.Happening{schedule.Shifted{Session: s.id(1), Weeks: weeks}}, happenings(r))
		})
	}
}

// A phase begins again on the first day that will do, of 60 from the one after the day on
// which its session was missed.
func TestRepairsFromTheFirstDay(t *testing.T) {
	for closed, want := range map[string]string{ // the last day of a closure that begins on 2025-01-07
		"2025-01-07": "01-08", "2025-03-06": "03-07", "2025-03-07": "",
	} {
		s := mondays(t, "1")
		s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).on("2025-01-06", schedule.ClinicClosed{From: day("2025-01-07"), To: day(closed), Reason: "storm"})
		r := wayOf(t, s.plan, noon("2025-01-06"), schedule.WayRestart, s.id(1))
		if want == "" {
			require.ErrorIs(t, r.Err, schedule.ErrNoDay)
			assert.ErrorContains(t, r.Err, "closed (storm)")
			continue
		}
		require.NoError(t, r.Err)
		assert.Equal(t, want, toCome(r.Plan), closed)
	}
}

// Of sessions that lost their days the first is looked for from the day after its own on.
func TestRepairsOfTwoLost(t *testing.T) {
	s := mondays(t, "1/wk x4")
	s.on("2025-01-07", schedule.ClinicClosed{From: day("2025-01-13")}).on("2025-01-07", schedule.ClinicClosed{From: day("2025-01-20")})
	r := wayOf(t, s.plan, noon("2025-01-07"), schedule.WayReanchor, s.id(2), s.id(3))
	require.NoError(t, r.Err)
	assert.Equal(t, "take them and count the sessions after the first from Tue 2025-01-14", r.Text)
	assert.Equal(t, "01-06 01-14 01-21 01-28", toCome(r.Plan))
	assert.Equal(t, "place them again inside their windows, on Tue 2025-01-14 and Tue 2025-01-21", wayOf(t, s.plan, noon("2025-01-07"), schedule.WayPlaceAgain, s.id(2), s.id(3)).Text)
}

// A way on has the findings that are new by it, of one code too where another session has
// that already.
func TestRepairsFindings(t *testing.T) {
	s := mondays(t, "1/wk x3")
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)})
	skip := wayOf(t, s.plan, noon("2025-01-13"), schedule.WaySkip, s.id(2)) // which is overdue
	var found []string
	for _, f := range skip.Findings {
		found = append(found, f.ID.String()+" "+string(f.Code))
	}
	assert.Contains(t, found, s.id(2).String()+" "+string(schedule.Missing))
	assert.NotContains(t, found, s.id(1).String()+" "+string(schedule.Missing))
}

// What is in the way of a catch-up is said of each day of the window, of one day too.
func TestRepairsCatchUpRefused(t *testing.T) {
	for _, tt := range []struct {
		name         string
		after        int // days of the window after the target
		closed, asOf string
		want         string
	}{
		{"one day, which is closed", 1, "2025-01-07", "2025-01-06", "Tue 2025-01-07: closed (storm)"},
		{"two days", 2, "2025-01-07", "2025-01-06", "Wed 2025-01-08: closed (storm); Tue 2025-01-07: closed (storm)"},
		{"no day but its own", 0, "2025-01-07", "2025-01-06", "want another day of its window than the one it has"},
		{"its window is past", 0, "2025-01-07", "2025-01-07", "want a day from Tue 2025-01-07 on, the window ended on Mon 2025-01-06"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := compiled(t, protocol.Spec{Phases: []protocol.Phase{{
				Name: "all", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 2, Window: &protocol.Window{After: tt.after},
			}}})
			s := living(t, request(p, allDay(), "2025-01-06"))
			s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).
				on("2025-01-06", schedule.ClinicClosed{From: day(tt.closed), To: day("2025-01-08"), Reason: "storm"})
			r := wayOf(t, s.plan, noon(tt.asOf), schedule.WayCatchUp, s.id(1))
			refused := new(schedule.EventError)
			require.ErrorAs(t, r.Err, &refused)
			if tt.after == 2 {
				assert.ElementsMatch(t, strings.Split(tt.want, "; "), strings.Split(refused.Want, "; "))
				return
			}
			assert.Equal(t, tt.want, refused.Want)
		})
	}
}

// Of what was given, or is made up for, there is only something to say where something is
// still to come.
func TestRepairsOfWhatIsSettled(t *testing.T) {
	waysOf := func(s *story, asOf string, ids ...schedule.ID) (ways []schedule.Way, texts []string) {
		repairs, err := s.plan.Repairs(noon(asOf), ids...)
		require.NoError(t, err)
		for _, r := range repairs {
			require.NoError(t, r.Err)
			ways, texts = append(ways, r.Way), append(texts, r.Text)
		}
		return ways, texts
	}
	only := []schedule.Way{schedule.WaySkip}

	s := mondays(t, "1/wk x3").give(2)
	s.on("2025-01-21", schedule.Given{Session: s.id(3), Date: day("2025-01-21")})
	ways, _ := waysOf(s, "2025-01-21", s.id(3))
	assert.Equal(t, only, ways, "nothing comes after it")

	s = mondays(t, "1/wk x3").give(1)
	ways, _ = waysOf(s, "2025-01-07", s.id(1))
	assert.Equal(t, only, ways, "it was on its day")

	s = mondays(t, "1/wk x4")
	s.on("2025-01-07", schedule.Given{Session: s.id(1), Date: day("2025-01-07")}).on("2025-01-15", schedule.Given{Session: s.id(2), Date: day("2025-01-15")})
	ways, texts := waysOf(s, "2025-01-15", s.id(2), s.id(1))
	assert.Equal(t, []schedule.Way{schedule.WaySkip, schedule.WayCatchUp, schedule.WayShift, schedule.WayReanchor}, ways)
	assert.Equal(t, "count the sessions after it from Wed 2025-01-15, the day it was given", texts[3], "the last of them")

	s = mondays(t, "1/wk x3")
	s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).on("2025-01-06", schedule.Added{Date: day("2025-01-08"), For: s.id(1)})
	_, texts = waysOf(s, "2025-01-06", s.id(1))
	assert.Equal(t, []string{"another session makes up for it already"}, texts)
}

// Who a session is cancelled by that has lost its day is who took it.
func TestRepairsCancelledBy(t *testing.T) {
	for name, tt := range map[string]struct {
		what func(s *story) schedule.Happening
		by   schedule.Canceller
	}{
		"closed":    {func(*story) schedule.Happening { return schedule.ClinicClosed{From: day("2025-01-13")} }, schedule.ByClinic},
		"away":      {func(*story) schedule.Happening { return schedule.PatientAway{From: day("2025-01-13")} }, schedule.ByPatient},
		"too close": {func(s *story) schedule.Happening { return schedule.Given{Session: s.id(1), Date: day("2025-01-12")} }, schedule.ByClinical},
	} {
		s := mondays(t, "1/wk x3")
		s.on("2025-01-12", tt.what(s))
		lost := sessionAt(s.plan, 2)
		require.NotEmpty(t, lost.Lost(), name)
		skip := wayOf(t, s.plan, noon("2025-01-12"), schedule.WaySkip, lost.ID())
		assert.Equal(t, []schedule.Happening{schedule.Cancelled{Session: lost.ID(), By: tt.by, Reason: lost.Lost()}}, happenings(skip), name)
	}
}

// The first session of a plan that is where it should be has no better place either.
func TestRepairsPlaceAgainTheFirst(t *testing.T) {
	s := mondays(t, "1/wk x3")
	r := wayOf(t, s.plan, noon("2025-01-06").Add(-12*time.Hour), schedule.WayPlaceAgain, s.id(1))
	refusedAs(t, r.Err, "Sessions", schedule.ErrNoDay, "on the best days of their windows already")
	assert.Nil(t, r.Plan)
	assert.Empty(t, r.Entries)
}

// A way that is none says so with its number, and one that is not possible says why,
// whatever the reason is.
func TestRepairInWords(t *testing.T) {
	assert.Equal(t, "%!Way(0)", schedule.Way(0).String())
	assert.Equal(t, "%!Way(10)", schedule.Way(10).String())
	r := schedule.Repair{Way: schedule.WayShift, Text: "move it", Condition: "worse", Source: "a guideline", Quote: "later", Err: errors.New("no room")}
	assert.Equal(t, "shift by weeks: move it\n  if: worse\n  source: a guideline: \"later\"\n  not possible: no room\n", r.String())
	r.Err = &schedule.EventError{Event: "e1", Kind: "shifted", Field: "plan", Want: "want a day"}
	assert.Equal(t, "shift by weeks: move it\n  if: worse\n  source: a guideline: \"later\"\n  not possible: want a day\n", r.String())
	r = schedule.Repair{Way: schedule.WaySkip, Text: "go on", Source: "a guideline", Findings: []schedule.Finding{{Code: schedule.Missing, Severity: schedule.Warning, Text: "nothing"}}}
	assert.NotContains(t, r.String(), "if:")
	assert.Contains(t, r.String(), "\n  finding: "+r.Findings[0].String()+"\n")
}
