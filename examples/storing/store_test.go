package storing

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func weight(text string) dose.Weight { return dose.MustWeight(text) }
func mass(text string) dose.Mass     { return dose.MustMass(text) }

func patients[T any](list []T, of func(T) string) (names []string) {
	for _, one := range list {
		names = append(names, of(one))
	}
	return names
}

func (d *desk) due(on string) []string {
	d.Helper()
	visits, err := d.Due(d.ctx, theDay(on), Part{})
	require.NoError(d, err)
	return patients(visits, func(v Visit) string { return v.Patient + " " + v.Name })
}

func (d *desk) overdue(on string) []string {
	d.Helper()
	visits, err := d.Overdue(d.ctx, theDay(on), Part{})
	require.NoError(d, err)
	return patients(visits, func(v Visit) string { return v.Patient + " " + v.Date.String() })
}

// Two patients, one of them from a Monday on, for two weeks: who is due by the database,
// worked by hand.
func TestDays(t *testing.T) {
	d := newDesk(t)
	ann, ben := d.enrol("ann", "2026-03-02"), d.enrol("ben", "2026-03-05")
	assert.Equal(t, []string{"ann induction"}, d.due("2026-03-02"))
	assert.Equal(t, []string{"ann induction", "ben induction"}, d.due("2026-03-05"))
	assert.Equal(t, []string{"ann 2026-03-02"}, d.overdue("2026-03-03"), "and its call is of that day")

	plan := d.record(ann, "form-1", "2026-03-02 11:00", schedule.Given{Session: session(d.load(ann), 1), Date: theDay("2026-03-02"), Dose: mass("40 mg")})
	assert.Equal(t, 1, plan.Revision())
	assert.Empty(t, d.overdue("2026-03-03"))

	// The same form again changes nothing, whatever the plan was when it was sent.
	again, err := d.Apply(d.ctx, ann, 0, schedule.Event{ID: "form-1", What: schedule.Given{Session: session(plan, 1), Date: theDay("2026-03-02"), Dose: mass("40 mg")}}, at("2026-03-02 11:05"))
	require.NoError(t, err)
	assert.Equal(t, 1, again.Revision())
	_, err = d.Apply(d.ctx, ann, 1, schedule.Event{ID: "form-1", What: schedule.Missed{Session: session(plan, 2)}}, at("2026-03-02 11:05"))
	require.ErrorIs(t, err, schedule.ErrEventTwice)

	// Decisions, weighings and horizons are due by their dates.
	tasks := func(of func(on date.Date) ([]Task, error), on string) []string {
		list, err := of(theDay(on))
		require.NoError(t, err)
		return patients(list, func(task Task) string { return task.Patient + " " + task.By.String() + " " + task.What })
	}
	row := plan.Row()
	assert.Equal(t, []string{"ann " + row.DecisionDue.String() + " benefit"}, tasks(func(on date.Date) ([]Task, error) { return d.Decisions(d.ctx, on, Part{}) }, row.DecisionDue.String()))
	assert.Equal(t, []string{"ann " + row.WeighBefore.String() + " "}, tasks(func(on date.Date) ([]Task, error) { return d.Weighings(d.ctx, on, Part{}) }, row.WeighBefore.String()))
	assert.Equal(t, []string{"ann " + row.ExtendBy.String() + " "}, tasks(func(on date.Date) ([]Task, error) { return d.Extensions(d.ctx, on, Part{}) }, row.ExtendBy.String()))

	_, err = d.Load(d.ctx, 99)
	require.ErrorIs(t, err, ErrNoPlan)
	assert.NotEqual(t, ann, ben)
}

