package ical

import (
	"strings"
	"time"
)

// A zoneRule is a time zone as two yearly clock changes, or none.
type zoneRule struct {
	name     string
	standard change
	daylight change // zero where clocks never change
}

// A change of the clocks happens every year on a day such as the last Sunday of
// a month, at a second of the day that the clocks then show.
type change struct {
	from, to int // seconds east of UTC
	month    time.Month
	week     int // 1 to 4, or -1 for the last
	weekday  time.Weekday
	second   int
	name     string
	weeks    weeks
	count    int // of years in which it was seen
}

// weeks is a set of the weeks of a month: bit n for the nth of a weekday, bit 0
// for the last.
type weeks uint8

// earliestYear is the first year that the rules are written for: they begin in
// the year before.
const earliestYear = 1971

// more is how many years after the last a rule must hold too. That a change is on
// the nth weekday of its month can be a coincidence of two or three years: by law
// it is the Saturday before the last Sunday in Nuuk, the night after the last
// Thursday in Cairo.
const more = 6

// findRule returns the rule that holds for all clock changes of a zone from the
// first year to some years after the last. It returns false where there is none,
// or where the zone has no name that other programs know.
func findRule(zone *time.Location, first, last int) (zoneRule, bool) {
	if first < earliestYear || !isZoneName(zone.String()) {
		return zoneRule{}, false
	}
	last += more
	const margin = 26 * time.Hour // no zone is further from UTC than this
	rule := zoneRule{name: zone.String()}
	t := time.Date(first, 1, 1, 0, 0, 0, 0, time.UTC).Add(-margin).In(zone)
	until := time.Date(last+1, 1, 1, 0, 0, 0, 0, time.UTC).Add(margin)
	name, offset := t.Zone()
	if begin, _ := t.ZoneBounds(); begin.IsZero() || offset%60 != 0 {
		// The data of every zone that is named for a place begin with its own
		// mean time.
		return zoneRule{}, false
	}
	for {
		_, next := t.ZoneBounds()
		if next.IsZero() || !next.Before(until) {
			break
		}
		if !next.After(t) {
			// In years for which the data have only a rule, the last day of a leap
			// year has an end that lies before it.
			next = t.Add(24 * time.Hour)
			_, today := t.Zone()
			if _, tomorrow := next.Zone(); today != tomorrow {
				return zoneRule{}, false
			}
		}
		if !rule.add(t, next, first, last) {
			return zoneRule{}, false
		}
		t = next
	}
	years := last - first + 1
	switch {
	case rule.standard.count == 0 && rule.daylight.count == 0 && rule.standard.weeks == 0 && rule.daylight.weeks == 0:
		rule.standard = change{from: offset, to: offset, name: name}
		return rule, true
	case rule.standard.count != years || rule.daylight.count != years:
		return zoneRule{}, false
	}
	return rule, rule.standard.settle() && rule.daylight.settle()
}

// add takes the clock change at next into the rule, and returns false where it
// differs from those before.
func (r *zoneRule) add(before, next time.Time, first, last int) bool {
	_, from := before.Zone()
	name, to := next.Zone()
	if from == to {
		return true
	}
	if from%60 != 0 || to%60 != 0 {
		return false
	}
	known := &r.standard
	if to > from {
		known = &r.daylight
	}
	// The clocks that are about to change, as if they were in UTC.
	wall := time.Unix(next.Unix()+int64(from), 0).UTC()
	seen := change{
		from: from, to: to, month: wall.Month(), weekday: wall.Weekday(), name: name, weeks: weeksOf(wall),
		second: wall.Hour()*3600 + wall.Minute()*60 + wall.Second(),
	}
	if known.weeks != 0 {
		seen.weeks &= known.weeks
		seen.count = known.count
		if known.weeks = seen.weeks; *known != seen {
			return false
		}
	}
	if year := wall.Year(); first <= year && year <= last {
		seen.count++
	}
	*known = seen
	return seen.weeks != 0
}

// weeksOf returns the weeks of a month that a day is in.
func weeksOf(t time.Time) weeks {
	var w weeks
	if nth := (t.Day()-1)/7 + 1; nth <= 4 {
		w = 1 << nth
	}
	if t.Add(7*24*time.Hour).Month() != t.Month() {
		w |= 1
	}
	return w
}

// settle chooses the week that the change is in, the last of the month before
// any other.
func (c *change) settle() bool {
	if c.weeks&1 != 0 {
		c.week = -1
		return true
	}
	for n := 1; n <= 4; n++ {
		if c.weeks&(1<<n) != 0 {
			c.week = n
			return true
		}
	}
	return false
}

// isZoneName reports whether a name has the form of those for places, such as
// America/New_York. Others, among them Local, mean nothing elsewhere.
func isZoneName(s string) bool {
	if !strings.Contains(s, "/") || len(s) > 60 || !isLetter(s[0]) {
		return false
	}
	for i := range len(s) {
		if !isAlphanumeric(s[i]) && !strings.ContainsRune("/_+-", rune(s[i])) {
			return false
		}
	}
	return true
}

// zone appends the VTIMEZONE of a rule.
func (l *lines) zone(r *zoneRule) {
	l.lit("BEGIN:VTIMEZONE")
	l.property("TZID", r.name)
	if r.daylight.week != 0 {
		l.change("DAYLIGHT", &r.daylight)
	}
	l.change("STANDARD", &r.standard)
	l.lit("END:VTIMEZONE")
}

func (l *lines) change(kind string, c *change) {
	l.begin("BEGIN:")
	l.b = append(l.b, kind...)
	l.end()
	l.offsets(c.onset(), c.from, c.to)
	if c.week != 0 {
		l.begin("RRULE:FREQ=YEARLY;BYMONTH=")
		l.b = appendNumber(l.b, int(c.month))
		l.b = appendNumber(append(l.b, ";BYDAY="...), c.week)
		l.b = append(l.b, "SUMOTUWETHFRSA"[2*c.weekday:][:2]...)
		l.end()
	}
	if c.name != "" {
		l.property("TZNAME", c.name)
	}
	l.begin("END:")
	l.b = append(l.b, kind...)
	l.end()
}

// onset returns the first change from 1970 on, as the clocks show it before.
func (c *change) onset() time.Time {
	month := max(c.month, time.January)
	t := time.Date(1970, month, 1, 0, 0, c.second, 0, time.UTC)
	if c.week == 0 {
		return t
	}
	t = t.Add(time.Duration((7+c.weekday-t.Weekday())%7) * 24 * time.Hour)
	week := func(n int) time.Time { return t.Add(time.Duration(n-1) * 7 * 24 * time.Hour) }
	if c.week > 0 {
		return week(c.week)
	}
	if fifth := week(5); fifth.Month() == month {
		return fifth
	}
	return week(4)
}

// appendOffset appends a whole number of minutes east of UTC, in seconds.
func appendOffset(b []byte, offset int) []byte {
	sign := byte('+')
	if offset < 0 {
		sign, offset = '-', -offset
	}
	return appendTwo(appendTwo(append(b, sign), offset/3600), offset/60%60)
}

func appendNumber(b []byte, n int) []byte {
	if n < 0 {
		b, n = append(b, '-'), -n
	}
	if n >= 10 {
		return appendTwo(b, n)
	}
	return append(b, byte('0'+n))
}
