package schedule

import (
	"slices"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
)

// A ClinicSpec describes when a clinic is open; [NewClinic] makes a [Clinic] of
// it. Extra wins over Closed, and Closed over Weekly.
type ClinicSpec struct {
	// Zone is the clinic's IANA time zone. It is required and has a name:
	// time.Local is refused, since it differs from machine to machine.
	Zone *time.Location
	// Weekly are the hours of each weekday; a weekday without any is closed.
	Weekly map[time.Weekday][]Hours
	// Closed are days on which the clinic is closed, each date once.
	Closed []Closure
	// Extra are days on which it is open whatever Weekly and Closed say, each
	// date once.
	Extra []ExtraDay
}

// A Closure is a day on which a clinic is closed.
type Closure struct {
	Date date.Date
	// Reason is shown to people: "Christmas Day". It may be empty.
	Reason string
}

// An ExtraDay is a day on which a clinic has hours of its own.
type ExtraDay struct {
	Date  date.Date
	Hours []Hours
}

// OpenOn returns weekly hours that are the same on each of the given days.
func OpenOn(hours Hours, days ...time.Weekday) map[time.Weekday][]Hours {
	weekly := make(map[time.Weekday][]Hours, len(days))
	for _, d := range days {
		weekly[d] = []Hours{hours}
	}
	return weekly
}

// A Clinic is a clinic's zone and opening hours. It is immutable, safe to share,
// and satisfies [Opening]. Only [NewClinic] makes one.
type Clinic struct {
	zone   *time.Location
	weekly [7][]Hours
	shut   [7]string // the reason on weekdays without hours
	closed map[date.Date]string
	extra  map[date.Date][]Hours
}

// NewClinic checks and copies the description. It returns an error that joins a
// [*RequestError] for each problem: a zone that is missing or has no name,
// hours that overlap or close before they open, a weekday that is none, a date
// outside the years 1900 to 2200 or given twice.
func NewClinic(spec ClinicSpec) (*Clinic, error) {
	var errs requestErrors
	c := &Clinic{zone: spec.Zone, closed: map[date.Date]string{}, extra: map[date.Date][]Hours{}}
	errs.zone("Zone", spec.Zone)
	for day, hours := range spec.Weekly {
		if day < time.Sunday || day > time.Saturday {
			errs.add("Weekly", strconv.Itoa(int(day)), "want a weekday")
			continue
		}
		if err := checkHours(hours); err != nil {
			errs.add("Weekly "+day.String(), err.Value, err.Want)
		}
		c.weekly[day] = slices.Clone(hours)
	}
	for day := range c.shut {
		c.shut[day] = "not open on " + time.Weekday(day).String() + "s"
	}
	for _, closure := range spec.Closed {
		errs.date("Closed", closure.Date)
		if _, twice := c.closed[closure.Date]; twice {
			errs.add("Closed", civil.Format(closure.Date), "want every date once")
		}
		c.closed[closure.Date] = closure.Reason
	}
	for _, extra := range spec.Extra {
		errs.date("Extra", extra.Date)
		if _, twice := c.extra[extra.Date]; twice {
			errs.add("Extra", civil.Format(extra.Date), "want every date once")
		}
		if len(extra.Hours) == 0 {
			errs.add("Extra", civil.Format(extra.Date), "want the hours of the extra day")
		}
		if err := checkHours(extra.Hours); err != nil {
			errs.add("Extra "+civil.Format(extra.Date), err.Value, err.Want)
		}
		c.extra[extra.Date] = slices.Clone(extra.Hours)
	}
	if err := errs.err(); err != nil {
		return nil, err
	}
	return c, nil
}

// Zone returns the clinic's time zone.
func (c *Clinic) Zone() *time.Location { return c.zone }

// Open returns the hours of a day, or none and the reason.
func (c *Clinic) Open(d date.Date) (hours []Hours, reason string) {
	hours, reason = c.open(d)
	return slices.Clone(hours), reason
}

// open is Open without the copy.
func (c *Clinic) open(d date.Date) ([]Hours, string) {
	if hours, ok := c.extra[d]; ok {
		return hours, ""
	}
	if reason, ok := c.closed[d]; ok {
		return nil, reason
	}
	weekday := d.Weekday()
	if hours := c.weekly[weekday]; len(hours) > 0 {
		return hours, ""
	}
	return nil, c.shut[weekday]
}
