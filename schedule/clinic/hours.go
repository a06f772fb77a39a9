package clinic

import (
	"errors"
	"strings"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
)

// A TimeOfDay is a reading of a clinic's clock, to the minute, from 00:00 to
// 24:00, the midnight that ends the day. The zero TimeOfDay means that no time
// is stated; its text is "". TimesOfDay are comparable with ==.
type TimeOfDay struct{ minutePlusOne uint16 }

// NewTimeOfDay returns the time so many minutes, 0 to 1440, after 00:00 on the
// clock, and false where there is none.
func NewTimeOfDay(minutes int) (TimeOfDay, bool) {
	if minutes < 0 || minutes > civil.MinutesPerDay {
		return TimeOfDay{}, false
	}
	return TimeOfDay{uint16(minutes + 1)}, true
}

// ParseTimeOfDay reads HH:MM from 00:00 to 24:00. Anything else is a
// [*ParseError].
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	const want = "want a time from 00:00 to 24:00, written HH:MM"
	if len(s) != len("15:04") || s[2] != ':' {
		return TimeOfDay{}, &ParseError{What: "time of day", Input: document.Cut(s), Want: want}
	}
	for _, i := range []int{0, 1, 3, 4} {
		if s[i] < '0' || s[i] > '9' {
			return TimeOfDay{}, &ParseError{What: "time of day", Input: s, Offset: i, Want: want}
		}
	}
	hour, minute := int(s[0]-'0')*10+int(s[1]-'0'), int(s[3]-'0')*10+int(s[4]-'0')
	t, ok := NewTimeOfDay(hour*60 + minute)
	if !ok || minute > 59 {
		return TimeOfDay{}, &ParseError{What: "time of day", Input: s, Want: want}
	}
	return t, nil
}

// IsZero reports whether no time is stated.
func (t TimeOfDay) IsZero() bool { return t == TimeOfDay{} }

// Minutes returns the minutes on the clock since 00:00, or -1 for the zero
// TimeOfDay.
func (t TimeOfDay) Minutes() int { return int(t.minutePlusOne) - 1 }

// Compare orders times; the zero TimeOfDay comes first.
func (t TimeOfDay) Compare(u TimeOfDay) int { return t.Minutes() - u.Minutes() }

// String returns HH:MM, or "" for the zero TimeOfDay.
func (t TimeOfDay) String() string { return string(t.append(make([]byte, 0, 24))) }

// AppendText appends what [TimeOfDay.String] returns. It never fails.
func (t TimeOfDay) AppendText(b []byte) ([]byte, error) { return t.append(b), nil }

// MarshalText returns what [TimeOfDay.String] returns. It never fails.
func (t TimeOfDay) MarshalText() ([]byte, error) { return t.append(nil), nil }

// UnmarshalText reads what [ParseTimeOfDay] reads, and "" as the zero TimeOfDay.
func (t *TimeOfDay) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*t = TimeOfDay{}
		return nil
	}
	parsed, err := ParseTimeOfDay(string(text))
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}

func (t TimeOfDay) append(b []byte) []byte {
	if t.IsZero() {
		return b
	}
	hour, minute := t.Minutes()/60, t.Minutes()%60
	return append(b, byte('0'+hour/10), byte('0'+hour%10), ':', byte('0'+minute/10), byte('0'+minute%10))
}

// Hours are one stretch during which a clinic is open: from From, inclusive, to
// To, exclusive. Where To is before From, the clinic closes on the next day: the
// hours 20:00-02:00 belong to the day on which they begin. The zero Hours are
// invalid.
type Hours struct{ From, To TimeOfDay }

