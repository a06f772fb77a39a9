package storing

import (
	"context"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

var many = flag.Int("patients", 200, "how many patients TestMany has: 100000 for the figures of docs/STORING.md")

// Patients who begin over ten years, and what is asked of and told to all of them. With
// -patients 100000 -v the figures are those of docs/STORING.md.
func TestMany(t *testing.T) {
	d := newDesk(t)
	first := theDay("2026-01-05")
	asOf := at("2026-01-04 18:00")
	took := func(what string, began time.Time, used time.Duration, n int) {
		t.Helper()
		since, used := time.Since(began), processorTime()-used
		t.Logf("%-32s %v by the clock, %v of a processor, which is %v each", what, since.Round(time.Millisecond), used.Round(time.Millisecond),
			(used / time.Duration(max(1, n))).Round(time.Microsecond))
	}
	began, used := time.Now(), processorTime()
	n, visits := d.enrolMany(first, asOf, *many)
	took(fmt.Sprintf("enrolled %d, with %d visits", n, visits), began, used, n)
	t.Logf("the database takes %d MB, the plans %d bytes each", d.size()>>20, d.fileSizes()/int64(max(1, n)))

	d.ask("who is due on the 200th day", counted(d.Due), first+200)
	d.ask("who is overdue on the 8th day", counted(d.Overdue), first+8)
	d.ask("whose day is lost", counted(d.Lost), first)
	d.ask("decisions on the 60th day", counted(d.Decisions), first+60)
	d.ask("weighings by the 30th day", counted(d.Weighings), first+30)

	due, err := d.Due(d.ctx, first+200, Part{})
	require.NoError(t, err)
	runtime.GC()
	began, used = time.Now(), processorTime()
	told, err := d.CloseAll(d.ctx, "closure-1", schedule.ClinicClosed{From: first + 200, Reason: "storm"}, "nurse-7", asOf)
	require.NoError(t, err)
	require.Empty(t, told.Refused)
	require.Equal(t, n, told.Changed)
	took("a closure told to all", began, used, n)
	t.Logf("the largest memory of the process so far is %s, of it %d MB on the heap now", highWater(), heap()>>20)
	lost, err := d.Lost(d.ctx, first, Part{})
	require.NoError(t, err)
	require.Len(t, lost, len(due), "all of that day, and no others")
	require.NotEmpty(t, due)
	d.ask("who is due on the 200th day", counted(d.Due), first+200)
	d.ask("whose day is lost", counted(d.Lost), first)
}

// The same of patients with monitoring: who waits for a result.
func TestManyResults(t *testing.T) {
	d := newDeskOf(t, compiled(t, monitored))
	first := theDay("2026-01-05")
	n, visits := d.enrolMany(first, at("2026-01-04 18:00"), *many)
	t.Logf("enrolled %d, with %d visits", n, visits)
	d.ask("results due on the 28th day", counted(d.Results), first+28)
}

// ask asks a list many times, and logs how long that took.
func (d *desk) ask(what string, of func(context.Context, date.Date) (int, error), on date.Date) {
	d.Helper()
	const runs = 21
	var times []time.Duration
	found, used := 0, processorTime()
	for range runs {
		began := time.Now()
		rows, err := of(d.ctx, on)
		require.NoError(d, err)
		times = append(times, time.Since(began))
		found = rows
	}
	used = (processorTime() - used) / runs
	slices.Sort(times)
	to := 10 * time.Microsecond
	d.Logf("%-32s %d rows: %v of a processor; by the clock %v at least, %v median, %v at most", what, found, used.Round(to),
		times[0].Round(to), times[runs/2].Round(to), times[runs-1].Round(to))
}

// enrolMany keeps plans that begin on the open days of ten years, in few transactions.
func (d *desk) enrolMany(first date.Date, asOf time.Time, want int) (n, visits int) {
	d.Helper()
	requests := func(yield func(schedule.Request) bool) {
		for i := range want {
			var key schedule.Key
			binary.BigEndian.PutUint64(key[:], uint64(i)+1)
			week, weekday := i%520, i/520%5
			if !yield(request(key, first+date.Date(7*week+weekday), asOf)) {
				return
			}
		}
	}
	const batch = 1000
	var plans []*schedule.Plan
	keep := func() {
		require.NoError(d, d.within(d.ctx, func(w *writer) error {
			for _, plan := range plans {
				n++
				visits += len(plan.AppendVisitRows(nil, nil))
				if _, err := w.enrol(fmt.Sprintf("patient %d", n), plan); err != nil {
					return err
				}
			}
			return nil
		}))
		plans = plans[:0]
	}
	for r := range requests {
		plan, err := d.planner.Build(r)
		require.NoError(d, err)
		if plans = append(plans, plan); len(plans) == batch {
			keep()
		}
	}
	keep()
	return n, visits
}

func counted[T any](of func(context.Context, date.Date, Part) ([]T, error)) func(context.Context, date.Date) (int, error) {
	return func(ctx context.Context, on date.Date) (int, error) {
		list, err := of(ctx, on, Part{})
		return len(list), err
	}
}

// size returns how many bytes the database takes.
func (d *desk) size() (bytes int64) {
	d.Helper()
	query := "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
	if d.file == "" {
		query = "SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'"
	}
	require.NoError(d, d.db.QueryRow(query).Scan(&bytes))
	return bytes
}

func (d *desk) fileSizes() (bytes int64) {
	d.Helper()
	require.NoError(d, d.db.QueryRow("SELECT sum(length(file)) FROM plan_files").Scan(&bytes))
	return bytes
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// highWater returns the largest memory of the process, where the system says.
func highWater() string {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "not known here"
	}
	for line := range strings.Lines(string(status)) {
		if size, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			return strings.Join(strings.Fields(size), " ")
		}
	}
	return "not known here"
}
