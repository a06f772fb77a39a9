package fhir

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/internal/course"
)

// Days are the days of a rule from its start on, in order and without end; the last
// ones may be outside the years that there are. An error is the last thing they have.
type days = iter.Seq2[date.Date, error]

const (
	frequencyPath = "repeat.frequency"
	whenPath      = "repeat.when"
	periodPath    = "repeat.period"
)

// pattern returns the days of a rule that is not counted in elapsed time, and judges
// whether it states them.
func (r *reading) pattern() (days, error) {
	r.readClocks()
	r.result.By = Spec
	if err := r.whens(); err != nil {
		return nil, err
	}
	if r.DaysOfCycle != nil {
		return r.cycle()
	}
	switch {
	case r.once:
		return func(yield func(date.Date, error) bool) { yield(r.start.day, nil) }, nil
	case len(r.rule.Extension) > 0:
		return r.daysOfMonth()
	case len(r.rule.DayOfWeek) > 0:
		return r.daysOfWeek()
	default:
		return r.everyPeriod()
	}
}

// whens judges times of the day that have no clock time.
func (r *reading) whens() error {
	for _, when := range r.rule.When {
		if when == "PHS" {
			return refuse(NightDate, whenPath, when)
		}
	}
	if len(r.rule.When) > 1 || len(r.rule.When) == 1 && slices.Contains([]string{"C", "AC", "PC"}, r.rule.When[0]) {
		return refuse(TimesNotStated, whenPath, strings.Join(r.rule.When, ", "))
	}
	return nil
}

// elapsedAlone judges a rule that is counted in elapsed time: nothing else may say
// when.
func (r *reading) elapsedAlone() error {
	if err := r.whens(); err != nil {
		return err
	}
	frequency := strconv.Itoa(r.rule.Frequency)
	switch {
	case r.DaysOfCycle != nil:
		return refuse(CycleNotDays, periodPath, "")
	case len(r.rule.DayOfWeek)+len(r.rule.Extension) > 0:
		return refuse(DaysWithPeriod, periodPath, "")
	case len(r.rule.TimeOfDay) > 0:
		return refuse(FrequencyTimesMismatch, "repeat.timeOfDay", "")
	case len(r.rule.When) > 0:
		return refuse(FrequencyWhenMismatch, whenPath, "")
	case r.rule.Frequency > 1:
		return refuse(TimesNotStated, frequencyPath, frequency)
	}
	return nil
}

// perDay judges the frequency of a rule for each of its days: once, or once at each
// clock time.
func (r *reading) perDay() error {
	frequency := max(1, r.rule.Frequency)
	found := strconv.Itoa(frequency)
	switch {
	case len(r.clocks) > 0 && frequency != len(r.clocks):
		return refuse(FrequencyTimesMismatch, frequencyPath, found)
	case len(r.clocks) > 0 || frequency == 1:
		return nil
	case len(r.rule.When) > 0:
		return refuse(FrequencyWhenMismatch, frequencyPath, found)
	default:
		return refuse(TimesNotStated, frequencyPath, found)
	}
}

// perPeriod judges the frequency of a rule with listed days: one for each of them and
// each clock time.
func (r *reading) perPeriod(listed int) error {
	if want := listed * max(1, len(r.clocks)); max(1, r.rule.Frequency) != want {
		return refuse(FrequencyDaysMismatch, frequencyPath, strconv.Itoa(max(1, r.rule.Frequency)))
	}
	return nil
}

// noPeriod reports that a rule states no period.
func (r *reading) noPeriod() bool { return r.days == 0 && r.months == 0 }

// everyPeriod is the start and every period after it, or several a week.
func (r *reading) everyPeriod() (days, error) {
	frequency := max(1, r.rule.Frequency)
	switch {
	case r.noPeriod(): // clock times alone: every day
		if r.rule.Frequency > 0 {
			if err := r.perDay(); err != nil {
				return nil, err
			}
		}
		return r.every(1, 0), nil
	case r.days == 1:
		return r.every(1, 0), r.perDay()
	case len(r.clocks) > 1:
		return nil, refuse(DaysNotStated, frequencyPath, strconv.Itoa(frequency))
	case frequency == 1:
		return r.every(r.days, r.months), nil
	case r.days == 7:
		return r.severalAWeek(frequency)
	default:
		return nil, refuse(DaysNotStated, frequencyPath, strconv.Itoa(frequency))
	}
}

