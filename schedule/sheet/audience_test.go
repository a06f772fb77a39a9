package sheet_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// A visit from 09:00 to 11:40: what the patient has to know, what the staff does, and
// what the protocol says of nobody.
func TestTasksByAudience(t *testing.T) {
	week := 7 * 24 * time.Hour
	spec := protocol.Spec{Phases: []protocol.Phase{{
		Name: "course", Cadence: protocol.MustCadence("1"), MinGap: 1,
		Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour, Tasks: []protocol.Task{
			{Text: "no food", For: protocol.ForPatient, From: protocol.AdministrationStart, At: -2 * time.Hour},
			{Text: "transport home arranged", For: protocol.ForPatient, From: protocol.Departure, Stage: protocol.BeforeVisit},
			{Text: "bring the list", From: protocol.Arrival, At: -time.Minute},
			{Text: "sick bag", For: protocol.ForBoth, From: protocol.Arrival},
			{Text: "heart rate", From: protocol.AdministrationEnd},
			{Text: "blood pressure", For: protocol.ForStaff, From: protocol.AdministrationEnd},
			{Text: "blood pressure before leaving", For: protocol.ForStaff, From: protocol.Departure, Stage: protocol.DuringVisit},
			{Text: "form", For: protocol.ForStaff, From: protocol.Departure, Until: &week},
			{Text: "no driving", For: protocol.ForPatient, From: protocol.Departure},
		}},
	}}}
	p, err := spec.Compile()
	require.NoError(t, err)
	c, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("09:00-17:00"), time.Monday)})
	require.NoError(t, err)
	start := schedule.MustDate("2027-03-01")
	plan, err := schedule.Build(schedule.Request{Protocol: p, Start: start, Opening: c, Key: schedule.Key{1}, AsOf: time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC)})
	require.NoError(t, err)

	const (
		patient = "Before the visit: 07:00: no food, 08:59: bring the list, 11:40: transport home arranged. At the visit: 09:00: sick bag. After the visit: 11:40: no driving."
		told    = "Before the visit: 07:00: no food, 08:59: bring the list, 11:40: transport home arranged. At the visit: 09:00: sick bag, 09:40: heart rate. After the visit: 11:40: no driving."
		staff   = "Before the visit: 07:00: no food, 08:59: bring the list, 11:40: transport home arranged. " +
			"At the visit: 09:00: sick bag, 09:40: heart rate, 09:40: blood pressure, 11:40: blood pressure before leaving. " +
			"After the visit: 11:40 to 11:40, 7 days after: form, 11:40: no driving."
	)
	for _, test := range []struct {
		o    sheet.Options
		want string
	}{
		{sheet.Options{}, patient},
		{sheet.Options{For: protocol.ForPatient}, patient},
		{sheet.Options{During: true}, told},
		{sheet.Options{For: protocol.ForStaff}, staff},
		{sheet.Options{For: protocol.ForBoth}, staff},
	} {
		test.o.Locale, _ = sheet.LocaleOf("en-GB")
		s, err := sheet.New(plan, test.o)
		require.NoError(t, err)
		var b strings.Builder
		require.NoError(t, s.WriteText(&b, 200))
		_, todo, found := strings.Cut(b.String(), "What to do\n  Visit 1\n    ")
		require.True(t, found)
		todo, _, _ = strings.Cut(todo, "\n\n")
		todo += "\n"
		todo = strings.NewReplacer("\u00a0", " ", ":\n      - ", ": ", "\n      - ", ", ", "\n    ", ". ", "\n", ".").Replace(todo)
		assert.Equal(t, test.want, todo, "for %q", test.o.For)
	}
	_, err = sheet.New(plan, sheet.Options{For: 9})
	assert.ErrorContains(t, err, `For "%!Audience(9)": want patient, staff or both`)
}
