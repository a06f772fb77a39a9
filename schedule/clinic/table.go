package clinic

import (
	"iter"
	"math/bits"
	"slices"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
)

// A Table keeps what an [Opening] answered: which days are open, each day's hours
// and the longest of them. It asks when a day is first looked at, and once only.
//
// A Table is made for one Opening and one zone, and can be shared between the
// plans of a clinic: [Table.Clone] copies next to nothing. Its methods are for one
// goroutine at a time, unless every day that they are asked about is known.
type Table struct {
	opening Opening
	zone    civil.Zone
	first   int // the number of pages[0]
	pages   []*page
	answers []answer
	// The answers that an open and a closed day had last.
	lastOpen, lastClosed uint32
	changed              []change // in order of days
	owner                *owner
	err                  error
}

// pageDays are the days of a page, as many as a word has bits.
const pageDays = bits.UintSize

// A page is what is known of some days in a row. Only the table that owns it
// changes it; every other copies it first.
type page struct {
	owner       *owner
	open, asked uint
	longest     [pageDays]uint16
	answers     [pageDays]uint32
}

// An owner stands for a table. It is of some size, so that no two are the same.
type owner struct{ _ byte }

// An answer is what an opening said of some days: hours, or none and why.
type answer struct {
	hours  []Hours
	reason string
}

// A change is an answer that took the place of the first one.
type change struct {
	day    int32
	answer uint32
}

// NewTable returns a table of an opening in a zone that knows no day yet.
func NewTable(opening Opening, zone *time.Location) *Table {
	return &Table{opening: opening, zone: civil.ZoneOf(zone), owner: new(owner)}
}

// Clone returns a table that knows as much, of which either learns more without
// the other knowing.
func (t *Table) Clone() *Table {
	if t.owner != nil {
		t.owner = new(owner)
	}
	c := *t
	c.owner = new(owner)
	c.pages = slices.Clone(t.pages)
	c.answers, c.changed = slices.Clip(t.answers), slices.Clip(t.changed)
	return &c
}

// Answered returns a table that knows what the opening answered, and nothing that
// was learned since.
func (t *Table) Answered() *Table {
	c := t.Clone()
	c.changed = nil
	return c
}

// Freeze promises that the table will not be asked about days that it does not
// know, so that Clone changes nothing in it and may be called by several
// goroutines at once.
func (t *Table) Freeze() { t.owner = nil }

// Err returns the first answer that made no sense, an [*Error], or nil.
func (t *Table) Err() error { return t.err }

// Ask asks about a day unless it is known.
func (t *Table) Ask(d date.Date) { t.on(d) }

// Known reports whether the table has an answer for a day.
func (t *Table) Known(d date.Date) bool {
	p, at := t.place(d)
	return p != nil && p.asked>>at&1 != 0
}

// Days yields the days that the table has answers for, in order.
func (t *Table) Days() iter.Seq[date.Date] {
	return func(yield func(date.Date) bool) {
		for i, p := range t.pages {
			if p == nil {
				continue
			}
			for asked := p.asked; asked != 0; asked &= asked - 1 {
				if !yield(date.Date((t.first+i)*pageDays + bits.TrailingZeros(asked))) {
					return
				}
			}
		}
	}
}

// place returns the page of a day, nil where there is none yet, and the position of
// the day on it.
func (t *Table) place(d date.Date) (p *page, at int) {
	number := int(d)/pageDays - t.first
	if number < 0 || number >= len(t.pages) {
		return nil, int(d) % pageDays
	}
	return t.pages[number], int(d) % pageDays
}

// on returns the page of a day, which is known after that, and its position.
func (t *Table) on(d date.Date) (p *page, at int) {
	if p, at = t.place(d); p != nil && p.asked>>at&1 != 0 {
		return p, at
	}
	p = t.own(d)
	a := t.ask(d)
	p.asked |= 1 << at
	p.answers[at] = a
	if hours := t.answers[a].hours; len(hours) > 0 {
		p.open |= 1 << at
		p.longest[at] = uint16(t.longest(d, hours))
	}
	return p, at
}

// own returns the page of a day, which is then the table's own.
func (t *Table) own(d date.Date) *page {
	number := int(d) / pageDays
	switch {
	case len(t.pages) == 0:
		t.first, t.pages = number, []*page{nil}
	case number < t.first:
		t.pages = slices.Concat(make([]*page, t.first-number), t.pages)
		t.first = number
	case number >= t.first+len(t.pages):
		t.pages = append(t.pages, make([]*page, number-t.first-len(t.pages)+1)...)
	}
	p := &t.pages[number-t.first]
	switch {
	case *p == nil:
		*p = &page{owner: t.owner}
	case (*p).owner != t.owner || t.owner == nil:
		owned := **p
		owned.owner = t.owner
		*p = &owned
	}
	return *p
}

