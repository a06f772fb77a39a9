package sheet_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// What was given keeps its line in the table, with drug, route, phase, week and dose,
// whatever the plan was switched to since.
func TestPastAfterASwitch(t *testing.T) {
	spec := course()
	spec.ID, spec.Version, spec.Drug, spec.Route = "first", "1", "ketamine", "intravenous"
	plan := build(t, spec)
	first, _ := plan.At(1)
	evening := time.Date(2027, 3, 1, 18, 0, 0, 0, time.UTC)
	plan, err := plan.Apply(schedule.Event{ID: "given", What: schedule.Given{Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("36 mg")}}, evening)
	require.NoError(t, err)
	other := course()
	other.ID, other.Version, other.Drug, other.Route = "second", "1", "esketamine", "intranasal"
	next, err := other.Compile()
	require.NoError(t, err)
	start := first.Date() + 14
	switched, err := plan.Apply(schedule.Event{ID: "switched", What: schedule.Switched{Protocol: next, Start: start, Gap: 14, Until: start + 120, Who: "a clinician"}}, evening)
	require.NoError(t, err)
	line := func(plan *schedule.Plan) string {
		made, err := sheet.New(plan, sheet.Options{Locale: locale(t, "en-US"), Names: true, Drug: true, Doses: true})
		require.NoError(t, err)
		var b strings.Builder
		require.NoError(t, made.WriteCSV(&b))
		for text := range strings.Lines(b.String()) {
			if strings.HasPrefix(text, first.ID().String()) {
				return text
			}
		}
		return ""
	}
	require.Contains(t, line(plan), ",ketamine,intravenous,,,36 mg,,,\r\n")
	assert.Equal(t, line(plan), line(switched))
	made, err := sheet.New(switched, sheet.Options{Locale: locale(t, "en-US"), Names: true, Drug: true, Doses: true})
	require.NoError(t, err)
	w := write(t, made)
	for _, text := range []string{w.text, w.html} {
		at := strings.Index(text, "ketamine")
		require.Positive(t, at)
		assert.Contains(t, text, "intravenous")
		assert.Contains(t, text, "esketamine")
		assert.Contains(t, text, "intranasal")
	}
}
