package fhir

import (
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
)

// severalAWeek returns the library's own days for so many a week, where the Timing
// does not say which. A week begins with the weekday of the start; a count that is
// not a whole number of weeks leaves the last one with the days of what is left.
func (r *reading) severalAWeek(n int) (days, error) {
	if n > 7 {
		return nil, refuse(TimesNotStated, frequencyPath, strconv.Itoa(n))
	}
	r.result.By = Convention
	r.week = n
	if r.cutsWeek(n) {
		return nil, refuse(BoundsCutWeek, "repeat.bounds", "")
	}
	return func(yield func(date.Date, error) bool) {
		for week := 0; ; week++ {
			m := r.inWeek(week)
			offsets := course.IdealOffsets(m)
			for _, offset := range offsets[:m] {
				if !yield(r.start.day+date.Date(7*week+int(offset)), nil) {
					return
				}
			}
			if m == 0 {
				return
			}
		}
	}, nil
}

// inWeek returns how many of several a week are in one.
func (r *reading) inWeek(week int) int {
	if r.rule.Count == 0 {
		return r.week
	}
	return max(0, min(r.week, r.rule.Count-week*r.week))
}

// cutsWeek reports whether the start or the end leaves a part of a week's sessions.
func (r *reading) cutsWeek(n int) bool {
	timed := len(r.clocks) > 0
	if timed && r.start.Timed() && r.clock(0) < r.start.clock() {
		return true
	}
	if !r.limit.isSet {
		return false
	}
	week := int(r.limit.last(timed)-r.start.day) / 7
	m := r.inWeek(week)
	offsets := course.IdealOffsets(m)
	inside := 0
	for _, offset := range offsets[:m] {
		d := r.start.day + date.Date(7*week+int(offset))
		if d < r.limit.last(timed) || d == r.limit.last(timed) && (!timed || r.clock(0) <= r.limit.clock) {
			inside++
		}
	}
	return 0 < inside && inside < m
}

// clock returns a clock time as the time since midnight.
func (r *reading) clock(i int) time.Duration { return time.Duration(r.clocks[i]) * time.Second }

// daysOfWeek returns listed days of the week.
func (r *reading) daysOfWeek() (days, error) {
	var listed [7]bool
	for _, code := range r.rule.DayOfWeek {
		day, _ := weekdayOf(code)
		listed[day] = true
	}
	weeks := max(1, r.days/7)
	switch {
	case r.noPeriod():
		if r.rule.Frequency > 0 {
			if err := r.perPeriod(len(r.rule.DayOfWeek)); err != nil {
				return nil, err
			}
		}
	case r.days == 1:
		if err := r.perDay(); err != nil {
			return nil, err
		}
	case r.days > 0 && r.days%7 == 0:
		if err := r.perPeriod(len(r.rule.DayOfWeek)); err != nil {
			return nil, err
		}
		if weeks > 1 && r.weeksDiffer(listed) {
			return nil, refuse(WeekAmbiguous, "repeat.dayOfWeek", strings.Join(r.rule.DayOfWeek, ", "))
		}
	default:
		return nil, refuse(DaysWithPeriod, periodPath, r.rule.Period.String()+" "+r.rule.PeriodUnit)
	}
	return func(yield func(date.Date, error) bool) {
		for week := 0; ; week++ {
			for offset := range 7 {
				d := civil.AddDays(r.start.day, 7*week*weeks+offset)
				if listed[d.Weekday()] && !yield(d, nil) {
					return
				}
			}
		}
	}, nil
}

// weeksDiffer reports whether it matters for a rule of several weeks on which day a
// week begins: that of the start, Monday or Sunday. Listed days that come before the
// start in such a week are in the next one of the rule there, and in the first one
// counted from the start; it does not matter if the rule has ended before those.
func (r *reading) weeksDiffer(listed [7]bool) bool {
	first := r.start.day.Weekday()
	occurrences := 0
	for offset := range 7 {
		d := r.start.day + date.Date(offset)
		day := d.Weekday()
		if !listed[day] {
			continue
		}
		if day < first || (day+6)%7 < (first+6)%7 {
			ended := r.rule.Count > 0 && occurrences >= r.rule.Count || r.limit.isSet && d > r.limit.last(len(r.clocks) > 0)
			return !ended
		}
		from, until := r.of(d)
		occurrences += until - from
	}
	return false
}
