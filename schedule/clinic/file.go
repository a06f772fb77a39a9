package clinic

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
)

// FileFormat is the format that clinic files state.
const FileFormat = "regimen-clinic/1"

// A FileProblem is one thing wrong with a file, and where. Its fields are Name,
// Line and Column from 1, Offset in bytes, Pointer (a JSON Pointer to the
// value), Want, Found, Code and Err, the error of the parser that refused the
// value, if any. As an error it reads
//
//	north.json:7:13: /closed/0/to: want a day that this month has, got "2025-02-30" [value]
type FileProblem = document.Problem

// FileProblems are the problems of one file in the order of their positions: its
// methods Kept, at most the first 100 of them, and More, how many others there
// are. [errors.Is] and [errors.As] look through those that are kept.
type FileProblems = document.Problems

// The codes that problems of clinic files have besides those of every file.
const (
	codeNoHours    = "no-hours"       // a day without any
	codeNoSuchDay  = "no-such-day"    // a date that the zone skipped
	codeOverlap    = "overlap"        // hours or seasons that overlap
	codeForm       = "closure-form"   // a single day and a stretch at once
	codeRule       = "yearly-rule"    // a day and a weekday at once
	codeDayOfMonth = "day-of-month"   // a day that its month never has
	codeClinic     = "invalid-clinic" // what only [New] would refuse
)

// Parse reads a clinic file, which has all that a [Spec] has:
//
//	{
//	  "format": "regimen-clinic/1",
//	  "zone": "America/New_York",
//	  "weekly": {
//	    "Mon": ["08:00-12:00", "13:00-17:00"],
//	    "Tue": ["08:00-17:00"]
//	  },
//	  "seasons": [
//	    {"from": "2025-07-01", "to": "2025-08-31", "weekly": {"Mon": ["07:00-13:00"]}}
//	  ],
//	  "half": [{"date": "2025-12-24", "hours": ["08:00-12:00"]}],
//	  "closed": [
//	    {"date": "2025-01-20", "reason": "Martin Luther King Jr. Day"},
//	    {"from": "2025-08-04", "to": "2025-08-15", "reason": "summer break"}
//	  ],
//	  "yearly": [
//	    {"month": 12, "day": 25, "reason": "Christmas Day"},
//	    {"month": 11, "weekday": "Thu", "nth": 4, "reason": "Thanksgiving Day"}
//	  ],
//	  "extra": [{"date": "2025-11-29", "hours": ["09:00-13:00"]}]
//	}
//
// Only format, zone and weekly are required; nth is 1 to 5, or -1 for the last.
// Weekdays without hours are left out.
//
// The zone is what load returns for its name, and must have that name:
// [time.LoadLocation] will do, or a function that knows the zone of one clinic.
// The name is that of the file, used in positions only.
//
// [New] accepts what Parse returns. Everything it would refuse, and
// everything that is not exactly as above, is reported at once: the error is a
// [*FileProblems] with a [*FileProblem] for each.
func Parse(name string, src []byte, load func(name string) (*time.Location, error)) (Spec, error) {
	doc := document.Parse(name, src)
	r := clinicReader{load: load}
	spec := document.Object(doc.Root(), r.clinic)
	if doc.Err() == nil {
		if _, err := New(spec); err != nil {
			doc.Root().RefuseError(&document.Reason{Code: codeClinic, Offset: document.Whole, Err: err})
		}
	}
	if err := doc.Err(); err != nil {
		return Spec{}, err
	}
	return spec, nil
}

type clinicReader struct {
	load func(string) (*time.Location, error)
	at   *civil.Zone // nil where the file has none, or a wrong one
}

