package schedule_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// correct corrects one entry as of a day.
func (s *story) correct(day, of string, instead schedule.Happening) *story {
	s.t.Helper()
	return s.on(day, corrected(of, instead))
}

func corrected(of string, instead schedule.Happening) schedule.Corrected {
	return schedule.Corrected{Of: of, Instead: instead, Reason: "entered wrongly", Who: "desk"}
}

func (s *story) revisions() (list []int) {
	for _, session := range s.plan.All() {
		list = append(list, session.Revision())
	}
	return list
}

// weekly is a course of three weekly sessions on Mondays, of which nothing is known.
func weekly(t *testing.T) *story {
	return living(t, request(bare(t, "1/wk x3", 1), weekdaysOnly(t), "2025-01-06"))
}

// A fact that is put right or withdrawn changes what is said of its session, and of no
// other: 01-06, 01-13 and 01-20 were planned.
func TestCorrectedFacts(t *testing.T) {
	for _, tt := range []struct {
		name      string
		run       func(s *story)
		want      string
		revisions []int
	}{
		{
			"given withdrawn the same day", func(s *story) {
				s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06")}).correct("2025-01-06", "e1", nil)
			},
			"Mon 2025-01-06, Mon 2025-01-13, Mon 2025-01-20",
			[]int{2, 0, 0},
		},
		{
			"given late, withdrawn: its day again, which is past", func(s *story) {
				s.on("2025-01-08", schedule.Given{Session: s.id(1), Date: day("2025-01-08")}).correct("2025-01-09", "e1", nil)
			},
			"Mon 2025-01-06, Mon 2025-01-13, Mon 2025-01-20",
			[]int{2, 0, 0},
		},
		{
			"given on another day", func(s *story) {
				s.on("2025-01-08", schedule.Given{Session: s.id(1), Date: day("2025-01-06")}).
					correct("2025-01-08", "e1", schedule.Given{Session: s.id(1), Date: day("2025-01-07")})
			},
			"Tue 2025-01-07 given, Mon 2025-01-13, Mon 2025-01-20",
			[]int{2, 0, 0},
		},
		{
			"given in another session", func(s *story) {
				s.on("2025-01-13", schedule.Given{Session: s.id(1), Date: day("2025-01-13")}).
					correct("2025-01-13", "e1", schedule.Given{Session: s.id(2), Date: day("2025-01-13")})
			},
			"Mon 2025-01-13 given, Mon 2025-01-06, Mon 2025-01-20",
			[]int{2, 2, 0}, // the second was too close before
		},
		{
			"not missed but given", func(s *story) {
				s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).
					correct("2025-01-07", "e1", schedule.Given{Session: s.id(1), Date: day("2025-01-06")})
			},
			"Mon 2025-01-06 given, Mon 2025-01-13, Mon 2025-01-20",
			[]int{2, 0, 0},
		},
		{
			"not given but missed", func(s *story) {
				s.on("2025-01-07", schedule.Given{Session: s.id(1), Date: day("2025-01-07")}).
					correct("2025-01-07", "e1", schedule.Missed{Session: s.id(1)})
			},
			"Mon 2025-01-06 missed, Mon 2025-01-13, Mon 2025-01-20",
			[]int{2, 0, 0},
		},
		{
			"missed withdrawn, and again true", func(s *story) {
				s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).correct("2025-01-07", "e1", nil).correct("2025-01-07", "e2", nil)
			},
			"Mon 2025-01-06 missed, Mon 2025-01-13, Mon 2025-01-20",
			[]int{3, 0, 0},
		},
		{
			"given after it was said to be missed, and not after all", func(s *story) {
				s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).on("2025-01-07", schedule.Given{Session: s.id(1), Date: day("2025-01-07")}).
					correct("2025-01-07", "e2", nil)
			},
			"Mon 2025-01-06 missed, Mon 2025-01-13, Mon 2025-01-20",
			[]int{3, 0, 0},
		},
		{
			"missed instead of cancelled: the patient never called", func(s *story) {
				s.on("2025-01-06", schedule.Cancelled{Session: s.id(1), By: schedule.ByPatient}).correct("2025-01-07", "e1", schedule.Missed{Session: s.id(1)})
			},
			"Mon 2025-01-06 missed, Mon 2025-01-13, Mon 2025-01-20",
			[]int{2, 0, 0},
		},
		{
			"cancelled instead of missed: the patient had called", func(s *story) {
				s.on("2025-01-06", schedule.Missed{Session: s.id(1)}).
					correct("2025-01-07", "e1", schedule.Cancelled{Session: s.id(1), By: schedule.ByPatient})
			},
			"Mon 2025-01-06 cancelled, Mon 2025-01-13, Mon 2025-01-20",
			[]int{2, 0, 0},
		},
		{
			"a dose that no session asked for, withdrawn and true again", func(s *story) {
				s.on("2025-01-08", schedule.Given{Date: day("2025-01-08")}).correct("2025-01-08", "e1", nil)
				assert.Equal(s.t, "Mon 2025-01-06, Wed 2025-01-08 cancelled, Mon 2025-01-13, Mon 2025-01-20", s.calendar())
				assert.True(s.t, withdrawn(s))
				s.correct("2025-01-09", "e2", nil)
				assert.False(s.t, withdrawn(s))
			},
			"Wed 2025-01-08 given, Mon 2025-01-06, Mon 2025-01-13, Mon 2025-01-20",
			[]int{2, 0, 0, 0},
		},
		{
			"a dose that no session asked for, on another day", func(s *story) {
				s.on("2025-01-09", schedule.Given{Date: day("2025-01-08")}).correct("2025-01-09", "e1", schedule.Given{Date: day("2025-01-09")})
				assert.Equal(s.t, 4, s.plan.Len())
				assert.Equal(s.t, "2025-01-09", sessionAt(s.plan, 1).Target().String())
			},
			"Thu 2025-01-09 given, Mon 2025-01-06, Mon 2025-01-13, Mon 2025-01-20",
			[]int{1, 0, 0, 0},
		},
		{
			"a dose that no session asked for was that of a session", func(s *story) {
				s.on("2025-01-06", schedule.Given{Date: day("2025-01-06")}).
					correct("2025-01-06", "e1", schedule.Given{Session: s.id(2), Date: day("2025-01-06")})
				assert.True(s.t, withdrawn(s))
			},
			"Mon 2025-01-06 given, Mon 2025-01-06 cancelled, Mon 2025-01-13, Mon 2025-01-20", // the one that was planned first
			[]int{2, 1, 0, 0},
		},
		{
			"two mixed up, put right in one step", func(s *story) {
				s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06")}).on("2025-01-13", schedule.Missed{Session: s.id(2)})
				s.on("2025-01-14", schedule.Corrected{
					Of: "e1", Instead: schedule.Missed{Session: s.id(1)}, Reason: "mixed up", Who: "desk",
					Also: []schedule.Correction{{Of: "e2", Instead: schedule.Given{Session: s.id(2), Date: day("2025-01-13")}}},
				})
			},
			"Mon 2025-01-06 missed, Mon 2025-01-13 given, Mon 2025-01-20",
			[]int{2, 2, 0},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := weekly(t)
			tt.run(s)
			assert.Equal(t, tt.want, s.calendar())
			assert.Equal(t, tt.revisions, s.revisions())
			requireKept(t, s.plan)
		})
	}
}

