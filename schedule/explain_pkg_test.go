package schedule

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// What a candidate is said to cost is what the plan costs when the session is
// pinned to that day and everything is placed again; a day that is refused has
// no placement at all.
func TestCandidatesAgainstPinning(t *testing.T) {
	choices := 0
	for _, cadence := range []string{"3-2-1-1-1 then every 4w x3", "2/wk x3", "days 1, 8 of 21 x3", "5/wk x2"} {
		p, err := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence(cadence), MinGap: 1}}}.Compile()
		require.NoError(t, err)
		office, err := clinic.New(clinic.Spec{
			Zone:   time.UTC,
			Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Sunday),
			Closed: []clinic.Closure{{Date: MustDate("2025-01-08")}, {Date: MustDate("2025-01-16")}, {Date: MustDate("2025-01-21")}, {Date: MustDate("2025-02-10")}},
		})
		require.NoError(t, err)
		plan, err := Build(Request{
			Protocol: p, Start: MustDate("2025-01-06"), Opening: office, Key: Key{1}, AsOf: time.Unix(0, 0),
		})
		require.NoError(t, err)
		var explained []Explanation
		for e := range plan.Explanations() {
			explained = append(explained, e)
		}
		for i, s := range plan.All() {
			e, err := plan.Explain(s.ID())
			require.NoError(t, err)
			require.Equal(t, e, explained[i])
			require.Len(t, e.Candidates, civil.Days(s.Earliest(), s.Latest())+1)
			for _, c := range e.Candidates {
				slots := slices.Clone(plan.slots)
				slots[i].Earliest, slots[i].Latest = civil.Day(c.Date), civil.Day(c.Date)
				blocked := plan.placer(slots).place()
				if c.Cause != "" {
					assert.NotNil(t, blocked, "%s session %d on %s: %s", cadence, i+1, c.Date, c.Detail)
					continue
				}
				choices++
				require.Nil(t, blocked, "%s session %d on %s", cadence, i+1, c.Date)
				total := 0
				for j := range slots {
					shift := int(slots[j].day - slots[j].Target)
					total += shift * shift
				}
				assert.Equal(t, total, c.Total, "%s session %d on %s", cadence, i+1, c.Date)
				assert.Equal(t, c.Date == s.Date(), c.Chosen)
			}
		}
		choices -= plan.Len()
	}
	assert.Greater(t, choices, 50, "sessions have choices besides the one taken")
}
