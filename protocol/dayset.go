package protocol

import (
	"iter"
	"math/bits"
	"strings"
	"time"
)

// A DaySet is a set of weekdays. A phase or a request that gives one of n days
// asks for the sessions of every week with n sessions to be on those days. The
// zero DaySet is empty. DaySets are comparable with ==.
type DaySet struct{ days uint8 }

// OnDays returns the set of the given weekdays. Values that are not weekdays
// are left out.
func OnDays(days ...time.Weekday) DaySet {
	var s DaySet
	for _, d := range days {
		if time.Sunday <= d && d <= time.Saturday {
			s.days |= 1 << d
		}
	}
	return s
}

// ParseDaySet reads English abbreviations of weekdays with commas between them,
// such as "Mon,Wed,Fri". It returns an [*Error] if s names no day, a day twice,
// or something else.
func ParseDaySet(s string) (DaySet, error) {
	var set DaySet
	fail := func(offset int, want string) (DaySet, error) {
		return DaySet{}, &Error{
			Place: "weekdays", Offset: offset, Value: kept(s),
			Want: want, Code: CodeValue, Err: ErrNotation,
		}
	}
	for offset := 0; ; {
		name, _, more := strings.Cut(s[offset:], ",")
		day, ok := weekday(name)
		switch {
		case !ok:
			return fail(offset, "want Mon, Tue, Wed, Thu, Fri, Sat or Sun, with commas between them")
		case set.Has(day):
			return fail(offset, "want every day once")
		}
		set.days |= 1 << day
		if !more {
			return set, nil
		}
		offset += len(name) + 1
	}
}

func weekday(name string) (time.Weekday, bool) {
	for d := range time.Weekday(weekdayCount) {
		if d.String()[:3] == name {
			return d, true
		}
	}
	return 0, false
}

// Len returns the number of days in the set.
func (s DaySet) Len() int { return bits.OnesCount8(s.days) }

// Has reports whether d is in the set.
func (s DaySet) Has(d time.Weekday) bool { return d >= 0 && d < weekdayCount && s.days>>d&1 == 1 }

// All returns the days from Monday to Sunday.
func (s DaySet) All() iter.Seq[time.Weekday] {
	return func(yield func(time.Weekday) bool) {
		for i := range weekdayCount {
			if d := time.Weekday((i + 1) % weekdayCount); s.Has(d) && !yield(d) {
				return
			}
		}
	}
}

// String returns the days from Monday to Sunday, such as "Mon,Wed,Fri".
func (s DaySet) String() string { return string(s.append(make([]byte, 0, 48))) }

// AppendText appends what [DaySet.String] returns. It never fails.
func (s DaySet) AppendText(b []byte) ([]byte, error) { return s.append(b), nil }

// MarshalText returns what [DaySet.String] returns. It never fails.
func (s DaySet) MarshalText() ([]byte, error) { return s.append(nil), nil }

// UnmarshalText reads what [ParseDaySet] reads, and "" as the empty set.
func (s *DaySet) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*s = DaySet{}
		return nil
	}
	parsed, err := ParseDaySet(string(text))
	if err != nil {
		return err
	}
	*s = parsed
	return nil
}

func (s DaySet) append(b []byte) []byte {
	start := len(b)
	for d := range s.All() {
		if len(b) > start {
			b = append(b, ',')
		}
		b = append(b, d.String()[:3]...)
	}
	return b
}
