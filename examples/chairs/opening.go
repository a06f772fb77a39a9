package main

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// chairs is a clinic.Opening: the hours of a clinic without those in which
// every chair is taken. An app would ask its database instead of keeping the
// visits itself.
//
// Chairs are alike and given out on the day, so it is enough to count: visits of
// which never more than so many overlap fit on so many chairs.
type chairs struct {
	clinic *clinic.Clinic
	count  int
	visits map[date.Date][]visit
}

// A visit is a stretch of a day on one chair; 0 is a chair not yet given.
type visit struct {
	patient  string
	from, to clinic.TimeOfDay
	chair    int
}

func newChairs(office *clinic.Clinic, count int) *chairs {
	return &chairs{clinic: office, count: count, visits: make(map[date.Date][]visit)}
}

// Open returns the stretches of a day in which a chair is free.
func (c *chairs) Open(d date.Date) (free []clinic.Hours, reason string) {
	hours, reason := c.clinic.Open(d)
	for _, h := range hours {
		free = append(free, c.freeIn(d, h)...)
	}
	if len(hours) > 0 && len(free) == 0 {
		reason = "every chair is taken"
	}
	return free, reason
}

// freeIn returns the stretches of some hours in which a chair is free, minute by
// minute.
func (c *chairs) freeIn(d date.Date, h clinic.Hours) (free []clinic.Hours) {
	const none = -1
	from := none
	for minute := h.From.Minutes(); minute <= h.To.Minutes(); minute++ {
		isFree := minute < h.To.Minutes() && c.taken(d, minute) < c.count
		switch {
		case isFree && from == none:
			from = minute
		case !isFree && from != none:
			free = append(free, stretch(from, minute))
			from = none
		}
	}
	return free
}

// taken returns how many chairs are taken at a minute of a day.
func (c *chairs) taken(d date.Date, minute int) (n int) {
	for _, v := range c.visits[d] {
		if v.from.Minutes() <= minute && minute < v.to.Minutes() {
			n++
		}
	}
	return n
}

func stretch(from, to int) (h clinic.Hours) {
	h.From, _ = clinic.NewTimeOfDay(from)
	h.To, _ = clinic.NewTimeOfDay(to)
	return h
}

// book takes the chairs that a plan needs.
func (c *chairs) book(patient string, plan *schedule.Plan) {
	for _, s := range plan.All() {
		if s.Placed() {
			c.visits[s.Date()] = append(c.visits[s.Date()], visit{patient: patient, from: s.Start(), to: s.End()})
		}
	}
}

// days returns the days with visits, in order.
func (c *chairs) days() iter.Seq[date.Date] {
	return slices.Values(slices.Sorted(maps.Keys(c.visits)))
}

// sheet gives out the chairs of a day: each visit, by its start, gets the first
// chair that is free.
func (c *chairs) sheet(d date.Date) []visit {
	sheet := slices.Clone(c.visits[d])
	slices.SortStableFunc(sheet, func(a, b visit) int { return a.from.Compare(b.from) })
	until := make([]clinic.TimeOfDay, c.count)
	for i := range sheet {
		chair := slices.IndexFunc(until, func(t clinic.TimeOfDay) bool { return t.Compare(sheet[i].from) <= 0 })
		if chair >= 0 {
			sheet[i].chair, until[chair] = chair+1, sheet[i].to
		}
	}
	slices.SortStableFunc(sheet, func(a, b visit) int { return cmp.Or(a.chair-b.chair, a.from.Compare(b.from)) })
	return sheet
}
