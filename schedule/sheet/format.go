package sheet

import (
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule/clinic"
)

// fill puts values into the places of a pattern: a place and its value, and so
// on. What stands in a value is never taken for a place.
func fill(pattern string, values ...string) string {
	var room [96]byte
	text := room[:0]
next:
	for i := 0; i < len(pattern); {
		if pattern[i] == '{' {
			for j := 0; j < len(values); j += 2 {
				if strings.HasPrefix(pattern[i:], values[j]) {
					text = append(text, values[j+1]...)
					i += len(values[j])
					continue next
				}
			}
		}
		text = append(text, pattern[i])
		i++
	}
	return string(text)
}

func (l *Locale) date(pattern string, d date.Date, weekdays *[7]string, months *[12]string) string {
	year, month, day := d.Date()
	var room [96]byte
	text := room[:0]
	for i := 0; i < len(pattern); {
		switch rest := pattern[i:]; {
		case strings.HasPrefix(rest, "{weekday}"):
			text, i = append(text, weekdays[d.Weekday()]...), i+len("{weekday}")
		case strings.HasPrefix(rest, "{day}"):
			text, i = strconv.AppendInt(text, int64(day), 10), i+len("{day}")
		case strings.HasPrefix(rest, "{month}"):
			text, i = append(text, months[month-1]...), i+len("{month}")
		case strings.HasPrefix(rest, "{year}"):
			text, i = strconv.AppendInt(text, int64(year), 10), i+len("{year}")
		default:
			text, i = append(text, pattern[i]), i+1
		}
	}
	return string(text)
}

func (l *Locale) longDate(d date.Date) string {
	return l.date(l.LongDate, d, &l.Weekdays, &l.Months)
}

func (l *Locale) shortDate(d date.Date) string {
	return l.date(l.Date, d, &l.WeekdaysShort, &l.MonthsShort)
}

func (l *Locale) dayMonth(d date.Date) string {
	return l.date(l.DayMonth, d, &l.WeekdaysShort, &l.MonthsShort)
}

func (l *Locale) month(d date.Date) string {
	return l.date(l.Month, d, &l.Weekdays, &l.Months)
}

// clock writes a time; "" where none is known.
func (l *Locale) clock(t clinic.TimeOfDay) string {
	if t.IsZero() {
		return ""
	}
	hour, half := t.Minutes()/60, ""
	if l.Clock12 {
		half = l.AM
		if hour%24 >= 12 {
			half = l.PM
		}
		hour = (hour+11)%12 + 1
	}
	return fill(l.TimePattern, "{hour}", padded(hour, l.PadHour), "{minute}", padded(t.Minutes()%60, true), "{half}", half)
}

func padded(n int, pad bool) string {
	if pad && n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// clocks writes a stretch of time, which may end on the next day, or the one end of
// it that is known. Spaces do
// not break: a time stays on one line.
func (l *Locale) clocks(from, to clinic.TimeOfDay, nextDay bool) string {
	begin, end := unbroken(l.clock(from)), unbroken(l.clock(to))
	if begin == "" || end == "" || begin == end {
		return begin
	}
	if nextDay {
		end = unbroken(fill(l.Words.NextDay, "{time}", end))
	}
	return begin + " – " + end
}

// unbroken keeps a short text on one line.
func unbroken(s string) string { return strings.ReplaceAll(s, " ", "\u00A0") }

// duration writes whole hours and minutes.
func (l *Locale) duration(d time.Duration) string {
	hours, minutes := int(d/time.Hour), int(d%time.Hour/time.Minute)
	var parts []string
	if hours > 0 {
		parts = append(parts, fill(l.Words.Hours, "{n}", strconv.Itoa(hours)))
	}
	if minutes > 0 || hours == 0 {
		parts = append(parts, fill(l.Words.Minutes, "{n}", strconv.Itoa(minutes)))
	}
	return unbroken(strings.Join(parts, " "))
}

// window writes the days from one to another; "" where they are not known.
func (l *Locale) window(from, to date.Date) string {
	switch {
	case from == 0 || to == 0:
		return ""
	case from == to:
		return unbroken(l.dayMonth(from))
	}
	return unbroken(l.dayMonth(from)) + " – " + unbroken(l.dayMonth(to))
}

// ranges writes increasing numbers, stretches of them as "3–7".
func (l *Locale) ranges(numbers []int) string {
	var parts []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		text := strconv.Itoa(numbers[i])
		switch {
		case j == i+1:
			text += l.Comma + strconv.Itoa(numbers[j])
		case j > i:
			text += "–" + strconv.Itoa(numbers[j])
		}
		parts = append(parts, text)
		i = j + 1
	}
	return strings.Join(parts, l.Comma)
}

// around returns what stands before and after a place of a pattern.
func around(pattern, place string) (before, after string) {
	before, after, _ = strings.Cut(pattern, place)
	return before, after
}
