package fhir

import (
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// cadence returns a rule in the notation of package protocol, the zero Cadence where
// that cannot say it, and for several a week without an end: their days follow from
// the first one only by the library's convention.
func (r *reading) cadence() protocol.Cadence {
	plain := !r.once && len(r.rule.DayOfWeek)+len(r.rule.When)+len(r.clocks)+len(r.rule.Extension) == 0 && !r.limit.beyond
	if !plain {
		return protocol.Cadence{}
	}
	text := ""
	switch {
	case r.DaysOfCycle != nil:
		text = r.cycleText()
	case r.week > 0:
		text = r.weeklyText()
	case r.days == 7 && r.rule.Count == 0 && r.limit.isSet && r.boundDays()%7 == 0:
		// Bounded in whole weeks it is what a week has, not an interval.
		text = "1/wk x" + strconv.Itoa(r.boundDays()/7)
	default:
		text = "every " + r.intervalText() + timesText(r.intervals())
	}
	// What is too long for the notation has no text in it.
	c, err := protocol.ParseCadence(text)
	if err != nil {
		return protocol.Cadence{}
	}
	return c
}

// boundDays returns how many days the bounds have from the start on.
func (r *reading) boundDays() int { return civil.Days(r.start.day, r.limit.day) + 1 }

func (r *reading) intervalText() string {
	switch {
	case r.months > 0:
		return strconv.Itoa(r.months) + "mo"
	case r.days%7 == 0:
		return strconv.Itoa(r.days/7) + "w"
	default:
		return strconv.Itoa(r.days) + "d"
	}
}

// intervals returns how many sessions the count or the bounds give, 0 for no end.
func (r *reading) intervals() int {
	switch {
	case r.rule.Count > 0 || !r.limit.isSet:
		return r.rule.Count
	case r.months == 0:
		return (r.boundDays()-1)/r.days + 1
	}
	n := 0
	for d := range r.every(0, r.months) {
		if d > r.limit.day {
			break
		}
		n++
	}
	return n
}

func timesText(n int) string {
	if n == 0 {
		return ""
	}
	return " x" + strconv.Itoa(n)
}

// weeklyText returns several a week: the weeks that are full, and what is left.
func (r *reading) weeklyText() string {
	n := strconv.Itoa(r.week)
	full, left := 0, 0
	switch {
	case r.rule.Count > 0:
		full, left = r.rule.Count/r.week, r.rule.Count%r.week
	case r.limit.isSet:
		full = (r.boundDays() + 6) / 7
	}
	const most = 1000
	switch {
	case full > most || full+left == 0:
		return ""
	case left == 0:
		return n + "/wk x" + strconv.Itoa(full)
	}
	return strings.Repeat(n+"-", full) + strconv.Itoa(left)
}

// cycleText returns days of a cycle that is repeated a whole number of times.
func (r *reading) cycleText() string {
	times := r.rule.Count
	if times == 0 && r.limit.isSet && r.boundDays()%r.days == 0 {
		times = r.boundDays() / r.days
	}
	if times == 0 {
		return ""
	}
	listed := textsOf(r.sortedDays(), strconv.Itoa)
	return "days " + strings.Join(listed, ", ") + " of " + strconv.Itoa(r.days) + " x" + strconv.Itoa(times)
}
