package main

import (
	"fmt"
	"strings"
	"time"
)

// A span is from an instant until another, that one excluded. An end that is zero is
// open.
type span struct{ from, until time.Time }

// spanOf returns what an R4 date or dateTime covers: 2026 a year, 2026-03 a month,
// 2026-03-02 a day of a zone, 2026-03-02T09:00:00+01:00 a second, without the seconds a
// minute.
func spanOf(text string, zone *time.Location) (span, bool) {
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return span{at, at.Add(time.Second)}, true
	}
	if at, err := time.Parse("2006-01-02T15:04Z07:00", text); err == nil {
		return span{at, at.Add(time.Minute)}, true
	}
	for _, precision := range []struct {
		layout              string
		years, months, days int
	}{{"2006", 1, 0, 0}, {"2006-01", 0, 1, 0}, {time.DateOnly, 0, 0, 1}} {
		if at, err := time.ParseInLocation(precision.layout, text, zone); err == nil {
			return span{at, at.AddDate(precision.years, precision.months, precision.days)}, true
		}
	}
	return span{}, false
}

// whenParameters are the search parameters of R4 that are dates, by type of resource,
// with the elements they look at.
var whenParameters = map[string]map[string][]string{
	"Appointment":              {"date": {"start"}},
	"CarePlan":                 {"date": {"period"}},
	"MedicationAdministration": {"effective-time": {"effectiveDateTime", "effectivePeriod"}},
	"MedicationRequest":        {"authoredon": {"authoredOn"}},
	"Observation":              {"date": {"effectiveDateTime", "effectivePeriod"}},
	"Task":                     {"authored-on": {"authoredOn"}},
}

// spans returns when a resource is, by the elements of a search parameter.
func (of *stored) spans(elements []string) (list []span) {
	for _, name := range elements {
		switch value := of.body[name].(type) {
		case string:
			if s, ok := spanOf(value, of.zone); ok {
				list = append(list, s)
			}
		case map[string]any:
			var s span
			if start, ok := value["start"].(string); ok {
				first, _ := spanOf(start, of.zone)
				s.from = first.from
			}
			if end, ok := value["end"].(string); ok {
				last, _ := spanOf(end, of.zone)
				s.until = last.until
			}
			list = append(list, s)
		}
	}
	return list
}

// on reports whether a resource is when a value of a search says, such as ge2026-03-02.
// What each prefix means is that of R4: eq is inside the span, gt and ge reach beyond
// its end, lt and le begin before it, sa begins after it, eb ends before it. One value
// may have several, with commas between them.
func (of *stored) on(elements []string, value string) (bool, error) {
	for one := range strings.SplitSeq(value, ",") {
		prefix, text := "eq", one
		if len(one) > 2 && one[0] >= 'a' && one[0] <= 'z' {
			prefix, text = one[:2], one[2:]
		}
		want, ok := spanOf(text, of.zone)
		if !ok || !strings.Contains(" eq ne gt lt ge le sa eb ", " "+prefix+" ") {
			return false, fmt.Errorf("%q: want eq, ne, gt, lt, ge, le, sa or eb and a date, such as ge2026-03-02 or lt2026-03-02T09:00:00Z (%%2B for +)", one)
		}
		for _, has := range of.spans(elements) {
			if has.matches(prefix, want) {
				return true, nil
			}
		}
	}
	return false, nil
}

func (s span) matches(prefix string, want span) bool {
	inside := !s.from.IsZero() && !s.until.IsZero() && !s.from.Before(want.from) && !s.until.After(want.until)
	above := s.until.IsZero() || s.until.After(want.until)
	below := s.from.IsZero() || s.from.Before(want.from)
	switch prefix {
	case "eq":
		return inside
	case "ne":
		return !inside
	case "gt":
		return above
	case "ge":
		return above || inside
	case "lt":
		return below
	case "le":
		return below || inside
	case "sa":
		return !s.from.IsZero() && !s.from.Before(want.until)
	default: // eb
		return !s.until.IsZero() && !s.until.After(want.from)
	}
}
