package ical_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A reading is what an independent reader makes of a file: it knows no zone but
// those that are in it.
type reading struct {
	calendar *component
	zones    map[string]*zoneData
	events   []read
}

type read struct {
	*component
	allDay     bool
	start, end time.Time
	local      bool
}

func (r read) text(name string) string { return unescape(r.value(name)) }

// readStrictly returns what a file says, or the first thing that is wrong with
// it, including what validators let pass.
func readStrictly(data []byte) (*reading, error) {
	calendar, err := parse(string(data))
	if err != nil {
		return nil, err
	}
	if err := calendar.conforms(); err != nil {
		return nil, err
	}
	r := &reading{calendar: calendar, zones: map[string]*zoneData{}}
	for _, part := range calendar.all("VTIMEZONE") {
		z, err := readZone(part)
		if err != nil {
			return nil, err
		}
		if r.zones[part.value("TZID")] != nil {
			return nil, errors.New("a zone comes twice")
		}
		r.zones[part.value("TZID")] = z
	}
	used, uids := map[string]bool{}, map[string]bool{}
	for _, part := range calendar.all("VEVENT") {
		e, err := r.event(part)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part.value("UID"), err)
		}
		if uids[part.value("UID")] {
			return nil, errors.New("a UID comes twice")
		}
		uids[part.value("UID")] = true
		start, _ := part.get("DTSTART")
		used[start.params["TZID"]] = true
		r.events = append(r.events, e)
	}
	for name := range r.zones {
		if !used[name] {
			return nil, fmt.Errorf("nothing is in the zone %s", name)
		}
	}
	_, named := calendar.get("NAME")
	_, alsoNamed := calendar.get("X-WR-CALNAME")
	switch {
	case len(r.events) == 0:
		return nil, errors.New("no event")
	case named != alsoNamed || named != (len(r.events) > 1):
		return nil, errors.New("a single event with a calendar's name, or several without one")
	}
	return r, nil
}

func (r *reading) event(c *component) (e read, err error) {
	e.component = c
	start, _ := c.get("DTSTART")
	end, ends := c.get("DTEND")
	if !ends {
		end = start
	}
	if start.params["TZID"] != end.params["TZID"] || start.params["VALUE"] != end.params["VALUE"] || len(start.value) != len(end.value) {
		return e, errors.New("begins and ends in different forms")
	}
	if e.start, err = r.instant(start); err != nil {
		return e, err
	}
	if e.end, err = r.instant(end); err != nil {
		return e, err
	}
	e.allDay, e.local = len(start.value) == len("20060102"), start.params["TZID"] != ""
	_, organized := c.get("ORGANIZER")
	switch {
	case ends && !e.end.After(e.start):
		return e, errors.New("ends before it begins")
	case e.allDay && e.end.Sub(e.start) != 24*time.Hour:
		return e, errors.New("is not one day long")
	case r.calendar.value("METHOD") != "" && !organized:
		return e, errors.New("has a method and no organizer")
	case c.value("STATUS") == "CANCELLED" && len(c.parts) > 0:
		return e, errors.New("is cancelled and has an alarm")
	}
	for _, stamp := range []string{"DTSTAMP", "LAST-MODIFIED"} {
		if _, err := time.Parse("20060102T150405Z", c.value(stamp)); err != nil {
			return e, err
		}
	}
	return e, nil
}

// instant returns the instant of a property, by the zone that the file has.
func (r *reading) instant(p property) (time.Time, error) {
	tzid, hasZone := p.params["TZID"]
	switch {
	case len(p.value) == len("20060102"):
		if hasZone || p.params["VALUE"] != "DATE" {
			return time.Time{}, errors.New("a date with a zone, or without VALUE=DATE")
		}
		return time.Parse("20060102", p.value)
	case p.params["VALUE"] != "":
		return time.Time{}, errors.New("a time with a VALUE")
	case strings.HasSuffix(p.value, "Z"):
		if hasZone {
			return time.Time{}, errors.New("UTC with a TZID")
		}
		return time.Parse("20060102T150405Z", p.value)
	}
	z := r.zones[tzid]
	if !hasZone || z == nil {
		return time.Time{}, fmt.Errorf("no VTIMEZONE for %q", tzid)
	}
	wall, err := time.Parse("20060102T150405", p.value)
	if err != nil {
		return time.Time{}, err
	}
	return z.resolve(wall)
}

// zoneData is every clock change of a VTIMEZONE up to the year 2202.
type zoneData struct{ changes []clockChange }

type clockChange struct {
	at       int64
	from, to int64
}

