package oracle

import "time"

const secondsPerDay = 24 * 60 * 60

// Day returns the number of days from 1970-01-01 to a date.
func Day(year int, month time.Month, day int) int {
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// Date returns midnight UTC of a day number.
func Date(day int) time.Time {
	return time.Unix(int64(day)*secondsPerDay, 0).UTC()
}

// addMonths moves a day by whole months and clamps it to the end of the month.
func addMonths(day, months int) int {
	from := Date(day)
	first := time.Date(from.Year(), from.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	lastDayOfMonth := time.Date(first.Year(), first.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return Day(first.Year(), first.Month(), min(from.Day(), lastDayOfMonth))
}

// Interval is a number of days ("d"), weeks ("w") or calendar months ("mo").
type Interval struct {
	Number int
	Unit   string
}

// days is the length used for comparisons; a month counts 30 days.
func (i Interval) days() int {
	switch i.Unit {
	case "d":
		return i.Number
	case "w":
		return 7 * i.Number
	default:
		return 30 * i.Number
	}
}

// after returns the day that lies the given number of intervals after a day.
func (i Interval) after(day, times int) int {
	if i.Unit == "mo" {
		return addMonths(day, times*i.Number)
	}
	return day + times*i.days()
}
