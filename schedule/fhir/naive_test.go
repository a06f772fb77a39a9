package fhir_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule/fhir"
)

// A naive reading asks of every day, or of every minute, whether the rule has it. It
// shares no code with the package, keeps days as midnights in UTC, and looks at a
// stretch that is longer than every rule the test makes.
type naive struct {
	rule  *fhir.Repeat
	start time.Time // as the clocks show it, in UTC
	timed bool      // the start has a time
	until time.Time // zero: none
	zone  *time.Location

	clocks []time.Duration
}

const (
	naiveDay     = 24 * time.Hour
	naiveStretch = 1600 // days
)

// offsetsOf are the days of a week of so many sessions, as the design has them.
var offsetsOf = map[int][]int{1: {0}, 2: {0, 3}, 3: {0, 2, 4}, 4: {0, 1, 3, 4}, 5: {0, 1, 2, 3, 4}, 6: {0, 1, 2, 3, 4, 5}, 7: {0, 1, 2, 3, 4, 5, 6}}

func (n *naive) clockOf(s string) time.Duration {
	at, _ := time.Parse("15:04:05", s)
	return time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute + time.Duration(at.Second())*time.Second
}

func (n *naive) midnight() time.Time { return n.start.Truncate(naiveDay) }

// shown returns an R4 dateTime as the clocks show it, in UTC.
func (n *naive) shown(s string) (at time.Time, timed bool) {
	if len(s) == 10 {
		at, _ = time.Parse("2006-01-02", s)
		return at, false
	}
	at, _ = time.Parse(time.RFC3339, s)
	if n.zone != nil {
		at = at.In(n.zone)
	}
	return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, time.UTC), true
}

// inBounds reports whether what is on a day, at a clock time if clock is not negative,
// is inside the bounds, both ends included where they are a period.
func (n *naive) inBounds(day time.Time, clock time.Duration) bool {
	if day.Before(n.midnight()) || clock >= 0 && n.timed && day.Add(clock).Before(n.start) {
		return false
	}
	if b := n.rule.BoundsPeriod; b != nil && b.End != "" {
		end, timed := n.shown(b.End)
		if clock >= 0 && timed {
			return !day.Add(clock).After(end)
		}
		return !day.After(end.Truncate(naiveDay))
	}
	if b := n.rule.BoundsDuration; b != nil {
		after := n.length(b)
		if clock >= 0 && n.timed {
			return day.Add(clock).Before(after.Add(n.start.Sub(n.midnight())))
		}
		return day.Before(after)
	}
	return true
}

// length returns the midnight of the day on which a length ends that begins with the
// start.
func (n *naive) length(q *fhir.Quantity) time.Time {
	v, _ := strconv.Atoi(q.Value.String())
	switch q.Code {
	case "wk":
		v *= 7
	case "mo":
		return n.monthsAfter(v)
	}
	return n.midnight().Add(time.Duration(v) * naiveDay)
}

// monthsAfter counts months from the start, to the last day of one that is too short.
func (n *naive) monthsAfter(v int) time.Time {
	first := time.Date(n.start.Year(), n.start.Month()+time.Month(v), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1)
	return first.AddDate(0, 0, min(n.start.Day(), last.Day())-1)
}

func (n *naive) bounded() bool {
	return n.rule.BoundsDuration != nil || n.rule.BoundsPeriod != nil && n.rule.BoundsPeriod.End != ""
}

// periodOf returns the period in days or months.
func (n *naive) periodOf() (days, months int) {
	v, _ := strconv.Atoi(n.rule.Period.String())
	switch n.rule.PeriodUnit {
	case "d":
		return v, 0
	case "wk":
		return 7 * v, 0
	case "mo":
		return 0, v
	case "a":
		return 0, 12 * v
	case "h":
		return v / 24, 0
	}
	return 0, 0
}

