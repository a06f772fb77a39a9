package regimen_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
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

// goroutines share a protocol, a clinic and a plan in TestSharing.
const goroutines = 16

// One protocol, one clinic and one plan are in use by many at once, each of whom builds,
// records, puts right, verifies and writes. Each gets what one alone gets, and
// the plan that all share is as it was. The race detector sees what comparing
// does not.
func TestSharing(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	shared := sharing{prescribed: fileProtocol(t, "examples/living/testdata/protocol.json"), next: fileProtocol(t, "examples/living/testdata/spray.json"), zone: zone}
	file, err := os.ReadFile("examples/living/testdata/clinic.json")
	require.NoError(t, err)
	spec, err := clinic.Parse("clinic.json", file, time.LoadLocation)
	require.NoError(t, err)
	shared.office, err = clinic.New(spec)
	require.NoError(t, err)
	shared.plan, err = schedule.Build(shared.request(0))
	require.NoError(t, err)
	before := string(schedule.FormatPlan(shared.plan))

	alone := make([]string, goroutines)
	for i := range alone {
		alone[i], err = shared.work(i)
		require.NoError(t, err)
		require.False(t, slices.Contains(alone[:i], alone[i]), "each does something else")
	}
	times := 3
	if testing.Short() {
		times = 1
	}
	var group sync.WaitGroup
	for i := range alone {
		group.Go(func() {
			for range times {
				together, err := shared.work(i)
				assert.NoError(t, err)
				assert.True(t, alone[i] == together, "goroutine %d got something else than alone", i)
			}
		})
	}
	group.Wait()
	require.Equal(t, before, string(schedule.FormatPlan(shared.plan)))
}

func fileProtocol(t *testing.T, name string) *protocol.Protocol {
	t.Helper()
	file, err := os.ReadFile(name)
	require.NoError(t, err)
	spec, err := protocol.Parse(name, file)
	require.NoError(t, err)
	compiled, err := spec.Compile()
	require.NoError(t, err)
	return compiled
}

// sharing is what the goroutines share.
type sharing struct {
	prescribed, next *protocol.Protocol
	office           *clinic.Clinic
	zone             *time.Location
	plan             *schedule.Plan
}

func (s *sharing) request(i int) schedule.Request {
	start := schedule.MustDate("2025-01-27")
	return schedule.Request{
		Protocol: s.prescribed, Start: start, Opening: s.office,
		Weighings: []schedule.Weighing{{Date: start, Weight: dose.MustWeight(fmt.Sprintf("%d kg", 60+i))}},
		Key:       schedule.Key{0: byte(i + 1)}, AsOf: time.Date(2025, 1, 27, 8, 0, 0, 0, s.zone),
	}
}

// work is a patient's months by one goroutine: a plan of its own, and the
// shared one with events of its own. It returns everything that can be written of both.
func (s *sharing) work(i int) (string, error) {
	var out bytes.Buffer
	planner, err := schedule.NewPlanner(s.prescribed, s.office, nil)
	if err != nil {
		return "", err
	}
	own, err := planner.Build(s.request(i))
	if err != nil {
		return "", err
	}
	if err := writeAll(&out, own, nil); err != nil {
		return "", err
	}

	plan := s.plan
	first, _ := plan.At(1)
	second, _ := plan.At(2)
	steps := []schedule.Event{
		{ID: "given", What: schedule.Given{Session: first.ID(), Date: first.Date(), Dose: dose.MustMass(fmt.Sprintf("%d mg", 30+i))}},
		{ID: "weighed", What: schedule.Weighed{Date: first.Date(), Weight: dose.MustWeight(fmt.Sprintf("%d kg", 70+i))}},
		{ID: "missed", What: schedule.Missed{Session: second.ID()}},
		{ID: "right", What: schedule.Corrected{Of: "given", Instead: schedule.Given{Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("40 mg")}, Reason: "mistyped", Who: "nurse"}},
		{ID: "switched", What: schedule.Switched{Protocol: s.next, Start: first.Date() + date.Date(7*(3+i)+1), Gap: 14, Until: schedule.MustDate("2025-12-31"), Reason: "as agreed", Who: "prescriber"}},
		{ID: "withdrawn", What: schedule.Corrected{Of: "missed", Reason: "another patient", Who: "nurse"}},
	}
	at := time.Date(2025, 1, 30, 12, 0, 0, 0, s.zone)
	for _, event := range steps {
		if plan, err = plan.Apply(event, at); err != nil {
			return "", fmt.Errorf("%s: %w", event.ID, err)
		}
	}
	if found := plan.Verify(); found.Severity != 0 {
		return "", fmt.Errorf("verified: %v %v", found.Refused, found.Differences)
	}
	repairs, err := plan.Repairs(at, second.ID())
	if err != nil {
		return "", err
	}
	for _, repair := range repairs {
		fmt.Fprintln(&out, repair)
	}
	for session := range plan.Explanations() {
		fmt.Fprintln(&out, session)
	}
	if err := writeAll(&out, plan, s.plan); err != nil {
		return "", err
	}
	source := schedule.PlanSource{Protocols: []*protocol.Protocol{s.prescribed, s.next}, Opening: s.office}
	read, err := schedule.ParsePlan("plan.json", schedule.FormatPlan(plan), source)
	if err != nil {
		return "", err
	}
	return out.String(), writeAll(&out, read, s.plan)
}

// writeAll writes a plan in every form, with what changed since another.
func writeAll(out *bytes.Buffer, p, since *schedule.Plan) error {
	out.Write(schedule.FormatPlan(p))
	out.Write(p.AppendJSON(nil))
	if since != nil {
		fmt.Fprintln(out, p.Diff(since))
	}
	if err := ical.Write(out, p, ical.Options{ShowDose: true, ShowDrug: true, Tasks: true}); err != nil {
		return err
	}
	locale, _ := sheet.LocaleOf("en-GB")
	made, err := sheet.New(p, sheet.Options{Locale: locale, Drug: true, Doses: true, Worksheets: true, Since: since})
	if err != nil {
		return err
	}
	for _, err := range []error{made.WriteHTML(out), made.WriteText(out, 100), made.WriteCSV(out), made.WriteSVG(out)} {
		if err != nil {
			return err
		}
	}
	bundle, err := fhir.NewBundle(p, fhir.Export{Subject: fhir.Reference{Reference: "Patient/p1"}, Since: since})
	if err != nil {
		return err
	}
	if found := fhir.Check(bundle); len(found) > 0 {
		return found[0]
	}
	fmt.Fprintf(out, "%v\n", p.Row())
	return nil
}
