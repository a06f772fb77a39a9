package protocoltest

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A setting is what stands on top of a worked calendar. The zero setting is that of
// somebody of 75 kg and 175 cm, from a Monday on, in a clinic that is always open.
type setting struct {
	parameters   [][2]string
	start, until date.Date
	weighings    []schedule.Weighing
	height       dose.Height
	sex          dose.Sex
	open         protocol.DaySet
	closed       []date.Date
	stated       bool // it is that of a calendar, and has what that says
}

// Open returns whether the clinic is open on a day: around the clock.
func (s setting) Open(d date.Date) (hours []clinic.Hours, reason string) {
	if s.open.Len() > 0 && !s.open.Has(d.Weekday()) {
		return nil, "not open on a " + d.Weekday().String()
	}
	if slices.Contains(s.closed, d) {
		return nil, "closed"
	}
	return []clinic.Hours{clinic.MustHours("00:00-24:00")}, ""
}

// request asks for the plan.
func (s setting) request(p *protocol.Protocol) schedule.Request {
	if !s.stated {
		s.start = schedule.MustDate("2025-01-06")
		s.weighings = []schedule.Weighing{{Date: s.start, Weight: dose.MustWeight("75 kg")}}
		s.height, s.sex = dose.MustHeight("175 cm"), dose.Female
		if p.Cadence().Endless() {
			const year = 366
			s.until = s.start + year
		}
	}
	r := schedule.Request{
		Protocol: p, Start: s.start, Until: s.until, Opening: s, Zone: time.UTC,
		Height: s.height, Sex: s.sex, Key: schedule.Key{1}, AsOf: midnight(s.start),
	}
	for _, w := range s.weighings {
		if w.Date <= s.start {
			r.Weighings = append(r.Weighings, w)
		}
	}
	return r
}

