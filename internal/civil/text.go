package civil

import (
	"errors"
	"time"

	"github.com/rickb777/date/v2"
)

// The reasons why a text is not a date.
var (
	ErrForm  = errors.New("want a date written YYYY-MM-DD")
	ErrMonth = errors.New("want a month from 01 to 12")
	ErrDay   = errors.New("want a day that this month has")
	ErrYear  = errors.New("want a year from 1900 to 2200")
)

// Parse reads exactly YYYY-MM-DD: ten ASCII characters, a day that exists, a
// year that is [InRange]. It returns one of [ErrForm], [ErrYear], [ErrMonth]
// and [ErrDay], and the byte offset of what is wrong.
func Parse(s string) (d date.Date, offset int, err error) {
	for i := range len("2006-01-02") {
		if i >= len(s) {
			return 0, i, ErrForm
		}
		if dash := i == 4 || i == 7; dash && s[i] != '-' || !dash && (s[i] < '0' || s[i] > '9') {
			return 0, i, ErrForm
		}
	}
	if len(s) > 10 {
		return 0, 10, ErrForm
	}
	year := int(s[0]-'0')*1000 + int(s[1]-'0')*100 + two(s[2:])
	month, day := two(s[5:]), two(s[8:])
	switch {
	case year < MinYear || year > MaxYear:
		return 0, 0, ErrYear
	case month < 1 || month > 12:
		return 0, 5, ErrMonth
	case day < 1 || day > daysIn(year, time.Month(month)):
		return 0, 8, ErrDay
	}
	return date.New(year, time.Month(month), day), 0, nil
}

func two(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

// AppendDate appends d as YYYY-MM-DD, or with a sign and the digits that it needs where its
// year is before 0 or after 9999.
func AppendDate(b []byte, d date.Date) []byte {
	if !InRange(d) {
		return append(b, d.String()...)
	}
	year, month, day := yearMonthDay(d)
	century, year := year/100, year%100
	return append(b,
		byte('0'+century/10), byte('0'+century%10), byte('0'+year/10), byte('0'+year%10), '-',
		byte('0'+month/10), byte('0'+month%10), '-', byte('0'+day/10), byte('0'+day%10))
}

// Format returns d as [AppendDate] appends it.
func Format(d date.Date) string {
	var buf [10]byte
	return string(AppendDate(buf[:0], d))
}
