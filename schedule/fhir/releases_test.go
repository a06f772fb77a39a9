package fhir_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/fhir"
)

// livingPlans returns the plans of the release files: of every kind of event and state.
func livingPlans(t *testing.T) map[string]*schedule.Plan {
	t.Helper()
	plans := map[string]*schedule.Plan{}
	read := func(name string) []byte {
		src, err := os.ReadFile(name)
		require.NoError(t, err)
		return src
	}
	names, err := filepath.Glob("../testdata/releases/*/*/plan.json")
	require.NoError(t, err)
	for _, name := range names {
		dir := filepath.Dir(name)
		spec, err := clinic.Parse("clinic.json", read(filepath.Join(dir, "clinic.json")), time.LoadLocation)
		require.NoError(t, err)
		opening, err := clinic.New(spec)
		require.NoError(t, err)
		source := schedule.PlanSource{Opening: opening}
		protocols, err := filepath.Glob(filepath.Join(dir, "protocol*.json"))
		require.NoError(t, err)
		for _, file := range protocols {
			spec, err := protocol.Parse(file, read(file))
			require.NoError(t, err)
			p, err := spec.Compile()
			require.NoError(t, err)
			source.Protocols = append(source.Protocols, p)
		}
		plan, err := schedule.ParsePlan(name, read(name), source)
		require.NoError(t, err)
		plans[dir] = plan
	}
	require.GreaterOrEqual(t, len(plans), 18)
	return plans
}

var write = flag.String("bundles", "", "write the Bundles of living plans and of the catalogue to this folder")

// keep writes a Bundle for readers outside.
func keep(t *testing.T, name string, b *fhir.Bundle) {
	t.Helper()
	if *write == "" {
		return
	}
	src, err := json.MarshalIndent(b, "", " ")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(*write, name+".json"), src, 0o644))
}

// The plan of every entry of the catalogue, with the values that its tests try it out
// with, becomes a Bundle that nothing is wrong with and that comes back as its days.
func TestBundlesOfCatalogue(t *testing.T) {
	var values struct {
		Any     map[string]string
		Entries map[string]map[string]string
	}
	src, err := os.ReadFile("../../protocol/catalog/testdata/parameters.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(src, &values))
	opening, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("00:00-24:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday)})
	require.NoError(t, err)
	n := 0
	for s := range catalog.All() {
		t.Run(s.ID, func(t *testing.T) {
			for _, p := range s.Parameters {
				value, ok := values.Entries[s.ID][p.Name]
				if !ok {
					value = values.Any[p.Name]
				}
				var err error
				s, err = s.Set(p.Name, value)
				require.NoError(t, err)
			}
			p, err := s.Compile()
			require.NoError(t, err)
			r := schedule.Request{
				Protocol: p, Start: schedule.MustDate("2026-03-02"), Opening: opening, Key: schedule.Key{3}, AsOf: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC),
				Weighings: []schedule.Weighing{{Date: schedule.MustDate("2026-03-01"), Weight: dose.MustWeight("72 kg")}}, Height: dose.MustHeight("175 cm"),
			}
			if p.Cadence().Endless() {
				r.Until = r.Start + 26*7
			}
			plan, err := schedule.Build(r)
			require.NoError(t, err)
			b := bundleOf(t, plan, fhir.Export{Medication: fhir.ConfirmedMedication, Route: fhir.ConfirmedRoute})
			comesBack(t, plan, b)
			keep(t, "catalogue-"+s.ID, b)
			n++
		})
	}
	assert.Greater(t, n, 40)
}

// Of living plans in every state the Bundle is one that nothing is wrong with, every
// session is in it, and its requests come back as the days of the plan.
func TestBundlesOfLivingPlans(t *testing.T) {
	statuses := map[string]int{}
	for name, plan := range livingPlans(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			b := bundleOf(t, plan, fhir.Export{Targets: true})
			visits := plan.Len()
			for range plan.OtherVisits() {
				visits++
			}
			assert.Len(t, resources[*fhir.Appointment](b), visits)
			for _, a := range resources[*fhir.Appointment](b) {
				statuses[a.Status]++
			}
			comesBack(t, plan, b)
			keep(t, "living-"+filepath.Base(name), bundleOf(t, plan, fhir.Export{Medication: fhir.ConfirmedMedication, Route: fhir.ConfirmedRoute, Agreed: func(schedule.ID) bool { return true }}))

			// What an earlier export said and this one says again is not in the difference.
			assert.Empty(t, bundleOf(t, plan, fhir.Export{Since: plan}).Entry)
		})
	}
	for _, status := range []string{"proposed", "fulfilled", "cancelled", "noshow", "entered-in-error"} {
		assert.Positive(t, statuses[status], "%s in %v", status, statuses)
	}
}

// comesBack reads the Dosages of a Bundle as another system would, and compares their
// days with those of the sessions that take place or took place, have a dose, and are not
// on a day that is lost. A request of which no day holds asks for nothing.
func comesBack(t *testing.T, plan *schedule.Plan, b *fhir.Bundle) {
	t.Helper()
	var want, got []date.Date
	for _, s := range plan.All() {
		switch s.State() {
		case schedule.StatePlanned, schedule.StateProvisional, schedule.StateGiven:
			if s.Date() != 0 && s.Lost() == "" && s.Drug() != "" && !s.Dose().Dose().IsZero() {
				want = append(want, s.Date())
			}
		}
	}
	for _, m := range resources[*fhir.MedicationRequest](b) {
		if m.Status == "on-hold" || m.Status == "cancelled" || m.Status == "entered-in-error" {
			held := plan.Standing() == schedule.OnHold
			for _, d := range m.DosageInstruction {
				said := strings.HasSuffix(d.Text, string(fhir.OnHold)) || strings.HasSuffix(d.Text, string(fhir.NotConfirmed)) || strings.HasSuffix(d.Text, string(fhir.Cancelled))
				assert.True(t, said || held, d.Text)
				held = held && !said
			}
			if !held {
				continue
			}
		}
		src, err := json.Marshal(m.DosageInstruction)
		require.NoError(t, err)
		dosages, err := fhir.ParseDosages(src)
		require.NoError(t, err)
		for i, d := range dosages {
			require.Equal(t, i+1, *d.Sequence)
			e, err := d.Timing.Expand(fhir.Options{})
			require.NoError(t, err, "%s", src)
			require.False(t, e.Cut)
			got = append(got, e.Dates...)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	assert.Equal(t, want, got)
}
