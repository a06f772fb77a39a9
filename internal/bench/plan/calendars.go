// Package plan compares regimen's Build with what a program would use to list
// the dates of a taper.
//
// The comparison is uneven, and meant to be: the others expand dates and do
// nothing else. Build also checks the request, asks the clinic about every day
// of every window, finds the best placement, gives every session a time on the
// clinic's clock, an id and, where asked, a dose with all its steps, and keeps
// what is needed to explain each of them. The ratios say what that costs.
package plan

import (
	"time"

	"github.com/rickb777/date/v2"
	"github.com/teambition/rrule-go"
)

// A Calendar is a taper, once as a cadence for regimen and once as phases for
// those who expand dates.
type Calendar struct {
	Name     string
	Cadence  string
	Phases   []Phase
	Sessions int
}

// A Phase is a number of sessions on the same days of every few weeks.
type Phase struct {
	First int   // days from the start to the phase's first week
	Every int   // weeks
	Count int   // sessions
	Days  []int // of a week, counted from 0
}

// K1 is a year of a taper with maintenance every four weeks: 21 sessions. K10
// is ten years of it: 138.
func K1() Calendar { return taper("K1", "3-2-1-1-1 then every 4w x13", 13) }

// K10 is [K1] over ten years.
func K10() Calendar { return taper("K10", "3-2-1-1-1 then every 4w x130", 130) }

func taper(name, cadence string, maintenance int) Calendar {
	return Calendar{name, cadence, []Phase{
		{0, 1, 3, []int{0, 2, 4}},
		{7, 1, 2, []int{0, 3}},
		{14, 1, 3, []int{0}},
		{56, 4, maintenance, []int{0}},
	}, 8 + maintenance}
}

// E1 is twice a week, then weekly, then every other week: 38 sessions.
func E1() Calendar {
	return Calendar{"E1", "2/wk x4 then 1/wk x4 then every 2w x26", []Phase{
		{0, 1, 8, []int{0, 3}},
		{28, 1, 4, []int{0}},
		{63, 2, 26, []int{0}},
	}, 38}
}

// Starts is the number of different starts.
const Starts = 1040

// Start returns the day on which plan i starts: a Monday for an even i, a
// Tuesday for an odd one, from 2024 to 2033.
func Start(i int) date.Date {
	i %= Starts
	return date.New(2024, time.January, 1) + date.Date(7*(i*7919%520)+i%2)
}

// RRule expands with teambition/rrule-go: a rule for each phase, and all its
// dates.
func RRule(c *Calendar, start date.Date) []time.Time {
	first := start.MidnightUTC()
	var all []time.Time
	for _, p := range c.Phases {
		weekdays := [...]rrule.Weekday{rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU}
		days := make([]rrule.Weekday, len(p.Days))
		for i, day := range p.Days {
			days[i] = weekdays[(int(first.Weekday())+6+day)%7]
		}
		rule, err := rrule.NewRRule(rrule.ROption{
			Freq: rrule.WEEKLY, Interval: p.Every, Count: p.Count, Byweekday: days,
			Dtstart: first.AddDate(0, 0, p.First), Wkst: days[0],
		})
		if err != nil {
			panic(err)
		}
		all = append(all, rule.All()...)
	}
	return all
}

// AddDate expands with time.Time.AddDate, as a program would write it.
func AddDate(c *Calendar, start date.Date) []time.Time {
	first := start.MidnightUTC()
	all := make([]time.Time, 0, c.Sessions)
	for i := range c.Phases {
		p := &c.Phases[i]
		for n := range p.Count {
			week := p.Every * (n / len(p.Days))
			all = append(all, first.AddDate(0, 0, p.First+7*week+p.Days[n%len(p.Days)]))
		}
	}
	return all
}

// Dates expands with the arithmetic of rickb777/date, which regimen is built
// on.
func Dates(c *Calendar, start date.Date) []date.Date {
	all := make([]date.Date, 0, c.Sessions)
	for i := range c.Phases {
		p := &c.Phases[i]
		for n := range p.Count {
			week := p.Every * (n / len(p.Days))
			all = append(all, start+date.Date(p.First+7*week+p.Days[n%len(p.Days)]))
		}
	}
	return all
}

// Days expands to day numbers without dividing: the floor.
func Days(c *Calendar, start date.Date) []int32 {
	all := make([]int32, 0, c.Sessions)
	for i := range c.Phases {
		p := &c.Phases[i]
		rest := p.Count
		for week := int(start) + p.First; rest > 0; week += 7 * p.Every {
			for _, day := range p.Days[:min(rest, len(p.Days))] {
				all = append(all, int32(week+day))
			}
			rest -= min(rest, len(p.Days))
		}
	}
	return all
}
