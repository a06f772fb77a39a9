package sheet_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"reflect"
	"strings"
	"sync"
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

// Nothing but dates, times, states and tasks is there unless it is asked for.
func TestNeutral(t *testing.T) {
	plan := build(t, course())
	secrets := []string{"examplamine", "infusion", "intravenous", " mg", "kg", "induction", "upkeep", "conversation", "scoring", "benefit", "whether it helps", "blood pressure", "questionnaire", "no response"}
	made, err := sheet.New(plan, sheet.Options{Locale: locale(t, "en-GB")})
	require.NoError(t, err)
	plain := strings.ToLower(write(t, made).shown(t))
	for _, secret := range secrets {
		assert.False(t, strings.Contains(plain, secret), secret)
	}

	for _, tt := range []struct {
		name  string
		o     sheet.Options
		shows []string
	}{
		{"names", sheet.Options{Names: true}, []string{"induction", "upkeep", "conversation", "scoring", "benefit", "whether it helps"}},
		{"doses", sheet.Options{Doses: true}, []string{"36 mg", "50 mg (no response)"}},
		{"during", sheet.Options{During: true}, []string{"blood pressure", "questionnaire"}},
		{"title", sheet.Options{Title: "Plan of examplamine"}, []string{"examplamine"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Locale = locale(t, "en-GB")
			made, err := sheet.New(plan, tt.o)
			require.NoError(t, err)
			w := write(t, made)
			html, text := strings.ReplaceAll(w.html, "\u00A0", " "), strings.Join(strings.Fields(w.text), " ")
			for _, secret := range tt.shows {
				assert.True(t, strings.Contains(html, secret), secret)
				assert.True(t, strings.Contains(text, secret), secret)
			}
			for _, secret := range secrets {
				if !strings.Contains(strings.Join(tt.shows, " "), secret) {
					assert.False(t, strings.Contains(w.shown(t), secret), secret)
				}
			}
		})
	}
}

// Tasks are on the clock, before and after the visit, in its order, and say
// which day they are on.
func TestTasks(t *testing.T) {
	made, err := sheet.New(build(t, course()), sheet.Options{Locale: locale(t, "en-US"), During: true})
	require.NoError(t, err)
	_, todo, found := strings.Cut(write(t, made).text, "\nWhat to do\n")
	require.True(t, found)
	todo, _, _ = strings.Cut(todo, "\nDecisions\n")
	assert.Equal(t, `  Visits 1–4
    Before the visit:
      - 9:00 AM, 3 days before: blood test
      - 7:30 AM to 9:30 AM: no food
    At the visit:
      - 9:00 AM: bring the questionnaire
      - 10:00 AM: blood pressure
    After the visit:
      - 11:10 AM to 7:10 AM the next day: no driving
      - 10:10 AM, 2 days after: telephone call
`, todo)
}

// The texts of a protocol are asked for once each, can be reworded and left
// out, and are never English in another language.
func TestText(t *testing.T) {
	plan := build(t, course())
	_, err := sheet.New(plan, sheet.Options{Locale: locale(t, "de")})
	e, ok := errors.AsType[*sheet.UntranslatedError](err)
	require.True(t, ok)
	assert.Equal(t, &sheet.UntranslatedError{Tag: "de", Texts: []string{"no driving", "no food", "blood test", "telephone call"}}, e)
	assert.EqualError(t, err, `Text: want words in de for "no driving", "no food", "blood test" and 1 more`)

	asked := map[string]int{}
	words := func(text string) (string, bool) {
		asked[text]++
		switch text {
		case "no food":
			return "nichts essen", true
		case "telephone call":
			return "", true
		case "blood test", "no driving":
			return "erledigen: " + strings.Repeat("x", 3), true
		}
		return "", false
	}
	made, err := sheet.New(plan, sheet.Options{Locale: locale(t, "de"), Text: words})
	require.NoError(t, err)
	w := write(t, made)
	assert.Equal(t, map[string]int{"no food": 1, "telephone call": 1, "blood test": 1, "no driving": 1}, asked)
	for _, english := range []string{"no food", "telephone", "blood", "Visit", "March", " the "} {
		assert.False(t, strings.Contains(w.shown(t), english), english)
	}
	assert.True(t, strings.Contains(w.html, `<span class="clock">07:30 bis 09:30</span> <bdi>nichts essen</bdi>`))

	// Also in English a text that is not known is not shown as it is.
	_, err = sheet.New(plan, sheet.Options{Locale: locale(t, "en-GB"), Text: words, Names: true})
	assert.EqualError(t, err, `Text: want words in en-GB for "induction", "upkeep", "conversation" and 3 more`)

	_, err = sheet.New(plan, sheet.Options{Locale: locale(t, "de"), Text: func(string) (string, bool) { return "a\nb", true }})
	assert.ErrorContains(t, err, `Text for "no food" "a\nb": want one line of UTF-8 without control characters and direction overrides`)
}

