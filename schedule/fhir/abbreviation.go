package fhir

import (
	"slices"
	"strings"
)

// An often is how often something takes place: n times in so many days, months or
// seconds. It is comparable, so that a code and data can be.
type often struct {
	n                     int
	days, months, seconds int
}

// An abbreviation is what a code of AbbreviationSystem says.
type abbreviation struct {
	code  string
	often often
	// institution reports that the clock times are the institution's.
	institution bool
}

// abbreviationOf returns what a code says; ok is false for one that is not known.
func abbreviationOf(code string) (a abbreviation, ok bool) {
	a.code = code
	switch code {
	case "QD", "AM", "PM", "BED":
		a.often = often{n: 1, days: 1}
	case "QOD":
		a.often = often{n: 1, days: 2}
	case "WK":
		a.often = often{n: 1, days: 7}
	case "MO":
		a.often = often{n: 1, months: 1}
	case "BID", "TID", "QID":
		a.often = often{n: 2 + strings.Index("BTQ", code[:1]), days: 1}
	case "Q1H", "Q2H", "Q3H", "Q4H", "Q6H", "Q8H":
		a.often = often{n: 1, seconds: 3600 * int(code[1]-'0')}
		a.institution = true
	default:
		return a, false
	}
	return a, true
}

// readCode returns what the code of a Timing says, if it is known. Codes that are not
// known are left aside where there are data.
func (t *Timing) readCode() (a abbreviation, known bool, err error) {
	const path = "code"
	if t.Code == nil {
		return a, false, nil
	}
	value := t.Code.Text
	for _, coding := range t.Code.Coding {
		value = coding.Code
		if coding.System != AbbreviationSystem {
			continue
		}
		if coding.Code == "JB" || coding.Code == "JE" || strings.HasPrefix(coding.Code, "JH") {
			return a, false, refuse(HolidayCalendar, path, coding.Code)
		}
		other, ok := abbreviationOf(coding.Code)
		if ok && known && other != a {
			return a, false, refuse(CodeConflict, path, a.code+" and "+other.code)
		}
		if ok {
			a, known = other, true
		}
	}
	switch {
	case !known && (t.Repeat == nil || !t.Repeat.hasData()):
		return a, false, refuse(UnknownCode, path, value)
	case known && t.Repeat != nil && !t.Repeat.agrees(a):
		return a, false, refuse(CodeConflict, path, a.code)
	}
	return a, known, nil
}

// hasData reports whether a rule says anything about how often, or on which days or
// at which times.
func (r *Repeat) hasData() bool {
	return r.Frequency > 0 || r.Period != Decimal{} || len(r.Extension)+len(r.DayOfWeek)+len(r.TimeOfDay)+len(r.When) > 0 || r.Count == 1
}

// agrees reports whether a rule says what a code does. What it leaves out, the code
// says.
func (r *Repeat) agrees(a abbreviation) bool {
	rate, stated := r.often()
	if stated && rate != a.often {
		return false
	}
	if !stated && r.Frequency > 0 && r.Frequency != a.often.n {
		return false
	}
	// The part of the day that the code names.
	part, noon := "", 12*3600
	switch a.code {
	case "AM":
		part = "MORN MORN.early MORN.late WAKE CM ACM PCM"
	case "PM":
		part = "AFT AFT.early AFT.late"
	case "BED":
		part = "HS"
	default:
		return true
	}
	for _, when := range r.When {
		if !slices.Contains(strings.Fields(part), when) {
			return false
		}
	}
	for _, clock := range r.TimeOfDay {
		if since, _ := parseTimeOfDay(clock); a.code == "AM" && since >= noon || a.code == "PM" && since < noon {
			return false
		}
	}
	return true
}

// often returns how often a rule says that something takes place; stated is false
// where it does not say, or in no way that a code does.
func (r *Repeat) often() (o often, stated bool) {
	times := max(1, len(r.TimeOfDay))
	frequency := max(1, r.Frequency)
	period, _ := r.period()
	days, months, whole := 0, 0, false
	if period != nil {
		days, months, whole = period.whole()
	}
	switch {
	case len(r.Extension) > 0 && (period == nil || days == 1):
		return often{n: len(r.Extension) * times, months: 1}, true
	case len(r.DayOfWeek) > 0 && (period == nil || days == 1):
		return often{n: len(r.DayOfWeek) * times, days: 7}, true
	case period == nil && len(r.TimeOfDay) > 0:
		return often{n: times, days: 1}, true
	case period == nil:
		return often{}, false
	case whole:
		return often{n: frequency, days: days, months: months}, true
	}
	seconds, _ := period.seconds()
	return often{n: frequency, seconds: int(seconds)}, true
}

// period returns the length of the period of a rule, nil without one, and its text.
func (r *Repeat) period() (*length, string) {
	if (r.Period == Decimal{}) {
		return nil, ""
	}
	l, _ := newLength(r.Period, r.PeriodUnit)
	return &l, r.Period.String() + " " + r.PeriodUnit
}

// state writes into a rule what a code says and the rule does not.
func (r *Repeat) state(a abbreviation) {
	if _, stated := r.often(); stated {
		return
	}
	r.Frequency = a.often.n
	n, unit := a.often.days, "d"
	switch {
	case a.often.months > 0:
		n, unit = a.often.months, "mo"
	case a.often.seconds > 0:
		n, unit = a.often.seconds/3600, "h"
	}
	r.Period, r.PeriodUnit = DecimalOf(n), unit
}
