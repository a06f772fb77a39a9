package regimen_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/fhir"
	"github.com/regimen-go/regimen/schedule/ical"
	"github.com/regimen-go/regimen/schedule/sheet"
)

const outputs = "testdata/outputs"

var updateOutputs = flag.Bool("update-outputs", false, "write the golden files of "+outputs+" anew")

// together is the plan of a protocol with a dose in parts, medicines beside it, monitoring
// and a table of missed doses, in three states: as it was built; under way, with the second
// session given, and a blood count that is not in order before the third; and late, six
// weeks later, with the first dose of upkeep missed.
//
// By hand, for 72 kg from Mon 2026-03-02: a bolus of 7.2 mg, to 0.5 mg 7 mg; 20 mg and 40 mg
// make it 67 mg. Arrival 08:00, so the bolus is from 09:00, the rates from 09:05 and 10:15,
// the extra at 11:15. 1.5 mg/kg of otheramine are 108 mg, to 5 mg 110 mg, from 11:45 to 12:15.
// Upkeep is four, eight and twelve weeks after 03-16: 04-13, 05-11, 06-08. Blood counts are
// on Fridays from 03-06 on.
func together(t *testing.T) (built, underWay, late *schedule.Plan) {
	t.Helper()
	src, err := os.ReadFile(outputs + "/protocol.json")
	require.NoError(t, err)
	spec, err := protocol.Parse("protocol.json", src)
	require.NoError(t, err)
	prescribed, err := spec.Compile()
	require.NoError(t, err)
	src, err = os.ReadFile(outputs + "/clinic.json")
	require.NoError(t, err)
	days, err := clinic.Parse("clinic.json", src, time.LoadLocation)
	require.NoError(t, err)
	office, err := clinic.New(days)
	require.NoError(t, err)
	built, err = schedule.Build(schedule.Request{
		Protocol: prescribed, Start: schedule.MustDate("2026-03-02"), Opening: office, Key: schedule.Key{0x70, 15: 0x9E},
		AsOf: time.Date(2026, 2, 27, 12, 0, 0, 0, time.UTC), Weighings: []schedule.Weighing{{Date: schedule.MustDate("2026-02-27"), Weight: dose.MustWeight("72 kg")}},
	})
	require.NoError(t, err)
	session := func(n int) schedule.ID { s, _ := built.At(n); return s.ID() }
	count := func(n int) schedule.ID {
		for o := range built.OtherVisits() {
			if o.Name == "blood count" && o.Number == n {
				return o.ID
			}
		}
		t.Fatalf("no blood count %d", n)
		return schedule.ID{}
	}
	clock := func(s string) clinic.TimeOfDay {
		at, err := clinic.ParseTimeOfDay(s)
		require.NoError(t, err)
		return at
	}
	mg, minutes := dose.MustMass, dose.MustDuration
	at := func(p *schedule.Plan, when string, what schedule.Happening) *schedule.Plan {
		asOf, err := time.Parse("2006-01-02 15:04", when)
		require.NoError(t, err)
		next, err := p.Apply(schedule.Event{ID: "e-" + strings.ReplaceAll(when, " ", "-"), RecordedBy: "nurse-7", What: what}, asOf)
		require.NoError(t, err)
		return next
	}
	underWay = at(built, "2026-03-02 16:00", schedule.Given{
		Session: session(1), Date: schedule.MustDate("2026-03-02"), Start: clock("08:00"), End: clock("12:40"),
		Parts: []schedule.GivenPart{
			{Name: "bolus", Dose: mg("7 mg"), Start: clock("09:02"), During: minutes("5 min")},
			{Name: "first rate", Dose: mg("20 mg"), Start: clock("09:10"), End: clock("10:10")},
			{Name: "second rate", Dose: mg("25 mg"), Start: clock("10:20"), During: minutes("38 min")},
			{Name: "extra", Nothing: true},
		},
		Beside: []schedule.MedicineGiven{
			{Name: "examplazepam", NotGiven: true, Reason: "forgotten", Who: "patient"},
			{Name: "examplasetron", Dose: mg("8 mg"), Start: clock("08:30")},
			{Name: "examplafentanil", Dose: mg("20 mcg"), Start: clock("10:58"), Reason: "pain 7"},
			{Name: "otheramine", Dose: mg("110 mg"), Start: clock("11:45"), During: minutes("30 min")},
		},
		Reason: "second rate stopped for pain", Who: "dr-2",
	})
	underWay = at(underWay, "2026-03-06 15:00", schedule.VisitDone{Visit: count(1), Date: schedule.MustDate("2026-03-06"), Result: "neutrophils 2.1", Verdict: schedule.VerdictOK})
	underWay = at(underWay, "2026-03-09 16:00", schedule.Given{
		Session: session(2), Date: schedule.MustDate("2026-03-09"),
		Parts: []schedule.GivenPart{{Name: "bolus", Dose: mg("7 mg")}, {Name: "first rate", Dose: mg("20 mg")}, {Name: "second rate", Dose: mg("40 mg")}},
		Beside: []schedule.MedicineGiven{
			{Name: "examplazepam", Dose: mg("1 mg"), Date: schedule.MustDate("2026-03-08")}, {Name: "examplasetron", Dose: mg("8 mg")}, {Name: "otheramine", Dose: mg("110 mg")},
		},
	})
	underWay = at(underWay, "2026-03-13 15:00", schedule.VisitDone{Visit: count(2), Date: schedule.MustDate("2026-03-13"), Result: "neutrophils 0.9", Verdict: schedule.VerdictNotOK})
	late = at(underWay, "2026-03-16 07:30", schedule.VisitDone{Visit: count(3), Date: schedule.MustDate("2026-03-16"), Start: clock("07:15"), Result: "neutrophils 1.6", Verdict: schedule.VerdictOK, Reason: "early, before the session"})
	late = at(late, "2026-03-16 16:00", schedule.Given{
		Session: session(3), Date: schedule.MustDate("2026-03-16"), Dose: mg("67 mg"),
		Beside: []schedule.MedicineGiven{{Name: "examplazepam", Dose: mg("1 mg"), Date: schedule.MustDate("2026-03-15")}, {Name: "examplasetron", Dose: mg("8 mg")}, {Name: "otheramine", Dose: mg("110 mg")}},
	})
	late = at(late, "2026-04-21 10:00", schedule.Missed{Session: session(4), Reason: "away"})
	return built, underWay, late
}

