package clinic

import (
	"slices"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
)

// A Spec describes when a clinic is open; [New] makes a [Clinic] of
// it. For any one day the first of these that says something counts: Extra,
// then Closed and Yearly, then Seasons, then Weekly; Half shortens what Seasons
// and Weekly say. A date that the zone skipped, such as 2011-12-30 in Apia, does
// not exist and is never open.
type Spec struct {
	// Zone is the clinic's IANA time zone. It is required and has a name:
	// time.Local is refused, since it differs from machine to machine.
	Zone *time.Location
	// Weekly are the hours of each weekday; a weekday without any is closed.
	Weekly map[time.Weekday][]Hours
	// Seasons are stretches of dates with weekly hours of their own, such as
	// summer hours. They do not overlap.
	Seasons []Season
	// Half are days on which the clinic is open for less than it otherwise would
	// be, each date once: in their hours where the day has them too. They open no
	// day that is closed.
	Half []SpecialDay
	// Closed are days, or stretches of days, on which the clinic is closed. No
	// two begin on the same day.
	Closed []Closure
	// Yearly are days on which it is closed every year.
	Yearly []YearlyClosure
	// Extra are days on which it is open whatever all else says, each date
	// once.
	Extra []SpecialDay
}

// A Season is a stretch of dates, both included, with weekly hours of its own.
type Season struct {
	From, To date.Date
	Weekly   map[time.Weekday][]Hours
}

// A SpecialDay is a day on which a clinic has hours of its own.
type SpecialDay struct {
	Date  date.Date
	Hours []Hours
}

// A Closure is a day, or a stretch of days, on which a clinic is closed.
type Closure struct {
	Date date.Date
	// To is the last day of a stretch, zero for a single day.
	To date.Date
	// Reason is shown to people: "Christmas Day". It may be empty.
	Reason string
}

