package civil

import (
	"slices"

	"github.com/rickb777/date/v2"
)

// A Stretch is some days in a row, both ends included, that have a reason in
// common: a closure of a clinic, an absence of a patient.
type Stretch struct {
	From, To date.Date
	Reason   string
}

// Stretches are in order and do not overlap. Only [Apart] makes them.
type Stretches struct{ list []Stretch }

// Apart returns stretches, of which no two begin on the same day, as such that
// do not overlap: where some do, the one that began last counts.
func Apart(stretches []Stretch) Stretches {
	var apart, open []Stretch
	var at date.Date
	until := func(day date.Date) {
		for len(open) > 0 && at <= day {
			top := open[len(open)-1]
			if top.To < at {
				open = open[:len(open)-1]
				continue
			}
			end := min(top.To, day)
			apart = append(apart, Stretch{From: at, To: end, Reason: top.Reason})
			at = end + 1
		}
	}
	sorted := slices.SortedStableFunc(slices.Values(stretches), func(a, b Stretch) int { return int(a.From - b.From) })
	for _, s := range sorted {
		until(s.From - 1)
		open, at = append(open, s), s.From
	}
	until(last)
	return Stretches{apart}
}

// Any reports whether there are any.
func (s Stretches) Any() bool { return len(s.list) > 0 }

// On returns the reason of the stretch that a date lies in.
func (s Stretches) On(d date.Date) (reason string, found bool) {
	after, _ := slices.BinarySearchFunc(s.list, d+1, func(x Stretch, d date.Date) int { return int(x.From - d) })
	if after > 0 && d <= s.list[after-1].To {
		return s.list[after-1].Reason, true
	}
	return "", false
}
