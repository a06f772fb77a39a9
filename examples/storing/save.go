package storing

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule"
)

// Enrol keeps a new plan of a patient, and returns its id.
func (s *Store) Enrol(ctx context.Context, patient string, plan *schedule.Plan) (id int64, err error) {
	return s.EnrolWith(ctx, patient, plan, func(*sql.Tx, int64) error { return nil })
}

// EnrolWith keeps a new plan and, in the same transaction, what else an app keeps of the
// patient: all of it, or nothing.
func (s *Store) EnrolWith(ctx context.Context, patient string, plan *schedule.Plan, also func(tx *sql.Tx, id int64) error) (id int64, err error) {
	one := func(yield func(string, *schedule.Plan) bool) { yield(patient, plan) }
	err = s.EnrolAll(ctx, one, func(tx *sql.Tx, new int64) error {
		id = new
		return also(tx, new)
	})
	return id, err
}

// EnrolAll keeps the plans of many patients in one transaction, each with what else an app
// keeps: all of it, or nothing.
func (s *Store) EnrolAll(ctx context.Context, plans iter.Seq2[string, *schedule.Plan], also func(tx *sql.Tx, id int64) error) error {
	return s.within(ctx, func(w *writer) error {
		for patient, plan := range plans {
			id, err := w.enrol(patient, plan)
			if err != nil {
				return err
			}
			if err := also(w.tx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *writer) enrol(patient string, plan *schedule.Plan) (id int64, err error) {
	for p := range plan.Protocols() {
		if err := w.addProtocol(p); err != nil {
			return 0, err
		}
	}
	insert, err := w.prepared("INSERT INTO plans (" + rowColumns + ", patient) VALUES (" + rowParameters + ", $23) RETURNING id")
	if err != nil {
		return 0, err
	}
	if err := insert.QueryRowContext(w.ctx, append(rowValues(plan.Row()), patient)...).Scan(&id); err != nil {
		return 0, err
	}
	if err := w.exec("INSERT INTO plan_files (plan, file) VALUES ($1, $2)", id, schedule.FormatPlan(plan)); err != nil {
		return 0, err
	}
	return id, w.follow(id, nil, plan)
}

// The columns of a row, in the order in which rowValues has their values.
const (
	rowColumns = "revision, as_of, zone, protocol, version, standing, open, next, next_start, next_kind, next_id, lost_until, gate, decision_due, " +
		"weigh_before, result_before, extend_by, last_given, given, of, warnings, violations"
	rowParameters = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22"
)

func rowValues(r schedule.Row) []any {
	return []any{
		r.Revision, r.AsOf.Format(time.RFC3339Nano), r.Zone, r.Protocol, r.Version, r.Standing.String(), day(r.Open), day(r.Next), text(r.NextStart),
		text(r.NextKind), text(r.NextID), day(r.LostUntil), words(r.Gate), day(r.DecisionDue), day(r.WeighBefore), day(r.ResultBefore), day(r.ExtendBy), day(r.LastGiven), r.Given, r.Of,
		r.Warnings, r.Violations,
	}
}

// errRevision says that the stored plan is not the one that was read.
var errRevision = errors.New("somebody else has saved the plan since")

// save keeps the plan after an event with everything that follows from it, where the
// stored one is still that before the event.
func (w *writer) save(id int64, old, next *schedule.Plan) error {
	if err := w.replace(id, old.Revision(), next); err != nil {
		return err
	}
	return w.follow(id, old, next)
}

// replace writes row and file of a plan where the stored one has a revision.
func (w *writer) replace(id int64, revision int, next *schedule.Plan) error {
	n, err := w.changed("UPDATE plans SET ("+rowColumns+") = ("+rowParameters+") WHERE id = $23 AND revision = $24", append(rowValues(next.Row()), id, revision)...)
	switch {
	case err != nil:
		return err
	case n == 0:
		return errRevision
	}
	return w.exec("UPDATE plan_files SET file = $1 WHERE plan = $2", schedule.FormatPlan(next), id)
}

// follow writes the visits and the entries that a plan has and the one before it has not;
// nil stands for none.
func (w *writer) follow(id int64, old, next *schedule.Plan) error {
	for _, v := range next.AppendVisitRows(nil, old) {
		if err := w.visit(id, v); err != nil {
			return err
		}
	}
	known := 0
	if old != nil {
		known = old.Revision()
	}
	if known == next.Revision() {
		return nil
	}
	for i, e := range slices.Collect(next.History())[known:] {
		if err := w.entry(id, known+i+1, e); err != nil {
			return err
		}
	}
	return nil
}

// visit keeps the row of a visit, or takes away that of one that is no more.
func (w *writer) visit(plan int64, v schedule.VisitRow) error {
	if v.State == 0 {
		return w.exec("DELETE FROM visits WHERE plan = $1 AND id = $2", plan, v.ID.String())
	}
	return w.exec(`INSERT INTO visits (plan, id, role, name, kind, date, start, ends, state, open, lost, revision)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (plan, id) DO UPDATE SET role = excluded.role, name = excluded.name, kind = excluded.kind, date = excluded.date, start = excluded.start,
		ends = excluded.ends, state = excluded.state, open = excluded.open, lost = excluded.lost, revision = excluded.revision`,
		plan, v.ID.String(), text(v.Role), v.Name, text(v.Kind), day(v.Date), text(v.Start), text(v.End), v.State.String(), v.Open(), words(v.Lost), v.Revision)
}

// entry adds an entry of a journal.
func (w *writer) entry(plan int64, revision int, e schedule.Entry) error {
	return w.exec("INSERT INTO journal (plan, revision, event, kind, as_of, recorded_by, entry) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		plan, revision, e.Event.ID, e.Event.Kind(), e.AsOf.UTC().Format(time.RFC3339Nano), words(e.Event.RecordedBy), string(e.AppendJSON(nil)))
}

// Changed says that somebody else has changed a plan since it was shown: the new plan, and
// what they have recorded. Nothing was saved.
type Changed struct {
	Plan  *schedule.Plan
	Since []schedule.Entry
}

func (c *Changed) Error() string {
	lines := []string{"the plan was changed since it was shown:"}
	for _, e := range c.Since {
		lines = append(lines, "  "+e.String())
	}
	return strings.Join(lines, "\n")
}

// Apply records what happened, said by somebody who saw the plan at a revision. The event
// has the id that its form was made with, so that a form which is sent twice is recorded once.
//
// The error is a [*Changed] where the plan is another by now, and a
// [*schedule.EventError] where the event is refused; the plan is then as it was.
func (s *Store) Apply(ctx context.Context, id int64, seen int, e schedule.Event, asOf time.Time) (*schedule.Plan, error) {
	return s.ApplyAll(ctx, id, seen, schedule.Entry{Event: e, AsOf: asOf})
}

// ApplyAll records several entries at once, such as those of a [schedule.Repair]: all of
// them, or none.
func (s *Store) ApplyAll(ctx context.Context, id int64, seen int, entries ...schedule.Entry) (*schedule.Plan, error) {
	for {
		plan, err := s.Load(ctx, id)
		if err != nil {
			return nil, err
		}
		next := plan
		for _, e := range entries {
			if next, err = next.Apply(e.Event, later(e.AsOf, next.AsOf())); err != nil {
				break
			}
		}
		switch {
		case err == nil && next.Revision() == plan.Revision():
			return plan, nil // it is known already
		case plan.Revision() != seen:
			return nil, &Changed{plan, slices.Collect(plan.History())[max(0, min(seen, plan.Revision())):]}
		case err != nil:
			return nil, err
		}
		err = s.within(ctx, func(w *writer) error { return w.save(id, plan, next) })
		if !errors.Is(err, errRevision) {
			return next, err
		}
		// Somebody was faster: whether it was the same form is known after another look.
	}
}

// later returns the later of two instants: no entry is before the one that it follows,
// whatever the clocks of two servers say.
func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// day returns a date as a column has it.
func day(d date.Date) any {
	if d == 0 {
		return nil
	}
	return d.String()
}

// text returns the text of a value that may be none.
func text[T interface {
	comparable
	fmt.Stringer
}](v T) any {
	var none T
	if v == none {
		return nil
	}
	return v.String()
}

func words(s string) any {
	if s == "" {
		return nil
	}
	return s
}