// A YearlyClosure is a day on which a clinic is closed every year: a day of a
// month, or the nth of a weekday in a month.
type YearlyClosure struct {
	Month time.Month
	// Day is the day of the month, 1 to 31, or 0 for a rule by weekday. A day
	// that a month lacks, such as 29 February, is skipped in that year.
	Day int
	// Weekday and Nth are a rule by weekday: Nth is 1 to 5, or -1 for the last
	// one of the month.
	Weekday time.Weekday
	Nth     int
	// Reason is shown to people. It may be empty.
	Reason string
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
// and satisfies [Opening]. Only [New] makes one.
type Clinic struct {
	zone    *time.Location
	weekly  week
	seasons []season // in order
	closed  civil.Stretches
	yearly  []YearlyClosure
	half    map[date.Date][]Hours
	extra   map[date.Date][]Hours
}

// A week has the hours of each weekday.
type week [7][]Hours

type season struct {
	from, to date.Date
	weekly   week
}

// New checks and copies the description. It returns an error that joins a
// [*Error] for each problem: a zone that is missing or has no name,
// hours that overlap or close before they open, a weekday or a yearly rule that
// is none, a date outside the years 1900 to 2200 or given twice, stretches that
// end before they begin, seasons that overlap.
func New(spec Spec) (*Clinic, error) {
	var errs errorList
	if found, want := civil.CheckZone(spec.Zone); want != "" {
		errs.add("Zone", found, want)
	}
	c := &Clinic{
		zone:   spec.Zone,
		weekly: errs.week("Weekly", spec.Weekly),
		half:   errs.special("Half", spec.Half),
		yearly: slices.Clone(spec.Yearly),
		extra:  errs.special("Extra", spec.Extra),
	}
	for _, s := range spec.Seasons {
		errs.stretch("Seasons", s.From, s.To)
		c.seasons = append(c.seasons, season{s.From, s.To, errs.week("Seasons "+civil.Format(s.From), s.Weekly)})
	}
	slices.SortFunc(c.seasons, func(a, b season) int { return int(a.from - b.from) })
	for i := 1; i < len(c.seasons); i++ {
		if c.seasons[i].from <= c.seasons[i-1].to {
			errs.add("Seasons", civil.Format(c.seasons[i].from), "want seasons that do not overlap")
		}
	}
	var closed []civil.Stretch
	begun := make(map[date.Date]bool, len(spec.Closed))
	for _, x := range spec.Closed {
		if x.To == 0 {
			x.To = x.Date
		}
		errs.stretch("Closed", x.Date, x.To)
		if begun[x.Date] {
			errs.add("Closed", civil.Format(x.Date), "want every date once")
		}
		begun[x.Date] = true
		closed = append(closed, civil.Stretch{From: x.Date, To: x.To, Reason: x.Reason})
	}
	for _, y := range c.yearly {
		errs.yearly(y)
	}
	errs.exist("Half", spec.Zone, spec.Half)
	errs.exist("Extra", spec.Zone, spec.Extra)
	if err := errs.err(); err != nil {
		return nil, err
	}
	c.closed = civil.Apart(closed)
	return c, nil
}

func (l *errorList) week(field string, weekly map[time.Weekday][]Hours) (w week) {
	for d := range time.Weekday(len(w)) {
		if err := CheckHours(weekly[d]); err != nil {
			l.add(field+" "+d.String(), err.Value, err.Want)
		}
		w[d] = Joined(weekly[d])
	}
	for d := range weekly {
		if d < time.Sunday || d > time.Saturday {
			l.add(field, strconv.Itoa(int(d)), "want a weekday")
		}
	}
	return w
}

func (l *errorList) special(field string, days []SpecialDay) map[date.Date][]Hours {
	byDate := make(map[date.Date][]Hours, len(days))
	for _, day := range days {
		l.date(field, day.Date)
		if _, twice := byDate[day.Date]; twice {
			l.add(field, civil.Format(day.Date), "want every date once")
		}
		if len(day.Hours) == 0 {
			l.add(field, civil.Format(day.Date), "want the hours of the day")
		}
		if err := CheckHours(day.Hours); err != nil {
			l.add(field+" "+civil.Format(day.Date), err.Value, err.Want)
		}
		byDate[day.Date] = Joined(day.Hours)
	}
	return byDate
}

// exist refuses hours for dates that the zone skipped.
func (l *errorList) exist(field string, location *time.Location, days []SpecialDay) {
	if location == nil {
		return
	}
	zone := civil.ZoneOf(location)
	for _, day := range days {
		if civil.InRange(day.Date) && zone.Skips(day.Date) {
			l.add(field, civil.Format(day.Date), "want a day that exists in "+zone.Name())
		}
	}
}

func (l *errorList) stretch(field string, from, to date.Date) {
	l.date(field, from)
	if to != from {
		l.date(field, to)
	}
	if to < from {
		l.add(field, civil.Format(to), "want a last day that is not before the first, "+civil.Format(from))
	}
}

func (l *errorList) yearly(y YearlyClosure) {
	byDay := y.Day >= 1 && y.Nth == 0
	byWeekday := y.Day == 0 && (y.Nth == -1 || y.Nth >= 1 && y.Nth <= 5) && y.Weekday >= time.Sunday && y.Weekday <= time.Saturday
	switch {
	case y.Month < time.January || y.Month > time.December:
		l.add("Yearly", strconv.Itoa(int(y.Month)), "want a month from 1 to 12")
	case !byDay && !byWeekday:
		l.add("Yearly", y.Month.String(), "want a day of the month, or a weekday and which of the month: 1 to 5, or -1 for the last")
	case byDay && y.Day > daysOf(y.Month):
		l.add("Yearly", strconv.Itoa(y.Day), "want a day that "+y.Month.String()+" can have")
	}
}

// daysOf returns the most days that a month can have.
func daysOf(m time.Month) int {
	const leapYear = 2000
	return date.New(leapYear, m+1, 0).Day()
}

// on reports whether the rule falls on a date.
func (y YearlyClosure) on(d date.Date) bool {
	_, month, day := d.Date()
	switch {
	case month != y.Month:
		return false
	case y.Nth == 0:
		return day == y.Day
	case d.Weekday() != y.Weekday:
		return false
	case y.Nth > 0:
		return (day-1)/7+1 == y.Nth
	default:
		_, next, _ := civil.AddDays(d, 7).Date()
		return next != month
	}
}

// Zone returns the clinic's time zone.
func (c *Clinic) Zone() *time.Location { return c.zone }

// Open returns the hours of a day, or none and the reason. Stretches that touch are
// one.
func (c *Clinic) Open(d date.Date) (hours []Hours, reason string) {
	if zone := civil.ZoneOf(c.zone); zone.Skips(d) {
		return nil, noSuchDay(&zone)
	}
	hours, reason = c.open(d)
	return slices.Clone(hours), reason
}

// noSuchDay is the reason on a date that a zone skipped.
func noSuchDay(zone *civil.Zone) string { return "a day that does not exist in " + zone.Name() }

// open is Open without the copy, of a date that exists.
func (c *Clinic) open(d date.Date) ([]Hours, string) {
	if hours, ok := c.extra[d]; ok {
		return hours, ""
	}
	if closure, ok := c.closure(d); ok {
		return nil, closure
	}
	weekly := &c.weekly
	for i := range c.seasons {
		if s := &c.seasons[i]; s.from <= d && d <= s.to {
			weekly = &s.weekly
		}
	}
	hours := weekly[d.Weekday()]
	if len(hours) == 0 {
		return nil, shutOn(d.Weekday())
	}
	if half, ok := c.half[d]; ok {
		if hours = within(half, hours); len(hours) == 0 {
			return nil, "a half day without any of the day's hours"
		}
	}
	return hours, ""
}

// closure returns the reason of a closure that holds on a date.
func (c *Clinic) closure(d date.Date) (reason string, closed bool) {
	if reason, closed = c.closed.On(d); closed {
		return reason, true
	}
	for _, y := range c.yearly {
		if y.on(d) {
			return y.Reason, true
		}
	}
	return "", false
}

// shutOn returns the reason on a weekday without hours.
func shutOn(d time.Weekday) string {
	return [...]string{
		"not open on Sundays", "not open on Mondays", "not open on Tuesdays", "not open on Wednesdays",
		"not open on Thursdays", "not open on Fridays", "not open on Saturdays",
	}[d]
}