// ParseHours reads two times of day with a hyphen between them, such as
// "08:00-17:00" or "20:00-02:00". It returns a [*ParseError] if s is anything
// else or ends when it begins.
func ParseHours(s string) (Hours, error) {
	from, to, found := strings.Cut(s, "-")
	if !found {
		return Hours{}, &ParseError{What: "hours", Input: document.Cut(s), Want: "want two times with a hyphen between them, such as 08:00-17:00"}
	}
	var h Hours
	var err error
	if h.From, err = ParseTimeOfDay(from); err != nil {
		return Hours{}, inHours(s, 0, err)
	}
	if h.To, err = ParseTimeOfDay(to); err != nil {
		return Hours{}, inHours(s, len(from)+1, err)
	}
	if want, closing := h.problem(); want != "" {
		e := &ParseError{What: "hours", Input: document.Cut(s), Want: want}
		if closing {
			e.Offset = len(from) + 1
		}
		return Hours{}, e
	}
	return h, nil
}

// inHours gives an error about a time in hours, which begins at an offset, the
// whole text.
func inHours(s string, offset int, err error) error {
	e, ok := errors.AsType[*ParseError](err)
	if !ok {
		return err
	}
	return &ParseError{What: "hours", Input: document.Cut(s), Offset: offset + e.Offset, Want: e.Want}
}

// MustHours is like [ParseHours] but panics on an error. It is for constants and
// tests.
func MustHours(s string) Hours {
	h, err := ParseHours(s)
	if err != nil {
		panic(err)
	}
	return h
}

// String returns the hours as [ParseHours] reads them.
func (h Hours) String() string { return h.From.String() + "-" + h.To.String() }

// PastMidnight reports whether the clinic closes on the day after the one on which
// it opens. The midnight between them, 24:00, is not past it.
func (h Hours) PastMidnight() bool { return h.To.Compare(h.From) < 0 }

// problem says what is wrong with hours, "" for nothing, and whether that is in
// the closing time.
func (h Hours) problem() (want string, closing bool) {
	switch {
	case h.From.IsZero() || h.From.Minutes() == civil.MinutesPerDay:
		return "want an opening time before 24:00", false
	case h.To.IsZero() || h.From == h.To:
		return "want a closing time that is not the opening time", true
	case h.To.Minutes() == 0:
		return "want 24:00 for the midnight that ends the day", true
	default:
		return "", false
	}
}

// End returns the minute at which hours end, counted from 00:00 of the day on
// which they begin: more than 1440 past midnight.
func (h Hours) End() int {
	if h.PastMidnight() {
		return h.To.Minutes() + civil.MinutesPerDay
	}
	return h.To.Minutes()
}

// CheckHours returns an error unless hours are those of one day: in order, apart or
// touching, none that ends when or a day after the first begins. Its Field is empty.
func CheckHours(hours []Hours) *Error {
	for i, h := range hours {
		if want, _ := h.problem(); want != "" {
			return &Error{Value: h.String(), Want: want}
		}
		if i > 0 && h.From.Minutes() < hours[i-1].End() {
			return &Error{Value: h.String(), Want: "want hours in order that do not overlap " + hours[i-1].String()}
		}
		if h.PastMidnight() && h.To.Compare(hours[0].From) >= 0 {
			return &Error{Value: h.String(), Want: "want hours that end before those of the day have begun for 24 hours, at " + hours[0].From.String()}
		}
	}
	return nil
}

// Joined returns a copy of hours that pass [CheckHours] in which those that touch,
// such as 08:00-12:00 and 12:00-17:00, are one: a visit may last from one to the
// other.
func Joined(hours []Hours) []Hours {
	var joined []Hours
	for _, h := range hours {
		if last := len(joined) - 1; last >= 0 && joined[last].To == h.From {
			joined[last].To = h.To
		} else {
			joined = append(joined, h)
		}
	}
	return joined
}

// within returns the hours of a day that lie in others too, both in order. Either
// may pass midnight.
func within(hours, others []Hours) []Hours {
	var both []Hours
	for _, h := range hours {
		for _, o := range others {
			from, to := max(h.From.Minutes(), o.From.Minutes()), min(h.End(), o.End())
			if from >= to || from >= civil.MinutesPerDay {
				continue
			}
			if to > civil.MinutesPerDay {
				to -= civil.MinutesPerDay
			}
			begin, _ := NewTimeOfDay(from)
			end, _ := NewTimeOfDay(to)
			both = append(both, Hours{From: begin, To: end})
		}
	}
	return both
}
