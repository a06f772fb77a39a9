package schedule

import (
	"slices"
	"time"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A calendar keeps what an Opening answered, day by day. Once every day of every
// window has been asked about it is only read, by as many as like.
type calendar struct {
	opening clinic.Opening
	zone    *civil.Zone
	base    int32 // the day number of days[0]
	days    []openDay
	hours   []clinic.Hours // those of the days, one after another
	from    int32          // where those of the last open day begin
	reasons []string
	err     error // the first answer that makes no sense
}

// An openDay is the answer for one day: hours[from:to] of its calendar.
type openDay struct {
	from, to int32
	reason   int32 // its position among the reasons, from 1
	asked    bool
	// over is the position among the reasons, from 1, of a closure that became
	// known after the answer was given.
	over int32
}

// clone returns a calendar with the same answers that learns more without the
// other knowing.
func (c *calendar) clone(location *time.Location) *calendar {
	copied := c.reader(location)
	copied.days = slices.Clone(c.days)
	copied.hours, copied.reasons = slices.Clip(c.hours), slices.Clip(c.reasons)
	return copied
}

// close closes a day whatever was answered for it.
func (c *calendar) close(day int32, reason string) {
	c.on(day)
	c.days[day-c.base].over = c.keep(reason)
}

// opened returns the hours of a day.
func (c *calendar) opened(day int32) []clinic.Hours {
	d := c.on(day)
	if d.over > 0 {
		return nil
	}
	return c.hours[d.from:d.to]
}

// newCalendar returns a calendar for the days from first on.
func newCalendar(opening clinic.Opening, location *time.Location, first int32) *calendar {
	return &calendar{opening: opening, zone: civil.NewZone(location), base: first}
}

// reserve makes room for the days up to last.
func (c *calendar) reserve(last int32) {
	c.days = append(c.days, make([]openDay, max(0, int(last-c.base)+1-len(c.days)))...)
}

// reader returns a calendar with the same answers and a memory of the zone of
// its own, for one reader among many.
func (c *calendar) reader(location *time.Location) *calendar {
	copied := *c
	copied.zone = civil.NewZone(location)
	return &copied
}

// on returns the answer for a day, asking for it the first time.
func (c *calendar) on(day int32) *openDay {
	if int(day-c.base) >= len(c.days) {
		c.reserve(max(day, c.base+2*int32(len(c.days))))
	}
	d := &c.days[day-c.base]
	if d.asked {
		return d
	}
	d.asked = true
	hours, reason := c.opening.Open(civil.Date(day))
	if err := clinic.CheckHours(hours); err != nil && c.err == nil {
		c.err = &RequestError{Field: "Opening " + civil.Format(civil.Date(day)), Value: err.Value, Want: err.Want}
	}
	if len(hours) == 0 {
		d.reason = c.keep(reason)
		return d
	}
	// Most open days have the hours of the one that was asked about before.
	if !slices.Equal(hours, c.hours[c.from:]) {
		c.from = int32(len(c.hours))
		c.hours = append(c.hours, hours...)
	}
	d.from, d.to = c.from, int32(len(c.hours))
	return d
}

// keep returns the position, from 1, of a reason among those kept. Most are the
// few that a week or a year repeats, so only those are looked at again.
func (c *calendar) keep(reason string) int32 {
	const few = 16
	at := slices.Index(c.reasons[:min(few, len(c.reasons))], reason)
	if at < 0 {
		at = len(c.reasons)
		c.reasons = append(c.reasons, reason)
	}
	return int32(at + 1)
}

// reason returns why the clinic is closed on a day, "" where none was given.
func (c *calendar) reason(day int32) string {
	d := c.on(day)
	switch {
	case d.over > 0:
		return c.reasons[d.over-1]
	case d.reason > 0:
		return c.reasons[d.reason-1]
	default:
		return ""
	}
}

func (c *calendar) open(day int32) bool { return len(c.opened(day)) > 0 }

// holds reports whether an opening interval of the day holds a visit of so many
// minutes. Lengths are real time: on a day when clocks change the hours are as
// long as they really are.
func (c *calendar) holds(day int32, minutes int) bool {
	for _, h := range c.opened(day) {
		if opens, closes := c.instants(day, h); opens+int64(minutes)*60 <= closes {
			return true
		}
	}
	return false
}

// times returns the minutes of the day at which a visit of so many minutes
// starts and ends, and false where no opening interval holds it: of the starts
// on the grid, counted from the opening of each interval, and not before a
// minute of the day, the one nearest to the preferred time, or the earliest
// where that is zero. A reading that clocks skip is no start.
func (c *calendar) times(day int32, minutes, grid, from int, preferred clinic.TimeOfDay) (start, end int, ok bool) {
	nearest := civil.MinutesPerDay + 1
	for _, h := range c.opened(day) {
		opens, closes := c.instants(day, h)
		last := closes - int64(minutes)*60
		for at := h.From.Minutes(); at < h.To.Minutes(); at += grid {
			begins, how := c.zone.Resolve(civil.Date(day), at)
			if begins > last {
				break
			}
			distance := 0
			if !preferred.IsZero() {
				distance = max(at-preferred.Minutes(), preferred.Minutes()-at)
			}
			if distance < nearest && how != civil.Gap && begins >= opens && at >= from {
				start, end, nearest = at, c.clock(day, begins+int64(minutes)*60), distance
			}
			if nearest == 0 {
				return start, end, true
			}
		}
		if nearest > civil.MinutesPerDay && opens <= last && from <= h.From.Minutes() {
			// Clocks skip every reading on the grid: what they show when the
			// clinic opens will do.
			start, end, nearest = c.clock(day, opens), c.clock(day, opens+int64(minutes)*60), civil.MinutesPerDay
		}
	}
	return start, end, nearest <= civil.MinutesPerDay
}

// at returns the minutes of the day at which a visit that starts at a minute ends,
// and false where no opening interval holds it or clocks skip its start.
func (c *calendar) at(day int32, minutes, start int) (from, to int, ok bool) {
	begins, how := c.zone.Resolve(civil.Date(day), start)
	if how == civil.Gap {
		return 0, 0, false
	}
	ends := begins + int64(minutes)*60
	for _, h := range c.opened(day) {
		if opens, closes := c.instants(day, h); opens <= begins && ends <= closes {
			return start, c.clock(day, ends), true
		}
	}
	return 0, 0, false
}

// longest returns how many minutes the longest stretch of the day has.
func (c *calendar) longest(day int32) int {
	longest := int64(0)
	for _, h := range c.opened(day) {
		opens, closes := c.instants(day, h)
		longest = max(longest, closes-opens)
	}
	return int(longest / 60)
}

func (c *calendar) instants(day int32, h clinic.Hours) (opens, closes int64) {
	opens, _ = c.zone.Resolve(civil.Date(day), h.From.Minutes())
	closes, _ = c.zone.Resolve(civil.Date(day), h.To.Minutes())
	return opens, closes
}

// clock returns what the clocks show at an instant of the day: 1440 for the
// midnight that ends it.
func (c *calendar) clock(day int32, unix int64) int {
	d, minute := c.zone.Read(unix)
	return minute + (int(d)-int(day))*civil.MinutesPerDay
}
