package main

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

var update = flag.Bool("update", false, "write the golden file anew")

func TestGolden(t *testing.T) {
	const golden = "testdata/chairs.txt"
	var out bytes.Buffer
	require.NoError(t, run(&out))
	if *update {
		require.NoError(t, os.WriteFile(golden, out.Bytes(), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String())
}

func clinicOf(t *testing.T, hours ...string) *clinic.Clinic {
	t.Helper()
	monday := map[time.Weekday][]clinic.Hours{}
	for _, h := range hours {
		monday[time.Monday] = append(monday[time.Monday], clinic.MustHours(h))
	}
	office, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: monday})
	require.NoError(t, err)
	return office
}

func TestOpen(t *testing.T) {
	monday := schedule.MustDate("2025-03-03")
	for _, tt := range []struct {
		name   string
		count  int
		booked []string
		want   []clinic.Hours
		reason string
	}{
		{"empty", 1, nil, []clinic.Hours{clinic.MustHours("09:00-12:00"), clinic.MustHours("13:00-16:00")}, ""},
		{"one of two", 2, []string{"09:00-12:00"}, []clinic.Hours{clinic.MustHours("09:00-12:00"), clinic.MustHours("13:00-16:00")}, ""},
		{
			"both, in part", 2,
			[]string{"09:00-10:30", "10:00-11:00"},
			[]clinic.Hours{clinic.MustHours("09:00-10:00"), clinic.MustHours("10:30-12:00"), clinic.MustHours("13:00-16:00")},
			"",
		},
		{"one after the other", 2, []string{"09:00-10:30", "10:30-12:00"}, []clinic.Hours{clinic.MustHours("09:00-12:00"), clinic.MustHours("13:00-16:00")}, ""},
		{"afternoon", 1, []string{"09:00-12:00"}, []clinic.Hours{clinic.MustHours("13:00-16:00")}, ""},
		{"full", 1, []string{"09:00-12:00", "13:00-16:00"}, nil, "every chair is taken"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newChairs(clinicOf(t, "09:00-12:00", "13:00-16:00"), tt.count)
			for _, b := range tt.booked {
				h := clinic.MustHours(b)
				c.visits[monday] = append(c.visits[monday], visit{from: h.From, to: h.To})
			}
			hours, reason := c.Open(monday)
			assert.Equal(t, tt.want, hours)
			assert.Equal(t, tt.reason, reason)
			hours, reason = c.Open(monday + 1)
			assert.Empty(t, hours)
			assert.Equal(t, "not open on Tuesdays", reason)
		})
	}
}

// However visits fill the free hours, each of them gets a chair of its own.
func TestEveryVisitGetsAChair(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	monday := schedule.MustDate("2025-03-03")
	for range 200 {
		c := newChairs(clinicOf(t, "09:00-16:00"), 1+r.IntN(3))
		for {
			free, _ := c.Open(monday)
			if len(free) == 0 {
				break
			}
			h := free[r.IntN(len(free))]
			first := h.From.Minutes() + r.IntN(h.To.Minutes()-h.From.Minutes())
			last := first + 1 + r.IntN(h.To.Minutes()-first)
			v := stretch(first, last)
			c.visits[monday] = append(c.visits[monday], visit{from: v.From, to: v.To})
		}
		ends := map[int]clinic.TimeOfDay{}
		for _, v := range c.sheet(monday) {
			require.Positive(t, v.chair)
			require.LessOrEqual(t, v.chair, c.count)
			require.LessOrEqual(t, ends[v.chair].Compare(v.from), 0)
			ends[v.chair] = v.to
		}
		require.Len(t, ends, c.count)
	}
}