// Times that were not stated are those that were planned for the day when it was recorded,
// whatever became since of the move that had planned them.
func TestCorrectedGivenAtItsTime(t *testing.T) {
	s := living(t, request(withDose(t, "1/wk x3", 2, "40 mg"), weekdaysOnly(t), "2025-01-06"))
	s.on("2025-01-06", schedule.Moved{Session: s.id(1), Date: day("2025-01-07"), Start: mustTime(t, "11:00")})
	s.on("2025-01-07", schedule.Given{Session: s.id(1), Date: day("2025-01-07"), Dose: dose.MustMass("40 mg")}) // e2
	require.Equal(t, "11:00", sessionAt(s.plan, 1).Start().String())
	s.correct("2025-01-08", "e1", nil).correct("2025-01-08", "e2", nil) // e4
	require.Equal(t, day("2025-01-06"), sessionAt(s.plan, 1).Date())
	s.correct("2025-01-08", "e4", nil)
	assert.Equal(t, []any{day("2025-01-07"), "11:00"}, []any{sessionAt(s.plan, 1).Date(), sessionAt(s.plan, 1).Start().String()})
	requireKept(t, s.plan)
}

// What was missed was missed on the day that it had then, whatever became since of the
// move that had given it that day: once missed again it is as it was. Moved from 01-13
// to 01-14 and missed there.
func TestCorrectedMissedOnItsDay(t *testing.T) {
	s := weekly(t).give(1)
	s.on("2025-01-12", schedule.Moved{Session: s.id(2), Date: day("2025-01-14")}) // e2
	s.on("2025-01-14", schedule.Missed{Session: s.id(2)})                         // e3
	const missed = "Mon 2025-01-06 given, Tue 2025-01-14 missed, Mon 2025-01-20"
	require.Equal(t, missed, s.calendar())
	s.correct("2025-01-14", "e2", nil)
	assert.Equal(t, missed, s.calendar(), "what is past keeps its day")
	s.correct("2025-01-14", "e3", nil) // e5
	assert.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13, Mon 2025-01-20", s.calendar(), "the day that holds, overdue")
	s.correct("2025-01-14", "e5", nil) // e6
	assert.Equal(t, missed, s.calendar(), "as before it")
	assert.Equal(t, []int{1, 4, 0}, s.revisions())
	requireKept(t, s.plan)
	s.correct("2025-01-14", "e6", nil).on("2025-01-14", schedule.Moved{Session: s.id(2), Date: day("2025-01-16")})
	s.correct("2025-01-14", "e7", nil)
	assert.Equal(t, missed, s.calendar(), "though it was moved on since")
	requireKept(t, s.plan)
}