func TestRefused(t *testing.T) {
	plan := build(t, course())
	english := locale(t, "en-US")
	const line = "want one line of UTF-8 without control characters and direction overrides"
	change := func(f func(*sheet.Locale)) sheet.Options {
		l := english
		f(&l)
		return sheet.Options{Locale: l}
	}
	for _, tt := range []struct {
		name string
		plan *schedule.Plan
		o    sheet.Options
		want string
	}{
		{"no plan", nil, sheet.Options{Locale: english}, "Plan: want a plan made by schedule.Build"},
		{"zero plan", new(schedule.Plan), sheet.Options{Locale: english}, "Plan: want a plan made by schedule.Build"},
		{"CR", plan, sheet.Options{Locale: english, Title: "a\rb"}, `Title "a\rb": ` + line},
		{"LF", plan, sheet.Options{Locale: english, Contacts: []sheet.Contact{{Lines: []string{"a", "a\nb"}}}}, `Contact 1.Lines, line 2 "a\nb": ` + line},
		{"tab", plan, sheet.Options{Locale: english, Title: "\t"}, `Title "\t": ` + line},
		{"spaces", plan, sheet.Options{Locale: english, Title: "  "}, `Title "  ": want words, or nothing for those of the locale`},
		{"escape", plan, sheet.Options{Locale: english, Title: "\x1b[31m"}, `Title "\x1b[31m": ` + line},
		{"C1", plan, sheet.Options{Locale: english, Title: "\u009b31m"}, `Title "\u009b31m": ` + line},
		{"override", plan, sheet.Options{Locale: english, Title: "\u202eabc"}, `Title "\u202eabc": ` + line},
		{"isolate", plan, sheet.Options{Locale: english, Title: "\u2066abc"}, `Title "\u2066abc": ` + line},
		{"separator", plan, sheet.Options{Locale: english, Title: "a\u2028b"}, `Title "a\u2028b": ` + line},
		{"no character", plan, sheet.Options{Locale: english, Title: "\uffff"}, `Title "\uffff": ` + line},
		{"no UTF-8", plan, sheet.Options{Locale: english, Title: "a\xff"}, `Title "a\xff": ` + line},
		{"long and bad", plan, sheet.Options{Locale: english, Title: strings.Repeat("é", 100) + "\n"}, `Title "` + strings.Repeat("é", 32) + `...": ` + line},
		{"worksheets in German", plan, sheet.Options{Locale: locale(t, "de"), Worksheets: true}, `Worksheets "de": want an English locale: the lines of a worksheet are English`},
		{"tag", plan, change(func(l *sheet.Locale) { l.Tag = `en" onload="x` }), `Locale.Tag "en\" onload=\"x": want a language tag such as "en-US"`},
		{"tag of one letter", plan, change(func(l *sheet.Locale) { l.Tag = "e" }), `Locale.Tag "e": want a language tag such as "en-US"`},
		{"paper", plan, change(func(l *sheet.Locale) { l.Paper = 9 }), `Locale.Paper "%!Paper(9)": want AnyPaper, A4 or Letter`},
		{"weekday", plan, change(func(l *sheet.Locale) { l.FirstWeekday = 7 }), `Locale.FirstWeekday "%!Weekday(7)": want a weekday`},
		{"no words", plan, change(func(l *sheet.Locale) { l.Words.Held = "" }), "Locale.Words.Held: want words"},
		{"no AM", plan, change(func(l *sheet.Locale) { l.AM = " " }), "Locale.AM: want words"},
		{"no place", plan, change(func(l *sheet.Locale) { l.Words.Visit = "Visit" }), `Locale.Words.Visit "Visit": want a place for {n}`},
		{"no half", plan, change(func(l *sheet.Locale) { l.TimePattern = "{hour}.{minute}" }), `Locale.TimePattern "{hour}.{minute}": want a place for {half}`},
		{"bad words", plan, change(func(l *sheet.Locale) { l.Months[2] = "\x00" }), `Locale.Months, March "\x00": ` + line},
		{"wide weekday", plan, change(func(l *sheet.Locale) { l.WeekdaysNarrow[0] = "Sund" }), `Locale.WeekdaysNarrow, Sunday "Sund": want one to three letters`},
		{"all at once", nil, change(func(l *sheet.Locale) { l.Tag, l.Words.None = "", "" }), "Plan: want a plan made by schedule.Build\nLocale.Tag: want a language tag such as \"en-US\"\nLocale.Words.None: want words"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			made, err := sheet.New(tt.plan, tt.o)
			assert.Nil(t, made)
			assert.EqualError(t, err, tt.want)
			_, ok := errors.AsType[*sheet.OptionError](err)
			assert.True(t, ok)
		})
	}

	_, ok := sheet.LocaleOf("fr")
	assert.False(t, ok)
	made, err := sheet.New(plan, sheet.Options{Locale: english})
	require.NoError(t, err)
	assert.EqualError(t, made.WriteText(io.Discard, 19), `width "19": want 20 to 1000 columns`)
	assert.EqualError(t, made.WriteText(io.Discard, 1001), `width "1001": want 20 to 1000 columns`)
}