func (r *clinicReader) clinic(f *document.Fields) Spec {
	f.Required("format").OneOf(FileFormat)
	return Spec{
		Zone:    document.Parsed(f.Required("zone"), r.zone),
		Weekly:  weeklyIn(f.Required("weekly")),
		Seasons: seasonsIn(f.Optional("seasons")),
		Half:    r.specialIn(f.Optional("half")),
		Closed:  closedIn(f.Optional("closed")),
		Yearly:  document.Objects(f.Optional("yearly"), yearlyIn),
		Extra:   r.specialIn(f.Optional("extra")),
	}
}

// zone returns the location that a name stands for.
func (r *clinicReader) zone(name string) (*time.Location, error) {
	zone, want, err := civil.LoadZone(name, r.load)
	if want != "" {
		return nil, &document.Reason{Code: document.CodeZone, Want: want, Offset: document.Whole, Err: err}
	}
	r.at = civil.NewZone(zone)
	return zone, nil
}

// weeklyIn reads an object with the hours of weekdays.
func weeklyIn(n document.Node) map[time.Weekday][]Hours {
	return document.Object(n, func(f *document.Fields) map[time.Weekday][]Hours {
		weekly := make(map[time.Weekday][]Hours)
		for d := range mondayFirst {
			if hours := hoursIn(f.Optional(dayKey(d))); hours != nil {
				weekly[d] = hours
			}
		}
		return weekly
	})
}

// hoursIn reads the hours of one day.
func hoursIn(n document.Node) []Hours {
	var before []Hours
	hours := document.List(n, func(item document.Node) Hours {
		h := document.Parsed(item, func(s string) (Hours, error) {
			h, err := ParseHours(s)
			return h, inFile(err)
		})
		if h == (Hours{}) {
			return h // a problem already
		}
		if err := CheckHours(append(before, h)); err != nil {
			item.Refuse(codeOverlap, strings.TrimPrefix(err.Want, "want "))
		} else {
			before = append(before, h)
		}
		return h
	})
	if hours == nil && n.Kind() == document.KindList {
		n.Refuse(codeNoHours, "hours such as 08:00-17:00")
	}
	return hours
}

func seasonsIn(n document.Node) []Season {
	type read struct {
		Season
		from document.Node
	}
	var inOrder []read
	seasons := document.Objects(n, func(f *document.Fields) Season {
		from := f.Required("from")
		s := Season{Weekly: weeklyIn(f.Required("weekly"))}
		s.From, s.To = stretchIn(from, f.Required("to"))
		if s.From != 0 && s.To != 0 {
			inOrder = append(inOrder, read{s, from})
		}
		return s
	})
	slices.SortStableFunc(inOrder, func(a, b read) int { return int(a.From - b.From) })
	for i := 1; i < len(inOrder); i++ {
		if before := inOrder[i-1]; inOrder[i].From <= before.To {
			inOrder[i].from.Refuse(codeOverlap, "seasons that do not overlap: one from "+
				civil.Format(before.From)+" to "+civil.Format(before.To)+" is there")
		}
	}
	return seasons
}

// specialIn reads a list of days with hours of their own, each date once.
func (r *clinicReader) specialIn(n document.Node) []SpecialDay {
	seen := make(map[date.Date]bool)
	return document.Objects(n, func(f *document.Fields) SpecialDay {
		on := f.Required("date")
		day := SpecialDay{Date: dateIn(on), Hours: hoursIn(f.Required("hours"))}
		if seen[day.Date] {
			on.Refuse(document.CodeTwice, "every date once")
		}
		seen[day.Date] = day.Date != 0
		if day.Date != 0 && r.at != nil && r.at.Skips(day.Date) {
			on.Refuse(codeNoSuchDay, "a day that exists in "+r.at.Name())
		}
		return day
	})
}

// closedIn reads a list of closures, no two from the same day on.
func closedIn(n document.Node) []Closure {
	seen := make(map[date.Date]bool)
	return document.Objects(n, func(f *document.Fields) Closure {
		c, first := closureIn(f)
		c.Reason = f.Optional("reason").Text()
		if seen[c.Date] {
			first.Refuse(document.CodeTwice, "one closure from this day on")
		}
		seen[c.Date] = c.Date != 0
		return c
	})
}