func withdrawn(s *story) bool {
	for _, session := range s.plan.All() {
		if session.Withdrawn() {
			return true
		}
	}
	return false
}

// A correction of a correction: the last holds, and where one is withdrawn what it
// corrected is as before it. The weights of the session of 01-13 are 80, then 90, 70
// and 60 kg, at 0.5 mg/kg.
func TestCorrectedChain(t *testing.T) {
	r := request(compiled(t, protocol.Spec{Phases: []protocol.Phase{phase("1/wk x3", "0.5 mg/kg of actual weight, hard max 100 mg")}}), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: day("2025-01-06"), Weight: dose.MustWeight("80 kg")}}
	s := living(t, r)
	weighed := func(w string) schedule.Weighed {
		return schedule.Weighed{Date: day("2025-01-08"), Weight: dose.MustWeight(w)}
	}
	second := func() string { return sessionAt(s.plan, 2).Dose().Dose().String() }
	for _, step := range []struct {
		of      string
		instead schedule.Happening
		want    string
	}{
		{"e1", weighed("70 kg"), "35 mg"},           // e2
		{"e1", weighed("60 kg"), "30 mg"},           // e3: the last holds
		{"e3", nil, "35 mg"},                        // e4: the one before has the word again
		{"e2", nil, "45 mg"},                        // e5: as if nothing had been corrected
		{"e4", nil, "30 mg"},                        // e6: e3 holds again
		{"e3", weighed("66 kg"), "33 mg"},           // e7: instead of what e3 said
		{"e7", nil, "30 mg"},                        // e8
		{"e1", nil, "40 mg"},                        // e9: no weighing but that of the request
		{"e9", weighed("84 kg"), "42 mg"},           // e10
		{"e10", nil, "40 mg"}, {"e9", nil, "30 mg"}, // e11, e12
	} {
		if s.n == 0 {
			s.on("2025-01-08", weighed("90 kg"))
			require.Equal(t, "45 mg", second())
		}
		s.correct("2025-01-09", step.of, step.instead)
		require.Equal(t, step.want, second(), "after e%d", s.n)
		requireKept(t, s.plan)
	}
	assert.Equal(t, []int{0, 0, 0}, s.revisions(), "a dose is no level")
	text := string(s.plan.AppendJSON(nil))
	for entry, by := range map[string]string{"e1": "e3", "e2": "e5", "e3": "", "e4": "e6", "e9": "e12", "e10": "e11"} {
		at := strings.Index(text, `"id":"`+entry+`"`)
		line := text[at:]
		if next := strings.Index(line, `{"asOf"`); next >= 0 {
			line = line[:next]
		}
		assert.Equal(t, by != "", strings.Contains(line, `"correctedBy":"`+by+`"`), "%s: %s", entry, line)
	}
}

// What is no correction is refused by name, and leaves the plan as it is.
// What was left out has no date, so it cannot have been missed, by a correction no more
// than by an entry: its revision would not say that it changed.
func TestCorrectedToMissedOfOneLeftOut(t *testing.T) {
	r := request(bare(t, "1/wk x3", 1), weekdaysOnly(t, "2025-01-10", "2025-01-13", "2025-01-14", "2025-01-15", "2025-01-16"), "2025-01-06")
	r.ShortWeek = schedule.Drop
	s := living(t, r).on("2025-01-06", schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("70 kg")})
	require.Equal(t, "Mon 2025-01-06, - left out, Mon 2025-01-20", s.calendar())
	missed := schedule.Missed{Session: s.id(2)}
	_, entered := s.try("2025-02-01", missed)
	_, corrected := s.try("2025-02-01", corrected("e1", missed))
	for _, err := range []error{entered, corrected} {
		require.ErrorIs(t, err, schedule.ErrSettled)
		require.ErrorContains(t, err, "want a session that is to take place: session 2 was left out")
	}
}

