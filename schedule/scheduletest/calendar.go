package scheduletest

import (
	"fmt"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Report is what a test reports to. *testing.T satisfies it, and so does whatever
// has these two methods.
type Report interface {
	Helper()
	Errorf(format string, args ...any)
}

// Calendar returns a plan as [AssertCalendar] reads it: one line for each session
// with its day, its dose, and what became of it where it is not simply planned.
// A session that was left out stands on its target.
//
//	Mon 2025-01-06 36 mg given
//	Wed 2025-01-08 36 mg missed
//	Fri 2025-01-10 36 mg
//	Mon 2025-01-13 left out
func Calendar(p *schedule.Plan) string {
	if p == nil {
		return ""
	}
	return text(linesOf(p), shown{dose: true}, "")
}

// AssertCalendar reports an error to the test where a plan is not the calendar
// that is written in it, and returns whether it is. It is [CompareCalendar] for a
// *testing.T.
func AssertCalendar(t Report, p *schedule.Plan, want string) bool {
	t.Helper()
	if err := CompareCalendar(p, want); err != nil {
		t.Errorf("%v", err)
		return false
	}
	return true
}

// CompareCalendar returns an error where a plan is not the calendar that is
// written in a test. Each line is a session:
//
//	# the first week
//	Mon 2025-01-06 08:00 36 mg given
//	Wed 2025-01-08 08:00 36 mg
//
// The weekday and the date are required. The start and the dose are compared
// where any line of the calendar has one; then every line has to. The state is
// always compared: none written means planned. Indentation, further spaces, empty
// lines and lines that begin with # or // say nothing.
//
// The error of a calendar that differs has the lines that do and the text to
// paste into the test; that of one that cannot be read has each line and what was
// wanted, as a *[LineError].
func CompareCalendar(p *schedule.Plan, want string) error {
	if p == nil {
		return errNoPlan
	}
	wanted, err := parseCalendar(want)
	if err != nil {
		return err
	}
	show := shownIn(wanted)
	got := linesOf(p)
	differs := len(got) != len(wanted)
	for i := 0; !differs && i < len(got); i++ {
		differs = got[i].text(show) != wanted[i].text(show)
	}
	if !differs {
		return nil
	}
	// Where the test has no line yet, the text to paste shows the doses.
	paste := show
	if len(wanted) == 0 {
		paste.dose = true
	}
	return fmt.Errorf("the calendar differs (- wanted, + planned):\n%s\nto accept the plan as it is, paste:\n%s",
		difference(texts(wanted, show), texts(got, show)), text(got, paste, "\t\t"))
}

// A line is a session in a calendar.
type line struct {
	day   date.Date
	start clinic.TimeOfDay
	dose  dose.Mass
	// state is "" for planned, otherwise the name of the state.
	state   string
	hasTime bool
	hasDose bool
}

// shown says which columns a calendar has.
type shown struct{ time, dose bool }

func shownIn(lines []line) (s shown) {
	for _, l := range lines {
		s.time, s.dose = s.time || l.hasTime, s.dose || l.hasDose
	}
	return s
}

// linesOf returns the sessions of a plan.
func linesOf(p *schedule.Plan) []line {
	list := make([]line, 0, p.Len())
	for _, snapshot := range p.Snapshots() {
		l := line{day: snapshot.Date, start: snapshot.Start, dose: snapshot.Amount, hasTime: !snapshot.Start.IsZero(), hasDose: !snapshot.Amount.IsZero()}
		if snapshot.State != schedule.StatePlanned {
			l.state = snapshot.State.String()
		}
		if snapshot.State == schedule.StateLeftOut {
			l.day = snapshot.Target
		}
		list = append(list, l)
	}
	return list
}

// text returns the line with the columns that are shown.
func (l line) text(s shown) string {
	b := []string{dayText(l.day)}
	if s.time && l.hasTime {
		b = append(b, l.start.String())
	}
	if s.dose && l.hasDose {
		b = append(b, l.dose.String())
	}
	if l.state != "" {
		b = append(b, l.state)
	}
	return strings.Join(b, " ")
}

func texts(lines []line, s shown) []string {
	list := make([]string, len(lines))
	for i, l := range lines {
		list[i] = l.text(s)
	}
	return list
}

// text returns lines with the columns that are shown, each after an indent.
func text(lines []line, s shown, indent string) string {
	var b strings.Builder
	for _, t := range texts(lines, s) {
		b.WriteString(indent + t + "\n")
	}
	return b.String()
}

func dayText(d date.Date) string { return d.Weekday().String()[:3] + " " + civil.Format(d) }
