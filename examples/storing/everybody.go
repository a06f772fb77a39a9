package storing

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule"
)

// atOnce is how many plans are read, and saved in one transaction.
const atOnce = 500

// Told is what became of telling all plans something.
type Told struct {
	// Changed is how many plans have learned of it, Known how many knew already.
	Changed, Known int
	// Refused says of which plans it was refused, or which could not be read, and why.
	// Somebody has to look at them.
	Refused map[int64]error
}

// TellAll tells every plan what happened: a closure, other hours. The event of a plan is
// made from it; its id is the same for every plan and each time that all are told, so that what
// was interrupted is done again without harm.
func (s *Store) TellAll(ctx context.Context, asOf time.Time, event func(*schedule.Plan) (schedule.Event, error)) (Told, error) {
	return s.each(ctx, func(w *writer, id int64, plan *schedule.Plan, told *Told) error {
		e, err := event(plan)
		if err != nil {
			told.Refused[id] = err
			return nil
		}
		next, err := plan.Apply(e, later(asOf, plan.AsOf()))
		switch {
		case err != nil:
			told.Refused[id] = err
			return nil
		case next.Revision() == plan.Revision():
			told.Known++
			return nil
		default:
			told.Changed++
			return w.save(id, plan, next)
		}
	})
}

// CloseAll tells every plan that the clinic is closed. Sessions on those days are lost
// until somebody decides on others.
func (s *Store) CloseAll(ctx context.Context, id string, c schedule.ClinicClosed, by string, asOf time.Time) (Told, error) {
	return s.TellAll(ctx, asOf, func(*schedule.Plan) (schedule.Event, error) {
		return schedule.Event{ID: id, What: c, RecordedBy: by}, nil
	})
}

// ChangeAll tells every plan what the clinic's calendar says now, from a day on, about all days
// of which the plan has an answer. A plan that was told already is not asked again.
func (s *Store) ChangeAll(ctx context.Context, id string, from date.Date, by string, asOf time.Time) (Told, error) {
	return s.TellAll(ctx, asOf, func(plan *schedule.Plan) (schedule.Event, error) {
		for known := range plan.History() {
			if _, same := known.Event.What.(schedule.ClinicChanged); same && known.Event.ID == id {
				return known.Event, nil
			}
		}
		change, err := plan.ClinicChange(s.opening, from)
		return schedule.Event{ID: id, What: change, RecordedBy: by}, err
	})
}

// Rewrite writes all plans anew as this version of the library has them: files in its
// format, and every row. It is for after an update. A plan that cannot be read stays as it is,
// and is among those that are refused.
func (s *Store) Rewrite(ctx context.Context) (Told, error) {
	return s.each(ctx, func(w *writer, id int64, plan *schedule.Plan, told *Told) error {
		told.Changed++
		if err := w.replace(id, plan.Revision(), plan); err != nil {
			return err
		}
		if err := w.exec("DELETE FROM visits WHERE plan = $1", id); err != nil {
			return err
		}
		for _, v := range plan.AppendVisitRows(nil, nil) {
			if err := w.visit(id, v); err != nil {
				return err
			}
		}
		return nil
	})
}

// each does something with every plan, in transactions of many plans. A transaction in
// which one was saved by somebody else meanwhile is done again.
func (s *Store) each(ctx context.Context, do func(*writer, int64, *schedule.Plan, *Told) error) (Told, error) {
	sum := Told{Refused: map[int64]error{}}
	from, err := s.source(ctx)
	if err != nil {
		return sum, err
	}
	for last, more := int64(0), true; more; {
		some := Told{Refused: map[int64]error{}}
		next := last
		err := s.within(ctx, func(w *writer) error {
			files, err := w.files(last)
			if err != nil {
				return err
			}
			more = len(files) > 0
			for _, f := range files {
				next = f.id
				plan, err := schedule.ParsePlan(fmt.Sprintf("plan %d", f.id), f.file, from)
				if err != nil {
					some.Refused[f.id] = err
					continue
				}
				if err := do(w, f.id, plan, &some); err != nil {
					return fmt.Errorf("plan %d: %w", f.id, err)
				}
			}
			return nil
		})
		switch {
		case errors.Is(err, errRevision):
			continue
		case err != nil:
			return sum, err
		}
		last = next
		sum.Changed, sum.Known = sum.Changed+some.Changed, sum.Known+some.Known
		maps.Copy(sum.Refused, some.Refused)
	}
	return sum, nil
}

// Verify makes every plan again from its journal, and returns the plans that say something
// else, and which cannot be read. It holds nobody up, and changes nothing.
func (s *Store) Verify(ctx context.Context) (differ map[int64]schedule.Verification, unread map[int64]error, err error) {
	differ, unread = map[int64]schedule.Verification{}, map[int64]error{}
	from, err := s.source(ctx)
	if err != nil {
		return nil, nil, err
	}
	for last, more := int64(0), true; more; {
		files, err := list(ctx, s, planFiles, scanFile, last, atOnce)
		if err != nil {
			return nil, nil, err
		}
		more = len(files) > 0
		for _, f := range files {
			last = f.id
			plan, err := schedule.ParsePlan(fmt.Sprintf("plan %d", f.id), f.file, from)
			if err != nil {
				unread[f.id] = err
			} else if v := plan.Verify(); !v.Same() {
				differ[f.id] = v
			}
		}
	}
	return differ, unread, nil
}

// planFiles reads the files after that of a plan, in the order of their ids.
const planFiles = "SELECT p.id, f.file FROM plans p JOIN plan_files f ON f.plan = p.id WHERE p.id > $1 ORDER BY p.id LIMIT $2"

type planFile struct {
	id   int64
	file []byte
}

func scanFile(rows *sql.Rows) (f planFile, err error) { return f, rows.Scan(&f.id, &f.file) }

// files returns files that nobody else may change until the transaction ends.
func (w *writer) files(after int64) ([]planFile, error) {
	stmt, err := w.prepared(planFiles + w.dialect.locking)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(w.ctx, after, atOnce)
	if err != nil {
		return nil, err
	}
	return all(rows, scanFile)
}

// Backup writes the database of a SQLite store to a new file, while others read and write.
func (s *Store) Backup(ctx context.Context, name string) error {
	_, err := s.db.ExecContext(ctx, s.dialect.query("VACUUM INTO $1"), name)
	return err
}
