package schedule_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A visit is as provisional as its session, its revision counts its own changes
// only, and one that loses its only day keeps its revision for the file that says so.
func TestVisitStates(t *testing.T) {
	companion := protocol.Companion{Name: "talk", From: 1, To: 1, Visit: protocol.Visit{Kind: protocol.Integration}}
	p := compiled(t, protocol.Spec{
		Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 1, Companions: []protocol.Companion{companion}}},
		Gates:  []protocol.Gate{{Name: "go on?", After: 1, Phase: "all", Assess: "whether to go on"}},
	})
	s := living(t, request(p, weekdaysOnly(t), "2025-01-06"))
	visits := func() (text string) {
		for v := range s.plan.OtherVisits() {
			text += strconv.Itoa(v.Session) + " " + v.State.String() + " " + strconv.Itoa(v.Revision) + " " + strconv.FormatBool(v.Placed()) + "\n"
		}
		return text
	}
	require.Equal(t, "1 planned 0 true\n2 provisional 0 true\n3 provisional 0 true\n", visits())
	s.give(1)
	require.Equal(t, "1 planned 0 true\n2 provisional 0 true\n3 provisional 0 true\n", visits(), "nothing became of the visits")
	s.on("2025-01-06", schedule.Decided{Gate: "go on?", Then: protocol.Continue, Who: "attending"})
	require.Equal(t, "1 planned 0 true\n2 planned 1 true\n3 planned 1 true\n", visits())
	s.on("2025-01-08", schedule.ClinicClosed{From: day("2025-01-14")})
	require.Equal(t, "1 planned 0 true\n2 planned 2 true\n3 planned 1 true\n", visits(), "it is lost, and keeps its day")
	s.on("2025-01-08", schedule.ClinicClosed{From: day("2025-01-16")})
	s.on("2025-01-08", schedule.Moved{Session: s.id(2), Date: day("2025-01-15")})
	require.Equal(t, "1 planned 0 true\n2 planned 3 false\n3 planned 1 true\n", visits())
	s.on("2025-01-08", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient})
	require.Equal(t, "1 planned 0 true\n2 cancelled 4 false\n3 planned 1 true\n", visits())
}
