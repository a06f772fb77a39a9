package clinic_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule/clinic"
)

// booked answers at random, but always the same for a day, and counts how often it
// is asked.
type booked struct {
	seed  uint64
	asked map[date.Date]int
}

func (b *booked) Open(d date.Date) ([]clinic.Hours, string) {
	b.asked[d]++
	r := rand.New(rand.NewPCG(b.seed, uint64(d)))
	switch r.IntN(4) {
	case 0:
		return nil, []string{"full", "", "holiday"}[r.IntN(3)]
	case 1:
		return hours("08:00-12:00 13:00-17:00"), ""
	}
	var list []clinic.Hours
	at := r.IntN(12) * 60
	first := at
	for at < 1440 && len(list) < 4 {
		end := at + 5*(1+r.IntN(100))
		if end >= first+1440 {
			break
		}
		from, _ := clinic.NewTimeOfDay(at)
		to, _ := clinic.NewTimeOfDay(end)
		if end > 1440 {
			to, _ = clinic.NewTimeOfDay(end - 1440)
		}
		list = append(list, clinic.Hours{From: from, To: to})
		at = end + 30*r.IntN(3)
	}
	return list, ""
}

// A moment is a minute that really passes, and what the clock shows then.
type moment struct {
	unix   int64
	minute int // from 00:00 of the day
}

// openMoments returns the minutes during which a clinic is open from a day on, in
// runs, by looking at every minute that passes: a slow second way to read hours.
func openMoments(zone *time.Location, d date.Date, list []clinic.Hours) [][]moment {
	var runs [][]moment
	year, month, of := d.Date()
	noon := time.Date(year, month, of, 12, 0, 0, 0, zone)
	var run []moment
	for unix := noon.Unix() - 16*3600; unix < noon.Unix()+42*3600; unix += 60 {
		at := time.Unix(unix, 0).In(zone)
		days := int(date.New(at.Date()) - d)
		minute := days*1440 + at.Hour()*60 + at.Minute()
		open := slices.ContainsFunc(list, func(h clinic.Hours) bool { return h.From.Minutes() <= minute && minute < h.End() })
		if open && (len(run) == 0 || run[len(run)-1].unix == unix-60) {
			run = append(run, moment{unix, minute})
			continue
		}
		if len(run) > 0 {
			runs, run = append(runs, run), nil
		}
		if open {
			run = []moment{{unix, minute}}
		}
	}
	if len(run) > 0 {
		runs = append(runs, run)
	}
	return runs
}

// In zones whose clocks do not change that day, a table finds what looking at every
// minute finds: the longest stretch, the start nearest to the one preferred, and
// the end of a visit.
func TestTableAgainstEveryMinute(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	zone, err := time.LoadLocation("Asia/Kolkata")
	require.NoError(t, err)
	found, past := 0, 0
	for seed := range uint64(40) {
		opening := &booked{seed, map[date.Date]int{}}
		table := clinic.NewTable(opening, zone)
		base := day("2025-01-01") + date.Date(r.IntN(3000))
		for range 30 {
			d := base + date.Date(r.IntN(200)-100)
			list, reason := (&booked{seed, map[date.Date]int{}}).Open(d)
			runs := openMoments(zone, d, list)
			longest := 0
			for _, run := range runs {
				longest = max(longest, len(run))
			}
			require.Equal(t, len(list) > 0, table.Open(d))
			require.Equal(t, reason, table.Reason(d))
			require.Equal(t, clinic.Joined(list), table.Hours(d))
			require.Equal(t, longest, table.Longest(d), "%v", list)

			need := clinic.Need{Minutes: r.IntN(300), Grid: []int{1, 5, 15, 60}[r.IntN(4)], NotBefore: clinic.Always}
			if r.IntN(2) == 0 {
				need.Preferred, _ = clinic.NewTimeOfDay(r.IntN(1440))
			}
			if r.IntN(2) == 0 && len(runs) > 0 {
				need.NotBefore = runs[0][0].unix + int64(r.IntN(40_000))
			}
			start, end, left := -1, 0, -1
			for _, run := range runs {
				for i, m := range run {
					if m.minute >= 1440 || i%need.Grid != 0 || m.unix < need.NotBefore {
						continue
					}
					left = max(left, len(run)-i)
					if len(run)-i < need.Minutes {
						continue
					}
					distance := func(at int) int { return max(at-need.Preferred.Minutes(), need.Preferred.Minutes()-at) }
					if start < 0 || !need.Preferred.IsZero() && distance(m.minute) < distance(start) {
						start, end = m.minute, m.minute+need.Minutes
					}
				}
			}
			gotStart, gotEnd, ok := table.Times(d, need)
			require.Equal(t, start >= 0, ok, "%v %+v", list, need)
			require.Equal(t, left, table.LongestFrom(d, need), "%v %+v", list, need)
			if ok {
				found++
				require.Equal(t, start, gotStart, "%v %+v", list, need)
				require.Equal(t, end, gotEnd)
				ends, holds := table.At(d, need.Minutes, start)
				require.True(t, holds)
				require.Equal(t, end, ends)
				if end > 1440 {
					past++
				}
			}
		}
		for d, n := range opening.asked {
			require.Equal(t, 1, n, "%s", d)
			require.True(t, table.Known(d))
		}
		days := slices.Collect(table.Days())
		require.Len(t, days, len(opening.asked))
		require.True(t, slices.IsSorted(days))
	}
	assert.Greater(t, found, 300)
	assert.Greater(t, past, 10)
}

