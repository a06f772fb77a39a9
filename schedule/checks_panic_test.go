package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// TestChecksAfterPanic: each check that panics has failed, and all others run, once, also
// those before it, after it and between two.
func TestChecksAfterPanic(t *testing.T) {
	ran := map[schedule.Code]int{}
	check := func(code schedule.Code, panics bool) schedule.Check {
		return schedule.Check{Code: code, Severity: schedule.Info, Run: func(_ *schedule.Plan, found []schedule.Finding) []schedule.Finding {
			ran[code]++
			found = append(found, schedule.Finding{Text: string(code)})
			if panics {
				panic(code)
			}
			return found
		}}
	}
	found := schedule.Validate(new(schedule.Plan), check("a", true), check("b", false), check("c", true), check("d", true), check("e", false), check("f", true))
	require.Equal(t, map[schedule.Code]int{"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1}, ran)
	var texts []string
	for _, f := range found {
		texts = append(texts, string(f.Code)+": "+f.Text)
	}
	failed := func(code string) string { return `check-failed: the check "` + code + `" failed: ` + code }
	require.Equal(t, []string{"b: b", failed("a"), failed("c"), failed("d"), failed("f"), "e: e"}, texts)
}
