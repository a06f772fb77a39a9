package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A weight is a weight as it was written.
type weight struct {
	dose.Weight
	written string
}

// String returns the weight as written and, if that is in pounds, in kilograms.
func (w weight) String() string {
	if kg := w.Weight.String(); kg != w.written {
		return w.written + " = " + kg
	}
	return w.written
}

// parseWeight reads kilograms or pounds. What nobody can weigh is refused here,
// but for a protocol that says everything itself: there it is refused with the
// session that would use it.
func (r *reader) parseWeight(s string) (weight, error) {
	parse := dose.ParseWeight
	if strings.HasSuffix(s, " lb") {
		parse = dose.ParsePounds
	}
	w, err := parse(s)
	switch {
	case errors.Is(err, dose.ErrUnit):
		err = errors.New("wrong or missing unit: want kg or lb, such as \"72 kg\" or \"158.7 lb\"")
	case err == nil && !r.whole:
		err = dose.Adult().Check(w)
	}
	return weight{w, s}, err
}

// positiveMass reads a mass that is not zero: the library takes a zero maximum
// or cap for none, which nobody who writes "0 mg" means.
func positiveMass(s string) (dose.Mass, error) {
	m, err := dose.ParseMass(s)
	if err == nil && m.IsZero() {
		err = errors.New("want more than 0 mg")
	}
	return m, err
}

// parseDays reads a number of days. The library knows which numbers it allows.
func parseDays(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || strconv.Itoa(n) != s {
		return 0, errors.New("want whole days from 1 to 3650")
	}
	return n, nil
}

// A duration prints as protocols write it.
type duration struct{ time.Duration }

// String returns the duration in minutes or hours.
func (d duration) String() string { return protocol.FormatDuration(d.Duration) }

// parseDuration reads 40m, 2h or 1h30m, and what the library writes: 40 min.
func parseDuration(s string) (duration, error) {
	if d, err := protocol.ParseDuration(s); err == nil {
		return duration{d}, nil
	}
	d, err := time.ParseDuration(s)
	if err != nil || strings.Trim(s, "0123456789hm") != "" || d%time.Minute != 0 || d > 24*time.Hour {
		return duration{}, errors.New("want whole minutes or hours up to 24h, such as 40m or 2h")
	}
	return duration{d}, nil
}

func parseZone(s string) (*time.Location, error) {
	zone, err := time.LoadLocation(s)
	if err != nil || s == "" || s == "Local" {
		return time.UTC, errors.New("want the name of a time zone, such as UTC or Europe/London")
	}
	return zone, nil
}

// parseOpen reads weekdays, or "" for a clinic that is never open.
func parseOpen(s string) (days protocol.DaySet, err error) {
	return days, days.UnmarshalText([]byte(s))
}

// hours is a list of opening hours as -hours has it.
type hours []clinic.Hours

// String returns the hours with commas between them.
func (h hours) String() string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint([]clinic.Hours(h)), " ", ", "), "[]")
}

// dates is a list of days as -closed has it.
type dates []date.Date

// String returns the days with commas between them, or "none".
func (d dates) String() string {
	if len(d) == 0 {
		return "none"
	}
	texts := make([]string, len(d))
	for i := range d {
		texts[i] = d[i].String()
	}
	return strings.Join(texts, ", ")
}

// contains reports whether a day is in the list.
func (d dates) contains(day date.Date) bool { return slices.Contains(d, day) }

func parseHours(s string) (hours, error) { return parseList[hours](s, clinic.ParseHours) }

// parseDates reads dates with commas between them; an empty list has none.
func parseDates(s string) (dates, error) {
	if s == "" {
		return nil, nil
	}
	return parseList[dates](s, schedule.ParseDate)
}

// parseList reads values with commas between them.
func parseList[L ~[]T, T any](s string, parse func(string) (T, error)) (L, error) {
	const most = 1000
	var list L
	for part := range strings.SplitSeq(s, ",") {
		v, err := parse(part)
		switch {
		case err != nil && part != s:
			return nil, errors.New(quote(part) + ": " + wanted(err))
		case err != nil:
			return nil, err
		case len(list) == most:
			return nil, fmt.Errorf("want at most %d of them", most)
		}
		list = append(list, v)
	}
	return list, nil
}

func parseFormat(s string) (string, error) {
	if s != "text" && s != "json" {
		return "", errors.New("want text or json")
	}
	return s, nil
}
