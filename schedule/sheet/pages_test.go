package sheet

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

var pagesTo = flag.String("pages", "", "write the pages that internal/interop/pages looks at to a `folder`")

// A shownPage is a page that internal/interop/pages opens, prints and counts the sheets
// of paper of.
type shownPage struct {
	name  string
	view  *view
	paper int // the most sheets of paper that it may need
}

// treatment is a plan of a cadence, in a clinic that is open every day, with tasks of all
// kinds and, where it has two phases, a decision between them.
func treatment(t testing.TB, cadence string, more ...string) *schedule.Plan {
	t.Helper()
	until := time.Duration(0)
	visit := protocol.Visit{
		Preparation: 30 * time.Minute, Administration: 40 * time.Minute, Observation: time.Hour,
		Tasks: []protocol.Task{
			{Text: "no food", For: protocol.ForPatient, From: protocol.AdministrationStart, At: -2 * time.Hour, Until: &until},
			{Text: "blood pressure", For: protocol.ForStaff, From: protocol.AdministrationStart, At: -10 * time.Minute},
			{Text: "blood pressure", For: protocol.ForStaff, From: protocol.AdministrationEnd},
			{Text: "no driving", For: protocol.ForPatient, From: protocol.Departure},
		},
	}
	rule := dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 80 mg")
	spec := protocol.Spec{ID: "pages", Version: "1", Drug: "examplamine", Route: "intravenous"}
	for i, c := range append([]string{cadence}, more...) {
		name := [...]string{"induction", "upkeep"}[i]
		spec.Phases = append(spec.Phases, protocol.Phase{Name: name, Cadence: protocol.MustCadence(c), MinGap: 1, Visit: visit, Dose: rule})
	}
	if len(more) > 0 {
		spec.Gates = []protocol.Gate{{Name: "benefit", Phase: "induction", Assess: "whether it helps"}}
	}
	prescribed, err := spec.Compile()
	require.NoError(t, err)
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	office, err := clinic.New(clinic.Spec{Zone: zone, Weekly: clinic.OpenOn(clinic.MustHours("09:00-17:00"), 0, 1, 2, 3, 4, 5, 6)})
	require.NoError(t, err)
	start := schedule.MustDate("2027-03-01")
	plan, err := schedule.Build(schedule.Request{
		Protocol: prescribed, Start: start, Opening: office, Weighings: []schedule.Weighing{{Date: start, Weight: dose.MustWeight("72 kg")}},
		Key: schedule.Key{0: 0xE7, 15: 0x1D}, AsOf: time.Date(2027, 3, 1, 8, 0, 0, 0, zone),
	})
	require.NoError(t, err)
	return plan
}

