package scheduletest

import (
	"errors"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// ErrCalendar is what every [*LineError] unwraps to.
var ErrCalendar = errors.New("not a line of a calendar")

// A LineError is a line of a calendar that cannot be read.
type LineError struct {
	// Line is its number, counted from 1.
	Line int
	// Text is the line, cut to a length fit for a message.
	Text string
	// Want says what was wanted.
	Want string
}

// Error returns the number, the line and what was wanted.
func (e *LineError) Error() string {
	return "line " + strconv.Itoa(e.Line) + " " + strconv.Quote(e.Text) + ": " + e.Want
}

// Unwrap returns ErrCalendar.
func (e *LineError) Unwrap() error { return ErrCalendar }

// parseCalendar reads a calendar. The error joins a *LineError for each line that
// cannot be read.
func parseCalendar(s string) ([]line, error) {
	var list []line
	var errs []error
	n := 0
	for raw := range strings.SplitSeq(s, "\n") {
		n++
		words := strings.Fields(raw)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") || strings.HasPrefix(words[0], "//") {
			continue
		}
		l, want := parseLine(words)
		if want != "" {
			errs = append(errs, &LineError{Line: n, Text: cut(strings.Join(words, " ")), Want: want})
			continue
		}
		list = append(list, l)
	}
	return list, errors.Join(errs...)
}

// parseLine reads the words of a line, or says what was wanted instead.
func parseLine(words []string) (l line, want string) {
	const form = `want a line such as "Mon 2025-01-06", "Mon 2025-01-06 36 mg" or "Mon 2025-01-06 08:00 36 mg given"`
	if len(words) < 2 {
		return line{}, form
	}
	day, err := schedule.ParseDate(words[1])
	if err != nil {
		return line{}, form
	}
	if name := day.Weekday().String()[:3]; words[0] != name {
		return line{}, "want " + name + ": " + words[1] + " is a " + day.Weekday().String()
	}
	l.day = day
	words = words[2:]
	if len(words) > 0 && strings.Contains(words[0], ":") {
		if l.start, err = clinic.ParseTimeOfDay(words[0]); err != nil {
			return line{}, "want the time at which the visit begins, such as 08:00"
		}
		l.hasTime, words = true, words[1:]
	}
	if len(words) > 1 && '0' <= words[0][0] && words[0][0] <= '9' {
		if l.dose, err = dose.ParseMass(words[0] + " " + words[1]); err != nil {
			return line{}, "want a dose such as 36 mg: " + err.Error()
		}
		l.hasDose, words = !l.dose.IsZero(), words[2:]
		if !l.hasDose {
			return line{}, "want no dose rather than one of zero"
		}
	}
	switch state := strings.Join(words, " "); {
	case state == "" || state == schedule.StatePlanned.String():
	case state == schedule.StateLeftOut.String() && (l.hasTime || l.hasDose):
		return line{}, "want neither a time nor a dose of a session that was left out"
	case isState(state):
		l.state = state
	default:
		return line{}, "want one of the states provisional, given, missed, cancelled, held and left out, or nothing, after the date, the time and the dose"
	}
	return l, ""
}

func isState(s string) bool {
	_, err := schedule.ParseState(s)
	return err == nil
}

// cut shortens a text to a length fit for a message.
func cut(s string) string {
	const longest = 120
	if len(s) <= longest {
		return s
	}
	return strings.ToValidUTF8(s[:longest], "") + "..."
}