// midnight returns the instant at which a day begins.
func midnight(d date.Date) time.Time {
	year, month, day := d.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// build makes a plan as for a patient: weighings after the start become known on
// their days.
func build(p *protocol.Protocol, s setting) (*schedule.Plan, error) {
	slices.SortStableFunc(s.weighings, func(a, b schedule.Weighing) int { return int(a.Date - b.Date) })
	plan, err := schedule.Build(s.request(p))
	for i, w := range s.weighings {
		if err != nil || w.Date <= s.start {
			continue
		}
		plan, err = plan.Apply(schedule.Event{ID: "weighing-" + strconv.Itoa(i+1), What: schedule.Weighed{Date: w.Date, Weight: w.Weight}}, midnight(w.Date))
	}
	return plan, err
}

// calendars compares plans by a protocol with the calendars beside it.
func (k *kit) calendars(t *tested) {
	names, _ := fs.Glob(k.fsys, escaped(base(t.name))+"*.calendar") // the pattern is one
	for _, name := range names {
		rest := strings.TrimSuffix(strings.TrimPrefix(name, base(t.name)), ".calendar")
		if rest != "" && (!strings.HasPrefix(rest, ".") || strings.Count(rest, ".") > 1) {
			continue // of another protocol
		}
		src, err := fs.ReadFile(k.fsys, name)
		if err != nil {
			k.fail(name, 0, "cannot be read", err)
			continue
		}
		k.calendar(t, name, string(src))
	}
}

// escaped returns a pattern that matches a name and nothing else.
func escaped(name string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(name)
}

// A dated is a line of a calendar: of a session, or of a visit of a monitoring.
type dated struct {
	line int
	text string
}

// calendar compares one calendar.
func (k *kit) calendar(t *tested, name, src string) {
	s := setting{stated: true}
	var lines []dated
	top, number, failed := "", 0, len(k.failures)
	for line := range strings.SplitAfterSeq(src, "\n") {
		number++
		text := strings.Join(strings.Fields(line), " ")
		switch {
		case text == "" || text[0] == '#' || text[0] < '0' || text[0] > '9':
			if len(lines) == 0 {
				top += line
			}
			if text != "" && text[0] != '#' {
				if want := s.set(text); want != "" {
					k.fail(name, number, want+", got "+strconv.Quote(text), nil)
				}
			}
		default:
			lines = append(lines, dated{number, text})
		}
	}
	if s.start == 0 && len(k.failures) == failed {
		k.fail(name, 0, "want a line with the start, such as start 2025-01-06", nil)
	}
	if len(k.failures) > failed {
		return
	}
	spec := t.spec
	if spec.Phases == nil {
		k.fail(name, 0, "the protocol cannot be read", nil)
		return
	}
	var err error
	for _, p := range s.parameters {
		if spec, err = spec.Set(p[0], p[1]); err != nil {
			k.fail(name, 0, "parameter "+p[0], err)
			return
		}
	}
	p, err := spec.Compile()
	if err != nil {
		k.fail(name, 0, "the protocol does not compile", err)
		return
	}
	plan, err := build(p, s)
	if err != nil {
		k.fail(name, 0, "no plan", err)
		return
	}
	k.compare(name, top, lines, planned(plan, s.start))
}

// planned returns the lines that a plan comes to: its sessions, and between them the
// visits of its monitoring, after the sessions of their day.
func planned(plan *schedule.Plan, start date.Date) (lines []string) {
	var visits []schedule.OtherVisit
	for v := range plan.OtherVisits() {
		if v.Role == schedule.RoleMonitoring {
			visits = append(visits, v)
		}
	}
	monitoring := func(before date.Date) {
		for len(visits) > 0 && (before == 0 || dayOf(visits[0]) < before) {
			lines = append(lines, onDay(dayOf(visits[0]), start)+" "+visits[0].Name+unplaced(visits[0]))
			visits = visits[1:]
		}
	}
	for _, s := range plan.All() {
		monitoring(s.Date())
		line := onDay(s.Date(), start)
		if m := s.Amount(); !m.IsZero() {
			line += " " + m.String() + partsOf(s)
		} else if err := s.DoseError(); err != nil {
			line += " no dose: " + err.Error()
		}
		lines = append(lines, line+besideOf(s))
	}
	monitoring(0)
	return lines
}

// onDay returns a date with its day counted from the start.
func onDay(d, start date.Date) string { return d.String() + " " + strconv.Itoa(int(d-start)+1) }

// dayOf returns the day of a visit, or that which is asked for where it has none.
func dayOf(v schedule.OtherVisit) date.Date {
	if v.Placed() {
		return v.Date
	}
	return v.Target
}

func unplaced(v schedule.OtherVisit) string {
	if v.Placed() {
		return ""
	}
	return ": no possible day"
}

// partsOf returns the parts of a session's dose that are planned, in brackets.
func partsOf(s schedule.Session) string {
	var parts []string
	for part := range s.Parts() {
		if part.Planned() {
			parts = append(parts, part.Part.Name+" "+part.Delivery.Dose().String())
		}
	}
	if parts == nil {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// besideOf returns the medicines that are planned beside the drug of a session.
func besideOf(s schedule.Session) (text string) {
	for m := range s.Beside() {
		switch {
		case m.AsNeeded():
		case m.Err != nil:
			text += ", " + m.Name + " no dose: " + m.Err.Error()
		default:
			text += ", " + m.Name + " " + m.Planned().String()
		}
	}
	return text
}

// compare compares the lines of a calendar with those of the plan.
func (k *kit) compare(name, top string, lines []dated, got []string) {
	var failures Failures
	for i := range max(len(lines), len(got)) {
		switch {
		case i >= len(got):
			failures = append(failures, &Failure{File: name, Line: lines[i].line, Text: "worked " + lines[i].text + ", and the plan has nothing after " + lastOf(got)})
		case i >= len(lines):
			failures = append(failures, &Failure{File: name, Text: "not in the calendar: " + got[i]})
		case lines[i].text != got[i]:
			failures = append(failures, &Failure{File: name, Line: lines[i].line, Text: "worked " + lines[i].text + ", planned " + got[i]})
		}
	}
	switch {
	case len(failures) == 0:
	case k.options.Write != nil:
		k.write(name, strings.TrimRight(top, "\n")+"\n\n"+strings.Join(got, "\n")+"\n")
	default:
		k.failures = append(k.failures, failures...)
	}
}

// lastOf returns the day of the last line.
func lastOf(lines []string) string {
	if len(lines) == 0 {
		return "its start"
	}
	day, _, _ := strings.Cut(lines[len(lines)-1], " ")
	return day
}

// set takes a line from the top of a calendar. What it returns was wanted instead.
func (s *setting) set(line string) string {
	what, rest, _ := strings.Cut(line, " ")
	var err error
	switch what {
	case "parameter":
		name, value, ok := strings.Cut(rest, "=")
		if !ok {
			return "want parameter NAME = VALUE"
		}
		s.parameters = append(s.parameters, [2]string{strings.TrimSpace(name), strings.TrimSpace(value)})
	case "start":
		s.start, err = schedule.ParseDate(rest)
	case "until":
		s.until, err = schedule.ParseDate(rest)
	case "closed":
		var d date.Date
		d, err = schedule.ParseDate(rest)
		s.closed = append(s.closed, d)
	case "open":
		s.open, err = protocol.ParseDaySet(rest)
	case "weight":
		w := schedule.Weighing{Date: s.start}
		if day, weight, ok := strings.Cut(rest, " "); ok && strings.Count(day, "-") == 2 {
			if w.Date, err = schedule.ParseDate(day); err != nil {
				return err.Error()
			}
			rest = weight
		} else if s.start == 0 {
			return "want the start before a weight without a date"
		}
		w.Weight, err = dose.ParseWeight(rest)
		s.weighings = append(s.weighings, w)
	case "height":
		s.height, err = dose.ParseHeight(rest)
	case "sex":
		err = s.sex.UnmarshalText([]byte(rest))
	default:
		return "want parameter, start, until, weight, height, sex, open, closed, or a session"
	}
	if err != nil {
		return err.Error()
	}
	return ""
}