// A session that needs a result is in the list of its day until somebody has said it, and again
// where they said that it is not ok.
func TestResults(t *testing.T) {
	d := newDesk(t)
	spec, err := protocol.Parse("bloods.json", []byte(`{"format": "regimen/1", "id": "bloods", "version": "1", "drug": "examplamine", "phases": [
		{"name": "all", "cadence": "every 4w x3", "minGap": "2 days", "visit": {"administration": "40 min"}, "dose": "40 mg, hard max 60 mg"}],
		"monitoring": [{"name": "count", "cadence": "every 4w x3", "visit": {"kind": "assessment", "administration": "10 min"}, "elsewhere": "a laboratory",
		"before": [{"within": "7 days"}]}]}`))
	require.NoError(t, err)
	made, err := spec.Compile()
	require.NoError(t, err)
	ask := request(schedule.Key{0: 1}, theDay("2026-03-02"), at("2026-03-02 07:00"))
	ask.Protocol, ask.Opening, ask.Zone, ask.Until, ask.Weighings = made, d.clinic, london, 0, nil
	plan, err := schedule.Build(ask)
	require.NoError(t, err)
	ann, err := d.Enrol(d.ctx, "ann", plan)
	require.NoError(t, err)
	waiting := func(on string) []string {
		list, err := d.Results(d.ctx, theDay(on), Part{})
		require.NoError(t, err)
		count, err := d.Count(d.ctx, theDay(on), theDay(on), theDay(on), theDay(on))
		require.NoError(t, err)
		require.Equal(t, len(list), count.Results)
		return patients(list, func(task Task) string { return task.Patient + " " + task.By.String() })
	}
	assert.Empty(t, waiting("2026-03-01"))
	assert.Equal(t, []string{"ann 2026-03-02"}, waiting("2026-03-02"))
	var counted schedule.ID
	for v := range plan.OtherVisits() {
		if v.Date == theDay("2026-03-02") {
			counted = v.ID
		}
	}
	done := schedule.VisitDone{Visit: counted, Date: theDay("2026-03-02"), Result: "1.9", Verdict: schedule.VerdictOK}
	d.record(ann, "count", "2026-03-02 08:00", done)
	assert.Empty(t, waiting("2026-03-29"))
	assert.Equal(t, []string{"ann 2026-03-30"}, waiting("2026-03-30"), "by hand: four weeks later")
	done.Result, done.Verdict = "0.9", schedule.VerdictNotOK
	d.record(ann, "read-again", "2026-03-02 08:30", schedule.Corrected{Of: "count", Instead: done, Reason: "misread", Who: "A. Nurse"})
	assert.Equal(t, []string{"ann 2026-03-02"}, waiting("2026-03-02"))
	protocols, err := d.Protocols(d.ctx)
	require.NoError(t, err)
	require.Len(t, protocols, 1)
	assert.Equal(t, made.Digest(), protocols[0].Digest())
}

// Whoever saves second is told what the first has recorded, and nothing of theirs is lost.
func TestTwoWriters(t *testing.T) {
	d := newDesk(t)
	ann := d.enrol("ann", "2026-03-02")
	seen := d.load(ann)
	_, err := d.Apply(d.ctx, ann, seen.Revision(), schedule.Event{ID: "form-1", What: schedule.Weighed{Date: theDay("2026-03-02"), Weight: weight("81 kg")}}, at("2026-03-02 09:00"))
	require.NoError(t, err)
	_, err = d.Apply(d.ctx, ann, seen.Revision(), schedule.Event{ID: "form-2", What: schedule.Weighed{Date: theDay("2026-03-02"), Weight: weight("18 kg")}}, at("2026-03-02 09:01"))
	changed, ok := errors.AsType[*Changed](err)
	require.True(t, ok, "%v", err)
	require.Len(t, changed.Since, 1)
	assert.Equal(t, "form-1", changed.Since[0].Event.ID)
	assert.Equal(t, 1, changed.Plan.Revision())
	assert.Contains(t, err.Error(), "81 kg")

	// Many at a time, with one form each that some of them send twice.
	const writers = 8
	var all sync.WaitGroup
	for i := range writers {
		for range 2 {
			all.Go(func() {
				for {
					plan, err := d.Load(d.ctx, ann)
					if !assert.NoError(t, err) {
						return
					}
					event := schedule.Event{ID: fmt.Sprint("many-", i), What: schedule.Weighed{Date: theDay("2026-03-02"), Weight: weight(fmt.Sprint(80+i, " kg"))}}
					_, err = d.Apply(d.ctx, ann, plan.Revision(), event, at("2026-03-02 10:00"))
					if _, again := errors.AsType[*Changed](err); again {
						continue
					}
					assert.NoError(t, err)
					return
				}
			})
		}
	}
	all.Wait()
	plan := d.load(ann)
	assert.Equal(t, 1+writers, plan.Revision(), "each form once")
	d.audited(ann)
}

// audited checks that the table of the journal is that of the plan.
func (d *desk) audited(id int64) []Line {
	d.Helper()
	lines, err := d.Audit(d.ctx, id)
	require.NoError(d, err)
	history := slices.Collect(d.load(id).History())
	require.Len(d, lines, len(history))
	for i, e := range history {
		require.Equal(d, i+1, lines[i].Revision)
		require.Equal(d, e.Event.ID, lines[i].Event)
		require.True(d, e.AsOf.Equal(lines[i].AsOf))
		require.Equal(d, e.Event.RecordedBy, lines[i].Who)
		require.JSONEq(d, string(e.AppendJSON(nil)), string(lines[i].Entry))
	}
	return lines
}

