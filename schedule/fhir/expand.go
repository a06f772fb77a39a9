package fhir

import (
	"sort"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
)

// expand lists the days of a rule, or their clock times, until the count is reached,
// the bounds end, or what comes is not asked for.
func (r *reading) expand(all days) error {
	count := r.occurrences()
	timed := len(r.clocks) > 0
	if timed {
		r.result.Times = []WallTime{}
	} else {
		r.result.Dates = []date.Date{}
	}
	if count > MaxOccurrences && r.Until == 0 && !r.limit.isSet && !r.limit.beyond {
		return refuse(TooMany, "repeat", strconv.Itoa(count))
	}
	found := 0
	for d, err := range all {
		switch {
		case err != nil:
			return err
		case r.limit.isSet && d > r.limit.last(timed):
			return r.finish(found, count)
		case !civil.InRange(d) && r.Until != 0:
			r.result.Cut = true
			return r.finish(0, 0)
		case !civil.InRange(d):
			return refuse(OutOfRange, "repeat", "")
		}
		from, until := r.of(d)
		if count > 0 {
			until = min(until, from+count-found)
		}
		asked := r.Until == 0 || d <= r.Until
		if !asked && until > from {
			r.result.Cut = true
			// Whether the bounds hold the count is a fault of the Timing, however
			// much of it was asked for.
			if count == 0 || !r.limit.isSet {
				break
			}
		}
		found += until - from
		if asked {
			if len(r.result.Dates)+len(r.result.Times)+until-from > MaxOccurrences {
				return refuse(TooMany, "repeat", "")
			}
			if err := r.take(d, from, until); err != nil {
				return err
			}
		}
		if found == count && count > 0 {
			break
		}
	}
	return r.finish(0, 0)
}

// occurrences returns how many there are in all by the count, 0 without one.
func (r *reading) occurrences() int {
	return r.rule.Count * max(1, len(r.DaysOfCycle))
}

// of returns which of the clock times of a rule, from and up to but not including
// until, belong to a day; without clock times 0 and 1.
func (r *reading) of(d date.Date) (from, until int) {
	if len(r.clocks) == 0 {
		return 0, 1
	}
	until = len(r.clocks)
	if d == r.start.day && r.start.Timed() {
		from = sort.Search(len(r.clocks), func(i int) bool { return r.clock(i) >= r.start.clock() })
	}
	if r.limit.isSet && d == r.limit.clockDay {
		until = sort.Search(len(r.clocks), func(i int) bool { return r.clock(i) > r.limit.clock })
	}
	return from, max(from, until)
}

// take lists a day, or clock times of it.
func (r *reading) take(d date.Date, from, until int) error {
	if len(r.clocks) == 0 {
		if r.limit.cuts && d == r.limit.day {
			return refuse(EndTime, boundsPeriodPath+".end", r.bounds.end.String())
		}
		r.result.Dates = append(r.result.Dates, d)
		return nil
	}
	for _, clock := range r.clocks[from:until] {
		r.result.Times = append(r.result.Times, WallTime{d, clock})
	}
	return nil
}

// finish judges the number that the bounds held, and makes clock times instants.
func (r *reading) finish(found, count int) error {
	if found < count {
		return refuse(CountExceedsBounds, "repeat.count", strconv.Itoa(r.rule.Count))
	}
	if r.Zone == nil || r.result.Times == nil {
		return nil
	}
	zone := civil.ZoneOf(r.Zone)
	r.result.Instants = make([]time.Time, len(r.result.Times))
	for i, w := range r.result.Times {
		t, how := zone.Instant(w.Date, w.Second/60)
		r.result.Instants[i] = t.Add(time.Duration(w.Second%60) * time.Second)
		if how != civil.Once {
			r.result.Findings = append(r.result.Findings, Finding{w, how == civil.Fold})
		}
	}
	return nil
}

// expandElapsed lists the start and every so many seconds after it.
func (r *reading) expandElapsed() error {
	r.result.By = Spec
	r.result.Instants = []time.Time{}
	first := r.start.at
	count := r.rule.Count
	if count > MaxOccurrences && r.Until == 0 && !r.limit.isSet && !r.limit.beyond {
		return refuse(TooMany, "repeat", strconv.Itoa(count))
	}
	if r.limit.isSet {
		// Both ends are within the years that there are, so their distance fits.
		held := (r.limit.next.Unix()-first.Unix())/r.seconds + 1
		if !time.Unix(first.Unix()+(held-1)*r.seconds, int64(first.Nanosecond())).Before(r.limit.next) {
			held--
		}
		if int64(count) > held {
			return refuse(CountExceedsBounds, "repeat.count", strconv.Itoa(count))
		}
		if count == 0 {
			count = int(held)
		}
	}
	// No clock is so far from UTC that a later instant has a date that there is.
	beyond := wall(date.New(civil.MaxYear+1, time.January, 2), 0, time.UTC).Unix()
	for i := 0; count == 0 || i < count; i++ {
		unix := first.Unix() + int64(i)*r.seconds
		next := At(time.Unix(min(unix, beyond), int64(first.Nanosecond())).In(first.Location()))
		switch {
		case r.Until != 0 && next.day > r.Until:
			r.result.Cut = true
			return nil
		case !civil.InRange(next.day):
			return refuse(OutOfRange, "repeat", "")
		case i == MaxOccurrences:
			return refuse(TooMany, "repeat", "")
		}
		r.result.Instants = append(r.result.Instants, next.at)
	}
	return nil
}
