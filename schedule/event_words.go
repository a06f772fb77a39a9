package schedule

import (
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule/clinic"
)

// The words that descriptions are made of.

func onDay(d date.Date, t clinic.TimeOfDay) string {
	text := " on " + dayText(d)
	if !t.IsZero() {
		text += " " + t.String()
	}
	return text
}

func stretchText(from, to date.Date) string {
	if to == 0 || to == from {
		return " on " + dayText(from)
	}
	return " from " + dayText(from) + " to " + dayText(to)
}

func forSessions(n int) string {
	if n == 0 {
		return ""
	}
	return " for " + plural(n, "session")
}

func quoted(s string) string { return " " + strconv.Quote(s) }