// read returns a code, or what there is as texts, and whether it was cut.
func (n *naive) read() (code string, list []string, cut bool) {
	r := n.rule
	for _, s := range r.TimeOfDay {
		n.clocks = append(n.clocks, n.clockOf(s))
	}
	slices.Sort(n.clocks)
	hasPeriod := r.PeriodUnit != ""
	frequency := max(1, r.Frequency)
	once := !hasPeriod && len(r.DayOfWeek)+len(n.clocks)+len(r.Extension) == 0
	if once && (r.Count != 1 || frequency > 1) {
		return "no-repetition", nil, false
	}
	if r.Count == 0 && !n.bounded() && n.until.IsZero() {
		return "no-end", nil, false
	}
	days, months := n.periodOf()
	if r.PeriodUnit == "h" {
		hours, _ := strconv.Atoi(r.Period.String())
		switch {
		case n.timed:
			return n.elapsed(hours)
		case hours < 24:
			return "times-not-stated", nil, false
		case hours%24 != 0:
			return "fractional-period", nil, false
		}
	}
	if len(r.When) > 1 {
		return "times-not-stated", nil, false
	}
	perDay := func() string {
		switch {
		case len(n.clocks) > 0 && frequency != len(n.clocks):
			return "frequency-times-mismatch"
		case len(n.clocks) == 0 && frequency > 1 && len(r.When) > 0:
			return "frequency-when-mismatch"
		case len(n.clocks) == 0 && frequency > 1:
			return "times-not-stated"
		}
		return ""
	}
	product := func(of int) bool { return frequency == of*max(1, len(n.clocks)) }
	var holds func(day time.Time) bool
	since := func(day time.Time) int { return int(day.Sub(n.midnight()) / naiveDay) }
	convention := 0
	switch {
	case once:
		holds = func(day time.Time) bool { return since(day) == 0 }
	case len(r.Extension) > 0:
		switch {
		case len(r.DayOfWeek) > 0:
			return "bad-day-of-month", nil, false
		case hasPeriod && days == 1:
			if code := perDay(); code != "" {
				return code, nil, false
			}
		case hasPeriod && months != 1:
			return "days-with-period", nil, false
		case (hasPeriod || r.Frequency > 0) && !product(len(r.Extension)):
			return "frequency-days-mismatch", nil, false
		}
		holds = func(day time.Time) bool {
			return slices.ContainsFunc(r.Extension, func(e fhir.Extension) bool { return e.ValuePositiveInt == day.Day() })
		}
	case len(r.DayOfWeek) > 0:
		listed := func(day time.Time) bool {
			return slices.Contains(r.DayOfWeek, strings.ToLower(day.Weekday().String()[:3]))
		}
		weeks := 1
		switch {
		case !hasPeriod:
			if r.Frequency > 0 && !product(len(r.DayOfWeek)) {
				return "frequency-days-mismatch", nil, false
			}
		case days == 1:
			if code := perDay(); code != "" {
				return code, nil, false
			}
		case days == 0 || days%7 != 0:
			return "days-with-period", nil, false
		case !product(len(r.DayOfWeek)):
			return "frequency-days-mismatch", nil, false
		default:
			weeks = days / 7
		}
		// The day on which the week of the start begins, counted in three ways.
		monday := n.midnight().AddDate(0, 0, -((int(n.start.Weekday()) + 6) % 7))
		sunday := n.midnight().AddDate(0, 0, -int(n.start.Weekday()))
		var ways [3]func(time.Time) bool
		for i, first := range [3]time.Time{n.midnight(), monday, sunday} {
			ways[i] = func(day time.Time) bool { return listed(day) && int(day.Sub(first)/naiveDay)/7%weeks == 0 }
		}
		var lists [3]string
		for i, way := range ways {
			all, _, _ := n.walk(way)
			lists[i] = strings.Join(all, " ")
		}
		if lists[0] != lists[1] || lists[0] != lists[2] {
			return "week-ambiguous", nil, false
		}
		holds = ways[0]
	default:
		step := max(days, 1)
		switch {
		case !hasPeriod:
			if r.Frequency > 0 && perDay() != "" {
				return perDay(), nil, false
			}
		case days == 1:
			if code := perDay(); code != "" {
				return code, nil, false
			}
		case len(n.clocks) > 1:
			return "days-not-stated", nil, false
		case frequency > 7 && days == 7:
			return "times-not-stated", nil, false
		case frequency > 1 && days == 7:
			convention = frequency
		case frequency > 1:
			return "days-not-stated", nil, false
		}
		inWeek := func(week int) []int {
			if r.Count > 0 {
				return offsetsOf[max(0, min(convention, r.Count-week*convention))]
			}
			return offsetsOf[convention]
		}
		switch {
		case convention > 0:
			clock := time.Duration(-1)
			if len(n.clocks) > 0 {
				clock = n.clocks[0]
			}
			for week := range naiveStretch / 7 {
				inside := 0
				for _, offset := range inWeek(week) {
					if n.inBounds(n.midnight().AddDate(0, 0, 7*week+offset), clock) {
						inside++
					}
				}
				if inside > 0 && inside < len(inWeek(week)) || week == 0 && inside == 0 {
					return "bounds-cut-week", nil, false
				}
			}
			holds = func(day time.Time) bool { return slices.Contains(inWeek(since(day)/7), since(day)%7) }
		case months > 0:
			holds = func(day time.Time) bool {
				for i := 0; i*months < naiveStretch/28; i++ {
					if n.monthsAfter(i * months).Equal(day) {
						return true
					}
				}
				return false
			}
		default:
			holds = func(day time.Time) bool { return since(day)%step == 0 }
		}
	}
	all, found, code := n.walk(holds)
	if code != "" {
		return code, nil, false
	}
	if r.Count > 0 && n.bounded() && found < r.Count {
		return "count-exceeds-bounds", nil, false
	}
	asked := all
	if !n.until.IsZero() {
		asked = slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s[:10] > n.until.Format("2006-01-02") })
	}
	return "", asked, len(asked) < len(all)
}

