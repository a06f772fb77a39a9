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
// plans of a clinic: [Table.Clone] copies next to nothing, and [Table.Fresh] need
// not ask again. Its methods are for one goroutine at a time, unless every day that
// they are asked about is known.
type Table struct {
	opening Opening
	zone    civil.Zone
	// pages have what the opening answered, to this table or to one before it, and
	// asked the days that this one knows of: pages[0] and asked[0] are of the
	// days first*pageDays and askedFirst*pageDays on.
	first, askedFirst int
	pages             []*page
	asked             []uint
	answers           []answer
	// lasts are the positions, from 1, of the answers that each day of the week had
	// last.
	lasts   [7]uint32
	changed []change // in order of days
	// owner owns the pages that the table may change, nil for none yet; shared
	// reports that others have the list of them too. ownChanged reports that no other
	// has the list of changes.
	owner      *owner
	shared     bool
	ownChanged bool
	err        error
}

// pageDays are the days of a page, as many as a word has bits.
const pageDays = bits.UintSize

// A page is what is known of some days in a row. Only the table that owns it
// changes it; every other copies it first.
type page struct {
	owner       *owner
	open, known uint
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
	return &Table{opening: opening, zone: civil.ZoneOf(zone)}
}

// Clone returns a table that knows as much, of which either learns more without
// the other knowing.
func (t *Table) Clone() *Table {
	t.share()
	c := *t
	c.zone = t.zone.Own()
	c.asked = slices.Clone(t.asked)
	return &c
}

// Fresh returns a table that was asked about no day yet. It knows what the opening
// answered, so that it need not ask about those days again.
func (t *Table) Fresh() *Table {
	t.share()
	c := *t
	c.zone = t.zone.Own()
	// Most likely it will be asked about as many days.
	c.asked, c.changed = make([]uint, 0, len(t.asked)), nil
	return &c
}

// share gives up what the table owns. It changes nothing in one that is frozen.
func (t *Table) share() {
	if t.owner == nil && t.shared && !t.ownChanged {
		return
	}
	t.owner, t.shared, t.ownChanged = nil, true, false
	t.answers, t.changed = slices.Clip(t.answers), slices.Clip(t.changed)
}

// Forget makes the table one that was asked about no day yet, like that of
// [Table.Fresh], in the same memory.
func (t *Table) Forget() { t.asked, t.changed = t.asked[:0], nil }

// Answered returns a table that knows what the opening answered, and nothing that
// was learned since.
func (t *Table) Answered() *Table {
	c := t.Clone()
	c.changed = nil
	return c
}

// Freeze promises that the table will not be asked about days that it does not
// know. Its methods then change nothing in it, and may be called by several
// goroutines at once.
func (t *Table) Freeze() {
	t.share()
	t.zone.Share()
}

// Err returns the first answer that made no sense, an [*Error], or nil.
func (t *Table) Err() error { return t.err }

// Ask asks about a day unless it is known.
func (t *Table) Ask(d date.Date) { t.on(d) }

// AskAll asks about the days of a stretch, both ends included, that are not known.
func (t *Table) AskAll(from, to date.Date) {
	for from <= to {
		at := int(from) % pageDays
		n := min(pageDays-at, int(to-from)+1)
		days := ^uint(0) >> (pageDays - n) << at
		if p := t.page(from); p != nil && p.known&days == days {
			*t.askedOn(from) |= days
		} else {
			for d := range n {
				t.on(from + date.Date(d))
			}
		}
		from += date.Date(n)
	}
}

// Reserve makes room for the answers of a stretch of days at once.
func (t *Table) Reserve(from, to date.Date) {
	first, last := int(from)/pageDays, int(to)/pageDays
	if len(t.asked) == 0 {
		t.askedFirst = first
	}
	if more := last + 1 - t.askedFirst - len(t.asked); more > 0 {
		t.asked = slices.Grow(t.asked, more)
	}
	missing := 0
	for number := first; number <= last; number++ {
		if t.numbered(number) == nil {
			missing++
		}
	}
	if missing == 0 {
		return
	}
	t.reach(first)
	t.reach(last)
	t.owns()
	room := make([]page, missing)
	for i := first - t.first; i <= last-t.first; i++ {
		if t.pages[i] == nil {
			t.pages[i], room = &room[0], room[1:]
			t.pages[i].owner = t.owner
		}
	}
}

// Known reports whether the table has an answer for a day.
func (t *Table) Known(d date.Date) bool {
	word := int(uint(d)/pageDays) - t.askedFirst // no day is before day 0
	return word >= 0 && word < len(t.asked) && t.asked[word]>>(uint(d)%pageDays)&1 != 0
}

// Days yields the days that the table has answers for, in order.
func (t *Table) Days() iter.Seq[date.Date] {
	return func(yield func(date.Date) bool) {
		for i, asked := range t.asked {
			for ; asked != 0; asked &= asked - 1 {
				if !yield(date.Date((t.askedFirst+i)*pageDays + bits.TrailingZeros(asked))) {
					return
				}
			}
		}
	}
}

