package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// A dose that no session asked for has a session of its own, which is withdrawn with
// the dose, given again where a correction says so, and always as it was before what is
// withdrawn: the weekly sessions are on 01-06, 01-13 and 01-20.
func TestCorrectedExtraDose(t *testing.T) {
	extra := func(on string) schedule.Happening { return schedule.Given{Date: day(on), Dose: dose.MustMass("40 mg")} }
	s := weekly(t).give(1)
	s.on("2025-01-10", extra("2025-01-08")) // e2
	id := s.id(2)
	revision := 0
	for _, step := range []struct {
		of      string
		instead schedule.Happening
		want    string
		rises   int
	}{
		{"e2", nil, "Wed 2025-01-08 cancelled", 1},              // e3
		{"e3", extra("2025-01-09"), "Thu 2025-01-09 given", 1},  // e4
		{"e4", nil, "Wed 2025-01-08 cancelled", 1},              // e5: as before e4
		{"e5", nil, "Thu 2025-01-09 given", 1},                  // e6: as e4 says
		{"e4", extra("2025-01-07"), "Tue 2025-01-07 given", 1},  // e7
		{"e7", nil, "Thu 2025-01-09 given", 1},                  // e8
		{"e4", nil, "Wed 2025-01-08 cancelled", 1},              // e9
		{"e3", nil, "Wed 2025-01-08 given", 1},                  // e10: as if nothing had been corrected
		{"e2", extra("2025-01-09"), "Thu 2025-01-09 given", 1},  // e11
		{"e2", extra("2025-01-07"), "Tue 2025-01-07 given", 1},  // e12: the last holds
		{"e12", nil, "Thu 2025-01-09 given", 1},                 // e13
		{"e11", nil, "Wed 2025-01-08 given", 1},                 // e14
		{"e2", extra("2025-01-09"), "Thu 2025-01-09 given", 1},  // e15
		{"e2", nil, "Thu 2025-01-09 cancelled", 1},              // e16: it stays where it was last
		{"e16", nil, "Thu 2025-01-09 given", 1},                 // e17
		{"e15", extra("2025-01-09"), "Thu 2025-01-09 given", 0}, // e18: the same again
	} {
		s.correct("2025-01-10", step.of, step.instead)
		session, ok := s.plan.Session(id)
		require.True(t, ok)
		text := session.Date().Weekday().String()[:3] + " " + session.Date().String() + " " + session.State().String()
		require.Equal(t, step.want, text, "after e%d", s.n)
		revision += step.rises
		require.Equal(t, revision, session.Revision(), "after e%d", s.n)
		requireKept(t, s.plan)
	}
}