// closureIn reads the days of a closure, and returns the value with the first.
func closureIn(f *document.Fields) (c Closure, first document.Node) {
	on, from, to := f.Optional("date"), f.Optional("from"), f.Optional("to")
	stretch := from.Exists() || to.Exists()
	switch {
	case on.Exists() && stretch:
		on.Refuse(codeForm, `either a "date", or "from" and "to"`)
		return Closure{}, on
	case on.Exists():
		return Closure{Date: dateIn(on)}, on
	case stretch:
		from, to = f.Required("from"), f.Required("to")
		c.Date, c.To = stretchIn(from, to)
		if c.To == c.Date {
			c.To = 0
		}
		return c, from
	default:
		f.Node().Refuse(document.CodeMissing, `the key "date", or the keys "from" and "to"`)
		return Closure{}, on
	}
}

func yearlyIn(f *document.Fields) YearlyClosure {
	const atMost = 31
	day, weekday, nth := f.Optional("day"), f.Optional("weekday"), f.Optional("nth")
	y := YearlyClosure{Month: time.Month(f.Required("month").Int(1, 12)), Reason: f.Optional("reason").Text()}
	byWeekday := weekday.Exists() || nth.Exists()
	switch {
	case day.Exists() && byWeekday:
		day.Refuse(codeRule, `either a "day", or "weekday" and "nth"`)
	case day.Exists():
		y.Day = day.Int(1, atMost)
		if y.Month != 0 && y.Day > daysOf(y.Month) {
			day.Refuse(codeDayOfMonth, "a day that "+y.Month.String()+" can have")
		}
	case byWeekday:
		y.Weekday = weekdayIn(f.Required("weekday"))
		nth = f.Required("nth")
		if y.Nth = nth.Int(-1, 5); y.Nth == 0 {
			nth.Refuse(document.CodeRange, "1 to 5, or -1 for the last")
		}
	default:
		f.Node().Refuse(document.CodeMissing, `the key "day", or the keys "weekday" and "nth"`)
	}
	return y
}

func weekdayIn(n document.Node) time.Weekday {
	keys := make([]string, 0, 7)
	for d := range mondayFirst {
		keys = append(keys, dayKey(d))
	}
	key := n.OneOf(keys...)
	for d := range mondayFirst {
		if dayKey(d) == key {
			return d
		}
	}
	return 0
}

// stretchIn reads two days, the last not before the first.
func stretchIn(from, to document.Node) (first, last date.Date) {
	first, last = dateIn(from), dateIn(to)
	if first != 0 && last != 0 && last < first {
		to.Refuse(document.CodeOrder, "a last day that is not before the first, "+civil.Format(first))
		return first, 0
	}
	return first, last
}

// dateIn reads a date. It is zero where there is none or a wrong one.
func dateIn(n document.Node) date.Date {
	return document.Parsed(n, func(s string) (date.Date, error) {
		d, offset, err := civil.Parse(s)
		if err != nil {
			return 0, inFile(&ParseError{What: "date", Input: document.Cut(s), Offset: offset, Want: err.Error()})
		}
		return d, nil
	})
}

// mondayFirst yields the weekdays in the order in which files have them.
func mondayFirst(yield func(time.Weekday) bool) {
	for i := range 7 {
		if !yield(time.Weekday((i + 1) % 7)) {
			return
		}
	}
}

// dayKey returns the name that a weekday has in files.
func dayKey(d time.Weekday) string { return d.String()[:3] }

// inFile gives the error of a parser the form of a problem.
func inFile(err error) error {
	if parsing, ok := errors.AsType[*ParseError](err); ok {
		return &document.Reason{Code: document.CodeValue, Want: parsing.Want, Offset: parsing.Offset, Err: err}
	}
	return err
}
