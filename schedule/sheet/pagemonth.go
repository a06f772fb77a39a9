package sheet

import (
	"strconv"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
)

// mostGrids is how many months are shown as grids, from the month of today on. Those
// before them, those after them and those with no more than mostOnLine visits are a line
// each.
const (
	mostGrids  = 6
	mostOnLine = 2
)

// A pageMonth is a grid, or a line of visits.
type pageMonth struct {
	Title    string
	Weekdays []pageWeekday
	Weeks    [][7]pageDay // none: a line
	Line     []*pageVisit
}

type pageWeekday struct{ Short, Long string }

type pageDay struct {
	Number int // 0 for a day of another month
	Date   string
	Class  string
	Today  string // the word, where it is
	Visits []*pageVisit
}

type pageAgenda struct {
	Title  string
	Visits []*pageVisit
}

// months adds the months.
func (p *page) months() {
	l := &p.view.Locale
	months := p.view.monthFirsts()
	if len(months) == 0 {
		return
	}
	p.Months = make([]pageMonth, len(months))
	weekdays := make([]pageWeekday, 7)
	for i := range weekdays {
		day := (int(l.FirstWeekday) + i) % 7
		weekdays[i] = pageWeekday{l.WeekdaysShort[day], l.Weekdays[day]}
	}
	brief := "{weekday} " + unbroken(l.DayMonth)
	next, grids := 0, 0 // the first visit that is not in a month yet
	for next < len(p.shown) && p.shown[next].at.date == 0 {
		next++
	}
	for i := range months {
		m, end := &p.Months[i], civil.AddMonths(months[i], 1)
		m.Title = l.month(months[i])
		from := next
		for next < len(p.shown) && p.shown[next].on() < end {
			next++
		}
		inside := p.shown[from:next]
		dated := 0
		for _, at := range inside {
			if at.at.date != 0 {
				dated++
			}
		}
		if dated > mostOnLine && end > p.view.today && grids < mostGrids {
			grids++
			m.Weekdays, m.Weeks = weekdays, p.weeks(months[i], inside)
			continue
		}
		if dated == 0 {
			continue
		}
		m.Line = make([]*pageVisit, 0, dated)
		for _, at := range inside {
			if at.at.date != 0 {
				at.Brief = l.date(brief, at.at.date, &l.WeekdaysShort, &l.MonthsShort)
				m.Line = append(m.Line, at)
			}
		}
	}
}

func (at *pageVisit) on() date.Date { return at.at.on() }

// weeks returns the grid of a month with its visits.
func (p *page) weeks(first date.Date, visits []*pageVisit) [][7]pageDay {
	end := civil.AddMonths(first, 1)
	weeks := make([][7]pageDay, 0, 6)
	for begin := weekOf(first, p.view.Locale.FirstWeekday); begin < end; begin += 7 {
		weeks = append(weeks, [7]pageDay{})
		week := &weeks[len(weeks)-1]
		for j := range week {
			if d := civil.AddDays(begin, j); first <= d && d < end {
				visits = p.day(&week[j], d, visits)
			}
		}
	}
	return weeks
}

// day fills a day of a grid and returns the visits after it.
func (p *page) day(to *pageDay, d date.Date, visits []*pageVisit) []*pageVisit {
	to.Number = d.Day()
	to.Visits, visits = take(visits, d)
	if len(to.Visits) > 0 {
		to.Class = "busy"
	}
	for _, at := range to.Visits {
		if !at.at.off() {
			to.Class = "busy sure"
		}
	}
	if d == p.view.Today {
		to.Today, to.Class = p.W.Today, strings.TrimSpace(to.Class+" today")
	}
	if to.Class != "" {
		to.Date = civil.Format(d)
	}
	return visits
}

// take returns the visits of a day and those after them. A visit without a date stands
// among them by its target and is on no day.
func take(visits []*pageVisit, d date.Date) (on, rest []*pageVisit) {
	from := 0
	for from < len(visits) && (visits[from].at.date == 0 || visits[from].at.date < d) {
		from++
	}
	to := from
	for to < len(visits) && visits[to].at.date == d {
		to++
	}
	return visits[from:to:to], visits[to:]
}

// mostComing is how many visits a narrow screen begins with.
const mostComing = 4

// agenda divides the visits for a narrow screen: those that come next, with what stands
// between them; what is past; and the rest.
func (p *page) agenda() {
	v, w := p.view, &p.view.Locale.Words
	coming, later, past := 0, 0, 0
	for _, shown := range p.shown {
		at := shown.at
		switch {
		case v.ended(at), at.date == 0 && at.target < v.today && !at.ahead(), at.state == schedule.StateGiven, at.state == schedule.StateDone, at.state == schedule.StateMissed:
			past++
			p.Past = inMonth(p.Past, v, shown)
		case coming < mostComing && v.next() != nil:
			if at.date != 0 && !at.lost && at.ahead() {
				coming++
			}
			p.Coming = append(p.Coming, shown)
		default:
			later++
			p.Later = inMonth(p.Later, v, shown)
		}
	}
	p.LaterTitle, p.PastTitle = fill(w.Later, "{n}", strconv.Itoa(later)), fill(w.Past, "{n}", strconv.Itoa(past))
	p.LaterOpen = len(p.Coming) == 0
}

// inMonth adds a visit to a list, under its month.
func inMonth(list []pageAgenda, v *view, shown *pageVisit) []pageAgenda {
	on := shown.on()
	if n := len(list); n == 0 || firstOf(list[n-1].Visits[0].on()) != firstOf(on) {
		list = append(list, pageAgenda{Title: v.Locale.month(firstOf(on))})
	}
	last := &list[len(list)-1]
	last.Visits = append(last.Visits, shown)
	return list
}
