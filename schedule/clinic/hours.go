package clinic

import (
	"fmt"
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
func (t TimeOfDay) String() string { return string(t.append(nil)) }

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
// To, exclusive. The zero Hours are invalid.
type Hours struct{ From, To TimeOfDay }

// ParseHours reads two times of day with a hyphen between them, such as
// "08:00-17:00". It returns a [*ParseError] if s is anything else or ends
// before it begins.
func ParseHours(s string) (Hours, error) {
	from, to, found := strings.Cut(s, "-")
	if !found {
		return Hours{}, &ParseError{What: "hours", Input: document.Cut(s), Want: "want two times with a hyphen between them, such as 08:00-17:00"}
	}
	var h Hours
	var err error
	if h.From, err = ParseTimeOfDay(from); err != nil {
		return Hours{}, fmt.Errorf("opening: %w", err)
	}
	if h.To, err = ParseTimeOfDay(to); err != nil {
		return Hours{}, fmt.Errorf("closing: %w", err)
	}
	if !h.valid() {
		return Hours{}, &ParseError{What: "hours", Input: document.Cut(s), Want: "want a closing time after the opening time"}
	}
	return h, nil
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

func (h Hours) valid() bool { return !h.From.IsZero() && h.From.Compare(h.To) < 0 }

// CheckHours returns an error if hours are not in order and apart. Its Field is
// empty.
func CheckHours(hours []Hours) *Error {
	for i, h := range hours {
		switch {
		case !h.valid():
			return &Error{Value: h.String(), Want: "want hours that close after they open"}
		case i > 0 && h.From.Compare(hours[i-1].To) < 0:
			return &Error{Value: h.String(), Want: "want hours in order that do not overlap " + hours[i-1].String()}
		}
	}
	return nil
}