// page returns the page of a day, nil where there is none yet.
func (t *Table) page(d date.Date) *page { return t.numbered(int(d) / pageDays) }

func (t *Table) numbered(number int) *page {
	if number < t.first || number >= t.first+len(t.pages) {
		return nil
	}
	return t.pages[number-t.first]
}

// askedOn returns the word of a day among those of the days that were asked about.
func (t *Table) askedOn(d date.Date) *uint {
	number := int(d) / pageDays
	switch {
	case len(t.asked) == 0:
		t.askedFirst, t.asked = number, append(t.asked, 0)
	case number < t.askedFirst:
		t.asked = slices.Concat(make([]uint, t.askedFirst-number), t.asked)
		t.askedFirst = number
	default:
		for number >= t.askedFirst+len(t.asked) {
			t.asked = append(t.asked, 0)
		}
	}
	return &t.asked[number-t.askedFirst]
}

// on returns the page of a day, which is known after that, and its position.
func (t *Table) on(d date.Date) (p *page, at int) {
	at = int(uint(d) % pageDays)
	if !t.Known(d) {
		t.learn(d)
		*t.askedOn(d) |= 1 << at
	}
	return t.pages[int(uint(d)/pageDays)-t.first], at
}

// learn asks the opening about a day, unless it has answered.
func (t *Table) learn(d date.Date) {
	at := int(d) % pageDays
	if p := t.page(d); p == nil || p.known>>at&1 == 0 {
		t.note(d, t.ask(d))
	}
}

// note notes the answer for a day.
func (t *Table) note(d date.Date, answer uint32) {
	p, at := t.own(d), int(d)%pageDays
	p.known |= 1 << at
	p.open &^= 1 << at
	p.answers[at], p.longest[at] = answer, 0
	if hours := t.answers[answer].hours; len(hours) > 0 {
		p.open |= 1 << at
		p.longest[at] = uint16(t.longest(d, hours))
	}
}

// owns makes the list of pages the table's own.
func (t *Table) owns() {
	if t.shared {
		t.pages, t.shared = slices.Clone(t.pages), false
	}
	if t.owner == nil {
		t.owner = new(owner)
	}
}

// reach makes room for a page in the list of them, which is then the table's own.
func (t *Table) reach(number int) {
	t.owns()
	switch {
	case len(t.pages) == 0:
		t.first, t.pages = number, append(t.pages, nil)
	case number < t.first:
		t.pages = slices.Concat(make([]*page, t.first-number), t.pages)
		t.first = number
	case number >= t.first+len(t.pages):
		t.pages = append(t.pages, make([]*page, number-t.first-len(t.pages)+1)...)
	}
}

// own returns the page of a day, which is then the table's own.
func (t *Table) own(d date.Date) *page {
	number := int(d) / pageDays
	t.reach(number)
	p := &t.pages[number-t.first]
	switch {
	case *p == nil:
		*p = &page{owner: t.owner}
	case (*p).owner != t.owner:
		owned := **p
		owned.owner = t.owner
		*p = &owned
	}
	return *p
}

// ask asks about a day and returns the position of the answer.
func (t *Table) ask(d date.Date) uint32 {
	if t.zone.Skips(d) {
		return t.keep(d, answer{reason: noSuchDay(&t.zone)})
	}
	if clinic, ours := t.opening.(*Clinic); ours {
		hours, reason := clinic.open(d)
		return t.keep(d, answer{hours, reason})
	}
	hours, reason := t.opening.Open(d)
	if err := CheckHours(hours); err != nil && t.err == nil {
		err.Field = "Opening " + civil.Format(d)
		t.err = err
	}
	if t.err != nil || len(hours) == 0 {
		return t.keep(d, answer{reason: reason})
	}
	return t.keep(d, answer{hours: Joined(hours)})
}

// keep returns the position of the answer for a day among those kept. Most days have
// that of the same day a week before, and most others one of the few that a year
// repeats, so only those are looked at again.
func (t *Table) keep(d date.Date, a answer) uint32 {
	const few = 16
	last := &t.lasts[int(d)%len(t.lasts)]
	if *last == 0 || !t.answers[*last-1].equal(&a) {
		at := slices.IndexFunc(t.answers[:min(few, len(t.answers))], func(b answer) bool { return b.equal(&a) })
		if at < 0 {
			at = len(t.answers)
			t.answers = append(t.answers, a)
		}
		*last = uint32(at) + 1
	}
	return *last - 1
}

func (a *answer) equal(b *answer) bool {
	return a.reason == b.reason && len(a.hours) == len(b.hours) && (len(a.hours) == 0 || &a.hours[0] == &b.hours[0] || slices.Equal(a.hours, b.hours))
}

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

// Reason returns why the clinic is closed on a day, or why its hours were changed, ""
// where no reason was given.
func (t *Table) Reason(d date.Date) string { return t.of(d).reason }

// Answer returns what the opening said of a day, whatever was learned since.
func (t *Table) Answer(d date.Date) (hours []Hours, reason string) {
	p, at := t.on(d)
	a := &t.answers[p.answers[at]]
	return a.hours, a.reason
}

