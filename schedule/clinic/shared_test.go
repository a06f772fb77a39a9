package clinic_test

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule/clinic"
)

// A fresh table knows no day, and asks about none that was answered before.
func TestTableFresh(t *testing.T) {
	d := day("2025-01-06")
	opening := &booked{7, map[date.Date]int{}}
	first := clinic.NewTable(opening, time.UTC)
	first.AskAll(d, d+99)
	first.Change(d+1, nil, "strike")
	first.Freeze()
	fresh := first.Fresh()
	require.Empty(t, slices.Collect(fresh.Days()))
	require.False(t, fresh.Known(d))

	fresh.AskAll(d+50, d+149)
	for i := range date.Date(150) {
		assert.Equal(t, 1, opening.asked[d+i])
		assert.Equal(t, i < 100, first.Known(d+i))
		assert.Equal(t, i >= 50, fresh.Known(d+i))
	}
	hours, reason := clinic.NewTable(opening, time.UTC).Answer(d + 1)
	assert.Equal(t, hours, fresh.Hours(d+1), "what was learned since is not what the opening answers")
	assert.Equal(t, reason, fresh.Reason(d+1))

	fresh.Forget()
	require.Empty(t, slices.Collect(fresh.Days()))
	fresh.Ask(d + 149)
	assert.Equal(t, []date.Date{d + 149}, slices.Collect(fresh.Days()))
	assert.Equal(t, 1, opening.asked[d+149])
}

// A frozen table is read by many at once, in both halves of the year, and answers
// each as it answers one.
func TestTableFrozen(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	office, err := clinic.New(clinic.Spec{Zone: zone, Weekly: clinic.OpenOn(clinic.MustHours("00:15-23:45"), time.Sunday, time.Monday, time.Friday)})
	require.NoError(t, err)
	d := day("2025-01-01")
	table := clinic.NewTable(office, zone)
	table.AskAll(d, d+364)
	// 2025-03-09 and 2025-11-02, both Sundays, have 23 and 25 hours: two hours from
	// 01:15 end at 04:15 and at 02:15 on the clocks.
	want := map[date.Date]int{day("2025-01-05"): 195, day("2025-03-09"): 255, day("2025-07-06"): 195, day("2025-11-02"): 135}
	table.Freeze()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for d, end := range want {
				for range 50 {
					got, ok := table.At(d, 120, 75)
					assert.True(t, ok)
					assert.Equal(t, end, got, "%s", d)
					start, _, ok := table.Times(d, clinic.Need{Minutes: 120, Grid: 15, NotBefore: clinic.Always})
					assert.True(t, ok)
					assert.Equal(t, 15, start)
					assert.True(t, table.Holds(d, 75, 195))
					_, ok = table.Clone().At(d, 120, 75)
					assert.True(t, ok)
				}
				table.Freeze() // for good, and again changes nothing
			}
		})
	}
	group.Wait()
}

// Whatever tables are made of each other, in whatever order: each knows the days that
// it or the one that it was cloned from was asked about, and what the opening
// answered.
func TestTablesOfEachOther(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 5))
		opening := &booked{seed, map[date.Date]int{}}
		d := day("2025-01-06")
		tables, asked := []*clinic.Table{clinic.NewTable(opening, time.UTC)}, []map[date.Date]bool{{}}
		for range 30 {
			i := r.IntN(len(tables))
			table, known := tables[i], asked[i]
			from := d + date.Date(r.IntN(600))
			switch r.IntN(7) {
			case 0:
				copied := map[date.Date]bool{}
				for day := range known {
					copied[day] = true
				}
				tables, asked = append(tables, table.Clone()), append(asked, copied)
			case 1:
				tables, asked = append(tables, table.Fresh()), append(asked, map[date.Date]bool{})
			case 2:
				table.Freeze()
			case 3:
				table.Reserve(from, from+date.Date(r.IntN(200)))
			case 4:
				table.Forget()
				asked[i] = map[date.Date]bool{}
			default:
				to := from + date.Date(r.IntN(150)-2)
				table.AskAll(from, to)
				for day := from; day <= to; day++ {
					known[day] = true
				}
			}
		}
		for i, table := range tables {
			days := slices.Collect(table.Days())
			require.Len(t, days, len(asked[i]), "seed %d", seed)
			require.True(t, slices.IsSorted(days))
			for _, day := range days {
				require.True(t, asked[i][day])
				require.True(t, table.Known(day))
				hours, reason := table.Answer(day)
				want, why := opening.Open(day)
				require.Equal(t, clinic.Joined(want), hours)
				require.Equal(t, len(want) > 0, table.Open(day))
				if len(want) == 0 {
					require.Equal(t, why, reason)
				}
			}
		}
	}
}
