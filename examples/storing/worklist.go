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

// A Part is so many rows of a list, after so many others: a page of it. The zero Part is
// the whole list.
type Part struct{ Skip, Most int }

func (p Part) args() (most, skip int) {
	if p.Most <= 0 {
		return 1 << 62, p.Skip
	}
	return p.Most, p.Skip
}

// The lists of a day, as conditions on visits and plans.
const (
	isDue       = "v.open AND v.date = $1 AND v.lost IS NULL"
	isOverdue   = "v.open AND v.date < $1"
	isLost      = "v.lost IS NOT NULL AND v.date >= $1"
	isToDecide  = "decision_due <= $1"
	isToWeigh   = "weigh_before <= $1"
	isToKnow    = "result_before <= $1"
	isToExtend  = "extend_by <= $1"
	visitFields = "SELECT v.plan, p.patient, v.id, coalesce(v.role, ''), v.name, v.date, coalesce(v.start, ''), coalesce(v.lost, '') FROM visits v JOIN plans p ON p.id = v.plan WHERE "
	visitOrder  = " ORDER BY v.date, v.start, v.plan, v.id LIMIT $2 OFFSET $3"
)

// Due returns who is expected on a day, in the order of the clock.
func (s *Store) Due(ctx context.Context, on date.Date, part Part) ([]Visit, error) {
	return s.visits(ctx, isDue, on, part)
}

// Overdue returns the visits before a day of which nobody has said what became of them.
func (s *Store) Overdue(ctx context.Context, on date.Date, part Part) ([]Visit, error) {
	return s.visits(ctx, isOverdue, on, part)
}

// Lost returns the visits of a day or after it whose day or time no longer holds.
func (s *Store) Lost(ctx context.Context, on date.Date, part Part) ([]Visit, error) {
	return s.visits(ctx, isLost, on, part)
}

func (s *Store) visits(ctx context.Context, which string, on date.Date, part Part) ([]Visit, error) {
	most, skip := part.args()
	return list(ctx, s, visitFields+which+visitOrder, func(rows *sql.Rows) (v Visit, err error) {
		id := ""
		if err = rows.Scan(&v.Plan, &v.Patient, &id, &v.Role, &v.Name, (*column)(&v.Date), &v.Start, &v.Lost); err == nil {
			v.ID, err = schedule.ParseID(id)
		}
		return v, err
	}, day(on), most, skip)
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
func (s *Store) Decisions(ctx context.Context, on date.Date, part Part) ([]Task, error) {
	return s.tasks(ctx, "decision_due", "gate", isToDecide, on, part)
}

// Weighings returns who has to be weighed before a session of a day or before it.
func (s *Store) Weighings(ctx context.Context, on date.Date, part Part) ([]Task, error) {
	return s.tasks(ctx, "weigh_before", "''", isToWeigh, on, part)
}

// Results returns whose session of a day, or before it, needs a result that is not known.
func (s *Store) Results(ctx context.Context, on date.Date, part Part) ([]Task, error) {
	return s.tasks(ctx, "result_before", "''", isToKnow, on, part)
}

// Extensions returns the courses without end that have at most one session to come on a
// day.
func (s *Store) Extensions(ctx context.Context, on date.Date, part Part) ([]Task, error) {
	return s.tasks(ctx, "extend_by", "''", isToExtend, on, part)
}

func (s *Store) tasks(ctx context.Context, by, what, which string, on date.Date, part Part) ([]Task, error) {
	most, skip := part.args()
	return list(ctx, s, "SELECT id, patient, "+by+", "+what+" FROM plans WHERE "+which+" ORDER BY "+by+", id LIMIT $2 OFFSET $3", func(rows *sql.Rows) (t Task, err error) {
		return t, rows.Scan(&t.Plan, &t.Patient, (*column)(&t.By), &t.What)
	}, day(on), most, skip)
}

// MostCounted is how far a list is counted: whoever has a thousand overdue wants a page, and
// no exact number of them.
const MostCounted = 1000

// Counts is how long the lists of a day are, each up to [MostCounted].
type Counts struct{ Due, Overdue, Lost, Decisions, Weighings, Results, Extensions int }

// Count returns how long the lists of a day are; who has to be weighed, which results are needed
// and which courses run out is asked of later days.
func (s *Store) Count(ctx context.Context, on, weighBy, knowBy, extendBy date.Date) (c Counts, err error) {
	for _, one := range []struct {
		of, which string
		on        date.Date
		into      *int
	}{
		{"visits v", isDue, on, &c.Due},
		{"visits v", isOverdue, on, &c.Overdue},
		{"visits v", isLost, on, &c.Lost},
		{"plans", isToDecide, on, &c.Decisions},
		{"plans", isToWeigh, weighBy, &c.Weighings},
		{"plans", isToKnow, knowBy, &c.Results},
		{"plans", isToExtend, extendBy, &c.Extensions},
	} {
		query := s.dialect.query(fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s WHERE %s LIMIT %d) AS listed", one.of, one.which, MostCounted))
		if err := s.db.QueryRowContext(ctx, query, day(one.on)).Scan(one.into); err != nil {
			return c, err
		}
	}
	return c, nil
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
