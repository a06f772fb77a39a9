package schedule_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/fhir"
)

// Whatever an event file tells of a plan, each entry is applied or refused by name;
// a refused one leaves the plan as it was, and the plan that comes of the others is
// the one that its own file says, by its journal too, and can be shown in every form.
func FuzzApply(f *testing.F) {
	base := newWorld(&testing.T{}, 1).plan
	notions := notionSeed()
	notionsBase, err := notions.AsKnown(notions.AsOf().AddDate(0, 0, -8))
	if err != nil {
		notionsBase = notions
	}
	f.Add(schedule.FormatEvents(notions))
	for seed := range uint64(6) {
		w := newWorld(&testing.T{}, 3*seed+1) // all of one protocol
		for range 12 {
			w.step()
		}
		first, second := w.id(1), w.id(2)
		for _, what := range []schedule.Happening{
			schedule.Given{Session: first, Date: w.today, Dose: dose.MustMass("36 mg"), NotDone: []string{"no food"}, Reason: "late", Who: "nurse"},
			schedule.Added{Phase: "upkeep", Date: w.today + 3},
			schedule.Corrected{Of: "1", Reason: "another patient", Who: "nurse"},
			schedule.Wished{},
			schedule.Shifted{Session: second, Weeks: 1},
		} {
			if next, err := w.try(w.today.String(), what); err == nil {
				w.plan = next
			}
		}
		f.Add(schedule.FormatEvents(w.plan))
	}
	f.Fuzz(mangle.Target(func(t *testing.T, src []byte) {
		if len(src) > 1<<13 {
			return
		}
		base := base
		entries, err := schedule.ParseEvents("events.json", src, base.Protocol())
		if err != nil {
			base = notionsBase
			entries, err = schedule.ParseEvents("events.json", src, base.Protocol())
		}
		if err != nil {
			return
		}
		plan := base
		for _, entry := range entries[:min(len(entries), 20)] {
			before := string(schedule.FormatPlan(plan))
			next, err := plan.Apply(entry.Event, entry.AsOf)
			if err != nil {
				assert.Nil(t, next)
				refused := new(schedule.EventError)
				require.True(t, errors.As(err, &refused), "%T %v", err, err)
				require.Equal(t, before, string(schedule.FormatPlan(plan)))
				continue
			}
			require.Equal(t, before, string(schedule.FormatPlan(plan)), "a plan does not change")
			plan = next
		}
		requireKept(t, plan)
		found := plan.Verify()
		require.Zero(t, found.Severity, "%v %v", found.Refused, found.Differences)
		exportsOf(t, plan)
		requireDiffJSON(t, base.Diff(plan))
		bundle, err := fhir.NewBundle(plan, fhir.Export{Subject: fhir.Reference{Reference: "Patient/p1"}})
		require.NoError(t, err)
		require.Empty(t, fhir.Check(bundle))
	}))
}