// The zero Locale is refused in all its fields.
func TestZeroLocale(t *testing.T) {
	_, err := sheet.New(build(t, course()), sheet.Options{})
	require.Error(t, err)
	texts := 0
	var count func(reflect.Type)
	count = func(t reflect.Type) {
		switch t.Kind() {
		case reflect.String:
			texts++
		case reflect.Array:
			texts += t.Len()
		case reflect.Struct:
			for field := range t.Fields() {
				count(field.Type)
			}
		}
	}
	count(reflect.TypeFor[sheet.Locale]())
	assert.Len(t, strings.Split(err.Error(), "\n"), texts-2, "all but AM and PM")
}

// A change of the caller's data after New changes nothing.
func TestImmutable(t *testing.T) {
	contact := []sheet.Contact{{Lines: []string{"555 0100"}}}
	made, err := sheet.New(build(t, course()), sheet.Options{Locale: locale(t, "en-US"), Contacts: contact})
	require.NoError(t, err)
	before := write(t, made)
	contact[0].Lines[0] = "changed"
	assert.Equal(t, before, write(t, made))
}

// A sheet can be written by many at once.
func TestConcurrent(t *testing.T) {
	made, err := sheet.New(build(t, course()), sheet.Options{Locale: locale(t, "en-US")})
	require.NoError(t, err)
	want := write(t, made)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() { assert.True(t, want == write(t, made)) })
	}
	group.Wait()
}