// walk looks at every day and lists what a rule has until the count is reached, inside
// the bounds; found is how many, and code the first reason to refuse.
func (n *naive) walk(holds func(time.Time) bool) (list []string, found int, code string) {
	r := n.rule
	clocks := n.clocks
	if len(clocks) == 0 {
		clocks = []time.Duration{-1}
	}
	days := make([]int, len(r.Extension))
	for i, e := range r.Extension {
		days[i] = e.ValuePositiveInt
	}
	for i := range naiveStretch {
		day := n.midnight().AddDate(0, 0, i)
		last := day.AddDate(0, 0, 1).Day() == 1
		if holds(day) {
			for _, clock := range clocks {
				if r.Count > 0 && found == r.Count || !n.inBounds(day, clock) {
					continue
				}
				found++
				if clock >= 0 {
					list = append(list, day.Add(clock).Format("2006-01-02T15:04:05"))
					continue
				}
				list = append(list, day.Format("2006-01-02"))
				asked := n.until.IsZero() || !day.After(n.until)
				if b := r.BoundsPeriod; asked && b != nil && b.End != "" {
					if end, timed := n.shown(b.End); timed && end.Truncate(naiveDay).Equal(day) && end.Hour()*60+end.Minute() < 23*60+59 {
						code = cmp.Or(code, "end-time")
					}
				}
			}
		}
		// A day that the month lacks would be its last day, or the next month's first.
		missing := last && slices.ContainsFunc(days, func(d int) bool { return d > day.Day() })
		asked := n.until.IsZero() || !day.After(n.until) || r.Count > 0 && n.bounded()
		if missing && asked && !(r.Count > 0 && found == r.Count) && n.inBounds(day, -1) {
			code = cmp.Or(code, "day-of-month-missing")
		}
	}
	return list, found, code
}

// elapsed looks at every minute.
func (n *naive) elapsed(hours int) (code string, list []string, cut bool) {
	r := n.rule
	switch {
	case len(r.When) > 1:
		return "times-not-stated", nil, false
	case len(r.DayOfWeek)+len(r.Extension) > 0:
		return "days-with-period", nil, false
	case len(r.TimeOfDay) > 0:
		return "frequency-times-mismatch", nil, false
	case len(r.When) > 0:
		return "frequency-when-mismatch", nil, false
	case r.Frequency > 1:
		return "times-not-stated", nil, false
	}
	found := 0
	for minute := range naiveStretch / 4 * 24 * 60 {
		if minute%(hours*60) != 0 {
			continue
		}
		at := n.start.Add(time.Duration(minute) * time.Minute)
		day := at.Truncate(naiveDay)
		if r.Count > 0 && found == r.Count {
			break
		}
		if !n.inBounds(day, at.Sub(day)) {
			if r.Count > 0 && n.bounded() {
				return "count-exceeds-bounds", nil, false
			}
			break
		}
		found++
		if n.until.IsZero() || !day.After(n.until) {
			list = append(list, at.Format("2006-01-02T15:04:05Z"))
		} else {
			cut = true
		}
	}
	return "", list, cut
}

// some returns a few of a list, each once.
func some[T any](r *rand.Rand, list []T, most int) []T {
	var few []T
	for _, i := range r.Perm(len(list))[:r.IntN(most+1)] {
		few = append(few, list[i])
	}
	return few
}

