package fhir

import (
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
)

// DosageWords are what the text of a Dosage says. Amounts are written as ISMP asks: a
// leading zero, no trailing one, a space before the unit, "mcg", and commas in
// thousands.
type DosageWords struct {
	// Dose is the dose as it is coded, with its unit; the text begins with it.
	Dose string
	// Part names the part of a dose that this is, and Condition what must be true for it
	// to be given, each "" for none; Begins is how long after the first part it begins.
	Part, Condition, Begins string
	// Rule and Weight are what the dose follows from, "" where it does not follow
	// from a weight.
	Rule, Weight string
	// Devices is the number of devices that are needed, 0 where there are none.
	Devices int
	// Route is in the words of the protocol, and Over how long the dose is given,
	// "" where that is not part of how it is given.
	Route, Over string
	// When says on which days, in English, and Days has them. Sessions is their
	// number.
	When     string
	Days     []date.Date
	Sessions int
	// Others are doses that are allowed instead, and Most the most at a session, ""
	// where the protocol names none.
	Others []string
	Most   string
	// Reserve says why nothing is to be given on these days, "" where they hold.
	Reserve Reserve
	// Moment is when a medicine beside the drug is given at the visit, in English, and
	// AsNeeded on which condition: "" where there is none.
	Moment, AsNeeded string
}

// A Reserve is why nothing is to be given on the days of a Dosage, in English.
type Reserve string

// The reserves.
const (
	OnHold       Reserve = "On hold: not to be given until the treatment goes on."
	NotConfirmed Reserve = "Not confirmed: these days no longer hold, others may be named."
	Cancelled    Reserve = "Cancelled: not to be given."
)

// English returns the text: "35.65 mg (0.5 mg/kg of 71.3 kg) intravenous infusion over
// 40 minutes on Monday, Wednesday and Friday for 1 week, 3 sessions. Maximum 60 mg per
// session."
func (w DosageWords) English() string {
	var b strings.Builder
	b.WriteString(w.Dose)
	var of []string
	if w.Weight != "" {
		rule, _, _ := strings.Cut(w.Rule, " of ")
		of = append(of, rule+" of "+w.Weight)
	}
	if w.Devices > 0 {
		of = append(of, counted(w.Devices, "device"))
	}
	if len(of) > 0 {
		b.WriteString(" (" + strings.Join(of, ", ") + ")")
	}
	if w.Route != "" {
		b.WriteString(" " + w.Route)
	}
	if w.Over != "" {
		b.WriteString(" over " + w.Over)
	}
	if w.Part != "" {
		b.WriteString(" as " + w.Part)
		if w.Begins != "" {
			b.WriteString(", " + w.Begins + " after the beginning,")
		}
		if w.Condition != "" {
			b.WriteString(" only if " + w.Condition + ",")
		}
	}
	if w.AsNeeded != "" {
		b.WriteString(", as needed: " + w.AsNeeded)
	} else {
		b.WriteString(" " + w.When + ", " + counted(w.Sessions, "session"))
	}
	if w.Moment != "" {
		b.WriteString(", " + w.Moment)
	}
	if len(w.Others) > 0 {
		verb := " is allowed instead"
		if len(w.Others) > 1 {
			verb = " are allowed instead"
		}
		b.WriteString("; " + listed(w.Others, " or ") + verb)
	}
	b.WriteString(".")
	if w.Most != "" {
		b.WriteString(" Maximum " + w.Most + " per session.")
	}
	if w.Reserve != "" {
		b.WriteString(" " + string(w.Reserve))
	}
	return b.String()
}

// thousands puts commas into the whole part of a number, whatever follows it.
func thousands(text string) string {
	whole, rest := text, ""
	if i := strings.IndexAny(text, ". "); i >= 0 {
		whole, rest = text[:i], text[i:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return whole + rest
}

// timeWords returns a time in whole minutes, or in seconds where it is none.
func timeWords(d dose.Duration) string {
	t := d.Time()
	if t%time.Minute != 0 {
		return counted(int(t/time.Second), "second")
	}
	return counted(int(t/time.Minute), "minute")
}

func weeklyWords(week []schedule.Session, weeks int) string {
	var names []string
	for _, s := range week {
		names = append(names, s.Date().Weekday().String())
	}
	return "on " + listed(names, " and ") + " for " + counted(weeks, "week") + " from " + civil.Format(week[0].Date())
}

func everyWords(first schedule.Session, n, period int, unit string) string {
	word := map[string]string{"d": "day", "wk": "week", "mo": "month"}[unit]
	from := " from " + first.Date().Weekday().String() + " " + civil.Format(first.Date())
	if period == 1 {
		return "once every " + word + from
	}
	return "once every " + counted(period, word) + from
}

func listWords(sessions []schedule.Session) string {
	var names []string
	for _, s := range sessions {
		names = append(names, s.Date().Weekday().String()+" "+civil.Format(s.Date()))
	}
	return "on " + listed(names, " and ")
}

func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}

// listed joins texts with commas, and the last with a word.
func listed(list []string, word string) string {
	last := len(list) - 1
	if last < 1 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:last], ", ") + word + list[last]
}