// every returns the start and every so many days or months after it, counted from the
// start and not from the day before.
func (r *reading) every(stepDays, stepMonths int) days {
	return func(yield func(date.Date, error) bool) {
		for i := 0; ; i++ {
			d := civil.AddDays(r.start.day, i*stepDays)
			if stepMonths > 0 {
				d = civil.AddMonths(r.start.day, min(i*stepMonths, farthest))
			}
			if !yield(d, nil) {
				return
			}
		}
	}
}

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

// daysOfMonth returns days of the month, in the months that have them. A month that
// lacks one is refused, unless whatever was meant is after the end.
func (r *reading) daysOfMonth() (days, error) {
	const path = "repeat.extension"
	var listed []int
	for _, extension := range r.rule.Extension {
		listed = append(listed, extension.ValuePositiveInt)
	}
	slices.Sort(listed)
	if len(r.rule.DayOfWeek) > 0 {
		return nil, refuse(BadDayOfMonth, path, strings.Join(r.rule.DayOfWeek, ", "))
	}
	switch {
	case r.noPeriod() && r.rule.Frequency == 0:
	case r.noPeriod() || r.months == 1:
		if err := r.perPeriod(len(listed)); err != nil {
			return nil, err
		}
	case r.days == 1:
		if err := r.perDay(); err != nil {
			return nil, err
		}
	default:
		return nil, refuse(DaysWithPeriod, periodPath, r.rule.Period.String()+" "+r.rule.PeriodUnit)
	}
	year, month, _ := r.start.day.Date()
	first := date.New(year, month, 1)
	return func(yield func(date.Date, error) bool) {
		for i := 0; ; i++ {
			begin := civil.AddMonths(first, min(i, farthest))
			last := civil.AddMonths(begin, 1) - 1
			for _, day := range listed {
				d := begin + date.Date(day-1)
				switch {
				case d > last && last <= r.lastAsked():
					yield(0, refuse(DayOfMonthMissing, path, strconv.Itoa(day)+" in "+civil.Format(begin)[:len("2006-01")]))
					return
				case d <= last && d >= r.start.day && !yield(d, nil):
					return
				}
			}
		}
	}, nil
}

// lastAsked returns the last day that has to be known.
func (r *reading) lastAsked() date.Date {
	last := date.New(civil.MaxYear, time.December, 31)
	if r.limit.isSet {
		last = r.limit.last(len(r.clocks) > 0)
	}
	if r.Until != 0 && (r.rule.Count == 0 || !r.limit.isSet) {
		last = min(last, r.Until)
	}
	return last
}

// cycle returns days of a cycle whose length is the period.
func (r *reading) cycle() (days, error) {
	plain := !r.once && r.days > 0 && r.rule.Frequency <= 1 && len(r.clocks)+len(r.rule.DayOfWeek)+len(r.rule.Extension)+len(r.rule.When) == 0
	if !plain {
		return nil, refuse(CycleNotDays, periodPath, "")
	}
	listed := r.sortedDays()
	for i, day := range listed {
		if day < 1 || day > r.days || i > 0 && day == listed[i-1] {
			return nil, refuse(BadDayOfCycle, atDaysOfCycle, strconv.Itoa(day))
		}
	}
	if len(listed) == 0 {
		return nil, refuse(BadDayOfCycle, atDaysOfCycle, "")
	}
	return func(yield func(date.Date, error) bool) {
		for i := 0; ; i++ {
			for _, day := range listed {
				if !yield(civil.AddDays(r.start.day, i*r.days+day-1), nil) {
					return
				}
			}
		}
	}, nil
}

// sortedDays returns the days of the cycle in order.
func (r *reading) sortedDays() []int { return slices.Sorted(slices.Values(r.DaysOfCycle)) }
