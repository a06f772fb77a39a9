package storing

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule"
)

// A Visit is one of the worklist of a day.
type Visit struct {
	Plan    int64
	Patient string
	// ID is that of the session, companion or follow-up, and Name its phase or name.
	ID   schedule.ID
	Role string // "" of a session
	Name string
	Date date.Date
	// Start is a reading of the clinic's clock.
	Start string
	// Lost says why the day or the time no longer holds.
	Lost string
}

const visitColumns = `SELECT v.plan, p.patient, v.id, coalesce(v.role, ''), v.name, v.date, coalesce(v.start, ''), coalesce(v.lost, '')
	FROM visits v JOIN plans p ON p.id = v.plan `

// Due returns who is expected on a day, in the order of the clock.
func (s *Store) Due(ctx context.Context, on date.Date) ([]Visit, error) {
	return s.visits(ctx, visitColumns+"WHERE v.open AND v.date = $1 AND v.lost IS NULL ORDER BY v.date, v.start, v.plan, v.id", on)
}

// Overdue returns the visits before a day of which nobody has said what became of them.
func (s *Store) Overdue(ctx context.Context, on date.Date) ([]Visit, error) {
	return s.visits(ctx, visitColumns+"WHERE v.open AND v.date < $1 ORDER BY v.date, v.start, v.plan, v.id", on)
}

// Lost returns the visits of a day or after it whose day or time no longer holds.
func (s *Store) Lost(ctx context.Context, on date.Date) ([]Visit, error) {
	return s.visits(ctx, visitColumns+"WHERE v.lost IS NOT NULL AND v.date >= $1 ORDER BY v.date, v.start, v.plan, v.id", on)
}

func (s *Store) visits(ctx context.Context, query string, on date.Date) ([]Visit, error) {
	return list(ctx, s, query, func(rows *sql.Rows) (v Visit, err error) {
		id := ""
		if err = rows.Scan(&v.Plan, &v.Patient, &id, &v.Role, &v.Name, (*column)(&v.Date), &v.Start, &v.Lost); err == nil {
			v.ID, err = schedule.ParseID(id)
		}
		return v, err
	}, day(on))
}

// A Task is something to be done about a plan, by a day.
type Task struct {
	Plan    int64
	Patient string
	By      date.Date
	// What is the name of the gate where a decision is due.
	What string
}

// Decisions returns where a decision is due on a day.
func (s *Store) Decisions(ctx context.Context, on date.Date) ([]Task, error) {
	return s.tasks(ctx, "SELECT id, patient, decision_due, gate FROM plans WHERE decision_due <= $1 ORDER BY decision_due, id", on)
}

// Weighings returns who has to be weighed before a session of a day or before it.
func (s *Store) Weighings(ctx context.Context, on date.Date) ([]Task, error) {
	return s.tasks(ctx, "SELECT id, patient, weigh_before, '' FROM plans WHERE weigh_before <= $1 ORDER BY weigh_before, id", on)
}

// Extensions returns the courses without end that have at most one session to come on a
// day.
func (s *Store) Extensions(ctx context.Context, on date.Date) ([]Task, error) {
	return s.tasks(ctx, "SELECT id, patient, extend_by, '' FROM plans WHERE extend_by <= $1 ORDER BY extend_by, id", on)
}

func (s *Store) tasks(ctx context.Context, query string, on date.Date) ([]Task, error) {
	return list(ctx, s, query, func(rows *sql.Rows) (t Task, err error) {
		return t, rows.Scan(&t.Plan, &t.Patient, (*column)(&t.By), &t.What)
	}, day(on))
}

// A Line is an entry of a journal, for an audit.
type Line struct {
	Revision         int
	Event, Kind, Who string
	AsOf             time.Time
	Entry            json.RawMessage
}

// Audit returns the journal of a plan: what was recorded, when, and by whom.
func (s *Store) Audit(ctx context.Context, plan int64) ([]Line, error) {
	return list(ctx, s, "SELECT revision, event, kind, coalesce(recorded_by, ''), as_of, entry FROM journal WHERE plan = $1 ORDER BY revision", func(rows *sql.Rows) (l Line, err error) {
		return l, rows.Scan(&l.Revision, &l.Event, &l.Kind, &l.Who, (*instant)(&l.AsOf), (*[]byte)(&l.Entry))
	}, plan)
}

// list returns the rows of a query.
func list[T any](ctx context.Context, s *Store, query string, scan func(*sql.Rows) (T, error), args ...any) ([]T, error) {
	rows, err := s.db.QueryContext(ctx, s.dialect.query(query), args...)
	if err != nil {
		return nil, err
	}
	return all(rows, scan)
}

func all[T any](rows *sql.Rows, scan func(*sql.Rows) (T, error)) (list []T, err error) {
	defer rows.Close()
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

// A column is a date as a database gives it: text, or midnight in UTC.
type column date.Date

func (c *column) Scan(src any) (err error) {
	switch v := src.(type) {
	case nil:
		*c = 0
	case string:
		var d date.Date
		d, err = schedule.ParseDate(v)
		*c = column(d)
	case time.Time:
		*c = column(date.New(v.Year(), v.Month(), v.Day()))
	default:
		err = fmt.Errorf("want a date, not a %T", src)
	}
	return err
}

// An instant is one as a database gives it: text, or what it is.
type instant time.Time

func (i *instant) Scan(src any) (err error) {
	switch v := src.(type) {
	case string:
		var t time.Time
		t, err = time.Parse(time.RFC3339Nano, v)
		*i = instant(t)
	case time.Time:
		*i = instant(v.UTC())
	default:
		err = fmt.Errorf("want an instant, not a %T", src)
	}
	return err
}
