package storing

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"time"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

//go:embed schema
var schema embed.FS

// A Dialect is what two databases do not have in common.
type Dialect struct {
	// schema is the directory of its tables, question reports that parameters are ?1, not $1,
	// and locking is what a SELECT ends with whose rows nobody else may change until the
	// transaction ends: in SQLite there is one writer at a time anyway.
	schema   string
	question bool
	locking  string
}

// The dialects.
var (
	SQLite   = Dialect{schema: "schema/sqlite", question: true}
	Postgres = Dialect{schema: "schema/postgres", locking: " FOR UPDATE OF p"}
)

// SQLiteOptions are to be added to the name of a SQLite file. Without them a second writer
// is refused at once, rows of visits stay when their plan goes, a power cut may take
// what was saved last, and of the indexes 2 MB are kept in memory instead of 64.
const SQLiteOptions = "?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=cache_size(-65536)"

// A Store keeps plans in a database. It may be used by many goroutines at a time.
type Store struct {
	db      *sql.DB
	dialect Dialect
	opening clinic.Opening
	zone    *time.Location

	mutex     sync.Mutex
	protocols map[string]*protocol.Protocol // by their digests
}

// Open brings a database to the latest version of its tables. The opening is asked about
// days of which a plan has no answer yet.
func Open(ctx context.Context, db *sql.DB, d Dialect, opening clinic.Opening, zone *time.Location) (*Store, error) {
	s := &Store{db: db, dialect: d, opening: opening, zone: zone, protocols: map[string]*protocol.Protocol{}}
	if err := s.migrate(ctx, latest); err != nil {
		return nil, err
	}
	return s, nil
}

// latest is the number of the last version of the tables.
const latest = 3

// migrate brings the tables to a version, each step whole or not at all.
func (s *Store) migrate(ctx context.Context, to int) error {
	if _, err := s.db.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)"); err != nil {
		return err
	}
	at := 0
	if err := s.db.QueryRowContext(ctx, "SELECT coalesce(max(version), 0) FROM schema_version").Scan(&at); err != nil {
		return err
	}
	if at > latest {
		return fmt.Errorf("the tables are of version %d, and this program knows %d: it is older than the database", at, latest)
	}
	for at < to {
		at++
		step, err := fs.ReadFile(schema, fmt.Sprintf("%s/%d.sql", s.dialect.schema, at))
		if err != nil {
			return err
		}
		err = s.within(ctx, func(w *writer) error {
			if _, err := w.tx.ExecContext(ctx, string(step)); err != nil {
				return err
			}
			return w.exec("INSERT INTO schema_version (version) VALUES ($1)", at)
		})
		if err != nil {
			return fmt.Errorf("version %d of the tables: %w", at, err)
		}
	}
	return nil
}

// query writes a query with $1, $2, ... as the dialect has it.
func (d Dialect) query(text string) string {
	if d.question {
		return strings.ReplaceAll(text, "$", "?")
	}
	return text
}

// A writer runs the statements of one transaction, each prepared once.
type writer struct {
	ctx     context.Context
	tx      *sql.Tx
	dialect Dialect
	known   map[string]*sql.Stmt
}

func (w *writer) prepared(query string) (*sql.Stmt, error) {
	if known := w.known[query]; known != nil {
		return known, nil
	}
	stmt, err := w.tx.PrepareContext(w.ctx, w.dialect.query(query))
	if err == nil {
		w.known[query] = stmt
	}
	return stmt, err
}

func (w *writer) exec(query string, args ...any) error {
	_, err := w.changed(query, args...)
	return err
}

// changed returns how many rows a statement has changed.
func (w *writer) changed(query string, args ...any) (int64, error) {
	stmt, err := w.prepared(query)
	if err != nil {
		return 0, err
	}
	done, err := stmt.ExecContext(w.ctx, args...)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// within does something in a transaction: all of it, or nothing.
func (s *Store) within(ctx context.Context, do func(*writer) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing once it is committed
	if err := do(&writer{ctx, tx, s.dialect, map[string]*sql.Stmt{}}); err != nil {
		return err
	}
	return tx.Commit()
}

// addProtocol keeps a protocol of which there is a plan.
func (w *writer) addProtocol(p *protocol.Protocol) error {
	return w.exec("INSERT INTO protocols (digest, file) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING", p.Digest().String(), protocol.Format(p.Spec()))
}

// AddProtocol keeps a protocol that plans may adopt or be switched to from then on.
func (s *Store) AddProtocol(ctx context.Context, p *protocol.Protocol) error {
	return s.within(ctx, func(w *writer) error { return w.addProtocol(p) })
}

// Protocols returns what plans were made from, or may adopt or be switched to. Each is compiled
// once.
func (s *Store) Protocols(ctx context.Context) ([]*protocol.Protocol, error) {
	from, err := s.source(ctx)
	return from.Protocols, err
}

// source returns what a plan file does not hold. Each protocol is compiled once.
func (s *Store) source(ctx context.Context) (schedule.PlanSource, error) {
	from := schedule.PlanSource{Opening: s.opening, Zone: s.zone}
	digests, err := list(ctx, s, "SELECT digest FROM protocols ORDER BY digest", func(rows *sql.Rows) (digest string, err error) {
		return digest, rows.Scan(&digest)
	})
	if err != nil {
		return from, err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, digest := range digests {
		if s.protocols[digest] == nil {
			var file []byte
			if err := s.db.QueryRowContext(ctx, s.dialect.query("SELECT file FROM protocols WHERE digest = $1"), digest).Scan(&file); err != nil {
				return from, err
			}
			spec, err := protocol.Parse("protocol "+digest, file)
			if err != nil {
				return from, err
			}
			if s.protocols[digest], err = spec.Compile(); err != nil {
				return from, err
			}
		}
		from.Protocols = append(from.Protocols, s.protocols[digest])
	}
	return from, nil
}

// ErrNoPlan says that there is no plan with an id.
var ErrNoPlan = errors.New("no such plan")

// Load reads a plan.
func (s *Store) Load(ctx context.Context, id int64) (*schedule.Plan, error) {
	from, err := s.source(ctx)
	if err != nil {
		return nil, err
	}
	var file []byte
	err = s.db.QueryRowContext(ctx, s.dialect.query("SELECT file FROM plan_files WHERE plan = $1"), id).Scan(&file)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fmt.Errorf("plan %d: %w", id, ErrNoPlan)
	case err != nil:
		return nil, err
	}
	return schedule.ParsePlan(fmt.Sprintf("plan %d", id), file, from)
}
