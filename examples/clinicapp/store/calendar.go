package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/examples/storing"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A Calendar is when the clinic is open, which changes while the app runs.
type Calendar struct{ now atomic.Pointer[state] }

type state struct {
	spec   clinic.Spec
	clinic *clinic.Clinic
}

// Open returns the hours of a day: it is the opening of every plan.
func (c *Calendar) Open(d date.Date) (hours []clinic.Hours, reason string) {
	return c.now.Load().clinic.Open(d)
}

// Spec returns the calendar as it is now. It is not to be changed.
func (c *Calendar) Spec() clinic.Spec { return c.now.Load().spec }

// Zone returns the clinic's zone.
func (c *Calendar) Zone() *time.Location { return c.now.Load().clinic.Zone() }

func (c *Calendar) set(spec clinic.Spec) error {
	made, err := clinic.New(spec)
	if err == nil {
		c.now.Store(&state{spec, made})
	}
	return err
}

func (s *Store) openCalendar(ctx context.Context, first clinic.Spec) error {
	var file []byte
	err := s.db.QueryRowContext(ctx, "SELECT file FROM calendars ORDER BY id DESC LIMIT 1").Scan(&file)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		if err := s.calendar.set(first); err != nil {
			return err
		}
		_, err = s.db.ExecContext(ctx, "INSERT INTO calendars (file, made, made_by) VALUES (?, ?, ?)", clinic.Format(first), stamp(time.Unix(0, 0)), "the first")
		return err
	case err != nil:
		return err
	}
	spec, err := clinic.Parse("calendar", file, time.LoadLocation)
	if err != nil {
		return err
	}
	if spec.Zone.String() != first.Zone.String() {
		return fmt.Errorf("the database is of a clinic in %s, and %s was asked for", spec.Zone, first.Zone)
	}
	return s.calendar.set(spec)
}

// A Telling is what all plans are told.
type Telling struct {
	ID   string
	Said string
	AsOf time.Time
	By   string
	// Event is what happened. Where it is nil the calendar is asked anew from a day on.
	Event schedule.Happening
	From  date.Date

	Changed int
	Refused []string
	Done    bool
}

// IsClosure reports whether it is a closure, which can be called off.
func (t Telling) IsClosure() bool {
	_, ok := t.Event.(schedule.ClinicClosed)
	return ok
}

// SetCalendar keeps another calendar of the clinic and, in the same transaction, what all plans
// are to be told of it. [Store.Tell] tells them.
func (s *Store) SetCalendar(ctx context.Context, spec clinic.Spec, t Telling) error {
	if _, err := clinic.New(spec); err != nil {
		return err
	}
	what := t.From.String()
	if t.Event != nil {
		event, err := schedule.Event{ID: t.ID, What: t.Event, RecordedBy: t.By}.MarshalJSON()
		if err != nil {
			return err
		}
		what = string(event)
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	done, err := tx.ExecContext(ctx, "INSERT INTO tellings (id, what, said, as_of, by) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING", t.ID, what, t.Said, stamp(t.AsOf), t.By)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return err // the second click of the same form
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO calendars (file, made, made_by) VALUES (?, ?, ?)", clinic.Format(spec), stamp(t.AsOf), t.By); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	// Plans that are planned from here on ask the new calendar, also while all others are told.
	return s.calendar.set(spec)
}

// Tell tells all plans what they were not told yet, such as after an interruption: each knows
// what it was told by the id of the telling.
func (s *Store) Tell(ctx context.Context) error {
	list, err := s.Tellings(ctx)
	if err != nil {
		return err
	}
	for _, t := range slices.Backward(list) {
		if t.Done {
			continue
		}
		var told storing.Told
		if t.Event != nil {
			told, err = s.TellAll(ctx, t.AsOf, func(*schedule.Plan) (schedule.Event, error) {
				return schedule.Event{ID: t.ID, What: t.Event, RecordedBy: t.By}, nil
			})
		} else {
			told, err = s.ChangeAll(ctx, t.ID, t.From, t.By, t.AsOf)
		}
		if err != nil {
			return err
		}
		var refused []string
		for _, plan := range slices.Sorted(maps.Keys(told.Refused)) {
			refused = append(refused, fmt.Sprintf("%d %s", plan, strings.ReplaceAll(told.Refused[plan].Error(), "\n", " ")))
		}
		_, err = s.db.ExecContext(ctx, "UPDATE tellings SET done = ?, changed = ?, refused = ? WHERE id = ?", stamp(time.Now()), told.Changed+told.Known, strings.Join(refused, "\n"), t.ID)
		if err != nil {
			return err
		}
	}
	return nil
}

// Tellings returns what all plans were told, the latest first.
func (s *Store) Tellings(ctx context.Context) ([]Telling, error) {
	return rows(ctx, s.db, func(r *sql.Rows) (t Telling, err error) {
		var what, asOf, refused string
		if err = r.Scan(&t.ID, &what, &t.Said, &asOf, &t.By, &t.Changed, &refused, &t.Done); err != nil {
			return t, err
		}
		if t.AsOf, err = time.Parse(time.RFC3339Nano, asOf); err != nil {
			return t, err
		}
		if refused != "" {
			t.Refused = strings.Split(refused, "\n")
		}
		if !strings.HasPrefix(what, "{") {
			t.From, err = schedule.ParseDate(what)
			return t, err
		}
		var event schedule.Event
		err = json.Unmarshal([]byte(what), &event)
		t.Event = event.What
		return t, err
	}, "SELECT id, what, said, as_of, by, changed, refused, done IS NOT NULL FROM tellings ORDER BY rowid DESC")
}
