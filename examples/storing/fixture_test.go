package storing

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zone of the clinic, whatever the machine has

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// postgresURL names a PostgreSQL database in which every test makes a schema of its own;
// postgres.sh starts one. Without it the tests use SQLite.
var postgresURL = os.Getenv("STORING_POSTGRES")

const prescribed = `{"format": "regimen/1", "id": "stored", "version": "1", "drug": "ketamine", "phases": [
	{"name": "induction", "cadence": "2/wk x3", "minGap": "2 days", "weights": {"staleAfter": "14 days"},
	 "visit": {"kind": "dosing", "administration": "40 min", "observation": "2 h"},
	 "dose": "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 60 mg",
	 "companions": [{"name": "call", "visit": {"kind": "assessment", "observation": "20 min"}, "from": "1 day", "to": "3 days"}]},
	{"name": "weekly", "cadence": "every 1w", "minGap": "2 days", "weights": {"staleAfter": "28 days"},
	 "visit": {"kind": "dosing", "administration": "40 min", "observation": "2 h"},
	 "dose": "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 60 mg"}],
	"gates": [{"name": "benefit", "phase": "induction", "assess": "response"}]}`

// monitored is the same with a blood count every Friday, which each session of the second
// phase needs.
var monitored = strings.Replace(prescribed, `"gates"`, `"monitoring": [{"name": "blood count", "cadence": "1/wk x12", "while": "treated", "weekdays": ["Fri"],
	"visit": {"kind": "assessment", "administration": "10 min"}, "before": [{"phase": "weekly", "within": "7 days"}]}], "gates"`, 1)

func theProtocol(t testing.TB) *protocol.Protocol {
	t.Helper()
	return compiled(t, prescribed)
}

func compiled(t testing.TB, src string) *protocol.Protocol {
	t.Helper()
	spec, err := protocol.Parse("stored.json", []byte(src))
	require.NoError(t, err)
	p, err := spec.Compile()
	require.NoError(t, err)
	return p
}

// A desk is a store with a clinic, and what time it is there.
type desk struct {
	testing.TB
	*Store
	ctx     context.Context
	file    string // "" in PostgreSQL
	clinic  *clinic.Clinic
	planner *schedule.Planner
	keys    byte
}

var london = mustZone("Europe/London")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

func at(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, london)
	if err != nil {
		panic(err)
	}
	return t
}

func theDay(text string) date.Date { return schedule.MustDate(text) }

// openDatabase opens a database that is gone after the test.
func openDatabase(t testing.TB) (db *sql.DB, d Dialect, file string) {
	t.Helper()
	var err error
	if postgresURL != "" {
		name := make([]byte, 8)
		_, err = rand.Read(name)
		require.NoError(t, err)
		own := "storing_" + hex.EncodeToString(name)
		all, err := sql.Open("pgx", postgresURL)
		require.NoError(t, err)
		_, err = all.Exec("CREATE SCHEMA " + own)
		require.NoError(t, err)
		t.Cleanup(func() {
			_, err := all.Exec("DROP SCHEMA " + own + " CASCADE")
			require.NoError(t, err)
			require.NoError(t, all.Close())
		})
		db, err = sql.Open("pgx", postgresURL+"&search_path="+own)
		require.NoError(t, err)
		d = Postgres
	} else {
		file = filepath.Join(t.TempDir(), "plans.db")
		return openSQLite(t, file), SQLite, file
	}
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db, d, ""
}

func openSQLite(t testing.TB, file string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+SQLiteOptions)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	return newDeskOf(t, theProtocol(t))
}

// newDeskOf is a desk of a protocol of its own.
func newDeskOf(t testing.TB, prescribed *protocol.Protocol) *desk {
	t.Helper()
	open, err := clinic.New(clinic.Spec{Zone: london, Weekly: clinic.OpenOn(clinic.MustHours("08:00-18:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)})
	require.NoError(t, err)
	planner, err := schedule.NewPlanner(prescribed, open, london)
	require.NoError(t, err)
	db, dialect, file := openDatabase(t)
	store, err := Open(t.Context(), db, dialect, open, london)
	require.NoError(t, err)
	return &desk{TB: t, Store: store, ctx: t.Context(), file: file, clinic: open, planner: planner}
}

// request is that of a patient who begins on a day.
func request(key schedule.Key, start date.Date, asOf time.Time) schedule.Request {
	return schedule.Request{
		Start: start, Until: start + 84, AsOf: asOf, Key: key,
		Weighings: []schedule.Weighing{{Date: date.New(asOf.Year(), asOf.Month(), asOf.Day()), Weight: weight("80 kg")}},
	}
}

// enrol keeps a plan that begins on a day at seven in the morning.
func (d *desk) enrol(patient, start string) int64 {
	d.Helper()
	d.keys++
	plan, err := d.planner.Build(request(schedule.Key{0: d.keys}, theDay(start), at(start+" 07:00")))
	require.NoError(d, err)
	id, err := d.Enrol(d.ctx, patient, plan)
	require.NoError(d, err)
	return id
}

func (d *desk) load(id int64) *schedule.Plan {
	d.Helper()
	plan, err := d.Load(d.ctx, id)
	require.NoError(d, err)
	return plan
}

// record applies an event as somebody does who has just looked at the plan.
func (d *desk) record(id int64, event, when string, what schedule.Happening) *schedule.Plan {
	d.Helper()
	plan, err := d.Apply(d.ctx, id, d.load(id).Revision(), schedule.Event{ID: event, What: what, RecordedBy: "nurse-7"}, at(when))
	require.NoError(d, err)
	return plan
}

// session returns the id of a session by its number.
func session(plan *schedule.Plan, n int) schedule.ID {
	s, ok := plan.At(n)
	if !ok {
		panic(fmt.Sprint("no session ", n))
	}
	return s.ID()
}
