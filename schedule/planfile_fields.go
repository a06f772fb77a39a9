package schedule

import (
	"strconv"
	"time"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// What follows are the fields of the rows of a plan's state. Each is given a base: what
// is as there is left out, and what a row leaves out is as there. So a row that says what
// was before says only what was other.

// dayOr is a date by its day number: "" for 0, which is none.
func dayOr(f *objectFields, key string, day *int32, base int32) {
	switch {
	case f.in != nil:
		*day = base
		if node := f.in.Optional(key); node.Exists() {
			*day = 0
			if !node.Says("") {
				*day = civil.Day(dateIn(node))
			}
		}
	case *day == base:
	case *day == 0:
		f.out.b = append(f.key(key), `""`...)
	default:
		f.out.b = append(civil.AppendDate(append(f.key(key), '"'), civil.Date(*day)), '"')
	}
}

// latestMinute is the largest minute of a day that something may end at.
const latestMinute = 1<<15 - 1

// minuteOr is a reading of the clock in minutes from 00:00 of a day: "25:10" is 01:10 on
// the day after, and "" for -1, which is none.
func minuteOr(f *objectFields, key string, minute *int16, base int16) {
	switch {
	case f.in != nil:
		*minute = base
		if node := f.in.Optional(key); node.Exists() {
			*minute = int16(document.Brief(node, parseMinute))
		}
	case *minute == base:
	case *minute < 0:
		f.out.b = append(f.key(key), `""`...)
	default:
		f.out.b = appendMinute(f.key(key), int(*minute))
	}
}

func appendMinute(b []byte, minute int) []byte {
	b = append(b, '"')
	if minute < 10*60 {
		b = append(b, '0')
	}
	b = append(strconv.AppendInt(b, int64(minute/60), 10), ':')
	return append(b, byte('0'+minute%60/10), byte('0'+minute%10), '"')
}

func parseMinute(s string) (int, error) {
	if s == "" {
		return -1, nil
	}
	if at := len(s) - 3; (at == 2 || at == 3) && s[at] == ':' && digits(s[:at]) && digits(s[at+1:]) && s[at+1] < '6' {
		hours, _ := strconv.Atoi(s[:at])
		if minute := hours*60 + int(s[at+1]-'0')*10 + int(s[at+2]-'0'); minute <= latestMinute && (at == 2 || hours > 99) {
			return minute, nil
		}
	}
	return 0, &document.Reason{Code: document.CodeValue, Offset: document.Whole, Want: "a time such as 08:00, counted from 00:00 of the date"}
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// intOr is a whole number from low to high.
func intOr[I ~int8 | ~int16 | ~int32 | ~int | ~uint8 | ~uint16 | ~uint32](f *objectFields, key string, n *I, base I, low, high int) {
	switch {
	case f.in != nil:
		*n = base
		if node := f.in.Optional(key); node.Exists() {
			*n = I(node.Int(low, high))
		}
	default:
		numberOr(f, key, *n, base)
	}
}

// numberOr writes a whole number that is not the base.
func numberOr[I ~int8 | ~int16 | ~int32 | ~int | ~uint8 | ~uint16 | ~uint32](f *objectFields, key string, n, base I) {
	if n != base {
		f.out.b = strconv.AppendInt(f.key(key), int64(n), 10)
	}
}

// flagOr is whether something is so.
func flagOr(f *objectFields, key string, b *bool, base bool) {
	switch {
	case f.in != nil:
		*b = base
		if node := f.in.Optional(key); node.Exists() {
			*b = node.Bool()
		}
	case *b != base:
		f.out.b = strconv.AppendBool(f.key(key), *b)
	}
}

// stateOr is what has become of a session or a visit: "" where nothing has.
func stateOr(f *objectFields, key string, s *State, base State) {
	switch {
	case f.in != nil:
		*s = base
		if node := f.in.Optional(key); node.Exists() {
			*s = document.Brief(node, func(text string) (State, error) {
				if text == "" {
					return 0, nil
				}
				state, err := ParseState(text)
				return state, inFile(err)
			})
		}
	case *s == base:
	case *s == 0:
		f.out.b = append(f.key(key), `""`...)
	default:
		f.out.text(key, s.String())
	}
}

// stepOf is a step by the numbers of its entry and, of a correction, of what it corrects.
func stepOf(f *objectFields, key, item string, at *step) {
	intOr(f, key, &at.entry, 0, 0, maxEntries)
	intOr(f, item, &at.item, 0, 0, maxEntries)
}

// clockOr is a time of day, which may be none.
func (f *objectFields) clockOr(key string, t *clinic.TimeOfDay) {
	minute := int16(t.Minutes())
	minuteOr(f, key, &minute, -1)
	if f.in != nil {
		*t = timeOf(minute)
	}
}

// farDay is a date that may be after the last one that there are dates of: what would be
// asked for then is never planned.
func farDay(f *objectFields, key string, day *int32) {
	if f.in == nil {
		dayOr(f, key, day, 0)
		return
	}
	*day = document.Brief(f.in.Required(key), func(s string) (int32, error) {
		d, err := ParseDate(s)
		if err != nil && len(s) == len("2006-01-02") && s > "2200-12-31" && s < "2300" {
			if t, err := time.Parse(time.DateOnly, s); err == nil {
				return civil.Day(civil.Of(t, time.UTC)), nil
			}
		}
		return civil.Day(d), inFile(err)
	})
}
