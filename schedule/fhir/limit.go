package fhir

import (
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
)

// A limit is the end of the bounds. The zero limit is none.
type limit struct {
	isSet bool
	// day is the last day of what has no clock time.
	day date.Date
	// Clock times are until clock of clockDay, that included.
	clockDay date.Date
	clock    time.Duration
	// Instants are before next.
	next time.Time
	// cuts reports that the end is stated with a time before 23:59, so that what has
	// no clock time cannot be told to be before it or after it.
	cuts bool
	// after is the start of what begins when the bounds have ended.
	after Moment
	// beyond reports that the end is after every date that there is.
	beyond bool
}

// farthest is more days than there are between two dates, and more months.
const farthest = 200_000

// newLimit returns the end of a period, or of a length from a start.
func newLimit(start, end Moment, b *bound) limit {
	switch {
	case b != nil:
		return lengthLimit(start, b)
	case end.IsZero():
		return limit{}
	}
	l := limit{isSet: true, day: end.day, clockDay: end.day, clock: 24 * time.Hour, after: OnDay(end.day + 1)}
	if end.Timed() {
		const lastMinute = 23*time.Hour + 59*time.Minute
		l.clock, l.cuts = end.clock(), end.clock() < lastMinute
		l.next = end.at.Add(1)
	} else if start.Timed() {
		l.next = wall(end.day+1, 0, start.at.Location())
	}
	return l
}

// lengthLimit returns the end of a length, which is half open.
func lengthLimit(start Moment, b *bound) limit {
	days, months, _ := b.whole()
	if days > farthest || months > farthest {
		return limit{beyond: true}
	}
	after := civil.AddMonths(civil.AddDays(start.day, days), months)
	if !civil.InRange(after - 1) {
		return limit{beyond: true}
	}
	l := limit{isSet: true, day: after - 1, clockDay: after - 1, clock: 24 * time.Hour, after: OnDay(after)}
	if !start.Timed() {
		return l
	}
	l.next = wall(after, start.clock(), start.at.Location())
	if b.elapsed {
		l.next = start.at.Add(time.Duration(days) * 24 * time.Hour)
	}
	l.after = At(l.next)
	if since := start.clock(); since > 0 {
		l.clockDay, l.clock = after, since-1
	}
	return l
}

// last returns the last day on which anything can be.
func (l *limit) last(timed bool) date.Date {
	if timed {
		return l.clockDay
	}
	return l.day
}

// wall returns what the clocks of a location show on a day as an instant.
func wall(d date.Date, clock time.Duration, location *time.Location) time.Time {
	zone := civil.ZoneOf(location)
	t, _ := zone.Instant(d, int(clock/time.Minute))
	return t.Add(clock % time.Minute)
}