// The journal says who recorded what, and nothing of it is changed or taken away but with
// its plan.
func TestAudit(t *testing.T) {
	d := newDesk(t)
	ann := d.enrol("ann", "2026-03-02")
	d.record(ann, "form-1", "2026-03-02 11:00", schedule.Given{Session: session(d.load(ann), 1), Date: theDay("2026-03-02"), Dose: mass("4 mg"), Reason: "r", Who: "w"})
	d.record(ann, "form-2", "2026-03-02 11:10", schedule.Corrected{
		Of: "form-1", Instead: schedule.Given{Session: session(d.load(ann), 1), Date: theDay("2026-03-02"), Dose: mass("40 mg")}, Reason: "typing error", Who: "nurse-7",
	})
	lines := d.audited(ann)
	assert.Equal(t, []string{"given nurse-7", "corrected nurse-7"}, patients(lines, func(l Line) string { return l.Kind + " " + l.Who }))

	for _, statement := range []string{"UPDATE journal SET recorded_by = 'somebody else'", "DELETE FROM journal"} {
		_, err := d.db.Exec(statement)
		require.ErrorContains(t, err, "an entry of a journal", statement)
	}
	d.audited(ann)
	_, err := d.db.Exec("DELETE FROM plans")
	require.NoError(t, err, "a patient who is to be forgotten")
	for _, table := range []string{"journal", "visits", "plan_files"} {
		left := 0
		require.NoError(t, d.db.QueryRow("SELECT count(*) FROM "+table).Scan(&left))
		assert.Zero(t, left, table)
	}
}

// A closure is told to everybody in one go, and again after an interruption.
func TestCloseAll(t *testing.T) {
	d := newDesk(t)
	var ids []int64
	for i := range 3 {
		ids = append(ids, d.enrol(string(rune('a'+i)), "2026-03-02"))
	}
	closed := schedule.ClinicClosed{From: theDay("2026-03-05"), Reason: "storm"}
	_, err := d.Apply(d.ctx, ids[1], 0, schedule.Event{ID: "closure-5", What: closed}, at("2026-03-02 09:00"))
	require.NoError(t, err)
	_, err = d.Apply(d.ctx, ids[2], 0, schedule.Event{ID: "closure-5", What: schedule.Weighed{Date: theDay("2026-03-02"), Weight: weight("70 kg")}}, at("2026-03-02 09:00"))
	require.NoError(t, err)

	told, err := d.CloseAll(d.ctx, "closure-5", closed, "nurse-7", at("2026-03-02 12:00"))
	require.NoError(t, err)
	assert.Equal(t, 1, told.Changed)
	assert.Equal(t, 1, told.Known)
	require.Len(t, told.Refused, 1)
	require.ErrorIs(t, told.Refused[ids[2]], schedule.ErrEventTwice, "somebody has to look at it")
	lost, err := d.Lost(d.ctx, theDay("2026-03-03"), Part{})
	require.NoError(t, err)
	assert.Equal(t, []string{"a closed (storm)", "b closed (storm)"}, patients(lost, func(v Visit) string { return v.Patient + " " + v.Lost }))
	assert.Equal(t, []string{"c induction"}, d.due("2026-03-05"))
	for _, id := range ids {
		d.audited(id)
	}

	told, err = d.CloseAll(d.ctx, "closure-5", closed, "nurse-7", at("2026-03-02 12:05"))
	require.NoError(t, err)
	assert.Equal(t, 2, told.Known)
	assert.Zero(t, told.Changed)
}

// While all are told, others go on saving: each plan has both in the end, and nobody waits
// for ever.
func TestCloseAllMeanwhile(t *testing.T) {
	d := newDesk(t)
	var ids []int64
	for i := range 12 {
		ids = append(ids, d.enrol(fmt.Sprint("patient ", i), "2026-03-02"))
	}
	var others sync.WaitGroup
	others.Go(func() {
		for _, id := range ids {
			for {
				plan, err := d.Load(d.ctx, id)
				if !assert.NoError(t, err) {
					return
				}
				_, err = d.Apply(d.ctx, id, plan.Revision(), schedule.Event{ID: "form", What: schedule.Weighed{Date: theDay("2026-03-02"), Weight: weight("81 kg")}}, at("2026-03-02 09:00"))
				if _, again := errors.AsType[*Changed](err); !again {
					assert.NoError(t, err)
					break
				}
			}
		}
	})
	told, err := d.CloseAll(d.ctx, "closure", schedule.ClinicClosed{From: theDay("2026-03-05")}, "", at("2026-03-02 09:00"))
	others.Wait()
	require.NoError(t, err)
	assert.Equal(t, len(ids), told.Changed)
	for _, id := range ids {
		assert.Equal(t, 2, d.load(id).Revision())
		d.audited(id)
	}
	lost, err := d.Lost(d.ctx, theDay("2026-03-02"), Part{})
	require.NoError(t, err)
	assert.Len(t, lost, len(ids))
}

