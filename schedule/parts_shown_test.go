package schedule_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/fhir"
	"github.com/regimen-go/regimen/schedule/ical"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// Everything that shows a dose shows its parts: what is planned of each and when, and what
// was given.
func TestPartsAreShown(t *testing.T) {
	s := ramping(t)
	s.on("2025-01-07", schedule.Given{Session: s.id(1), Date: day("2025-01-06"), Parts: []schedule.GivenPart{part("first rate", "40 mg"), part("second rate", "60 mg")}, Reason: "nausea", Who: "dr-a"})

	var b bytes.Buffer
	require.NoError(t, ical.Write(&b, s.plan, ical.Options{ShowDose: true}))
	text := strings.ReplaceAll(b.String(), "\r\n ", "")
	assert.Contains(t, text, `Dose: 100 mg\nPart: first rate 40 mg\nPart: second rate 60 mg`)
	assert.Contains(t, text, `Dose: 160 mg\nPart: first rate 40 mg\, 08:30\nPart: second rate 120 mg\, 10:30\nPart: third rate 20 mg\, 14:00\, only if pain above 4`)

	locale, _ := sheet.LocaleOf("en-GB")
	made, err := sheet.New(s.plan, sheet.Options{Locale: locale, Doses: true, Worksheets: true})
	require.NoError(t, err)
	b.Reset()
	require.NoError(t, made.WriteText(&b, 200))
	plain := strings.Join(strings.Fields(b.String()), " ")
	assert.Contains(t, plain, "100 mg (first rate 40 mg; second rate 60 mg)")
	assert.Contains(t, plain, "160 mg (first rate 40 mg 08:30; second rate 120 mg 10:30) + third rate 20 mg 14:00 (pain above 4)")
	assert.Contains(t, plain, "part: second rate, from 120 min on")
	assert.Contains(t, plain, "flow: 120 mL over 3 h = 40 mL/h")
	b.Reset()
	require.NoError(t, made.WriteCSV(&b))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	var cells []string
	for i, key := range rows[0] {
		if strings.HasSuffix(key, "_parts") {
			cells = append(cells, key, rows[1][i], rows[2][i])
		}
	}
	assert.Equal(t, []string{
		"planned_parts", "", "first rate 40 mg; second rate 120 mg; + third rate 20 mg (pain above 4)",
		"given_parts", "first rate 40 mg; second rate 60 mg", "",
	}, cells)

	bundle, err := fhir.NewBundle(s.plan, fhir.Export{Subject: fhir.Reference{Reference: "Patient/1"}})
	require.NoError(t, err)
	src, err := json.Marshal(bundle)
	require.NoError(t, err)
	for _, want := range []string{
		`"sequence":1,"text":"40 mg intravenous over 120 minutes as first rate on `, `as second rate, 120 minutes after the beginning, on `,
		`as third rate, 330 minutes after the beginning, only if pain above 4, on `, `"asNeededCodeableConcept":{"text":"pain above 4"}`,
		`"text":"40 mg intravenous as first rate"`, `"text":"60 mg intravenous as second rate"`,
	} {
		assert.Contains(t, string(src), want)
	}
	assert.Empty(t, fhir.Check(bundle))
}
