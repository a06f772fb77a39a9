package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// writeText writes the plan for looking at.
func writeText(out *bytes.Buffer, in input, colours bool) {
	p := &page{out, colours}
	p.head(in)
	if in.plan.Len() > 0 {
		p.months(in)
		p.table(in.plan)
		p.doses(in.plan)
	}
	p.totals(in.plan)
	p.findings(in.plan)
	if in.explain {
		p.explanations(in.plan)
	}
	p.parameters(in.parameters)
}

func (p *page) head(in input) {
	prescribed := in.request.Protocol
	spec := prescribed.Spec()
	title := cmp.Or(spec.Title, "Plan of "+prescribed.Cadence().String())
	for _, s := range wrap(title, width) {
		p.line(span{s, bold})
	}
	if in.example {
		p.text("", "Example patient: "+exampleWeight+", made up. An example, not a recommendation.", bold)
	} else {
		p.text("", "An example of software, not a recommendation.", plain)
	}
	p.line()
	if spec.ID != "" {
		p.text("  Protocol  ", strings.Join(nonEmpty(spec.ID, "version "+spec.Version), ", "), plain)
	}
	p.text("  Cadence   ", prescribed.Cadence().String(), plain)
	for _, s := range in.plan.All() {
		if drug := s.Drug(); drug != "" {
			p.text("  Drug      ", strings.Join(nonEmpty(drug, s.Route()), ", "), plain)
		}
		p.text("  Dose      ", s.Dose().String(), plain)
		break
	}
	for g := range in.plan.GivenBefore() {
		p.text("  Before    ", g.String(), plain)
	}
	for _, phase := range prescribed.Phases() {
		visit := protocol.FormatDuration(phase.Visit.Administration)
		if watched := phase.Visit.Observation; watched > 0 {
			visit += ", then " + protocol.FormatDuration(watched) + " of observation"
		}
		p.text("  Visit     ", visit, plain)
		break
	}
	p.text("  Clinic    ", in.opens(), plain)
	for _, note := range in.notes {
		p.text("  Note      ", note, warning)
	}
}

// table writes one line for each session, and why it is not on its target.
func (p *page) table(plan *schedule.Plan) {
	ordinals, doses := 1, len("dose")
	for _, s := range plan.All() {
		ordinals = max(ordinals, len(strconv.Itoa(s.Ordinal())))
		doses = max(doses, len(doseText(s)))
	}
	head := fmt.Sprintf("  %*s  week  date            time         %*s  shift  ", ordinals, "#", doses, "dose")
	indent := len(head)
	p.line()
	p.line(span{head + "why", bold})
	for _, s := range plan.All() {
		date, time := "left out      ", "          -"
		if s.Placed() {
			date, time = dayText(s.Date()), s.Start().String()+"-"+s.End().String()
		}
		row := fmt.Sprintf("  %*d  %4d  %s  %s  %*s  %5s  ", ordinals, s.Ordinal(), s.Week(), date, time, doses, doseText(s), shiftText(s.ShiftDays()))
		switch {
		case s.Placed() && s.ShiftDays() == 0:
			p.line(span{row, plain})
		case width-indent < 20:
			p.line(span{row, moved})
			p.text(strings.Repeat(" ", ordinals+10), why(plan, s), plain)
		default:
			lines := wrap(why(plan, s), width-indent)
			p.line(span{row, moved}, span{lines[0], plain})
			for _, s := range lines[1:] {
				p.line(span{strings.Repeat(" ", indent) + s, plain})
			}
		}
	}
}

// doseText is what was given at a session or, before that, what is planned.
func doseText(s schedule.Session) string {
	if given, ok := givenText(s); ok {
		return cmp.Or(given, "-")
	}
	if s.Dose().IsZero() {
		return "-"
	}
	return s.Dose().Dose().String()
}

// doses writes how the doses are given: one paragraph for sessions one after the
// other that are given alike, and under it what else is allowed there.
func (p *page) doses(plan *schedule.Plan) {
	type paragraph struct {
		first, last int
		lines       []string
	}
	var list []paragraph
	for _, s := range plan.All() {
		lines := doseLines(s)
		if last := len(list) - 1; last >= 0 && list[last].last == s.Ordinal()-1 && slices.Equal(list[last].lines, lines) {
			list[last].last = s.Ordinal()
		} else if len(lines) > 0 {
			list = append(list, paragraph{s.Ordinal(), s.Ordinal(), lines})
		}
	}
	for i, q := range list {
		if i == 0 {
			p.heading("Doses")
		}
		label := strconv.Itoa(q.first)
		if q.last > q.first {
			label += "-" + strconv.Itoa(q.last)
		}
		label = fmt.Sprintf("  %-10s", label)
		for _, line := range q.lines {
			p.text(label, line, plain)
			label = strings.Repeat(" ", len(label))
		}
	}
}

// doseLines says how a dose is given and what else is allowed.
func doseLines(s schedule.Session) (lines []string) {
	if given, ok := givenText(s); ok {
		return []string{strings.Join(nonEmpty("given", given), " ")}
	}
	p, ok := planned(s)
	if !ok {
		return nil
	}
	lines = []string{p.String()}
	for _, a := range allowed(s) {
		lines = append(lines, "or "+a.String())
	}
	return lines
}

