package web

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule"
)

// monthsShown is how many months the calendar of a plan shows at a time.
const monthsShown = 3

// A month is a month of a year, counted from the year 0.
type month int

func monthOf(text string, today date.Date) (month, error) {
	year, m, _ := today.Date()
	if text != "" {
		t, err := time.Parse("2006-01", text)
		if err != nil || t.Year() < 1900 || t.Year() > 2200 {
			return 0, &refusal{http.StatusBadRequest, "This is no month", "Want a month such as 2026-03."}
		}
		year, m = t.Year(), t.Month()
	}
	return month(year*12 + int(m) - 1), nil
}

func (m month) add(n int) month { return m + month(n) }

func (m month) first() date.Date { return date.New(int(m)/12, time.Month(int(m)%12+1), 1) }

// String returns the month as addresses have it.
func (m month) String() string { return fmt.Sprintf("%04d-%02d", int(m)/12, int(m)%12+1) }

// A monthGrid is the calendar of a month: weeks from Monday on.
type monthGrid struct {
	Title string
	Weeks [][]gridDay
}

// A gridDay is a day of a month; Number is 0 for one of another month.
type gridDay struct {
	Number int
	Date   date.Date
	Today  bool
	Visits []gridVisit
}

// A gridVisit is a session or another visit on a day.
type gridVisit struct{ Link, Name, Class string }

func monthsOf(p patientPlan, from month, today date.Date) (list []monthGrid) {
	visits := map[date.Date][]gridVisit{}
	for _, s := range p.Plan.All() {
		if !s.Placed() {
			continue
		}
		r := rowOf(s, today)
		visits[s.Date()] = append(visits[s.Date()], gridVisit{p.At("sessions", s.ID().String()), strconv.Itoa(s.Ordinal()), shortState(r.State)})
	}
	for v := range p.Plan.OtherVisits() {
		if !v.Placed() {
			continue
		}
		r := visitRowOf(v, today)
		visits[v.Date] = append(visits[v.Date], gridVisit{p.At("visits", v.ID.String()), v.Name, shortState(r.Shown)})
	}
	for m := from; m < from.add(monthsShown); m++ {
		first, end := m.first(), m.add(1).first()
		year, name, _ := first.Date()
		g := monthGrid{Title: fmt.Sprintf("%s %d", name, year)}
		// Monday is 0.
		for monday := first - date.Date((int(first.Weekday())+6)%7); monday < end; monday += 7 {
			week := make([]gridDay, 7)
			for i := range week {
				d := monday + date.Date(i)
				if d < first || d >= end {
					continue
				}
				week[i] = gridDay{Number: d.Day(), Date: d, Today: d == today, Visits: visits[d]}
			}
			g.Weeks = append(g.Weeks, week)
		}
		list = append(list, g)
	}
	return list
}

// shortState is a state without the reason that may stand with it.
func shortState(state string) string {
	if len(state) > 5 && state[:5] == "lost:" {
		return "lost"
	}
	if state == schedule.StatePlanned.String() {
		return "planned"
	}
	return state
}