func TestCorrectedRefused(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06")}).correct("2025-01-06", "e1", nil)
	id := s.id(2)
	for _, tt := range []struct {
		name string
		what schedule.Corrected
		is   error
		want string
	}{
		{"nothing", corrected("", nil), schedule.ErrEvent, "Of: want the id of an event of the plan"},
		{"unknown", corrected("e77", nil), schedule.ErrUnknownEvent, `Of "e77": want the id of an event of the plan`},
		{"itself", corrected("e3", nil), schedule.ErrEvent, `Of "e3": want an event before this one: nothing corrects itself`},
		{"also itself", schedule.Corrected{Of: "e1", Also: []schedule.Correction{{Of: "e3"}}, Reason: "r", Who: "w"}, schedule.ErrEvent, `Also 1 "e3": want an event before`},
		{"twice", schedule.Corrected{Of: "e1", Also: []schedule.Correction{{Of: "e1"}}, Reason: "r", Who: "w"}, schedule.ErrEvent, `Also 1 "e1": want each event once`},
		{
			"twice by its correction",
			schedule.Corrected{Of: "e1", Also: []schedule.Correction{{Of: "e2", Instead: schedule.Missed{Session: id}}}, Reason: "r", Who: "w"},
			schedule.ErrEvent, `Also 1 "e2": want each event once`,
		},
		{"no reason", schedule.Corrected{Of: "e1", Who: "w"}, schedule.ErrEvent, "Reason: want why"},
		{"nobody", schedule.Corrected{Of: "e1", Reason: "r"}, schedule.ErrEvent, "Who: want who"},
		{"a correction instead", corrected("e1", corrected("e2", nil)), schedule.ErrEvent, "Instead"},
		{"a pointer instead", corrected("e1", &schedule.Missed{Session: id}), schedule.ErrEvent, "Instead"},
		{"a date to come", corrected("e1", schedule.Given{Session: id, Date: day("2025-01-07")}), schedule.ErrFuture, "not after the as-of one"},
		{"a session that there is not", corrected("e1", schedule.Given{Session: mustID(t, "abcdefghijklmnop"), Date: day("2025-01-06")}), schedule.ErrUnknownSession, "abcdefghijklmnop"},
		{"missed before it is", corrected("e1", schedule.Missed{Session: id}), schedule.ErrFuture, "can have been missed"},
		{"no weight", corrected("e1", schedule.Weighed{Date: day("2025-01-06")}), schedule.ErrEvent, "want a weight"},
		{"a decision that is none", corrected("e1", schedule.Moved{Session: id, Date: day("2025-01-06")}), schedule.ErrNoDay, "want a day in the window"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := string(s.plan.AppendJSON(nil))
			_, err := s.plan.Apply(schedule.Event{ID: "e3", What: tt.what}, noon("2025-01-06"))
			refused := new(schedule.EventError)
			require.ErrorAs(t, err, &refused)
			require.ErrorIs(t, err, tt.is)
			require.ErrorContains(t, err, tt.want)
			assert.Equal(t, "corrected", refused.Kind)
			assert.Equal(t, before, string(s.plan.AppendJSON(nil)))
		})
	}
	// What was withdrawn cannot be true again beside what was recorded since.
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Start: mustTime(t, "08:00")})
	_, err := s.try("2025-01-06", corrected("e2", nil))
	refused := new(schedule.EventError)
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, []string{"e1", "e3"}, refused.Entries)
	assert.ErrorIs(t, err, schedule.ErrSettled)
}