// Other hours are asked of the clinic's calendar and told to everybody.
func TestChangeAll(t *testing.T) {
	d := newDesk(t)
	ann := d.enrol("ann", "2026-03-02")
	later, err := clinic.New(clinic.Spec{Zone: london, Weekly: clinic.OpenOn(clinic.MustHours("13:00-18:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)})
	require.NoError(t, err)
	d.opening = later
	told, err := d.ChangeAll(d.ctx, "hours-2", theDay("2026-03-09"), "nurse-7", at("2026-03-02 12:00"))
	require.NoError(t, err)
	assert.Equal(t, 1, told.Changed)
	assert.Empty(t, told.Refused)
	lost, err := d.Lost(d.ctx, theDay("2026-03-02"), Part{})
	require.NoError(t, err)
	require.NotEmpty(t, lost)
	assert.Equal(t, theDay("2026-03-09"), lost[0].Date)
	assert.Contains(t, lost[0].Lost, "13:00-18:00")
	assert.Equal(t, []string{"ann induction"}, d.due("2026-03-05"))
	d.audited(ann)

	// Told again, after an interruption, though the plan has looked further ahead since.
	d.record(ann, "extended", "2026-03-02 13:00", schedule.Extended{Until: theDay("2026-06-30"), Reason: "it helps"})
	told, err = d.ChangeAll(d.ctx, "hours-2", theDay("2026-03-09"), "nurse-7", at("2026-03-02 14:00"))
	require.NoError(t, err)
	assert.Equal(t, 1, told.Known)
	assert.Empty(t, told.Refused)
}

// Whatever happens, the database answers as the plans do.
func TestAnswers(t *testing.T) {
	d := newDesk(t)
	var ids []int64
	for i := range 6 {
		ids = append(ids, d.enrol(fmt.Sprint("patient ", i), theDay("2026-03-02").String()))
	}
	first := func(id int64, n int) schedule.ID { return session(d.load(id), n) }
	d.record(ids[0], "a", "2026-03-03 09:00", schedule.Given{Session: first(ids[0], 1), Date: theDay("2026-03-02"), Dose: mass("40 mg")})
	d.record(ids[1], "a", "2026-03-03 09:00", schedule.Missed{Session: first(ids[1], 1)})
	d.record(ids[1], "b", "2026-03-03 09:00", schedule.Added{Date: theDay("2026-03-03"), For: first(ids[1], 1)})
	d.record(ids[2], "a", "2026-03-03 09:00", schedule.Held{Session: first(ids[2], 2)})
	d.record(ids[3], "a", "2026-03-03 09:00", schedule.PatientAway{From: theDay("2026-03-05"), To: theDay("2026-03-12"), Reason: "travels"})
	d.record(ids[4], "a", "2026-03-03 09:00", schedule.Cancelled{Session: first(ids[4], 2), By: schedule.ByPatient, Rest: true})
	told, err := d.CloseAll(d.ctx, "closure", schedule.ClinicClosed{From: theDay("2026-03-10")}, "", at("2026-03-03 12:00"))
	require.NoError(t, err)
	require.Empty(t, told.Refused)

	check := func() {
		t.Helper()
		for on := theDay("2026-02-27"); on < theDay("2026-03-30"); on++ {
			var due, overdue, lost []string
			decide := map[int64]bool{}
			for _, id := range ids {
				status := d.load(id).On(on)
				for what, sessions := range map[*[]string][]schedule.Session{&due: status.Due, &overdue: status.Overdue, &lost: status.Lost} {
					for _, s := range sessions {
						*what = append(*what, s.ID().String())
					}
				}
				if status.Checkpoint.Date != 0 && status.Checkpoint.Date <= on {
					decide[id] = true
				}
			}
			for _, tt := range []struct {
				want []string
				got  func() ([]Visit, error)
			}{
				{due, func() ([]Visit, error) { return d.Due(d.ctx, on, Part{}) }},
				{overdue, func() ([]Visit, error) { return d.Overdue(d.ctx, on, Part{}) }},
				{lost, func() ([]Visit, error) { return d.Lost(d.ctx, on, Part{}) }},
			} {
				visits, err := tt.got()
				require.NoError(t, err)
				visits = slices.DeleteFunc(visits, func(v Visit) bool { return v.Role != "" })
				require.ElementsMatch(t, tt.want, patients(visits, func(v Visit) string { return v.ID.String() }), "%v", on)
			}
			tasks, err := d.Decisions(d.ctx, on, Part{})
			require.NoError(t, err)
			require.Len(t, tasks, len(decide))
		}
	}
	check()
	// Written anew, everything is as it was.
	told, err = d.Rewrite(d.ctx)
	require.NoError(t, err)
	require.Equal(t, len(ids), told.Changed)
	check()
	for _, id := range ids {
		d.audited(id)
	}
	differ, unread, err := d.Verify(d.ctx)
	require.NoError(t, err)
	require.Empty(t, differ)
	require.Empty(t, unread)
}

// The tables of an older version are brought to the present one, and a database of a newer
// version is left alone.
func TestMigrate(t *testing.T) {
	d := newDesk(t)
	ann := d.enrol("ann", "2026-03-02")
	for _, statement := range []string{
		"DROP INDEX plans_extend", "ALTER TABLE plans DROP COLUMN extend_by", "DROP INDEX plans_result", "ALTER TABLE plans DROP COLUMN result_before",
		"DELETE FROM schema_version WHERE version > 1",
	} {
		_, err := d.db.Exec(statement)
		require.NoError(t, err)
	}
	again, err := Open(d.ctx, d.db, d.dialect, d.clinic, london)
	require.NoError(t, err)
	by := d.load(ann).Row().ExtendBy
	near, err := again.Extensions(d.ctx, by, Part{})
	require.NoError(t, err)
	require.Empty(t, near, "nobody has filled it")
	told, err := again.Rewrite(d.ctx)
	require.NoError(t, err)
	require.Equal(t, 1, told.Changed)
	near, err = again.Extensions(d.ctx, by, Part{})
	require.NoError(t, err)
	require.Len(t, near, 1)

	_, err = d.db.Exec("INSERT INTO schema_version (version) VALUES (7)")
	require.NoError(t, err)
	_, err = Open(d.ctx, d.db, d.dialect, d.clinic, london)
	require.ErrorContains(t, err, "older than the database")
}

// A plan that cannot be read is named, and all others are told.
func TestDamagedFile(t *testing.T) {
	d := newDesk(t)
	ann, ben := d.enrol("ann", "2026-03-02"), d.enrol("ben", "2026-03-02")
	file := string(schedule.FormatPlan(d.load(ann)))
	_, err := d.db.Exec(d.dialect.query("UPDATE plan_files SET file = $1 WHERE plan = $2"), []byte(strings.Replace(file, "80 kg", "81 kg", 1)), ann)
	require.NoError(t, err)
	told, err := d.CloseAll(d.ctx, "closure", schedule.ClinicClosed{From: theDay("2026-03-05")}, "", at("2026-03-02 12:00"))
	require.NoError(t, err)
	assert.Equal(t, 1, told.Changed)
	require.Len(t, told.Refused, 1)
	assert.ErrorContains(t, told.Refused[ann], "plan 1:")
	_, unread, err := d.Verify(d.ctx)
	require.NoError(t, err)
	assert.Len(t, unread, 1)
	assert.Equal(t, 1, d.load(ben).Revision())
}

// A backup is a database like the one it is of, as it was at one moment.
func TestBackup(t *testing.T) {
	d := newDesk(t)
	if d.file == "" {
		t.Log("pg_dump makes backups of PostgreSQL")
		return
	}
	ann := d.enrol("ann", "2026-03-02")
	name := d.file + ".backup"
	require.NoError(t, d.Backup(d.ctx, name))
	d.record(ann, "later", "2026-03-02 09:00", schedule.Weighed{Date: theDay("2026-03-02"), Weight: weight("81 kg")})
	require.Error(t, d.Backup(d.ctx, name), "a backup is never overwritten")
	kept := openSQLite(t, name)
	old, err := Open(d.ctx, kept, SQLite, d.clinic, london)
	require.NoError(t, err)
	plan, err := old.Load(d.ctx, ann)
	require.NoError(t, err)
	assert.Equal(t, 0, plan.Revision())
	assert.Equal(t, 1, d.load(ann).Revision())

	// What was entered since is in the journal of the database that broke, if that can be
	// read: entries apply to the backup as they did then.
	lines, err := d.Audit(d.ctx, ann)
	require.NoError(t, err)
	again, err := schedule.ParseEntries("journal", fmt.Appendf(nil, "[%s]", lines[0].Entry), theProtocol(t))
	require.NoError(t, err)
	replayed, err := plan.Replay(again...)
	require.NoError(t, err)
	assert.Equal(t, schedule.FormatPlan(d.load(ann)), schedule.FormatPlan(replayed))
}
