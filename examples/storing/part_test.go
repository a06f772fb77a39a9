package storing

import (
	"database/sql"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// A list in parts is the list, and Count says how long each is.
func TestParts(t *testing.T) {
	d := newDesk(t)
	for i := range 5 {
		d.enrol(fmt.Sprint("patient ", i), "2026-03-02")
	}
	on := theDay("2026-03-02")
	all, err := d.Due(d.ctx, on, Part{})
	require.NoError(t, err)
	require.Len(t, all, 5)
	var parts []Visit
	for skip := 0; skip < 6; skip += 2 {
		part, err := d.Due(d.ctx, on, Part{Skip: skip, Most: 2})
		require.NoError(t, err)
		parts = append(parts, part...)
	}
	assert.Equal(t, all, parts)
	row := d.load(1).Row()
	decisions, err := d.Decisions(d.ctx, row.DecisionDue, Part{Skip: 3, Most: 10})
	require.NoError(t, err)
	assert.Len(t, decisions, 2)

	count, err := d.Count(d.ctx, on, row.WeighBefore, on, row.ExtendBy)
	require.NoError(t, err)
	assert.Equal(t, Counts{Due: 5, Weighings: 5, Extensions: 5}, count)
	count, err = d.Count(d.ctx, row.DecisionDue, row.WeighBefore-1, row.DecisionDue, row.ExtendBy-1)
	require.NoError(t, err)
	overdue, err := d.Overdue(d.ctx, row.DecisionDue, Part{})
	require.NoError(t, err)
	due, err := d.Due(d.ctx, row.DecisionDue, Part{})
	require.NoError(t, err)
	assert.Equal(t, Counts{Due: len(due), Overdue: len(overdue), Decisions: 5}, count)
}

// Several entries are saved at once or not at all.
func TestApplyAll(t *testing.T) {
	d := newDesk(t)
	ann := d.enrol("ann", "2026-03-02")
	missed := schedule.Entry{Event: schedule.Event{ID: "m", What: schedule.Missed{Session: session(d.load(ann), 1)}}, AsOf: at("2026-03-02 17:00")}
	closed := schedule.Entry{Event: schedule.Event{ID: "a", What: schedule.Added{Date: theDay("2026-03-08"), For: session(d.load(ann), 1)}}, AsOf: at("2026-03-02 17:00")}
	_, err := d.ApplyAll(d.ctx, ann, 0, missed, closed)
	_, refused := errors.AsType[*schedule.EventError](err)
	require.True(t, refused, "a Sunday: %v", err)
	assert.Zero(t, d.load(ann).Revision(), "the first is not saved either")

	ways, err := d.load(ann).Repairs(at("2026-03-02 17:00"), session(d.load(ann), 1))
	require.NoError(t, err)
	for _, way := range ways {
		if way.Way != schedule.WayCatchUp {
			continue
		}
		plan, err := d.ApplyAll(d.ctx, ann, 0, way.Entries...)
		require.NoError(t, err)
		assert.True(t, plan.Diff(way.Plan).Empty())
		again, err := d.ApplyAll(d.ctx, ann, 0, way.Entries...)
		require.NoError(t, err, "a second click")
		assert.Equal(t, plan.Revision(), again.Revision())
	}
	d.audited(ann)
}

// What an app keeps beside a plan is kept with it, or neither is.
func TestEnrolWith(t *testing.T) {
	d := newDesk(t)
	plan := d.load(d.enrol("ann", "2026-03-02"))
	broken := errors.New("the patient's row")
	_, err := d.EnrolWith(d.ctx, "ben", plan, func(*sql.Tx, int64) error { return broken })
	require.ErrorIs(t, err, broken)
	_, err = d.Load(d.ctx, 2)
	require.ErrorIs(t, err, ErrNoPlan)
}
