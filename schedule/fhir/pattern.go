package fhir

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
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