// TestOutputs: what every output says of one plan that has all that goes with a dose. The
// golden files are there to be read; what is asserted beside them was worked by hand.
func TestOutputs(t *testing.T) {
	built, underWay, late := together(t)
	golden := func(name string, got []byte) {
		t.Helper()
		path := filepath.Join(outputs, name)
		if *updateOutputs {
			require.NoError(t, os.WriteFile(path, got, 0o644))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got), "go test . -run TestOutputs -update-outputs")
	}
	indented := func(src []byte, err error) []byte {
		t.Helper()
		require.NoError(t, err)
		var b bytes.Buffer
		require.NoError(t, json.Indent(&b, src, "", "  "))
		return append(b.Bytes(), '\n')
	}
	marshal := func(v any) []byte { return indented(json.Marshal(v)) }
	page := func(p *schedule.Plan, o sheet.Options) *sheet.Sheet {
		t.Helper()
		o.Locale, _ = sheet.LocaleOf("en-GB")
		o.Today = schedule.MustDate("2026-03-13")
		s, err := sheet.New(p, o)
		require.NoError(t, err)
		return s
	}
	written := func(write func(*bytes.Buffer) error) []byte {
		t.Helper()
		var b bytes.Buffer
		require.NoError(t, write(&b))
		return b.Bytes()
	}
	full := sheet.Options{Names: true, Drug: true, Doses: true, Since: built}
	golden("full.html", written(func(b *bytes.Buffer) error { return page(underWay, full).WriteHTML(b) }))
	golden("visits.txt", written(func(b *bytes.Buffer) error { return page(underWay, full).WriteText(b, 100) }))
	golden("visits.csv", written(func(b *bytes.Buffer) error { return page(underWay, full).WriteCSV(b) }))
	golden("timeline.svg", written(func(b *bytes.Buffer) error { return page(underWay, full).WriteSVG(b) }))
	golden("one-page.html", written(func(b *bytes.Buffer) error { return page(underWay, sheet.Options{Form: sheet.OnePage}).WriteHTML(b) }))
	golden("staff.html", written(func(b *bytes.Buffer) error {
		return page(underWay, sheet.Options{Form: sheet.StaffSheet, Sessions: 2}).WriteHTML(b)
	}))
	golden("calendar.ics", written(func(b *bytes.Buffer) error {
		return ical.Write(b, underWay, ical.Options{ShowDrug: true, ShowDose: true, ShowNames: true, Location: "3rd floor"})
	}))
	bundle, err := fhir.NewBundle(underWay, fhir.Export{Subject: fhir.Reference{Reference: "Patient/1"}})
	require.NoError(t, err)
	assert.Empty(t, fhir.Check(bundle))
	golden("bundle.json", marshal(bundle))
	golden("plan.json", indented(schedule.FormatPlan(underWay), nil))
	golden("view.json", marshal(underWay))
	golden("status.json", marshal(underWay.On(schedule.MustDate("2026-03-16"))))
	golden("diff.json", marshal(built.Diff(underWay)))

	var text strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&text, format+"\n", args...) }
	say("# What changed\n\n%s\n", built.Diff(underWay))
	say("# Findings\n")
	for _, f := range schedule.Validate(underWay) {
		say("- %s %s: %s", f.Severity, f.Code, f.Text)
	}
	say("\n# How session 1 came about\n")
	explain := func(p *schedule.Plan, n int) {
		s, _ := p.At(n)
		e, err := p.Explain(s.ID())
		require.NoError(t, err)
		say("%s", e)
	}
	explain(underWay, 1)
	say("\n# How session 3 comes about\n")
	explain(underWay, 3)
	for o := range underWay.OtherVisits() {
		if o.Name == "blood count" && o.Number == 3 {
			why, err := underWay.ExplainVisit(o.ID)
			require.NoError(t, err)
			say("\n# How blood count 3 comes about\n\n%s", why)
		}
	}
	say("\n# Late: findings\n")
	for _, f := range schedule.Validate(late) {
		say("- %s %s: %s", f.Severity, f.Code, f.Text)
	}
	say("\n# Late: the ways on\n")
	missed, _ := late.At(4)
	repairs, err := late.Repairs(late.AsOf(), missed.ID())
	require.NoError(t, err)
	for _, r := range repairs {
		say("- %s", r)
	}
	say("\n# Late: session 5\n")
	explain(late, 5)
	golden("text.txt", []byte(text.String()))
	golden("late.html", written(func(b *bytes.Buffer) error {
		return page(late, sheet.Options{Form: sheet.StaffSheet, Sessions: 1}).WriteHTML(b)
	}))
}
