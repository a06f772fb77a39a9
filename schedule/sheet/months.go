package sheet

import (
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
)

// allMonths is how many months are shown one after the other; of a longer plan
// those without a visit are left out.
const allMonths = 12

// A month is a grid of weeks.
type month struct {
	first date.Date
	weeks [][7]day
}

// A day of a month grid; the zero day is one of another month and blank.
type day struct {
	date   date.Date
	visits []*visit
}

// months returns the months of the visits that have a date.
func (v *view) months() (months []month) {
	byDay := make(map[date.Date][]*visit)
	for i := range v.visits {
		if at := &v.visits[i]; at.date != 0 {
			byDay[at.date] = append(byDay[at.date], at)
		}
	}
	for _, first := range v.monthFirsts() {
		months = append(months, v.month(first, byDay))
	}
	return months
}

// monthFirsts returns the first days of the months of the visits that have a date.
func (v *view) monthFirsts() []date.Date {
	firsts := make([]date.Date, 0, 2*allMonths)
	for i := range v.visits {
		if at := &v.visits[i]; at.date != 0 {
			if first := firstOf(at.date); len(firsts) == 0 || firsts[len(firsts)-1] != first {
				firsts = append(firsts, first)
			}
		}
	}
	if len(firsts) == 0 {
		return nil
	}
	all := make([]date.Date, 0, allMonths+1)
	for m := firsts[0]; m <= firsts[len(firsts)-1] && len(all) <= allMonths; m = civil.AddMonths(m, 1) {
		all = append(all, m)
	}
	if len(all) > allMonths {
		return firsts
	}
	return all
}

func (v *view) month(first date.Date, byDay map[date.Date][]*visit) month {
	m, end := month{first: first}, civil.AddMonths(first, 1)
	for begin := weekOf(first, v.Locale.FirstWeekday); begin < end; begin += 7 {
		var week [7]day
		for i := range week {
			if d := civil.AddDays(begin, i); first <= d && d < end {
				week[i] = day{d, byDay[d]}
			}
		}
		m.weeks = append(m.weeks, week)
	}
	return m
}

func firstOf(d date.Date) date.Date {
	year, m, _ := d.Date()
	return date.New(year, m, 1)
}

// weekOf returns the day that begins the week of d.
func weekOf(d date.Date, first time.Weekday) date.Date {
	return civil.AddDays(d, -int((d.Weekday()-first+7)%7))
}
