package sheet_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// dosePlan returns a plan of one session with a dose, and sheets of it.
func dosePlan(t *testing.T, rule, tag string) (page, text, csv string) {
	t.Helper()
	phase := protocol.Phase{
		Name: "all", Cadence: protocol.MustCadence("1"), MinGap: 1, Dose: dose.MustRule(rule),
		Visit: protocol.Visit{Administration: 20 * time.Minute},
	}
	if len(phase.Levels()) > 1 {
		phase.Climb, phase.Follows = protocol.ClimbFree, protocol.FollowsRule
	}
	p, err := protocol.Spec{Phases: []protocol.Phase{phase}}.Compile()
	require.NoError(t, err)
	open, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday)})
	require.NoError(t, err)
	plan, err := schedule.Build(schedule.Request{
		Protocol: p, Start: schedule.MustDate("2027-03-01"), Opening: open, Key: schedule.Key{1}, AsOf: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC),
		Weighings: []schedule.Weighing{{Date: schedule.MustDate("2027-03-01"), Weight: dose.MustWeight("72 kg")}},
	})
	require.NoError(t, err)
	made, err := sheet.New(plan, sheet.Options{Locale: locale(t, tag), Doses: true})
	require.NoError(t, err)
	var html, plain, cells strings.Builder
	require.NoError(t, made.WriteHTML(&html))
	require.NoError(t, made.WriteText(&plain, 100))
	require.NoError(t, made.WriteCSV(&cells))
	return html.String(), plain.String(), cells.String()
}

// Where a comma stands before the rest of a number, "1.125 mg" reads as more than a
// thousand. Machines read a point.
func TestNumbersOfTheLocale(t *testing.T) {
	for tag, want := range map[string]string{"en-US": "1.125", "en-GB": "1.125", "de": "1,125", "es": "1,125", "ar": "1.125"} {
		page, text, csv := dosePlan(t, "1.125 mg, or 2.25 mg", tag)
		assert.Contains(t, page, want+"\u00A0mg", tag)
		assert.Contains(t, text, want+" mg", tag)
		second := strings.NewReplacer("1.125", "2.25", "1,125", "2,25").Replace(want)
		assert.Contains(t, page, second+"\u00A0mg", tag)
		assert.Contains(t, csv, "1.125 mg", tag)
		assert.Contains(t, csv, "2.25 mg", tag)
		if want == "1,125" {
			assert.NotContains(t, page, "1.125", tag)
			assert.NotContains(t, text, "1.125", tag)
		}
	}
}

// Of a dose in devices people see how many to use, not machines.
func TestDevicesAreShown(t *testing.T) {
	page, text, csv := dosePlan(t, "2 devices of 28.5 mg 5 min apart, or 85.5 mg", "de")
	for _, shown := range []string{"57\u00A0mg (2\u00A0×\u00A028,5\u00A0mg)", "85,5\u00A0mg (3\u00A0×\u00A028,5\u00A0mg)"} {
		assert.Contains(t, page, shown)
		assert.Contains(t, text, strings.ReplaceAll(shown, "\u00A0", " "))
	}
	assert.Contains(t, csv, "57 mg,85.5 mg")
}

func TestDecimalOfALocale(t *testing.T) {
	l := locale(t, "de")
	l.Decimal = ""
	_, err := sheet.New(nil, sheet.Options{Locale: l})
	require.ErrorContains(t, err, `Locale.Decimal: want ".", "," or "٫"`)
}
