// Package store keeps what the app keeps, in one SQLite database: the plans by the store of
// examples/storing, which it embeds, and beside them users, patients, links and the clinic's
// calendar, whose tables are in migrations.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/regimen-go/regimen/schedule/clinic"
	_ "modernc.org/sqlite" // the driver

	"github.com/regimen-go/regimen/examples/storing"
)

//go:embed migrations
var migrations embed.FS

// A Store is the app's database. It may be used by many goroutines at a time.
type Store struct {
	*storing.Store
	db       *sql.DB
	calendar *Calendar
}

// readers is how many connections there are: each keeps pages in memory.
const readers = 8

// ErrNone says that there is no such thing.
var ErrNone = errors.New("there is none")

// Open opens a database file, or makes it, and brings it to the latest version of its
// tables. The calendar is that of a database without one.
func Open(ctx context.Context, file string, first clinic.Spec) (*Store, error) {
	db, err := sql.Open("sqlite", "file:"+file+storing.SQLiteOptions)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers)
	s := &Store{db: db, calendar: new(Calendar)}
	if err := s.open(ctx, first); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, first clinic.Spec) error {
	// The tables of the plans come first: those of the app refer to them.
	var err error
	if s.Store, err = storing.Open(ctx, s.db, storing.SQLite, s.calendar, first.Zone); err != nil {
		return err
	}
	tables, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	steps, err := goose.NewProvider(goose.DialectSQLite3, s.db, tables, goose.WithTableName("app_version"))
	if err != nil {
		return err
	}
	at, latest, err := steps.GetVersions(ctx)
	if err != nil {
		return err
	}
	if at > latest {
		return fmt.Errorf("the app's tables are of version %d, and this program knows %d: it is older than the database", at, latest)
	}
	if _, err := steps.Up(ctx); err != nil {
		return err
	}
	return s.openCalendar(ctx, first)
}

// Close ends all connections.
func (s *Store) Close() error { return s.db.Close() }

// Calendar returns the clinic's calendar, which changes by [Store.SetCalendar].
func (s *Store) Calendar() *Calendar { return s.calendar }

// Restore makes a database of a backup where there is none yet, and logs everybody out: the
// revisions of a backup are older and will be used again, so that a page from before could
// be taken for one of now.
func Restore(ctx context.Context, backup, file string, first clinic.Spec) (storing.Told, error) {
	src, err := os.ReadFile(backup)
	if err != nil {
		return storing.Told{}, err
	}
	to, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return storing.Told{}, err
	}
	if _, err := to.Write(src); err != nil {
		return storing.Told{}, errors.Join(err, to.Close())
	}
	if err := errors.Join(to.Sync(), to.Close()); err != nil {
		return storing.Told{}, err
	}
	s, err := Open(ctx, file, first)
	if err != nil {
		return storing.Told{}, err
	}
	defer s.Close()
	if _, err := s.db.ExecContext(ctx, "DELETE FROM sessions"); err != nil {
		return storing.Told{}, err
	}
	// Every plan is read, and so every digest is looked at.
	return s.Rewrite(ctx)
}

// Log keeps what somebody did that no plan knows of. Plan is 0 for none.
func (s *Store) Log(ctx context.Context, at time.Time, who, what string, plan int64) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO log (at, who, what, plan) VALUES (?, ?, ?, nullif(?, 0))", stamp(at), who, what, plan)
	return err
}

// A Logged is a line of the log.
type Logged struct {
	At        time.Time
	Who, What string
}

// Logged returns what was done about a plan that its journal does not say, the latest first.
func (s *Store) Logged(ctx context.Context, plan int64) ([]Logged, error) {
	return rows(ctx, s.db, func(r *sql.Rows) (l Logged, err error) {
		at := ""
		if err = r.Scan(&at, &l.Who, &l.What); err == nil {
			l.At, err = time.Parse(time.RFC3339Nano, at)
		}
		return l, err
	}, "SELECT at, who, what FROM log WHERE plan = ? ORDER BY id DESC LIMIT 200", plan)
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// rows returns the rows of a query.
func rows[T any](ctx context.Context, db *sql.DB, scan func(*sql.Rows) (T, error), query string, args ...any) (list []T, err error) {
	found, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	for found.Next() {
		one, err := scan(found)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, found.Err()
}
