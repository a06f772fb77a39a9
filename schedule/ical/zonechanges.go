package ical

import "time"

// zoneChanges is a time zone as every clock change of some years. Its zero value has
// no name.
type zoneChanges struct {
	name string
	list []clockChange
}

// A clockChange is when clocks change, and by how much.
type clockChange struct {
	from, to int       // seconds east of UTC
	onset    time.Time // the clocks that are about to change, as if they were in UTC
}

// mostChanges is as many as have room in 200 lines: a longer VTIMEZONE was seen to spoil
// the calendar that it stands in.
const mostChanges = 38

// findChanges returns the clock changes of a zone from the first year to the last. It
// returns false where the zone has no name that other programs know, offsets that are
// not whole minutes, or more changes than have room.
func findChanges(zone *time.Location, first, last int) (zoneChanges, bool) {
	if first < earliestYear || !isZoneName(zone.String()) {
		return zoneChanges{}, false
	}
	const margin = 26 * time.Hour // no zone is further from UTC than this
	t := time.Date(first, 1, 1, 0, 0, 0, 0, time.UTC).Add(-margin).In(zone)
	until := time.Date(last+1, 1, 1, 0, 0, 0, 0, time.UTC).Add(margin)
	_, offset := t.Zone()
	if begin, _ := t.ZoneBounds(); begin.IsZero() || offset%60 != 0 {
		return zoneChanges{}, false
	}
	c := zoneChanges{name: zone.String()}
	c.add(offset, offset, t) // what holds at the beginning
	for len(c.list) <= mostChanges {
		_, next := t.ZoneBounds()
		if next.IsZero() || !next.Before(until) {
			return c, true
		}
		if !next.After(t) {
			return zoneChanges{}, false // see findRule
		}
		_, from := t.Zone()
		_, to := next.Zone()
		if to%60 != 0 {
			return zoneChanges{}, false
		}
		if from != to {
			c.add(from, to, next)
		}
		t = next
	}
	return zoneChanges{}, false
}

func (c *zoneChanges) add(from, to int, at time.Time) {
	c.list = append(c.list, clockChange{from, to, time.Unix(at.Unix()+int64(from), 0).UTC()})
}

// zoneChanges appends the VTIMEZONE of a zone without a rule. Each change is an
// observance of its own, since some readers do not see all dates of one.
func (l *lines) zoneChanges(c *zoneChanges) {
	l.lit("BEGIN:VTIMEZONE")
	l.property("TZID", c.name)
	for i := range c.list {
		kind := "STANDARD"
		if c.list[i].to > c.list[i].from {
			kind = "DAYLIGHT"
		}
		l.lit("BEGIN:" + kind)
		l.offsets(c.list[i].onset, c.list[i].from, c.list[i].to)
		l.lit("END:" + kind)
	}
	l.lit("END:VTIMEZONE")
}

// offsets appends when clocks change, and by how much.
func (l *lines) offsets(onset time.Time, from, to int) {
	l.begin("DTSTART:")
	l.b = onset.AppendFormat(l.b, "20060102T150405")
	l.end()
	l.begin("TZOFFSETFROM:")
	l.b = appendOffset(l.b, from)
	l.end()
	l.begin("TZOFFSETTO:")
	l.b = appendOffset(l.b, to)
	l.end()
}
