package schedule_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// What is said instead of a correction holds until something else is said of what that
// had corrected: the move to Friday was corrected to Tuesday, that to Wednesday, and then
// the move itself is withdrawn, so that the session is on its Thursday.
func TestCorrectionOfACorrectionThatIsOverruled(t *testing.T) {
	moved := func(s *story, to string) schedule.Happening { return schedule.Moved{Session: s.id(2), Date: day(to)} }
	second := func(s *story) string { return sessionAt(s.plan, 2).Date().String() }
	s := correctable(t)
	s.on("2026-03-02", moved(s, "2026-03-06"))
	s.correct("2026-03-02", "e1", moved(s, "2026-03-04")) // e2
	require.Equal(t, "2026-03-04", second(s))
	s.correct("2026-03-02", "e2", moved(s, "2026-03-05")) // e3
	require.Equal(t, "2026-03-05", second(s))
	s.correct("2026-03-02", "e3", moved(s, "2026-03-06")) // e4
	require.Equal(t, "2026-03-06", second(s))
	s.correct("2026-03-02", "e1", nil) // e5
	assert.Equal(t, correctableDays, s.calendar())
	assert.Empty(t, hasCode(s.plan, schedule.NotRestored))
	requireKept(t, s.plan)
	s.correct("2026-03-02", "e5", nil)
	assert.Equal(t, "2026-03-06", second(s), "the last correction of the move holds again")
	assert.Empty(t, hasCode(s.plan, schedule.NotRestored))
	requireKept(t, s.plan)
	require.NoError(t, s.plan.CheckState())
}

// A finding that is accepted instead of another is accepted once, whatever is corrected
// after it; and of two that were put right in one step the second stays right when the
// first is corrected again.
func TestAcceptedOnceAfterCorrections(t *testing.T) {
	s := correctable(t).give(1)
	accepted := func(n int, reason string) schedule.Accepted {
		return schedule.Accepted{Session: s.id(n), Code: schedule.Missing, Reason: reason, Who: "attending"}
	}
	list := func() string {
		var texts []string
		for a := range s.plan.Accepted() {
			texts = append(texts, a.Reason)
		}
		return strings.Join(texts, ", ")
	}
	s.on("2026-03-03", accepted(1, "one")).on("2026-03-03", accepted(2, "two")) // e2, e3
	require.Equal(t, "one, two", list())
	both := corrected("e2", accepted(1, "first"))
	both.Also = []schedule.Correction{{Of: "e3", Instead: accepted(2, "second")}}
	s.on("2026-03-03", both) // e4
	assert.Equal(t, "first, second", list())
	s.on("2026-03-03", schedule.PatientAway{From: day("2026-08-01")}).correct("2026-03-03", "e5", nil)
	assert.Equal(t, "first, second", list(), "something else is corrected")
	s.correct("2026-03-03", "e2", nil)
	assert.Equal(t, "second", list(), "of what was put right in one step the other stays")
	s.on("2026-03-03", schedule.PatientAway{From: day("2026-08-01")}).correct("2026-03-03", "e8", nil)
	assert.Equal(t, "second", list())
	requireKept(t, s.plan)
}

// A finding that is accepted for one session is not accepted for another, nor is another
// finding: the level of 160 mg, which may be given, passes the soft limit of 150 mg.
func TestAcceptedOfOneSession(t *testing.T) {
	p := phase("1/wk x3", "100 mg, or 160 mg, soft max 150 mg, hard max 300 mg")
	s := living(t, request(compiled(t, protocol.Spec{Phases: []protocol.Phase{anyLevel(p)}}), weekdaysOnly(t), "2026-03-02"))
	for n, on := range []string{"2026-03-02", "2026-03-09"} {
		s.on(on, schedule.Given{Session: s.id(n + 1), Date: day(on), Dose: dose.MustMass("160 mg")})
	}
	const first, second = "warning: session 1: 160 mg given, which passes a soft limit, without a reason and who decided it [reason-missing]",
		"warning: session 2: 160 mg given, which passes a soft limit, without a reason and who decided it [reason-missing]"
	require.Equal(t, []string{first, second}, hasCode(s.plan, schedule.ReasonMissing))
	s.on("2026-03-09", schedule.Accepted{Session: s.id(1), Code: schedule.Missing, Reason: "known", Who: "attending"})
	require.Equal(t, []string{first, second}, hasCode(s.plan, schedule.ReasonMissing), "another finding")
	s.on("2026-03-09", schedule.Accepted{Session: s.id(2), Code: schedule.SoftLimit, Reason: "known", Who: "attending"})
	require.Equal(t, []string{first}, hasCode(s.plan, schedule.ReasonMissing))
}

