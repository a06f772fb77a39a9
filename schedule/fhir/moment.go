package fhir

import (
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
)

// A Moment is a day, or an instant with the offset that it was written with. The zero
// Moment is none.
type Moment struct {
	day   date.Date // as the clocks show it that the instant was written for
	at    time.Time // zero for a day
	isSet bool
}

// OnDay returns a day as a Moment.
func OnDay(d date.Date) Moment { return Moment{day: d, isSet: true} }

// At returns an instant as a Moment. Its day is that in its own location.
func At(t time.Time) Moment { return Moment{day: civil.Of(t, t.Location()), at: t, isSet: true} }

// ParseMoment reads an R4 date or dateTime with its day: "2026-03-02", or
// "2026-03-02T09:00:00+01:00" with seconds, an offset and at most nine decimals. The
// error is a [*Refusal] with code [BadDate], [DateWithoutDay] or [OutOfRange].
func ParseMoment(s string) (Moment, error) {
	m, code := parseMoment(s)
	if code != "" {
		return Moment{}, refuse(code, "", s)
	}
	return m, nil
}

// IsZero reports whether m is none.
func (m Moment) IsZero() bool { return !m.isSet }

// Timed reports whether m is an instant.
func (m Moment) Timed() bool { return !m.at.IsZero() }

// String returns m as R4 writes it, "" for the zero Moment.
func (m Moment) String() string {
	switch {
	case m.IsZero():
		return ""
	case m.Timed():
		return m.at.Format(time.RFC3339Nano)
	default:
		return civil.Format(m.day)
	}
}

// MarshalText returns the text of m.
func (m Moment) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what [ParseMoment] reads, or "" as the zero Moment. On an error
// m is unchanged.
func (m *Moment) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*m = Moment{}
		return nil
	}
	return unmarshal(m, text, ParseMoment)
}

// in returns m as the clocks of a zone show it; without a zone, as it is.
func (m Moment) in(zone *time.Location) Moment {
	if zone == nil || !m.Timed() {
		return m
	}
	return At(m.at.In(zone))
}

// clock returns the time since the midnight that the clocks showed last.
func (m Moment) clock() time.Duration {
	hour, minute, second := m.at.Clock()
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second + time.Duration(m.at.Nanosecond())
}

// before reports whether m is before n: by their days unless both are instants.
func (m Moment) before(n Moment) bool {
	if m.Timed() && n.Timed() {
		return m.at.Before(n.at)
	}
	return m.day < n.day
}

// parseMoment returns a day or an instant, or the code of what is wrong with it.
func parseMoment(s string) (Moment, Code) {
	// A year, or a year and a month, with a day that every month has.
	switch {
	case len(s) == len("2006"):
		return Moment{}, partial(s + "-01-01")
	case len(s) == len("2006-01"):
		return Moment{}, partial(s + "-01")
	}
	day, clock, timed := strings.Cut(s, "T")
	d, _, err := civil.Parse(day)
	switch {
	case err == civil.ErrYear:
		return Moment{}, OutOfRange
	case err != nil:
		return Moment{}, BadDate
	case !timed:
		return OnDay(d), ""
	}
	since, nanoseconds, offset, ok := parseClock(clock)
	if !ok {
		return Moment{}, BadDate
	}
	year, month, dayOfMonth := d.Date()
	location := time.UTC
	if offset != 0 {
		location = time.FixedZone("", offset)
	}
	return Moment{day: d, at: time.Date(year, month, dayOfMonth, 0, 0, since, nanoseconds, location), isSet: true}, ""
}

// partial returns the code of a date that was completed with the first day.
func partial(completed string) Code {
	switch _, _, err := civil.Parse(completed); err {
	case nil:
		return DateWithoutDay
	case civil.ErrYear:
		return OutOfRange
	default:
		return BadDate
	}
}

// parseClock reads hh:mm:ss[.fraction] and Z or an offset of at most 14 hours: the
// seconds of the day, the nanoseconds, and the offset in seconds.
func parseClock(s string) (since, nanoseconds, offset int, ok bool) {
	const clock = len("15:04:05")
	if len(s) <= clock {
		return 0, 0, 0, false
	}
	since, ok = parseTimeOfDay(s[:clock])
	rest := s[clock:]
	if ok && rest[0] == '.' {
		digits := len(rest) - 1 - len(strings.TrimLeft(rest[1:], "0123456789"))
		if digits < 1 || digits > 9 {
			return 0, 0, 0, false
		}
		for i := 1; i <= 9; i++ {
			nanoseconds *= 10
			if i <= digits {
				nanoseconds += int(rest[i] - '0')
			}
		}
		rest = rest[1+digits:]
	}
	if !ok || rest == "Z" {
		return since, nanoseconds, 0, ok
	}
	const most = 14 * 60 * 60
	if len(rest) != len("+01:00") || rest[0] != '+' && rest[0] != '-' {
		return 0, 0, 0, false
	}
	offset, ok = parseTimeOfDay(rest[1:] + ":00")
	if rest[0] == '-' {
		offset = -offset
	}
	return since, nanoseconds, offset, ok && -most <= offset && offset <= most
}

// parseTimeOfDay reads hh:mm:ss, from 00:00:00 to 23:59:59, as seconds of the day.
func parseTimeOfDay(s string) (seconds int, ok bool) {
	if len(s) != len("15:04:05") || s[2] != ':' || s[5] != ':' {
		return 0, false
	}
	var parts [3]int
	for i, most := range [3]int{23, 59, 59} {
		tens, ones := s[3*i]-'0', s[3*i+1]-'0'
		parts[i] = int(tens)*10 + int(ones)
		if tens > 9 || ones > 9 || parts[i] > most {
			return 0, false
		}
	}
	return parts[0]*3600 + parts[1]*60 + parts[2], true
}
