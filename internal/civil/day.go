package civil

import (
	"time"

	"github.com/rickb777/date/v2"
)

// The first and last day that the module accepts or produces, and the day of
// Unix second 0, counted like every date.Date from 1 January of year 1.
const (
	first date.Date = 693595
	last  date.Date = 803532
	epoch date.Date = 719162
)

// MinYear and MaxYear bound every date that is read or planned.
const (
	MinYear = 1900
	MaxYear = 2200
)

// MinutesPerDay is the minute number of the midnight that ends a day.
const MinutesPerDay = 24 * 60

// InRange reports whether d lies in the years [MinYear] to [MaxYear].
func InRange(d date.Date) bool { return first <= d && d <= last }

// FirstSunday returns the first Sunday that is in range: it begins on a Monday.
func FirstSunday() date.Date { return first + 6 }

// AddDays returns the date n days after d.
func AddDays(d date.Date, n int) date.Date { return d + date.Date(n) }

// Days returns the number of days from a to b: negative when b is before a.
func Days(a, b date.Date) int { return int(b - a) }

// Day returns d as a compact day number, for records held by the thousand.
// Every date that is [InRange] fits.
func Day(d date.Date) int32 { return int32(d) }

// Date is the inverse of [Day].
func Date(day int32) date.Date { return date.Date(day) }

// yearMonthDay returns what [date.Date.Date] does, of a date that is [InRange], without the
// time of day by whose way that goes: files and calendars write dates by the hundred.
//
// Years are counted from 1 March, so that a leap day is the last of its year, and the
// quotients are whole numbers scaled to a power of 2: C. Neri and L. Schneider, "Euclidean
// affine functions and their application to calendar algorithms", Software: Practice and
// Experience 53 (2023), which proves them exact far beyond the range.
func yearMonthDay(d date.Date) (year, month, day int) {
	const daysBefore = 306 // from 1 March of year 0 to 1 January of year 1
	n := 4*uint32(d+daysBefore) + 3
	century := n / 146097
	scaled := 2939745 * uint64(n%146097|3)
	ofYear := uint32(scaled) / 2939745 / 4 // days since 1 March
	year = int(100*century + uint32(scaled>>32))
	month, day = int((2141*ofYear+197913)>>16), int((2141*ofYear+197913)&0xffff/2141)+1
	if ofYear >= 306 { // January and February
		return year + 1, month - 12, day
	}
	return year, month, day
}

// AddMonths returns the date n calendar months after d, on the same day of the
// month or, where that month is shorter, on its last day: 31 January plus one
// month is 28 or 29 February. Neither day may be before year 1.
func AddMonths(d date.Date, n int) date.Date {
	year, month, day := d.Date()
	months := year*12 + int(month) - 1 + n
	year, month = months/12, time.Month(months%12+1)
	return date.New(year, month, min(day, daysIn(year, month)))
}

func daysIn(year int, month time.Month) int {
	switch month {
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case time.April, time.June, time.September, time.November:
		return 30
	default:
		return 31
	}
}

// Unix returns the Unix seconds at which a day begins in UTC.
func Unix(d date.Date) int64 { return int64(d-epoch) * secondsPerDay }