// A correction is about every session that it names, each as often as it does.
func TestCorrectedIsAboutWhatItSaysInstead(t *testing.T) {
	s := correctable(t)
	c := corrected("e1", schedule.Missed{Session: s.id(1)})
	c.Also = []schedule.Correction{{Of: "e2", Instead: schedule.Missed{Session: s.id(2)}}, {Of: "e3"}, {Of: "e4", Instead: schedule.Held{Session: s.id(3)}}}
	assert.Equal(t, []schedule.ID{s.id(1), s.id(2), s.id(3)}, schedule.Event{What: c}.About())
}

// A caller that changes what it has given away does not change the history.
func TestCorrectedKeepsItsOwnList(t *testing.T) {
	s := correctable(t).give(2)
	c := corrected("e1", schedule.Given{Session: s.id(1), Date: day("2026-03-02"), Dose: dose.MustMass("20 mg"), Reason: "misread", Who: "attending"})
	c.Also = []schedule.Correction{{Of: "e2"}}
	s.on("2026-03-06", c)
	file := string(schedule.FormatPlan(s.plan))
	c.Also[0] = schedule.Correction{Of: "another"}
	assert.Equal(t, file, string(schedule.FormatPlan(s.plan)))
	for e := range s.plan.History() {
		if kept, ok := e.Event.What.(schedule.Corrected); ok {
			assert.Equal(t, "e2", kept.Also[0].Of)
		}
	}
}

// The last day of a course without end goes back with the decision that set it: to what
// was before everything that does not hold, where that was the last to set it.
func TestHorizonOfCorrectionsOfCorrections(t *testing.T) {
	s := endlessGiven(t) // Mondays to 02-03
	extended := func(to string) schedule.Happening { return schedule.Extended{Until: day(to)} }
	s.on("2025-01-07", extended("2025-02-17")) // e2
	s.correct("2025-01-07", "e2", nil)         // e3
	require.Equal(t, day("2025-02-03"), s.plan.Until())
	s.correct("2025-01-07", "e3", extended("2025-02-24")) // e4: instead of the first
	assert.Equal(t, day("2025-02-24"), s.plan.Until())
	var planned []string
	for _, session := range s.plan.All() {
		if session.State() == schedule.StatePlanned {
			planned = append(planned, session.Date().String()[5:])
		}
	}
	assert.Equal(t, "01-13 01-20 01-27 02-03 02-10 02-17 02-24", strings.Join(planned, " "), "every week, also those that the first had made")
	requireKept(t, s.plan)
}

// A horizon that was set again since stays when the one before it is withdrawn, which is
// a finding; the sessions that it had made are cancelled.
func TestHorizonThatWasSetSince(t *testing.T) {
	s := endlessGiven(t)
	s.on("2025-01-07", schedule.Extended{Until: day("2025-02-10")}) // e2
	s.on("2025-01-07", schedule.Extended{Until: day("2025-02-17")}) // e3
	s.correct("2025-01-07", "e2", nil)
	assert.Equal(t, day("2025-02-17"), s.plan.Until())
	assert.Equal(t, "Mon 2025-01-06 given, Mon 2025-01-13, Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03, Mon 2025-02-10 cancelled, Mon 2025-02-17", s.calendar())
	assert.Equal(t, []string{`warning: plan: event "e2" (extended) is withdrawn by event "e4", but what it had set could not go back [not-restored]`}, hasCode(s.plan, schedule.NotRestored))
	requireKept(t, s.plan)
}