// Lengths are real time, also where the clocks change while the clinic is open, and
// what they skip is no start.
func TestTableAcrossClockChanges(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	for _, tt := range []struct {
		date, hours string
		longest     int
		start, end  int // of a visit of two hours
	}{
		{"2025-03-29", "22:00-04:00", 300, 1320, 1440},
		{"2025-10-25", "22:00-04:00", 420, 1320, 1440},
		{"2025-10-25", "23:30-03:00", 270, 1410, 1440 + 90},
		{"2025-03-29", "23:30-03:00", 150, 1410, 1440 + 90},
		{"2025-03-29", "23:50-03:30", 160, 1430, 1440 + 110},
		{"2025-03-30", "02:15-06:00", 165, 195, 315}, // opens in what is skipped: 03:15
		{"2025-03-30", "01:00-06:00", 240, 60, 240},
		{"2025-10-26", "01:00-06:00", 360, 60, 120}, // from 01:00 to the first 03:00, which is the second 02:00
	} {
		table := clinic.NewTable(always(hours(tt.hours)), berlin)
		d := day(tt.date)
		assert.Equal(t, tt.longest, table.Longest(d), tt)
		start, end, ok := table.Times(d, clinic.Need{Minutes: 120, Grid: 60, NotBefore: clinic.Always})
		require.True(t, ok)
		assert.Equal(t, tt.start, start, tt)
		assert.Equal(t, tt.end, end, tt)
	}
	// Clocks skip the opening, and the next start on the grid comes too late: what
	// they show when the clinic opens will do, unless that is past.
	table := clinic.NewTable(always(hours("02:10-04:20")), berlin)
	d := day("2025-03-30")
	opens := time.Date(2025, 3, 30, 3, 10, 0, 0, berlin).Unix()
	need := clinic.Need{Minutes: 60, Grid: 120, NotBefore: opens}
	start, end, ok := table.Times(d, need)
	require.True(t, ok)
	assert.Equal(t, []int{190, 250}, []int{start, end})
	assert.Equal(t, 70, table.LongestFrom(d, need))
	need.NotBefore++
	_, _, ok = table.Times(d, need)
	assert.False(t, ok)
	assert.Equal(t, 10, table.LongestFrom(d, need), "from 04:10 to 04:20")
	need.NotBefore = clinic.Always
	need.Minutes = 71
	_, _, ok = table.Times(d, need)
	assert.False(t, ok)
	need.Minutes = 70
	_, end, ok = table.Times(d, need)
	assert.True(t, ok)
	assert.Equal(t, 260, end)

	table = clinic.NewTable(always(hours("00:00-24:00")), berlin)
	_, ok = table.At(day("2025-03-30"), 10, 150)
	assert.False(t, ok, "02:30 does not exist")
	_, ok = table.At(day("2025-03-29"), 10, 1440)
	assert.False(t, ok, "a visit begins before midnight")
	end, ok = table.At(day("2025-03-30"), 60, 90)
	assert.True(t, ok)
	assert.Equal(t, 210, end, "01:30 and an hour is 03:30")
	_, ok = table.At(day("2025-03-29"), 2, 1439)
	assert.False(t, ok, "it would end after the clinic closes")
}

// always is open at the same hours on every day.
type always []clinic.Hours

func (a always) Open(date.Date) ([]clinic.Hours, string) { return a, "" }