// Know keeps an answer for a day without asking. Hours must pass [CheckHours].
func (t *Table) Know(d date.Date, hours []Hours, reason string) {
	t.note(d, t.keep(d, answer{hours: hours, reason: reason}))
	*t.askedOn(d) |= 1 << (int(d) % pageDays)
}

// Change gives a day hours, or closes it where there are none, whatever was answered:
// the last change of a day holds. Hours must pass [CheckHours].
func (t *Table) Change(d date.Date, hours []Hours, reason string) {
	t.on(d)
	if !t.ownChanged {
		t.changed, t.ownChanged = slices.Clone(t.changed), true
	}
	c := change{int32(d), t.keep(d, answer{hours: Joined(hours), reason: reason})}
	if i, found := t.change(d); found {
		t.changed[i] = c
	} else {
		t.changed = slices.Insert(t.changed, i, c)
	}
}

// HasChanges reports whether any day has another answer than that of the opening.
func (t *Table) HasChanges() bool { return len(t.changed) > 0 }

// Changes yields the days that have another answer than that of the opening, in order.
func (t *Table) Changes() iter.Seq[date.Date] {
	return func(yield func(date.Date) bool) {
		for _, c := range t.changed {
			if !yield(date.Date(c.day)) {
				return
			}
		}
	}
}

// Changed reports whether a day has another answer than that of the opening.
func (t *Table) Changed(d date.Date) bool {
	_, found := t.change(d)
	return found
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
		opens, closes := instants(&t.zone, d, h)
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
		opens, closes := instants(&t.zone, d, h)
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
		opens, how := t.zone.Resolve(d, h.From.Minutes())
		closes, _ := t.zone.Resolve(d, h.End())
		last := closes - int64(n.Minutes)*60
		if n.Preferred.IsZero() && how != civil.Gap && n.NotBefore <= opens && opens <= last {
			from := h.From.Minutes() // as most visits
			if h.End() <= civil.MinutesPerDay && closes-opens == int64(h.End()-from)*60 {
				return from, from + n.Minutes, true // no clock changes in between, and no day is skipped
			}
			return from, clock(&t.zone, d, opens+int64(n.Minutes)*60), true
		}
		for at, begins := range t.starts(d, h, n) {
			if begins > last {
				break
			}
			distance := 0
			if !n.Preferred.IsZero() {
				distance = max(at-n.Preferred.Minutes(), n.Preferred.Minutes()-at)
			}
			if distance < nearest {
				start, end, nearest = at, clock(&t.zone, d, begins+int64(n.Minutes)*60), distance
			}
			if nearest == 0 {
				return start, end, true
			}
		}
		if nearest > civil.MinutesPerDay && n.NotBefore <= opens && opens <= last {
			// Clocks skip every reading on the grid that would do: what they show
			// when the clinic opens will.
			start, end, nearest = clock(&t.zone, d, opens), clock(&t.zone, d, opens+int64(n.Minutes)*60), civil.MinutesPerDay
		}
	}
	return start, end, nearest <= civil.MinutesPerDay
}

// starts yields the minutes of the day, and their instants, at which visits may
// start in a stretch of a day: those on the grid that are before midnight and that
// the clocks do not skip.
func (t *Table) starts(d date.Date, h Hours, n Need) iter.Seq2[int, int64] {
	return func(yield func(int, int64) bool) {
		opens, closes := instants(&t.zone, d, h)
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
	var room civil.Zone
	zone := t.zone.Remembering(&room)
	begins, how := zone.Resolve(d, start)
	if how == civil.Gap || start >= civil.MinutesPerDay {
		return 0, false
	}
	ends := begins + int64(minutes)*60
	for _, h := range t.Hours(d) {
		if opens, closes := instants(zone, d, h); opens <= begins && ends <= closes {
			return clock(zone, d, ends), true
		}
	}
	return 0, false
}

// Holds reports whether one stretch of a day holds a visit from a minute of the day to
// another, which is more than 1440 past midnight.
func (t *Table) Holds(d date.Date, start, end int) bool {
	var room civil.Zone
	zone := t.zone.Remembering(&room)
	begins, _ := zone.Resolve(d, start)
	ends, _ := zone.Resolve(d, end)
	for _, h := range t.Hours(d) {
		if opens, closes := instants(zone, d, h); opens <= begins && ends <= closes {
			return true
		}
	}
	return false
}

// instants returns when a stretch of a day begins and ends.
func instants(zone *civil.Zone, d date.Date, h Hours) (opens, closes int64) {
	opens, _ = zone.Resolve(d, h.From.Minutes())
	closes, _ = zone.Resolve(d, h.End())
	return opens, closes
}

// clock returns what the clocks show at an instant, counted in minutes from 00:00
// of a day: 1440 for the midnight that ends it.
func clock(zone *civil.Zone, d date.Date, unix int64) int {
	on, minute := zone.Read(unix)
	return minute + civil.Days(d, on)*civil.MinutesPerDay
}
