package storing

import (
	"context"
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
	all := Told{Refused: map[int64]error{}}
	from, err := s.source(ctx)
	if err != nil {
		return all, err
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
			return all, err
		}
		last = next
		all.Changed, all.Known = all.Changed+some.Changed, all.Known+some.Known
		maps.Copy(all.Refused, some.Refused)
	}
	return all, nil
}

type planFile struct {
	id   int64
	file []byte
}

// files returns the files after that of a plan, in the order of their ids.
func (w *writer) files(after int64) (files []planFile, err error) {
	stmt, err := w.prepared("SELECT p.id, f.file FROM plans p JOIN plan_files f ON f.plan = p.id WHERE p.id > $1 ORDER BY p.id LIMIT $2" + w.dialect.locking)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(w.ctx, after, atOnce)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var f planFile
		if err := rows.Scan(&f.id, &f.file); err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, rows.Err()
}

// Backup writes the database of a SQLite store to a new file, while others read and write.
func (s *Store) Backup(ctx context.Context, name string) error {
	_, err := s.db.ExecContext(ctx, s.dialect.query("VACUUM INTO $1"), name)
	return err
}
