package sheet

import (
	"bytes"
	"flag"
	"io"
	"os"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

var update = flag.Bool("update", false, "write the golden files anew")

func at(t *testing.T, text string) clinic.TimeOfDay {
	t.Helper()
	if text == "" {
		return clinic.TimeOfDay{}
	}
	parsed, err := clinic.ParseTimeOfDay(text)
	require.NoError(t, err)
	return parsed
}

func locale(t *testing.T, tag string) Locale {
	t.Helper()
	l, ok := LocaleOf(tag)
	require.True(t, ok)
	return l
}

// states is a view with a visit in each state, with and without a time, on a day that
// holds or is lost, and with all that a page can have.
func states(t *testing.T, tag string) *view {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	v := &view{
		Options: Options{Locale: locale(t, tag), Doses: true, Names: true, Contacts: []Contact{
			{Name: "Front desk", Phone: "555 0100", Mail: "desk@example.org", Hours: []ContactHours{{Days: []time.Weekday{1, 2, 3, 4, 5}, Hours: clinic.MustHours("09:00-17:00")}}},
			{Purpose: Unwell, Phone: "+1 555 0111", Hours: []ContactHours{{Hours: clinic.MustHours("00:00-24:00")}}},
		}},
		zone: zone, asOf: time.Date(2027, 3, 9, 8, 0, 0, 0, zone), sessions: 10, standing: schedule.OnHold,
	}
	add := func(ordinal int, state schedule.State, day, start, end string, doses ...string) *visit {
		target := schedule.MustDate(day)
		one := visit{
			id: "aaaaaaaaaaaaaaa" + string(rune('a'+len(v.visits))), ordinal: ordinal, state: state, name: "series", revision: 1, week: civil.Days(schedule.MustDate("2027-03-01"), target)/7 + 1,
			target: target, date: target, earliest: civil.AddDays(target, -3), latest: civil.AddDays(target, 3),
			start: at(t, start), end: at(t, end), doses: doses,
		}
		v.visits = append(v.visits, one)
		return &v.visits[len(v.visits)-1]
	}
	add(1, schedule.StateGiven, "2027-03-01", "09:00", "12:10", "36 mg")
	add(2, schedule.StateMissed, "2027-03-03", "09:00", "12:10", "36 mg")
	add(3, schedule.StateCancelled, "2027-03-05", "09:00", "12:10", "36 mg")
	todo := []task{
		{part: before, when: v.Locale.clock(at(t, "07:30")), text: "no food"},
		{part: during, when: v.Locale.clock(at(t, "10:10")), text: "blood pressure"},
		{part: after, when: v.Locale.clock(at(t, "12:10")), text: "no driving"},
	}
	add(4, schedule.StatePlanned, "2027-03-10", "09:00", "12:10", "36 mg", "40 mg").tasks = todo
	shifted := add(5, schedule.StatePlanned, "2027-03-12", "09:00", "12:10", "36 mg")
	shifted.target, shifted.tasks = civil.AddDays(shifted.target, -1), todo
	add(6, schedule.StatePlanned, "2027-03-17", "", "", "36 mg").tasks = []task{{part: before, when: v.Locale.Words.Start.At, text: "no food"}}
	add(7, schedule.StateHeld, "2027-03-24", "09:00", "12:10", "36 mg")
	out := add(8, schedule.StateLeftOut, "2027-03-31", "", "")
	out.date = 0
	add(9, schedule.StateProvisional, "2027-04-28", "09:00", "11:10", "36 mg")
	add(10, schedule.StatePlanned, "2027-05-05", "09:00", "11:10", "36 mg").lost = true
	other := add(5, schedule.StatePlanned, "2027-03-13", "14:00", "15:00")
	other.kind, other.name = companion, "integration"
	follow := add(9, schedule.StatePlanned, "2027-05-26", "14:00", "15:00")
	follow.kind, follow.name = followUp, "score"
	gone := add(10, schedule.StatePlanned, "2027-05-06", "14:00", "15:00")
	gone.kind, gone.name, gone.lost = companion, "integration", true
	v.checkpoints = []checkpoint{{after: 8, date: schedule.MustDate("2027-03-24"), name: "response", assess: "the score"}}
	v.sort()
	v.begin()
	return v
}

// forms are the ways in which a sheet is written.
func forms(s *Sheet) map[string]func(io.Writer) error {
	return map[string]func(io.Writer) error{
		"html": s.WriteHTML, "svg": s.WriteSVG, "csv": s.WriteCSV,
		"txt": func(w io.Writer) error { return s.WriteText(w, 80) },
	}
}

func golden(t *testing.T, name string, write func(io.Writer) error) {
	t.Helper()
	var got, again bytes.Buffer
	require.NoError(t, write(&got))
	require.NoError(t, write(&again))
	assert.Equal(t, got.String(), again.String(), "the same sheet gives the same bytes")
	text := got.String()
	if from, to := strings.Index(text, "<style>"), strings.Index(text, "</style>"); from >= 0 && to > from {
		text = text[:from+len("<style>")] + text[to:] // the style is in page.css
	}
	if *update {
		require.NoError(t, os.WriteFile("testdata/"+name, []byte(text), 0o644))
	}
	want, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	if string(want) != text {
		t.Errorf("testdata/%s is not what is written, from here on:\n%s", name, differing(string(want), text))
	}
}

func TestStates(t *testing.T) {
	for _, tag := range []string{"en-US", "de", "es", "ar"} {
		for form, write := range forms(&Sheet{states(t, tag)}) {
			t.Run(tag+" "+form, func(t *testing.T) { golden(t, "states-"+tag+"."+form, write) })
		}
	}
}

// differing returns the first lines that differ.
func differing(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	const most = 3
	return "-" + strings.Join(a[i:min(i+most, len(a))], "\n-") + "\n+" + strings.Join(b[i:min(i+most, len(b))], "\n+")
}