// ask asks about a day and returns the position of the answer.
func (t *Table) ask(d date.Date) uint32 {
	if t.zone.Skips(d) {
		return t.keep(answer{reason: noSuchDay(&t.zone)})
	}
	var hours []Hours
	var reason string
	clinic, ours := t.opening.(*Clinic)
	if ours {
		hours, reason = clinic.open(d)
	} else {
		hours, reason = t.opening.Open(d)
	}
	if err := CheckHours(hours); err != nil && t.err == nil {
		err.Field = "Opening " + civil.Format(d)
		t.err = err
	}
	if t.err != nil || len(hours) == 0 {
		return t.keep(answer{reason: reason})
	}
	if len(t.answers) > 0 && slices.Equal(t.answers[t.lastOpen].hours, hours) {
		return t.lastOpen // most open days have the hours of the one before
	}
	if !ours {
		hours = Joined(hours)
	}
	return t.keep(answer{hours: hours})
}

// keep returns the position of an answer among those kept. Most are the few that
// a week or a year repeats, so only those are looked at again.
func (t *Table) keep(a answer) uint32 {
	const few = 16
	last := &t.lastOpen
	if len(a.hours) == 0 {
		last = &t.lastClosed
	}
	if int(*last) >= len(t.answers) || !t.answers[*last].equal(a) {
		at := slices.IndexFunc(t.answers[:min(few, len(t.answers))], a.equal)
		if at < 0 {
			at = len(t.answers)
			t.answers = append(t.answers, a)
		}
		*last = uint32(at)
	}
	return *last
}

func (a answer) equal(b answer) bool { return a.reason == b.reason && slices.Equal(a.hours, b.hours) }

// of returns the answer that holds for a day.
func (t *Table) of(d date.Date) *answer {
	p, at := t.on(d)
	if i, found := t.change(d); found {
		return &t.answers[t.changed[i].answer]
	}
	return &t.answers[p.answers[at]]
}

func (t *Table) change(d date.Date) (at int, found bool) {
	if len(t.changed) == 0 {
		return 0, false
	}
	return slices.BinarySearchFunc(t.changed, int32(d), func(c change, day int32) int { return int(c.day - day) })
}

// Open reports whether the clinic is open on a day.
func (t *Table) Open(d date.Date) bool {
	if len(t.changed) > 0 {
		return len(t.of(d).hours) > 0
	}
	p, at := t.on(d)
	return p.open>>at&1 != 0
}

// Hours returns the hours of a day, joined where they touch, none where the clinic
// is closed. They must not be changed.
func (t *Table) Hours(d date.Date) []Hours { return t.of(d).hours }

// Reason returns why the clinic is closed on a day, "" where no reason was given.
func (t *Table) Reason(d date.Date) string { return t.of(d).reason }

// Answer returns what the opening said of a day, whatever was learned since.
func (t *Table) Answer(d date.Date) (hours []Hours, reason string) {
	p, at := t.on(d)
	a := &t.answers[p.answers[at]]
	return a.hours, a.reason
}

// Know keeps an answer for a day without asking. Hours must pass [CheckHours].
func (t *Table) Know(d date.Date, hours []Hours, reason string) {
	p, at := t.own(d), int(d)%pageDays
	a := t.keep(answer{hours: hours, reason: reason})
	p.asked |= 1 << at
	p.open &^= 1 << at
	p.answers[at], p.longest[at] = a, 0
	if len(hours) > 0 {
		p.open |= 1 << at
		p.longest[at] = uint16(t.longest(d, hours))
	}
}

// Change gives a day hours, or closes it for a reason, whatever was answered.
func (t *Table) Change(d date.Date, hours []Hours, reason string) {
	t.on(d)
	c := change{int32(d), t.keep(answer{hours: Joined(hours), reason: reason})}
	if len(hours) > 0 {
		t.answers[c.answer].reason = ""
	}
	i, found := t.change(d)
	if found {
		t.changed = slices.Clone(t.changed)
		t.changed[i] = c
		return
	}
	t.changed = slices.Insert(slices.Clone(t.changed), i, c)
}

// Longest returns how many minutes, of real time, the longest stretch of a day has:
// 0 where the clinic is closed.
func (t *Table) Longest(d date.Date) int {
	if len(t.changed) > 0 {
		return t.longest(d, t.of(d).hours)
	}
	p, at := t.on(d)
	return int(p.longest[at])
}

