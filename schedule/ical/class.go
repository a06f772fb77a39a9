package ical

import "strconv"

// A Class says how private an event is. The zero Class says nothing.
type Class uint8

// The classes of RFC 5545. What is not said counts as public there; calendars take it
// for whatever the subscriber has set.
const (
	Public Class = iota + 1
	Private
	Confidential
)

const wantClass = "want PUBLIC, PRIVATE or CONFIDENTIAL"

// String returns "PUBLIC", "PRIVATE" or "CONFIDENTIAL", "" for zero.
func (c Class) String() string {
	switch c {
	case 0:
		return ""
	case Public:
		return "PUBLIC"
	case Private:
		return "PRIVATE"
	case Confidential:
		return "CONFIDENTIAL"
	default:
		return "%!Class(" + strconv.Itoa(int(c)) + ")"
	}
}

// ParseClass reads what [Class.String] writes, "" too. Anything else is an
// [*OptionError].
func ParseClass(s string) (Class, error) {
	for c := range Confidential + 1 {
		if c.String() == s {
			return c, nil
		}
	}
	return 0, &OptionError{Field: "Class", Value: s, Want: wantClass}
}

// MarshalText returns what [Class.String] returns. The error is an [*OptionError] for a
// value that is no class.
func (c Class) MarshalText() ([]byte, error) {
	if c > Confidential {
		return nil, &OptionError{Field: "Class", Value: c.String(), Want: wantClass}
	}
	return []byte(c.String()), nil
}

// UnmarshalText reads what [ParseClass] reads. On an error c is unchanged.
func (c *Class) UnmarshalText(text []byte) error {
	read, err := ParseClass(string(text))
	if err == nil {
		*c = read
	}
	return err
}
