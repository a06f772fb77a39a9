package civil

import (
	"strings"
	"time"

	"github.com/rickb777/date/v2"
)

// A Resolution says how a wall-clock time became an instant.
type Resolution uint8

// A wall-clock time happens once, or never because clocks jumped over it, or
// twice because clocks were put back.
const (
	Once Resolution = iota
	Gap
	Fold
)

const secondsPerDay = 24 * 60 * 60

// A Zone resolves wall-clock times of one location by RFC 5545 section 3.3.5: a
// time that does not exist takes the offset from before the gap, and one that
// occurs twice is the first. [time.Date] differs from that in some zones.
//
// It remembers the stretch between two clock changes that it last looked up, so
// the days of one season cost no look-up each. A Zone is for one goroutine at a time,
// unless [Zone.Share] was called.
type Zone struct {
	location *time.Location
	stretch
	shared bool
}

// A stretch is the time between two clock changes: wall-clock seconds from,
// inclusive, to until, exclusive, have its offset, and begin and end are the instants
// of the changes.
type stretch struct {
	from, until, begin, end int64
	offset, next            int64
}

// NewZone returns a Zone for location.
func NewZone(location *time.Location) *Zone { return new(ZoneOf(location)) }

// ZoneOf is NewZone for a caller that keeps the Zone where it is, so that it need
// not be allocated.
func ZoneOf(location *time.Location) Zone { return Zone{location: location} }

// Share makes the zone remember what it looked up last for good, so that any number
// of goroutines may read it.
func (z *Zone) Share() {
	if !z.shared { // others may read one that is
		z.shared = true
	}
}

// Own returns a Zone of the same location that is the caller's alone.
func (z *Zone) Own() Zone { return Zone{location: z.location, stretch: z.stretch} }

// Remembering returns the zone or, where it is shared, a copy of it in room: one that
// remembers what it looks up, for several questions about one day.
func (z *Zone) Remembering(room *Zone) *Zone {
	if !z.shared {
		return z
	}
	*room = z.Own()
	return room
}

// Unlimited bounds of a stretch: far outside every date that is InRange.
const always = int64(1) << 40

// Resolve returns the instant, in Unix seconds, of a minute of a day on the
// clocks of the zone. Minute 1440 is the midnight that ends the day.
func (z *Zone) Resolve(d date.Date, minute int) (unix int64, how Resolution) {
	wall := int64(d-epoch)*secondsPerDay + int64(minute)*60
	s := &z.stretch
	if wall < s.from || wall >= s.until {
		found := z.seek(wall)
		if s = &found; !z.shared {
			z.stretch = found
		}
	}
	switch {
	case s.next > s.offset && wall >= s.end+s.offset:
		how = Gap
	case s.next < s.offset && wall >= s.end+s.next:
		how = Fold
	}
	return wall - s.offset, how
}

// Skips reports whether the zone skipped a whole date, as Apia did 2011-12-30 when
// it moved across the date line.
func (z *Zone) Skips(d date.Date) bool {
	const lastMinute = MinutesPerDay - 1
	if _, how := z.Resolve(d, 0); how != Gap {
		return false
	}
	_, how := z.Resolve(d, lastMinute)
	return how == Gap
}

// Name returns the name of the zone's location.
func (z *Zone) Name() string { return z.location.String() }

// seek finds the stretch that the wall-clock second belongs to: a clock change
// takes effect on the wall at the later of the two readings it connects, so
// that readings inside a gap or a fold still belong to the stretch before.
func (z *Zone) seek(wall int64) (s stretch) {
	const furthest = 26 * 60 * 60 // no zone is further from UTC than this
	for t := time.Unix(wall+furthest, 0).In(z.location); ; {
		start, end := t.ZoneBounds()
		_, offset := t.Zone()
		s.offset, s.next = int64(offset), int64(offset)
		s.begin, s.end = -always, always
		s.from, s.until = -always, always
		if !end.IsZero() {
			_, next := end.Zone()
			s.next, s.end = int64(next), end.Unix()
			s.until = s.end + max(s.offset, s.next)
		}
		if start.IsZero() {
			return s
		}
		before := start.Add(-time.Second)
		_, previous := before.Zone()
		s.begin = start.Unix()
		s.from = s.begin + max(s.offset, int64(previous))
		if wall >= s.from {
			return s
		}
		t = before
	}
}

// Read returns the date and minute of the day that the zone's clocks show at an
// instant. Seconds are dropped.
func (z *Zone) Read(unix int64) (date.Date, int) {
	offset := z.offset
	if unix < z.begin || unix >= z.end { // or nothing is remembered, and both are 0
		_, o := time.Unix(unix, 0).In(z.location).Zone()
		offset = int64(o)
	}
	wall := unix + offset
	days := wall / secondsPerDay
	if wall%secondsPerDay < 0 {
		days--
	}
	return epoch + date.Date(days), int((wall - days*secondsPerDay) / 60)
}

// Instant returns a minute of a day as an instant in the zone.
func (z *Zone) Instant(d date.Date, minute int) (time.Time, Resolution) {
	unix, how := z.Resolve(d, minute)
	return time.Unix(unix, 0).In(z.location), how
}

// IsLocal reports whether location is that of the machine, [time.Local]. Its name
// does not tell: where the environment variable TZ is set, it is that of a zone.
func IsLocal(location *time.Location) bool { return location == time.Local }

// CheckZone returns what is wrong with the location of a clinic: what was found,
// "" for none, and what was wanted, "" where nothing is wrong. One without a
// name is refused, since its clocks would differ from machine to machine.
func CheckZone(location *time.Location) (found, want string) {
	switch {
	case location == nil:
		return "", "want the clinic's time zone"
	case IsLocal(location):
		return "Local", wantName
	case location.String() == "Local" || location.String() == "":
		return location.String(), wantName
	default:
		return "", ""
	}
}

// LoadZone returns the location that load has for a name, which must be a plain
// one, and the location's own. Else it returns what was wanted, and the error of
// load, if any.
func LoadZone(name string, load func(string) (*time.Location, error)) (location *time.Location, want string, err error) {
	const longest = 64
	plain := name != "" && name != "Local" && len(name) <= longest && !strings.ContainsFunc(name, func(c rune) bool {
		return (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && !strings.ContainsRune("+-/_", c)
	})
	if !plain {
		return nil, wantName, nil
	}
	if load == nil {
		return nil, "want a function that loads time zones", nil
	}
	location, err = load(name)
	switch {
	case err != nil || location == nil || IsLocal(location):
		return nil, "want a time zone that is known", err
	case location.String() != name:
		return nil, "want the time zone " + location.String(), nil
	}
	return location, "", nil
}

// NamedForOffset reports whether a location has one of the names that stand for an
// offset from UTC rather than for a place, such as EST or Etc/GMT+5: its clocks
// never change. UTC and its other names say what they are.
func NamedForOffset(location *time.Location) bool {
	name := location.String()
	switch name {
	case "EST", "MST", "HST":
		return true
	}
	name = strings.TrimPrefix(name, "Etc/")
	for _, prefix := range []string{"GMT", "UTC"} {
		if offset, ok := strings.CutPrefix(name, prefix); ok && offset != "" {
			return (offset[0] == '+' || offset[0] == '-') && strings.Trim(offset[1:], "0") != ""
		}
	}
	return false
}

const wantName = "want a time zone with an IANA name, such as Europe/London"

// Of returns the date that the clocks of location show at an instant.
func Of(t time.Time, location *time.Location) date.Date {
	year, month, day := t.In(location).Date()
	return date.New(year, month, day)
}
