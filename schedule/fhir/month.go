package fhir

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
)

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