// on applies something to a plan as of the evening of a day of March 2027.
func on(t testing.TB, plan *schedule.Plan, day int, what schedule.Happening) *schedule.Plan {
	t.Helper()
	next, err := plan.Apply(schedule.Event{ID: "e" + strconv.Itoa(day), What: what}, time.Date(2027, 3, day, 23, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	return next
}

// rich are options with all that a patient can be told, in a language.
func rich(t *testing.T, tag string) Options {
	t.Helper()
	day := clinic.MustHours("09:00-17:00")
	o := Options{
		Locale: locale(t, tag), Escort: true, Today: schedule.MustDate("2027-03-02"),
		Contacts: []Contact{
			{Name: "Dr. Example", Phone: "555 0100", Mail: "desk@example.org", Page: "https://example.org/visits", Hours: []ContactHours{{Days: []time.Weekday{1, 2, 3, 4, 5}, Hours: day}}},
			{Purpose: Unwell, Phone: "+1 555 0111", Hours: []ContactHours{{Hours: clinic.MustHours("00:00-24:00")}}},
			{Purpose: Emergency, Phone: "911"},
		},
		Details: Details{Place: "3, 12", Bring: []string{"A, B, C"}, Notes: []string{"D, E"}},
	}
	if !o.Locale.english() {
		o.Text = func(text string) (string, bool) { return o.Locale.Words.Note + " " + strconv.Itoa(len(text)), true }
	}
	return o
}

// shownPages are pages of all forms, lengths, languages, standings and states.
func shownPages(t *testing.T) (pages []shownPage) {
	t.Helper()
	add := func(name string, plan *schedule.Plan, o Options, paper int) {
		s, err := New(plan, o)
		require.NoError(t, err)
		pages = append(pages, shownPage{name, s.view, paper})
	}
	with := func(tag string, change func(*Options)) Options {
		o := rich(t, tag)
		change(&o)
		return o
	}
	for _, tag := range []string{"en-US", "de", "es", "ar"} {
		v := states(t, tag)
		o := rich(t, tag)
		v.Contacts, v.Details, v.Escort, v.Movable, v.Today = o.Contacts, o.Details, true, true, schedule.MustDate("2027-03-09")
		v.compared, v.earlier, v.news = true, v.instantText(v.asOf), []string{v.Locale.Words.GoesOn, v.names([]*visit{&v.visits[3], &v.visits[5]})}
		for i := 3; i < 6; i++ {
			v.visits[i].mark, v.visits[i].was = v.Locale.Words.Changed, v.when(&v.visits[2])
		}
		pages = append(pages, shownPage{"states-" + tag, v, 5})
	}
	six, daily, years := treatment(t, "2/wk x3"), treatment(t, "5/wk x12"), treatment(t, "3-2-1-1-1", "every 1w x132")
	middle := treatment(t, "3-2-1-1-1", "every 2w x13")
	first, _ := middle.At(1)
	given := on(t, middle, 1, schedule.Given{Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("36 mg")})
	second, _ := middle.At(2)
	moved := on(t, given, 2, schedule.Moved{Session: second.ID(), Date: second.Date() + 1})
	add("6-es", six, rich(t, "es"), 2)
	add("21-en-GB", moved, with("en-GB", func(o *Options) {
		o.Names, o.Drug, o.Doses, o.Movable, o.Since = true, true, true, true, middle
	}), 6)
	add("60-de", daily, rich(t, "de"), 5)
	add("140-en-US", years, rich(t, "en-US"), 15)
	add("one-page-6-en-US", six, with("en-US", func(o *Options) { o.Form = OnePage }), 1)
	add("one-page-21-ar", moved, with("ar", func(o *Options) { o.Form, o.Since = OnePage, middle }), 1)
	add("one-page-60-de", daily, with("de", func(o *Options) { o.Form = OnePage }), 1)
	add("one-page-140-es", years, with("es", func(o *Options) { o.Form = OnePage }), 1)
	add("staff-6-en-US", six, with("en-US", func(o *Options) { o.Form = StaffSheet }), 3)
	add("staff-21-de", moved, with("de", func(o *Options) { o.Form, o.Since, o.Sessions = StaffSheet, middle, 4 }), 3)
	add("staff-several-en-GB", several(t), with("en-GB", func(o *Options) { o.Form, o.Sessions = StaffSheet, 2 }), 5)
	add("staff-several-ar", several(t), with("ar", func(o *Options) { o.Form, o.Sessions = StaffSheet, 1 }), 2)
	add("full-several-en-US", several(t), with("en-US", func(o *Options) { o.Names, o.Drug, o.Doses = true, true, true }), 4)
	add("worksheets-6-en-GB", six, with("en-GB", func(o *Options) { o.Worksheets, o.During = true, true }), 2)
	add("stopped-en-GB", on(t, given, 3, schedule.Cancelled{Session: second.ID(), By: schedule.ByClinical, Rest: true}), with("en-GB", func(o *Options) { o.Since = given }), 3)
	add("hold-ar", on(t, given, 3, schedule.Held{Session: second.ID()}), with("ar", func(o *Options) { o.Since = given }), 3)
	bare := Options{Locale: locale(t, "en-US")}
	add("bare-6-en-US", six, bare, 2)
	add("none-en-US", treatment(t, "as needed"), bare, 1)
	return pages
}

// Each page is small, closed, and, with -pages, written for others to look at.
func TestPages(t *testing.T) {
	for _, p := range shownPages(t) {
		var b bytes.Buffer
		require.NoError(t, (&Sheet{p.view}).WriteHTML(&b))
		assert.Less(t, b.Len(), 200_000, p.name)
		assert.False(t, strings.Contains(strings.ToLower(b.String()), "<script"), p.name)
		if *pagesTo != "" {
			name := fmt.Sprintf("%s.on%d.html", p.name, p.paper)
			require.NoError(t, os.WriteFile(filepath.Join(*pagesTo, name), b.Bytes(), 0o644))
		}
	}
}