func (t *Table) longest(d date.Date, hours []Hours) int {
	longest := int64(0)
	for _, h := range hours {
		opens, closes := t.instants(d, h)
		longest = max(longest, closes-opens)
	}
	return int(longest / 60)
}

// A Need is what a visit needs of a day.
type Need struct {
	// Minutes is its length in real time, and Grid the minutes from one possible
	// start to the next, counted from the opening of each stretch.
	Minutes, Grid int
	// NotBefore is the first instant, in Unix seconds, at which it may start.
	NotBefore int64
	// Preferred is the time of day to come nearest to, zero for the earliest.
	Preferred TimeOfDay
}

// Always is an instant before all others.
const Always = int64(-1) << 62

// LongestFrom returns how many minutes a visit could have on a day if it starts on
// the grid and not before an instant, less than 0 where it cannot start at all.
func (t *Table) LongestFrom(d date.Date, n Need) int {
	longest := int64(-60)
	for _, h := range t.Hours(d) {
		opens, closes := t.instants(d, h)
		if opens >= n.NotBefore {
			longest = max(longest, closes-opens)
			continue
		}
		for _, begins := range t.starts(d, h, n) {
			longest = max(longest, closes-begins)
			break // none that is later leaves more
		}
	}
	return int(longest / 60)
}

// Times returns the minutes of the day at which a visit starts and ends, and false
// where no stretch of the day holds it: of the possible starts the one nearest to
// the preferred time, or the earliest. An end after midnight is more than 1440.
func (t *Table) Times(d date.Date, n Need) (start, end int, ok bool) {
	nearest := civil.MinutesPerDay + 1
	for _, h := range t.Hours(d) {
		opens, closes := t.instants(d, h)
		last := closes - int64(n.Minutes)*60
		for at, begins := range t.starts(d, h, n) {
			if begins > last {
				break
			}
			distance := 0
			if !n.Preferred.IsZero() {
				distance = max(at-n.Preferred.Minutes(), n.Preferred.Minutes()-at)
			}
			if distance < nearest {
				start, end, nearest = at, t.clock(d, begins+int64(n.Minutes)*60), distance
			}
			if nearest == 0 {
				return start, end, true
			}
		}
		if nearest > civil.MinutesPerDay && n.NotBefore <= opens && opens <= last {
			// Clocks skip every reading on the grid that would do: what they show
			// when the clinic opens will.
			start, end, nearest = t.clock(d, opens), t.clock(d, opens+int64(n.Minutes)*60), civil.MinutesPerDay
		}
	}
	return start, end, nearest <= civil.MinutesPerDay
}

// starts yields the minutes of the day, and their instants, at which visits may
// start in a stretch of a day: those on the grid that are before midnight and that
// the clocks do not skip.
func (t *Table) starts(d date.Date, h Hours, n Need) iter.Seq2[int, int64] {
	return func(yield func(int, int64) bool) {
		opens, closes := t.instants(d, h)
		for at := h.From.Minutes(); at < min(h.End(), civil.MinutesPerDay); at += max(1, n.Grid) {
			begins, how := t.zone.Resolve(d, at)
			if begins > closes {
				return
			}
			if how != civil.Gap && begins >= opens && begins >= n.NotBefore && !yield(at, begins) {
				return
			}
		}
	}
}

// At returns the minute of the day at which a visit ends that starts at one, and
// false where no stretch of the day holds it or clocks skip its start. It may start
// off the grid.
func (t *Table) At(d date.Date, minutes, start int) (end int, ok bool) {
	begins, how := t.zone.Resolve(d, start)
	if how == civil.Gap || start >= civil.MinutesPerDay {
		return 0, false
	}
	ends := begins + int64(minutes)*60
	for _, h := range t.Hours(d) {
		if opens, closes := t.instants(d, h); opens <= begins && ends <= closes {
			return t.clock(d, ends), true
		}
	}
	return 0, false
}

// instants returns when a stretch of a day begins and ends.
func (t *Table) instants(d date.Date, h Hours) (opens, closes int64) {
	opens, _ = t.zone.Resolve(d, h.From.Minutes())
	closes, _ = t.zone.Resolve(d, h.End())
	return opens, closes
}

// clock returns what the clocks show at an instant, counted in minutes from 00:00
// of a day: 1440 for the midnight that ends it.
func (t *Table) clock(d date.Date, unix int64) int {
	on, minute := t.zone.Read(unix)
	return minute + civil.Days(d, on)*civil.MinutesPerDay
}
