package sheet_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// The worksheet of the next dose has what a table of missed doses says of it, and that of
// no other: 45 days after 2024-12-02 is 2025-01-16.
func TestMissedDoseOnTheWorksheet(t *testing.T) {
	p, err := protocol.Spec{Drug: "examplamine", Phases: []protocol.Phase{{
		Name: "maintenance", Cadence: protocol.MustCadence("every 4w x3"), MinGap: 21, Visit: protocol.Visit{Administration: 5 * time.Minute},
		Dose: dose.MustRule("100 mg"), MissedDoses: []protocol.MissedDose{{From: 36, Then: protocol.AskPrescriber}},
	}}}.Compile()
	require.NoError(t, err)
	every := []clinic.Hours{clinic.MustHours("08:00-17:00")}
	office, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: map[time.Weekday][]clinic.Hours{1: every, 2: every, 3: every, 4: every, 5: every}})
	require.NoError(t, err)
	plan, err := schedule.Build(schedule.Request{
		Protocol: p, Start: schedule.MustDate("2025-01-16"), Opening: office, Key: schedule.Key{1}, AsOf: time.Date(2025, 1, 10, 9, 0, 0, 0, time.UTC),
		GivenBefore: []schedule.GivenBefore{{Date: schedule.MustDate("2024-12-02"), Drug: "examplamine", Dose: dose.MustMass("100 mg")}},
	})
	require.NoError(t, err)
	locale, ok := sheet.LocaleOf("en-US")
	require.True(t, ok)
	s, err := sheet.New(plan, sheet.Options{Locale: locale, Form: sheet.StaffSheet})
	require.NoError(t, err)
	full, err := sheet.New(plan, sheet.Options{Locale: locale, Worksheets: true})
	require.NoError(t, err)
	var page, text strings.Builder
	require.NoError(t, s.WriteHTML(&page))
	require.NoError(t, full.WriteText(&text, 400))
	for name, written := range map[string]string{"page": page.String(), "text": text.String()} {
		require.Equal(t, 1, strings.Count(written, "45 days after the dose before, Mon 2024-12-02: the table of missed doses of"), name)
		require.Contains(t, written, "says from 36 days on: ask the prescriber", name)
	}
}
