package clinic_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule/clinic"
)

// naive answers for one day from a description by going through all of it, minute
// by minute where hours meet.
func naive(spec clinic.Spec, d date.Date) (open [2 * 1440]bool, reason string) {
	put := func(list []clinic.Hours) {
		for _, h := range list {
			end := h.To.Minutes()
			if end < h.From.Minutes() {
				end += 1440
			}
			for m := h.From.Minutes(); m < end; m++ {
				open[m] = true
			}
		}
	}
	for _, x := range spec.Extra {
		if x.Date == d {
			put(x.Hours)
			return open, ""
		}
	}
	began := date.Date(0)
	for _, c := range spec.Closed {
		if c.Date <= d && d <= max(c.Date, c.To) && c.Date > began {
			began, reason = c.Date, c.Reason
		}
	}
	if began != 0 {
		return open, reason
	}
	year, month, of := d.Date()
	for _, y := range spec.Yearly {
		on := month == y.Month && of == y.Day
		if y.Nth != 0 {
			var days []int // of the month that are that weekday
			for i := 1; date.New(year, month, i).Month() == month && i <= 31; i++ {
				if date.New(year, month, i).Weekday() == y.Weekday {
					days = append(days, i)
				}
			}
			nth := y.Nth - 1
			if y.Nth < 0 {
				nth = len(days) - 1
			}
			on = month == y.Month && nth < len(days) && days[nth] == of
		}
		if on {
			return open, y.Reason
		}
	}
	weekly := spec.Weekly
	for _, s := range spec.Seasons {
		if s.From <= d && d <= s.To {
			weekly = s.Weekly
		}
	}
	list := weekly[d.Weekday()]
	if len(list) == 0 {
		return open, "not open on " + d.Weekday().String() + "s"
	}
	put(list)
	for _, h := range spec.Half {
		if h.Date == d {
			all := open
			open = [2 * 1440]bool{}
			put(h.Hours)
			for m := range open {
				open[m] = open[m] && all[m]
			}
			if !slices.Contains(open[:], true) {
				return open, "a half day without any of the day's hours"
			}
		}
	}
	return open, ""
}

// A clinic answers for every day what going through its description answers, and
// its hours are apart.
func TestClinicAgainstNaive(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	halves, nights := 0, 0
	for clinics := 0; clinics < 150; {
		spec := randomSpec(r)
		office, err := clinic.New(spec)
		if err != nil {
			continue
		}
		clinics++
		for d := day("2024-12-20"); d < day("2025-05-01"); d++ {
			want, wantReason := naive(spec, d)
			list, reason := office.Open(d)
			require.Equal(t, wantReason, reason, "%s of %+v", d, spec)
			var got [2 * 1440]bool
			end := -1
			for _, h := range list {
				require.Greater(t, h.From.Minutes(), end, "stretches that touch are one")
				end = h.End()
				for m := h.From.Minutes(); m < end; m++ {
					got[m] = true
				}
				if h.PastMidnight() {
					nights++
				}
			}
			require.Equal(t, want, got, "%s of %+v", d, spec)
		}
		for _, h := range spec.Half {
			if list, _ := office.Open(h.Date); len(list) > 0 {
				halves++
			}
		}
	}
	require.Greater(t, halves, 50)
	require.Greater(t, nights, 500)
}