// What one table learns no other knows, whichever of the two learns it.
func TestTableClone(t *testing.T) {
	d := day("2025-01-06")
	opening := &booked{7, map[date.Date]int{}}
	table := clinic.NewTable(opening, time.UTC)
	table.Ask(d)
	copied := table.Clone()
	require.True(t, copied.Known(d))
	copied.Ask(d + 1)
	table.Ask(d - 1)
	assert.False(t, table.Known(d+1))
	assert.False(t, copied.Known(d-1))
	for far := d - 400; far < d+400; far++ {
		copied.Ask(far)
	}
	assert.Equal(t, []date.Date{d - 1, d}, slices.Collect(table.Days()))

	before := table.Hours(d)
	copied.Change(d, nil, "closed at short notice")
	copied.Change(d+2, hours("10:00-11:00 11:00-12:00"), "staff meeting")
	assert.False(t, copied.Open(d))
	assert.Equal(t, "closed at short notice", copied.Reason(d))
	assert.Zero(t, copied.Longest(d))
	assert.Equal(t, hours("10:00-12:00"), copied.Hours(d+2))
	assert.Equal(t, "staff meeting", copied.Reason(d+2))
	assert.True(t, copied.Changed(d+2))
	assert.False(t, copied.Changed(d+1))
	assert.True(t, copied.Holds(d+2, 10*60, 12*60))
	assert.False(t, copied.Holds(d+2, 10*60, 12*60+1))
	assert.False(t, copied.Holds(d+2, 10*60-1, 11*60))
	assert.False(t, copied.Holds(d, 10*60, 11*60), "closed")
	assert.Equal(t, 120, copied.Longest(d+2))
	told, _ := copied.Answer(d)
	assert.Equal(t, before, told, "what was answered stays")
	again := copied.Clone()
	again.Change(d, hours("09:00-10:00"), "")
	assert.True(t, again.Open(d))
	assert.False(t, copied.Open(d))
	assert.Equal(t, before, table.Hours(d))

	table.Ask(d + 1000)
	table.Ask(d - 1000)
	assert.Equal(t, []date.Date{d - 1000, d - 1, d, d + 1000}, slices.Collect(table.Days()))
	for range table.Days() {
		break
	}

	table.Freeze()
	frozen := table.Clone()
	frozen.Ask(d + 30)
	assert.True(t, frozen.Known(d+30))
	assert.False(t, table.Known(d+30))
}

// An answer that was kept is not asked for.
func TestTableKnow(t *testing.T) {
	opening := &booked{7, map[date.Date]int{}}
	table := clinic.NewTable(opening, time.UTC)
	d := day("2025-03-31")
	table.Know(d, hours("08:00-10:00"), "")
	table.Know(d+1, nil, "strike")
	assert.True(t, table.Open(d))
	assert.Equal(t, 120, table.Longest(d))
	assert.False(t, table.Open(d+1))
	assert.Equal(t, "strike", table.Reason(d+1))
	table.Know(d, nil, "strike")
	assert.False(t, table.Open(d))
	assert.Zero(t, table.Longest(d))
	assert.Empty(t, opening.asked)
}

// An answer that makes no sense is an error that names the day, and the day is
// closed.
func TestTableOfAnOpeningThatMakesNoSense(t *testing.T) {
	table := clinic.NewTable(always(hours("13:00-17:00 08:00-12:00")), time.UTC)
	require.NoError(t, table.Err())
	assert.False(t, table.Open(day("2025-01-06")))
	require.EqualError(t, table.Err(), `Opening 2025-01-06 "08:00-12:00": want hours in order that do not overlap 13:00-17:00`)
	table.Ask(day("2025-01-05"))
	require.ErrorContains(t, table.Err(), "2025-01-06", "the first stays")
}

// A day that the zone skipped is closed, whatever the opening would say.
func TestTableOfASkippedDay(t *testing.T) {
	apia, err := time.LoadLocation("Pacific/Apia")
	require.NoError(t, err)
	opening := &booked{7, map[date.Date]int{}}
	table := clinic.NewTable(opening, apia)
	assert.False(t, table.Open(day("2011-12-30")))
	assert.Equal(t, "a day that does not exist in Pacific/Apia", table.Reason(day("2011-12-30")))
	assert.Empty(t, opening.asked)
	// Hours past midnight of the day before last into the day after it.
	table = clinic.NewTable(always(hours("20:00-02:00")), apia)
	assert.Equal(t, 360, table.Longest(day("2011-12-29")))
	_, end, ok := table.Times(day("2011-12-29"), clinic.Need{Minutes: 300, Grid: 15, NotBefore: clinic.Always})
	assert.True(t, ok)
	assert.Equal(t, 2*1440+60, end, "01:00 on the 31st")
}