// A dose given from a weight that is withdrawn stays as it is: a finding, and the
// limits are judged by the right weight. 90.8 mg are 0.5 mg/kg of 181.5 kg and 1.1
// mg/kg of 81.5 kg, past the hard limit of 0.8 mg/kg.
func TestCorrectedWeight(t *testing.T) {
	rule := "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 120 mg, hard max 0.8 mg/kg"
	r := request(compiled(t, protocol.Spec{Phases: []protocol.Phase{phase("1/wk x3", rule)}}), weekdaysOnly(t), "2025-01-06")
	r.Weighings = []schedule.Weighing{{Date: day("2025-01-03"), Weight: dose.MustWeight("80 kg")}}
	s := living(t, r)
	s.on("2025-01-06", schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("181.5 kg")})
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("90.8 mg")})
	s.correct("2025-01-06", "e1", schedule.Weighed{Date: day("2025-01-06"), Weight: dose.MustWeight("81.5 kg")})
	found := strings.Join(findings(s.plan), "\n")
	assert.Contains(t, found, "warning: session 1: the dose was computed from 181.5 kg measured on 2025-01-06, which is withdrawn: 81.5 kg measured on 2025-01-06 holds [weight-withdrawn]")
	assert.Contains(t, found, "[dose-above-hard-limit]")
	assert.NotContains(t, found, "weight-implausible")
	assert.Equal(t, "90.8 mg", sessionAt(s.plan, 1).Dose().Dose().String(), "what was planned then")
	assert.Equal(t, "40.8 mg", sessionAt(s.plan, 2).Dose().Dose().String())
	assert.Equal(t, []int{1, 0, 0}, s.revisions())
	requireKept(t, s.plan)
	s.correct("2025-01-06", "e3", nil)
	assert.NotContains(t, strings.Join(findings(s.plan), "\n"), "weight-withdrawn")
	assert.Equal(t, "90.8 mg", sessionAt(s.plan, 2).Dose().Dose().String())
}

// With a wrong clock entries were recorded as of a day to come. They are withdrawn as
// of now; what was known then, and later, can be seen.
func TestCorrectedClock(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06")})
	s.on("2027-01-07", schedule.Weighed{Date: day("2025-01-07"), Weight: dose.MustWeight("80 kg")})
	s.on("2027-01-07", schedule.PatientAway{From: day("2025-01-13")})
	before := s.plan
	_, err := s.try("2025-01-07", corrected("e2", nil))
	require.ErrorIs(t, err, schedule.ErrOrder, "e3 is as of later too")
	both := corrected("e2", schedule.Weighed{Date: day("2025-01-07"), Weight: dose.MustWeight("80 kg")})
	both.Also = []schedule.Correction{{Of: "e3"}}
	s.on("2025-01-07", both)
	assert.Equal(t, noon("2025-01-07"), s.plan.AsOf())
	s.on("2025-01-13", schedule.Missed{Session: s.id(2)})
	requireKept(t, s.plan)
	for _, tt := range []struct {
		at   time.Time
		want int
	}{{noon("2025-01-06"), 1}, {noon("2025-01-07").Add(-time.Second), 1}, {noon("2025-01-07"), 4}, {noon("2025-01-13"), 5}, {noon("2028-01-01"), 5}} {
		known, err := s.plan.AsKnown(tt.at)
		require.NoError(t, err)
		assert.Len(t, slices.Collect(known.History()), tt.want, tt.at)
	}
	assert.Len(t, slices.Collect(before.History()), 3)
}

// What a correction did can be told from everything that shows the plan.
func TestCorrectedIsShown(t *testing.T) {
	s := weekly(t)
	s.on("2025-01-06", schedule.Given{Session: s.id(1), Date: day("2025-01-06")})
	s.correct("2025-01-07", "e1", schedule.Given{Session: s.id(1), Date: day("2025-01-07")})
	e, err := s.plan.Explain(s.id(1))
	require.NoError(t, err)
	assert.Equal(t, []string{
		`2025-01-06: given on Mon 2025-01-06, event "e1", corrected by event "e2"`,
		`2025-01-07: instead of event "e1": given on Tue 2025-01-07 (entered wrongly), event "e2"`,
	}, e.History)
	assert.Contains(t, findings(s.plan), `info: session 1: event "e1" (given) is corrected by event "e2" [corrected]`)
	assert.Equal(t, []string{" 2025-01-06 planned 0 mg 0", "e1 2025-01-06 given 0 mg 1", "e2 2025-01-07 given 0 mg 2"}, toldTexts(s.plan, s.id(1)))
	g, ok := sessionAt(s.plan, 1).Given()
	require.True(t, ok)
	assert.Equal(t, day("2025-01-07"), g.Date)
	s.plan, err = s.plan.Apply(schedule.Event{ID: "by", RecordedBy: "nurse-7", What: corrected("e1", schedule.Given{Session: s.id(1), Date: day("2025-01-06")})}, noon("2025-01-08"))
	require.NoError(t, err)
	assert.Equal(t, "nurse-7", sessionAt(s.plan, 1).RecordedBy(), "whose words hold")
	assert.NotContains(t, fmt.Sprint(findings(s.plan)), `by event "e1"`)
}
