package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

const (
	gridWidth = 28 // seven days of four columns
	gridGap   = 6
	gridsWide = 2  // grids side by side
	manyGrids = 24 // a longer plan leaves out the months without a session
)

// A month is the first day of one.
type month date.Date

func monthOf(d date.Date) month {
	year, m, _ := d.Date()
	return month(date.New(year, m, 1))
}

// next is the month after m: 31 days from its first day are in it.
func (m month) next() month { return monthOf(date.Date(m) + 31) }

func (m month) title() string {
	year, name, _ := date.Date(m).Date()
	return fmt.Sprintf("%s %d", name, year)
}

// A calendar knows what to show of each day.
type calendar struct {
	sessions map[date.Date]schedule.Session
	clinic   *clinic.Clinic
	weekly   map[time.Weekday][]clinic.Hours
	closed   dates
	// seen are the marks that were used, for the legend.
	seen map[mark]bool
}

// A mark is what a day looks like.
type mark int

const (
	open mark = iota
	shut
	closure
	onTarget
	shifted
)

func newCalendar(in input) *calendar {
	c := &calendar{sessions: map[date.Date]schedule.Session{}, clinic: in.clinic, weekly: in.weekly, closed: in.closed, seen: map[mark]bool{}}
	for _, s := range in.plan.All() {
		if s.Placed() {
			c.sessions[s.Date()] = s
		}
	}
	return c
}

func (c *calendar) mark(d date.Date) mark {
	if s, ok := c.sessions[d]; ok {
		if s.ShiftDays() != 0 {
			return shifted
		}
		return onTarget
	}
	if hours, _ := c.clinic.Open(d); len(hours) > 0 {
		return open
	}
	if c.closed.contains(d) || len(c.weekly[d.Weekday()]) > 0 {
		return closure
	}
	return shut
}

// months writes the grids from the first session to the last.
func (p *page) months(in input) {
	c := newCalendar(in)
	var list []month
	for _, s := range in.plan.All() {
		if m := monthOf(s.Date()); s.Placed() && (len(list) == 0 || list[len(list)-1] != m) {
			list = append(list, m)
		}
	}
	if len(list) == 0 {
		return
	}
	if all := monthsBetween(list[0], list[len(list)-1]); len(all) <= manyGrids {
		list = all
	}
	for len(list) > 0 {
		n := min(len(list), gridsWide)
		p.line()
		p.row(c, list[:n])
		list = list[n:]
	}
	p.legend(c)
}

// monthsBetween returns every month from the first to the last.
func monthsBetween(first, last month) []month {
	var all []month
	for m := first; m <= last; m = m.next() {
		all = append(all, m)
	}
	return all
}

// row writes months side by side.
func (p *page) row(c *calendar, months []month) {
	grids := make([][][]span, len(months))
	tallest := 0
	for i, m := range months {
		grids[i] = c.grid(m)
		tallest = max(tallest, len(grids[i]))
	}
	blank := []span{{strings.Repeat(" ", gridWidth), plain}}
	for i := range tallest {
		line := []span{{"  ", plain}}
		for j, g := range grids {
			if j > 0 {
				line = append(line, span{strings.Repeat(" ", gridGap), plain})
			}
			if i < len(g) {
				line = append(line, g[i]...)
			} else {
				line = append(line, blank...)
			}
		}
		p.line(line...)
	}
}

// grid returns the lines of a month, all of the same width.
func (c *calendar) grid(m month) [][]span {
	title := m.title()
	left := (gridWidth - len(title)) / 2
	lines := [][]span{
		{{strings.Repeat(" ", left), plain}, {title, bold}, {strings.Repeat(" ", gridWidth-left-len(title)), plain}},
		{{" Mo  Tu  We  Th  Fr  Sa  Su ", dim}},
	}
	first, end := date.Date(m), date.Date(m.next())
	for monday := first - date.Date((first.Weekday()+6)%7); monday < end; monday += 7 {
		lines = append(lines, c.week(monday, first, end))
	}
	return lines
}

// week returns the line of a week, blank for days of other months.
func (c *calendar) week(monday, first, end date.Date) []span {
	var line []span
	for d := monday; d < monday+7; d++ {
		if d < first || d >= end {
			line = append(line, span{"    ", plain})
			continue
		}
		mark := c.mark(d)
		c.seen[mark] = true
		line = append(line, mark.span(d.Day()))
	}
	return line
}

// span returns a day in four columns: in brackets one with a session.
func (m mark) span(day int) span {
	switch m {
	case onTarget:
		return span{fmt.Sprintf("[%2d]", day), visit}
	case shifted:
		return span{fmt.Sprintf("(%2d)", day), moved}
	case shut:
		return span{"  - ", dim}
	case closure:
		return span{"  x ", dim}
	default:
		return span{fmt.Sprintf(" %2d ", day), plain}
	}
}

// legend says what the marks mean, those that were used.
func (p *page) legend(c *calendar) {
	line := []span{}
	for _, entry := range []struct {
		mark  mark
		means string
	}{
		{onTarget, "session"},
		{shifted, "session moved from its target"},
		{shut, "not open"},
		{closure, "closed"},
	} {
		if c.seen[entry.mark] {
			line = append(line, span{"  ", plain}, entry.mark.span(8), span{" " + entry.means, plain})
		}
	}
	p.line()
	p.line(line...)
}

// dayText returns a day with its weekday.
func dayText(d date.Date) string { return weekdayText(d.Weekday()) + " " + d.String() }

func weekdayText(d time.Weekday) string { return d.String()[:3] }
