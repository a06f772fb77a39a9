package sheet_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// table reads a CSV with a separator into a list of cells by column.
func table(t *testing.T, data string, comma rune) []map[string]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(data))
	r.Comma = comma
	records, err := r.ReadAll()
	require.NoError(t, err)
	var list []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		list = append(list, row)
	}
	return list
}

// The mark of UTF-8 and the separator are those that the spreadsheets of a locale expect:
// a semicolon where a comma separates decimals.
func TestSpreadsheet(t *testing.T) {
	plan := build(t, course())
	for tag, comma := range map[string]rune{"en-US": ',', "en-GB": ',', "de": ';', "es": ';', "ar": ','} {
		o := sheet.Options{Locale: locale(t, tag), Names: true, Doses: true, Drug: true, Text: func(text string) (string, bool) { return "Über; " + text, true }}
		plain, err := sheet.New(plan, o)
		require.NoError(t, err)
		o.Spreadsheet = true
		marked, err := sheet.New(plan, o)
		require.NoError(t, err)
		var a, b bytes.Buffer
		require.NoError(t, plain.WriteCSV(&a))
		require.NoError(t, marked.WriteCSV(&b))
		assert.False(t, strings.HasPrefix(a.String(), "\ufeff"))
		data, found := strings.CutPrefix(b.String(), "\ufeff")
		require.True(t, found, tag)
		assert.Equal(t, table(t, a.String(), ','), table(t, data, comma), tag)
		assert.Contains(t, table(t, data, comma)[0]["name"], "Über; ")
	}
	made, err := sheet.New(plan, sheet.Options{Locale: locale(t, "de"), Text: func(text string) (string, bool) { return text, true }, Spreadsheet: true})
	require.NoError(t, err)
	assert.ErrorIs(t, made.WriteCSV(broken{}), errBroken)
}

// What is planned, what was given, that nothing was, and that nobody has entered it yet
// are told apart; the tasks are those of the sheet.
func TestCSVDosesAndTasks(t *testing.T) {
	plan := build(t, course())
	at := func(n int) schedule.Session { s, _ := plan.At(n); return s }
	for i, what := range []schedule.Given{
		{Session: at(1).ID(), Date: at(1).Date(), Dose: at(1).Dose().Dose()},
		{Session: at(2).ID(), Date: at(2).Date(), Nothing: true, Reason: "asked", Who: "somebody"},
		{Session: at(3).ID(), Date: at(3).Date()},
	} {
		year, month, day := what.Date.Date()
		next, err := plan.Apply(schedule.Event{ID: "g" + string(rune('0'+i)), What: what}, time.Date(year, month, day, 23, 0, 0, 0, plan.Zone()))
		require.NoError(t, err)
		plan = next
	}
	made, err := sheet.New(plan, sheet.Options{Locale: locale(t, "en-GB"), Doses: true, Drug: true})
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, made.WriteCSV(&out))
	sessions := map[string]map[string]string{}
	for _, row := range table(t, out.String(), ',') {
		if row["kind"] == "session" {
			sessions[row["session"]] = row
		} else {
			assert.Empty(t, row["planned_dose"]+row["given_dose"]+row["tasks_before"])
		}
	}
	want := at(1).Dose().Dose().String()
	require.NotEqual(t, dose.Mass{}.String(), want)
	for n, row := range map[string][3]string{"1": {"", want, "given"}, "2": {"", "0 mg", "given"}, "3": {"", "", "given"}, "4": {want, "", "planned"}} {
		assert.Equal(t, row, [3]string{sessions[n]["planned_dose"], sessions[n]["given_dose"], sessions[n]["state"]}, n)
		assert.Equal(t, at(1).Drug(), sessions[n]["drug"])
		assert.Equal(t, at(1).Route(), sessions[n]["route"])
	}
	assert.Empty(t, sessions["1"]["tasks_before"], "nothing is left to do")
	assert.NotEmpty(t, sessions["4"]["tasks_before"]+sessions["4"]["tasks_after"])
	for task := range at(4).TasksFor(1, 1) {
		assert.Contains(t, sessions["4"]["tasks_before"], task.Text)
	}
}

// A spreadsheet that reads another separator than the one that the file has finds no
// formula either.
func TestSpreadsheetFormulas(t *testing.T) {
	for _, text := range []string{"a, =cmd()", "=a", "x;+1", "x|\t@y", `x" =1`, "－1, ＝2", ", -1", "'=1, =2", "a;;=b"} {
		for _, tag := range []string{"en-GB", "de"} {
			made, err := sheet.New(build(t, course()), sheet.Options{
				Locale: locale(t, tag), Names: true, Drug: true, Spreadsheet: true, Text: func(string) (string, bool) { return strings.ReplaceAll(text, "\t", " "), true },
			})
			require.NoError(t, err)
			var out bytes.Buffer
			require.NoError(t, made.WriteCSV(&out))
			for line := range strings.Lines(strings.TrimPrefix(out.String(), "\ufeff")) {
				for _, cell := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",;|\"\r\n", r) }) {
					first := []rune(strings.TrimSpace(cell) + "x")[0]
					assert.False(t, strings.ContainsRune("=+@＝＋－＠", first), "%q in %q", cell, line)
					assert.False(t, first == '-' && len(strings.TrimSpace(cell)) > 3, "%q in %q", cell, line)
				}
			}
		}
	}
}