// givenText is what was given at a session, "" where no dose was, and false where
// it was not given.
func givenText(s schedule.Session) (string, bool) {
	g, ok := s.Given()
	if !ok || g.Dose.IsZero() {
		return "", ok
	}
	return g.Dose.String(), true
}

// nonEmpty returns the texts that say something.
func nonEmpty(texts ...string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" || s == "version " })
}

func shiftText(days int) string {
	if days == 0 {
		return "-"
	}
	return fmt.Sprintf("%+d d", days)
}

// why says in a few words why a session is not on its target.
func why(plan *schedule.Plan, s schedule.Session) string {
	text, chosen := "target "+dayText(s.Target()), 0
	if plan.Len() > mostExplained {
		return text
	}
	e, err := plan.Explain(s.ID())
	if err != nil {
		return err.Error()
	}
	for _, c := range e.Candidates {
		if c.Chosen {
			chosen = c.Total
		}
	}
	for _, c := range e.Candidates {
		switch {
		case c.Date != s.Target():
		case !s.Placed() && c.Cause == "":
			return text + ": no room, the whole plan considered"
		case c.Cause != "":
			return text + ": " + c.Detail
		case c.Total == chosen:
			return text + ": possible, but as good for the plan and earlier"
		default:
			return text + ": possible, but worse for the sessions around it"
		}
	}
	return text
}

func (p *page) totals(plan *schedule.Plan) {
	var first, last date.Date
	var sum dose.Mass
	placed, shifts, largest := 0, 0, 0
	var problem error
	for _, s := range plan.All() {
		if !s.Placed() {
			continue
		}
		placed++
		first, last = cmp.Or(first, s.Date()), s.Date()
		if shift := max(s.ShiftDays(), -s.ShiftDays()); shift > 0 {
			shifts, largest = shifts+1, max(largest, shift)
		}
		var err error
		sum, err = sum.Add(amount(s))
		problem = cmp.Or(problem, err)
	}
	p.heading("Totals")
	sessions := strconv.Itoa(placed)
	if out := plan.Len() - placed; out > 0 {
		sessions += ", and " + strconv.Itoa(out) + " left out for lack of room"
	}
	if placed == 0 {
		p.text("  Sessions  ", strings.Replace(sessions, "0", "none are planned", 1), plain)
		return
	}
	p.text("  Sessions  ", sessions, plain)
	if problem == nil {
		p.text("  Dose      ", dose.Display{Thousands: dose.CommaGroups}.Text(sum)+" in all", plain)
	} else {
		p.text("  Dose      ", "too much to add up", plain)
	}
	p.text("  Span      ", fmt.Sprintf("%s, %s to %s, both counted", count(int(last-first)+1, "day"), dayText(first), dayText(last)), plain)
	moved := "none"
	if shifts > 0 {
		moved = fmt.Sprintf("%d of %s moved from the target, by at most %s", shifts, count(placed, "session"), count(largest, "day"))
	}
	p.text("  Shifts    ", moved, plain)
}

// amount is what was given at a session or, before that, what is delivered there.
func amount(s schedule.Session) dose.Mass {
	if g, ok := s.Given(); ok {
		return g.Dose
	}
	return s.Delivery().Delivered()
}

// count returns a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

// explanations writes everything that is known about each session.
// findings writes what somebody has to look at, if there is anything.
func (p *page) findings(plan *schedule.Plan) {
	for i, f := range schedule.Validate(plan) {
		if i == 0 {
			p.heading("To look at")
		}
		p.text("  ", f.String(), plain)
	}
}

func (p *page) explanations(plan *schedule.Plan) {
	p.heading("Explanations")
	for e := range plan.Explanations() {
		p.line()
		for line := range strings.Lines(e.String()) {
			line = strings.TrimRight(line, "\n")
			text := strings.TrimLeft(line, " ")
			indent := strings.Repeat(" ", 2+len(line)-len(text))
			for i, part := range wrap(text, width-len(indent)-2) {
				if i == 1 {
					indent += "  "
				}
				p.line(span{indent + part, plain})
			}
		}
	}
}

// parameters writes every value that was used.
func (p *page) parameters(list []parameter) {
	p.heading("Parameters of this example")
	for _, q := range list {
		p.text(fmt.Sprintf("  %-13s%-9s", q.Name, q.Source), q.Value, plain)
	}
}

// writeReasons says why there is no plan, a line for each reason.
func writeReasons(out io.Writer, err error) {
	p := &page{new(bytes.Buffer), false}
	if blocked, ok := errors.AsType[*schedule.BuildError](err); ok {
		p.text("calendar: ", fmt.Sprintf("no plan: session %d (%s) has no possible day from %s to %s:",
			blocked.Ordinal, blocked.Phase, dayText(blocked.Earliest), dayText(blocked.Latest)), plain)
		for _, day := range blocked.Days {
			p.text("  "+dayText(day.Date)+"  ", day.Detail, plain)
		}
	} else {
		p.text("calendar: ", "no plan: "+oneLine(err.Error()), plain)
	}
	_, _ = p.out.WriteTo(out)
}
