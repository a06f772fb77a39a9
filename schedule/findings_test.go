package schedule_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

var update = flag.Bool("update", false, "write the generated page anew")

// Codes are stored, compared and matched on: this list only grows.
func TestCodesStay(t *testing.T) {
	frozen := strings.Fields(`
		administration-longer beside-dose-differs beside-dose-missing beside-hard-limit beside-no-dose beside-not-given beside-soft-limit
		beside-unexpected cap-passed carried check-failed clock-moved closed-day companion-missing corrected
		cumulative-hard-limit cumulative-limit day-holds day-lost decided-outside dose-above-hard-limit dose-above-soft-limit
		dose-below-limit dose-missing dose-not-allowed dose-unknown extra file-differs follow-up-missing gap-too-long gate-skipped
		given-on-hold horizon-near left-out level-missing made-up-twice missed-dose-due missed-dose-not-followed missing monitoring-missing monitoring-overdue no-dose
		not-restored nothing-given observation-cut-short outside-hours outside-range outside-window overlap part-early
		part-impossible part-unknown parts-missing postponed protocol-differs reason-missing result-due result-missing result-not-ok
		rounding-deviation soft-limit start-closed step-passed-over step-too-large task-missed time-skipped time-twice too-close
		too-early too-late too-many-in-seven-days too-many-in-week visit-outside-window visit-unexpected weight-changed weight-due
		weight-implausible weight-missing weight-stale weight-withdrawn wrong-phase zone-fixed zone-renamed`)
	codes := []string{string(schedule.CheckFailed)}
	for _, c := range schedule.Checks() {
		codes = append(codes, string(c.Code))
		assert.Regexp(t, regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`), string(c.Code))
		assert.Contains(t, []schedule.Severity{schedule.Info, schedule.Warning, schedule.Violation}, c.Severity)
		assert.True(t, strings.HasSuffix(c.Doc, "."), c.Doc)
	}
	slices.Sort(codes)
	assert.Equal(t, frozen, codes)
}

// The page about findings says what the checks say.
func TestFindingsPage(t *testing.T) {
	const name = "../docs/FINDINGS.md"
	var b strings.Builder
	b.WriteString(`<!-- Generated from the checks by a test of schedule; change those and run it with -update. -->

# Findings

What ` + "`schedule.Validate`" + ` finds in a plan, and ` + "`schedule.ValidateRecord`" + ` in a bare record of what was given. A finding is data, never an
error. Its code is stable: codes are never renamed and never reused.

*Info* is worth knowing, a *warning* has to be looked at by somebody, a *violation* is against the protocol. A date outside its window, a
dose that differs from what was planned and a session that the protocol does not ask for have one code each; what else is wrong has its own.

A bare record is first paired with the sessions that the protocol asks for, in order and at least total cost: a pair costs its distance in days, a
session without one 14 where its tolerance is 7 days and else 7, an entry without one 7. Ties prefer more pairs, then the earliest sessions, then the
earliest entries. Pairs are with targets, since a protocol does not know why a clinic moved a session.

| code | severity | what was found |
| --- | --- | --- |
`)
	for _, c := range schedule.Checks() {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", c.Code, c.Severity, c.Doc)
	}
	fmt.Fprintf(&b, "| `%s` | %s | %s |\n", schedule.CheckFailed, schedule.Violation, "A check panicked, or has no code, severity or function; the others ran.")
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(b.String()), 0o644))
	}
	page, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, b.String(), string(page), "go test ./schedule -run TestFindingsPage -update")
}

func TestFindingJSON(t *testing.T) {
	id, err := schedule.ParseID("abcdefghijklmnop")
	require.NoError(t, err)
	for _, tt := range []struct {
		finding schedule.Finding
		want    string
	}{
		{
			schedule.Finding{Code: "missing", Severity: schedule.Warning, Session: 3, ID: id, Text: `a "text"`},
			`{"code":"missing","severity":"warning","session":"abcdefghijklmnop","ordinal":3,"text":"a \"text\"","accepted":null}`,
		},
		{
			schedule.Finding{Code: "start-closed", Severity: schedule.Info, Text: "x", Accepted: schedule.Acceptance{Code: "start-closed", Reason: "known", Who: "ward"}},
			`{"code":"start-closed","severity":"info","session":null,"ordinal":null,"text":"x","accepted":{"reason":"known","who":"ward"}}`,
		},
	} {
		assert.Equal(t, tt.want, string(tt.finding.AppendJSON(nil)))
		b, err := json.Marshal(tt.finding)
		require.NoError(t, err)
		assert.Equal(t, tt.want, string(b))
	}
}

// A check without a code, a severity or a function is a finding, and one that
// spoils what it is given harms only itself.
func TestChecksThatAreWrong(t *testing.T) {
	plan, _ := cleanPlans(t)
	run := func(text string) func(*schedule.Plan, []schedule.Finding) []schedule.Finding {
		return func(_ *schedule.Plan, found []schedule.Finding) []schedule.Finding {
			return append(found, schedule.Finding{Session: 1, Text: text})
		}
	}
	var texts []string
	for _, f := range schedule.Validate(plan,
		schedule.Check{Code: "good", Severity: schedule.Info, Run: run("good")},
		schedule.Check{Severity: schedule.Info, Run: run("no code")},
		schedule.Check{Code: "no-severity", Run: run("no severity")},
		schedule.Check{Code: "no-such-severity", Severity: 4, Run: run("no severity")},
		schedule.Check{Code: "no-function", Severity: schedule.Info},
		schedule.Check{Code: "nothing", Severity: schedule.Info, Run: func(*schedule.Plan, []schedule.Finding) []schedule.Finding { return nil }},
		schedule.Check{Code: "spoils", Severity: schedule.Info, Run: func(_ *schedule.Plan, found []schedule.Finding) []schedule.Finding {
			for i := range found {
				found[i].Text = "spoilt"
			}
			_ = append(found, schedule.Finding{Text: "spoilt"}, schedule.Finding{Text: "spoilt"})
			panic("no")
		}},
		schedule.Check{Code: "also-good", Severity: schedule.Warning, Run: run("also good")},
	) {
		texts = append(texts, f.String())
	}
	assert.Equal(t, []string{
		`violation: plan: the check "" failed: want a code, a severity and a function [check-failed]`,
		`violation: plan: the check "no-severity" failed: want a code, a severity and a function [check-failed]`,
		`violation: plan: the check "no-such-severity" failed: want a code, a severity and a function [check-failed]`,
		`violation: plan: the check "no-function" failed: want a code, a severity and a function [check-failed]`,
		`violation: plan: the check "spoils" failed: no [check-failed]`,
		"warning: session 1: also good [also-good]",
		"info: session 1: good [good]",
	}, texts)
}