// pick returns one of a list.
func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// randomRule returns a rule that passes the checks of its shape.
func randomRule(r *rand.Rand, start string) *fhir.Repeat {
	rule := &fhir.Repeat{Count: pick(r, 0, 0, 0, 1, 2, 3, 5, 7, 12), Frequency: pick(r, 0, 0, 1, 1, 2, 3, 4, 6, 8)}
	if r.IntN(4) > 0 {
		rule.PeriodUnit = pick(r, "d", "d", "wk", "wk", "wk", "mo", "a", "h")
		switch rule.PeriodUnit {
		case "h":
			rule.Period = fhir.DecimalOf(pick(r, 1, 4, 6, 12, 24, 24, 36, 48, 168))
		case "d":
			rule.Period = fhir.DecimalOf(pick(r, 1, 1, 2, 7, 10, 14, 21))
		case "a":
			rule.Period, rule.Count = fhir.DecimalOf(1), min(rule.Count, 3)
		default:
			rule.Period = fhir.DecimalOf(pick(r, 1, 1, 1, 2, 3))
		}
	}
	if r.IntN(3) == 0 {
		rule.DayOfWeek = some(r, []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}, 3)
	}
	switch r.IntN(6) {
	case 0, 1:
		rule.TimeOfDay = some(r, []string{"06:00:00", "09:00:00", "12:00:00", "21:30:00"}, 3)
	case 2:
		rule.When = some(r, []string{"MORN", "HS", "NOON"}, 2)
	case 3:
		for _, day := range some(r, []int{1, 5, 15, 28, 29, 30, 31}, 2) {
			rule.Extension = append(rule.Extension, fhir.Extension{URL: fhir.DayOfMonthURL, ValuePositiveInt: day})
		}
	}
	// So that days and frequency agree more often than by chance.
	if listed := len(rule.DayOfWeek) + len(rule.Extension); listed > 0 && r.IntN(2) == 0 {
		rule.Frequency = listed * max(1, len(rule.TimeOfDay))
	} else if len(rule.TimeOfDay) > 0 && r.IntN(2) == 0 {
		rule.Frequency = len(rule.TimeOfDay)
	}
	switch r.IntN(4) {
	case 0:
		value := fhir.DecimalOf(1 + r.IntN(40))
		code := "d"
		if r.IntN(2) == 0 {
			code, value = pick(r, "wk", "mo"), fhir.DecimalOf(1+r.IntN(6))
		}
		rule.BoundsDuration = &fhir.Quantity{Value: &value, System: fhir.UCUM, Code: code}
	case 1:
		day, _ := time.Parse("2006-01-02", start[:10])
		end := day.AddDate(0, 0, 1+r.IntN(80)).Format("2006-01-02")
		rule.BoundsPeriod = &fhir.Period{End: end + pick(r, "", "", "T12:00:00Z", "T09:00:00Z", "T23:59:30Z")}
	}
	return rule
}

// TestNaive compares random rules with what asking of every day comes to.
func TestNaive(t *testing.T) {
	r := rand.New(rand.NewPCG(20, 26))
	seen := make(map[string]int)
	for i := range 3000 {
		day := time.Date(2024, 1, 1+r.IntN(800), 0, 0, 0, 0, time.UTC)
		start := day.Format("2006-01-02") + pick(r, "", "", "", "T09:00:00Z", "T12:30:00Z")
		timing := fhir.Timing{Repeat: randomRule(r, start)}
		options := fhir.Options{}
		var err error
		options.Start, err = fhir.ParseMoment(start)
		require.NoError(t, err)
		n := &naive{rule: timing.Repeat}
		n.start, n.timed = n.shown(start)
		if r.IntN(2) == 0 {
			n.until = day.AddDate(0, 0, r.IntN(120)-3)
			options.Until = date.New(n.until.Year(), n.until.Month(), n.until.Day())
		}
		code, list, cut := n.read()
		e, err := timing.Expand(options)
		got := "" // code
		if refusal, ok := errors.AsType[*fhir.Refusal](err); ok {
			got = string(refusal.Code)
		}
		text, _ := jsonOf(timing)
		about := fmt.Sprintf("%d: %s from %s until %s", i, text, start, n.until.Format("2006-01-02"))
		require.Equal(t, code, got, about)
		seen[code]++
		if code != "" {
			continue
		}
		require.Equal(t, strings.Join(list, "\n"), strings.Join(texts(e), "\n"), about)
		require.Equal(t, cut, e.Cut, about)
	}
	for code := range strings.FieldsSeq("bad-day-of-month bounds-cut-week count-exceeds-bounds day-of-month-missing days-not-stated days-with-period end-time " +
		"fractional-period frequency-days-mismatch frequency-times-mismatch frequency-when-mismatch no-end no-repetition times-not-stated week-ambiguous") {
		require.Positive(t, seen[code], code)
	}
	require.Greater(t, seen[""], 750)
}

// texts returns what an expansion lists.
func texts(e fhir.Expansion) (list []string) {
	for _, d := range e.Dates {
		year, month, day := d.Date()
		list = append(list, fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	}
	for _, w := range e.Times {
		list = append(list, w.String())
	}
	for _, at := range e.Instants {
		list = append(list, at.Format(time.RFC3339))
	}
	return list
}

func jsonOf(timing fhir.Timing) (string, error) {
	text, err := json.Marshal(&timing)
	return string(text), err
}
