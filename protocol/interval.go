package protocol

import "strconv"

// A Unit is a unit of calendar time in a cadence. The zero Unit is invalid.
type Unit uint8

// The units of an [Interval].
const (
	Days Unit = iota + 1
	Weeks
	Months
)

// String returns the unit as cadences write it: "d", "w" or "mo".
func (u Unit) String() string {
	switch u {
	case Days:
		return "d"
	case Weeks:
		return "w"
	case Months:
		return "mo"
	default:
		return "%!Unit(" + strconv.Itoa(int(u)) + ")"
	}
}

// An Interval is a length of calendar time: 1 to 3650 days, weeks or calendar
// months. "2w" and "14d" are different intervals of the same length. The zero
// Interval means that none is stated.
type Interval struct {
	number uint16
	unit   Unit
}

// IsZero reports whether no interval is stated.
func (i Interval) IsZero() bool { return i == Interval{} }

// Number returns how many units the interval has.
func (i Interval) Number() int { return int(i.number) }

// Unit returns the unit of the interval.
func (i Interval) Unit() Unit { return i.unit }

// Days returns the length in days, a month counting 30. It is for comparing
// intervals and for window widths; targets count calendar months.
func (i Interval) Days() int {
	switch i.unit {
	case Weeks:
		return 7 * int(i.number)
	case Months:
		return 30 * int(i.number)
	default:
		return int(i.number)
	}
}

// String returns the canonical text, such as "4w", or "" for the zero Interval.
func (i Interval) String() string { return string(i.append(make([]byte, 0, 24))) }

func (i Interval) append(b []byte) []byte {
	if i.IsZero() {
		return b
	}
	return append(strconv.AppendUint(b, uint64(i.number), 10), i.unit.String()...)
}