// A plan in which nothing is planned says so.
func TestNoVisits(t *testing.T) {
	spec := course()
	spec.Phases, spec.Gates, spec.FollowUps = spec.Phases[:1], nil, nil
	spec.Phases[0].Cadence = protocol.MustCadence("as needed")
	made, err := sheet.New(build(t, spec), sheet.Options{Locale: locale(t, "en-US")})
	require.NoError(t, err)
	w := write(t, made)
	assert.True(t, strings.Contains(w.html, "<p>No visits are planned.</p>"))
	assert.False(t, strings.Contains(w.html, "<table"))
	assert.Contains(t, w.text, "No visits are planned.")
	assert.Contains(t, w.svg, "No visits are planned.")
	checkXML(t, w.svg)
	checkHTML(t, w.html)
	records, err := csv.NewReader(strings.NewReader(w.csv)).ReadAll()
	require.NoError(t, err)
	assert.Len(t, records, 1)
}

// An error of the writer comes back from each form.
func TestWriterFails(t *testing.T) {
	made, err := sheet.New(build(t, course()), sheet.Options{Locale: locale(t, "en-US")})
	require.NoError(t, err)
	assert.ErrorIs(t, made.WriteHTML(broken{}), errBroken)
	assert.ErrorIs(t, made.WriteSVG(broken{}), errBroken)
	assert.ErrorIs(t, made.WriteText(broken{}, 80), errBroken)
	assert.ErrorIs(t, made.WriteCSV(broken{}), errBroken)
}

var errBroken = errors.New("broken")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

// The CSV has one line for each session and each other visit, and what a
// program needs to know of it.
func TestCSV(t *testing.T) {
	plan := build(t, course())
	made, err := sheet.New(plan, sheet.Options{Locale: locale(t, "ar"), Doses: true, Names: true, Text: func(text string) (string, bool) { return "=" + text, true }})
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, made.WriteCSV(&out))
	assert.Equal(t, strings.Count(out.String(), "\n"), strings.Count(out.String(), "\r\n"))
	records, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	require.Len(t, records, 1+6+4+1)
	column := map[string]int{}
	for i, name := range records[0] {
		column[name] = i
	}
	sessions := 0
	for _, record := range records[1:] {
		if record[column["kind"]] != "session" {
			continue
		}
		id, err := schedule.ParseID(record[column["id"]])
		require.NoError(t, err)
		s, found := plan.Session(id)
		require.True(t, found)
		assert.Equal(t, s.Date().String(), record[column["date"]])
		assert.Equal(t, s.Start().String(), record[column["start"]])
		assert.Equal(t, s.State().String(), record[column["state"]])
		assert.Equal(t, "'="+s.Phase(), record[column["name"]], "no formula")
		assert.Equal(t, s.Dose().Dose().String(), record[column["planned_dose"]])
		assert.Empty(t, record[column["given_dose"]])
		sessions++
	}
	assert.Equal(t, 6, sessions)
}

// The name of a zone that somebody made by hand is a text like any other.
func TestZone(t *testing.T) {
	for name, want := range map[string]string{
		"<b>&": "", "=1": "", "a\nb": `Zone "a\nb": want one line of UTF-8 without control characters and direction overrides`,
	} {
		spec := course()
		prescribed, err := spec.Compile()
		require.NoError(t, err)
		zone := time.FixedZone(name, 3600)
		office, err := clinic.New(clinic.Spec{Zone: zone, Weekly: clinic.OpenOn(clinic.MustHours("09:00-17:00"), 0, 1, 2, 3, 4, 5, 6)})
		require.NoError(t, err)
		start := schedule.MustDate("2027-03-01")
		plan, err := schedule.Build(schedule.Request{
			Protocol: prescribed, Start: start, Opening: office, Weighings: []schedule.Weighing{{Date: start, Weight: dose.MustWeight("72 kg")}},
			Key: schedule.Key{1}, AsOf: time.Date(2027, 3, 1, 8, 0, 0, 0, zone),
		})
		require.NoError(t, err)
		made, err := sheet.New(plan, sheet.Options{Locale: locale(t, "en-US")})
		if want != "" {
			assert.EqualError(t, err, want)
			continue
		}
		require.NoError(t, err)
		w := write(t, made)
		_, content := checkHTML(t, w.html)
		assert.True(t, strings.Contains(content, name))
		checkCSV(t, w.csv)
	}
}
