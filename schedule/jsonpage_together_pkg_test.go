package schedule

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

const togetherFile = "../testdata/outputs/protocol.json"

// pageTogether is a plan of a protocol that has all that goes with a dose: the first session
// given in parts, the first dose of the second phase missed.
func pageTogether(t *testing.T) *Plan {
	t.Helper()
	src, err := os.ReadFile(togetherFile)
	require.NoError(t, err)
	spec, err := protocol.Parse("protocol.json", src)
	require.NoError(t, err)
	prescribed, err := spec.Compile()
	require.NoError(t, err)
	office, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)})
	require.NoError(t, err)
	p, err := Build(Request{
		Protocol: prescribed, Start: MustDate("2026-03-02"), Opening: office, Key: Key{1, 35, 69, 103, 137, 171, 205, 239, 1, 35, 69, 103, 137, 171, 205, 239},
		AsOf: time.Date(2026, 2, 27, 12, 0, 0, 0, time.UTC), Weighings: []Weighing{{Date: MustDate("2026-02-27"), Weight: dose.MustWeight("72 kg")}},
	})
	require.NoError(t, err)
	session := func(n int) ID { s, _ := p.At(n); return s.ID() }
	var count ID
	for v := range p.OtherVisits() {
		if v.Name == "blood count" && v.Number == 1 {
			count = v.ID
		}
	}
	clock := func(s string) clinic.TimeOfDay {
		at, err := clinic.ParseTimeOfDay(s)
		require.NoError(t, err)
		return at
	}
	mg := dose.MustMass
	for i, e := range []struct {
		on   string
		what Happening
	}{
		{"2026-03-02", Given{
			Session: session(1), Date: MustDate("2026-03-02"),
			Parts: []GivenPart{
				{Name: "bolus", Dose: mg("7 mg"), Start: clock("09:02"), During: dose.MustDuration("5 min")},
				{Name: "first rate", Dose: mg("20 mg"), Start: clock("09:10"), End: clock("10:10")},
				{Name: "second rate", Dose: mg("25 mg"), Start: clock("10:20"), During: dose.MustDuration("38 min")},
				{Name: "extra", Nothing: true},
			},
			Beside: []MedicineGiven{
				{Name: "examplazepam", NotGiven: true, Reason: "forgotten"},
				{Name: "examplasetron", Dose: mg("8 mg"), Start: clock("08:30")},
				{Name: "otheramine", Dose: mg("110 mg"), Start: clock("11:45"), During: dose.MustDuration("30 min")},
			},
			Reason: "second rate stopped for pain", Who: "dr-2",
		}},
		{"2026-03-06", VisitDone{Visit: count, Date: MustDate("2026-03-06"), Result: "neutrophils 2.1", Verdict: VerdictOK}},
		{"2026-03-09", Given{Session: session(2), Date: MustDate("2026-03-09"), Dose: mg("67 mg")}},
		{"2026-03-16", Given{Session: session(3), Date: MustDate("2026-03-16"), Dose: mg("67 mg")}},
		{"2026-04-21", Missed{Session: session(4), Reason: "away"}},
	} {
		asOf, err := time.Parse("2006-01-02 15:04", e.on+" 16:00")
		require.NoError(t, err)
		p, err = p.Apply(Event{ID: fmt.Sprint("e", i+1), RecordedBy: "nurse-7", What: e.what}, asOf)
		require.NoError(t, err)
	}
	return p
}

// togetherPage is the part of docs/JSON.md about what goes with a dose.
func togetherPage(t *testing.T) string {
	t.Helper()
	p := pageTogether(t)
	file, err := os.ReadFile(togetherFile)
	require.NoError(t, err)
	first, _ := p.At(1)
	next, _ := p.At(5)
	explanation, err := p.Explain(next.ID())
	require.NoError(t, err)
	var findings []Finding
	for _, f := range Validate(p) {
		if !slices.ContainsFunc(findings, func(g Finding) bool { return g.Code == f.Code }) {
			findings = append(findings, f)
		}
	}
	marshal := func(v any) []byte {
		text, err := json.Marshal(v)
		require.NoError(t, err)
		return text
	}
	var b strings.Builder
	b.WriteString(`
# What goes with a dose

A dose in parts, medicines beside the drug, visits of a monitoring and what follows after missed doses have keys of their own, which are there only where a protocol has any. These
are of one treatment ([protocol.json](../testdata/outputs/protocol.json), test data): the first session given in parts, the first dose of the second phase missed. What stands elsewhere on
this page is cut here.
`)
	for _, part := range []struct {
		title, text string
		src         []byte
		elided      string
	}{
		{"In a protocol file", "`parts`, `missedDoses` and `beside` of a phase, `beside` and `monitoring` of the protocol; docs/PROTOCOLS.md says what they mean.", file, "visit sources"},
		{"In entries", "What was given of each part and of each medicine beside the drug, \"0 mg\" for what was not; the result of a visit.", marshal(p.journal.since(0)[:2]), ""},
		{"In a session", "What is planned of each part, beside the drug, and what was given.", marshal(first), "tasks"},
		{"In findings", "One of each code.", marshal(findings), ""},
		{"In an explanation", "Of the session after the missed one: `results` has what has to be known before it. What a table of missed doses says of the day of a session is its `late`.", marshal(explanation), "candidates target window"},
		{"In a status", "Who is due for what is looked at, and which sessions wait for a result.", marshal(p.On(MustDate("2026-05-11"))), "due overdue upcoming adherence checkpoint monitoringOverdue monitoringDue"},
	} {
		elided := map[string]bool{}
		for key := range strings.FieldsSeq(part.elided) {
			elided[key] = true
		}
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n```\n%s\n```\n", part.title, part.text, laidOut(t, part.src, elided))
	}
	return b.String()
}