func readZone(c *component) (*zoneData, error) {
	if c.parts[0].value("DTSTART")[:4] != "1970" {
		return readChanges(c)
	}
	if len(c.all("STANDARD")) != 1 || len(c.all("DAYLIGHT")) > 1 {
		return nil, errors.New("not one STANDARD and at most one DAYLIGHT")
	}
	z := &zoneData{}
	for _, o := range c.parts {
		begin, err := time.Parse("20060102T150405", o.value("DTSTART"))
		if err != nil || begin.Year() != 1970 {
			return nil, fmt.Errorf("begins %q", o.value("DTSTART"))
		}
		from, to := offset(o.value("TZOFFSETFROM")), offset(o.value("TZOFFSETTO"))
		if (o.name == "DAYLIGHT") != (to > from) {
			return nil, fmt.Errorf("%s changes from %d to %d", o.name, from, to)
		}
		rule := o.value("RRULE")
		if (rule == "") != (len(c.parts) == 1) {
			return nil, errors.New("a rule and no daylight saving time, or no rule")
		}
		if rule == "" {
			z.changes = append(z.changes, clockChange{begin.Unix() - from, from, to})
			continue
		}
		for year := 1970; year < 2202; year++ {
			day := onset(rule, year)
			if year == 1970 && !day.Equal(begin.Truncate(24*time.Hour)) {
				return nil, fmt.Errorf("begins on %v, but its rule on %v", begin, day)
			}
			wall := day.Add(begin.Sub(begin.Truncate(24 * time.Hour)))
			z.changes = append(z.changes, clockChange{wall.Unix() - from, from, to})
		}
	}
	slices.SortFunc(z.changes, func(a, b clockChange) int { return cmp.Compare(a.at, b.at) })
	for i := 1; i < len(z.changes); i++ {
		if z.changes[i].from != z.changes[i-1].to {
			return nil, errors.New("STANDARD and DAYLIGHT do not take turns")
		}
	}
	return z, nil
}

// readChanges reads a zone that has every one of its clock changes.
func readChanges(c *component) (*zoneData, error) {
	z := &zoneData{}
	for _, o := range c.parts {
		from, to := offset(o.value("TZOFFSETFROM")), offset(o.value("TZOFFSETTO"))
		if (o.name == "DAYLIGHT") != (to > from) {
			return nil, fmt.Errorf("%s changes from %d to %d", o.name, from, to)
		}
		at, err := time.Parse("20060102T150405", o.value("DTSTART"))
		if err != nil || o.value("RRULE") != "" {
			return nil, errors.New("a change that is not one of its own")
		}
		z.changes = append(z.changes, clockChange{at.Unix() - from, from, to})
	}
	slices.SortFunc(z.changes, func(a, b clockChange) int { return cmp.Compare(a.at, b.at) })
	for i := 1; i < len(z.changes); i++ {
		if z.changes[i].from != z.changes[i-1].to {
			return nil, errors.New("the changes do not follow each other")
		}
	}
	return z, nil
}

// onset goes through the days of a month.
func onset(rule string, year int) time.Time {
	var month, nth int
	var weekday string
	_, err := fmt.Sscanf(rule, "FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", &month, &nth, &weekday)
	if err != nil {
		return time.Time{}
	}
	var days []time.Time
	for day := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC); int(day.Month()) == month; day = day.Add(24 * time.Hour) {
		if strings.ToUpper(day.Weekday().String()[:2]) == weekday {
			days = append(days, day)
		}
	}
	if nth < 0 {
		return days[len(days)+nth]
	}
	return days[nth-1]
}

func offset(s string) int64 {
	hours, _ := strconv.Atoi(s[1:3])
	minutes, _ := strconv.Atoi(s[3:])
	seconds := int64(hours*3600 + minutes*60)
	if s[0] == '-' {
		return -seconds
	}
	return seconds
}

// at returns the offset at an instant.
func (z *zoneData) at(unix int64) int64 {
	i, _ := slices.BinarySearchFunc(z.changes, unix+1, func(c clockChange, at int64) int { return cmp.Compare(c.at, at) })
	if i == 0 {
		return z.changes[0].from
	}
	return z.changes[i-1].to
}

// resolve returns the first instant at which the clock shows the reading. A
// reading that it skips is an error.
func (z *zoneData) resolve(wall time.Time) (time.Time, error) {
	var offsets []int64
	for _, c := range z.changes {
		offsets = append(offsets, c.from, c.to)
	}
	slices.SortFunc(offsets, func(a, b int64) int { return cmp.Compare(b, a) })
	for _, offset := range slices.Compact(offsets) {
		if unix := wall.Unix() - offset; z.at(unix) == offset {
			return time.Unix(unix, 0).UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("the clock skips %v", wall)
}
