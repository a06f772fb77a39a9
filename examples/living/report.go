package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// begin says what the plan is before anything happens.
func (t *teller) begin() {
	p := t.plan.Protocol()
	t.printf("Two and a half years of one patient\n\n%s\n", day(t.today))
	t.tell("The psychiatrist prescribes, the patient is weighed, and the plan is made.")
	t.printf("%s", wrapped("  protocol: ", p.Spec().Title))
	t.printf("%s", wrapped("  cadence: ", p.Cadence().String()))
	for _, phase := range p.Phases() {
		t.printf("%s", wrapped("  phase: ", phase.Name+": "+phase.Dose.String()+", over "+protocol.FormatDuration(phase.Visit.Administration)))
	}
	all := sessions(t.plan)
	first, last := all[0], all[len(all)-1]
	t.printf("  plan: %d sessions from %s to %s, first %s of %s\n", len(all), day(first.Date()), day(last.Date()), first.Dose().Dose(), firstWeight(first))
	for g := range t.plan.GivenBefore() {
		t.printf("  given before: %s of %s on %s, %s\n", g.Dose, g.Drug, day(g.Date), g.Source)
	}
	for _, s := range all {
		if s.ShiftDays() != 0 {
			_, reason := t.clinic.Open(s.Target())
			t.printf("  shift: session %d is on %s: %s is %s\n", s.Ordinal(), day(s.Date()), day(s.Target()), reason)
		}
	}
	t.status()
	t.findings()
}

func firstWeight(s schedule.Session) string {
	w, _ := s.Weighing()
	return w.Weight.String() + " measured on " + w.Date.String()
}

// end says how it ended, proves the file of the plan and lists every session.
func (t *teller) end() {
	if t.err != nil {
		return
	}
	file := schedule.FormatPlan(t.plan)
	again, err := schedule.ParsePlan("plan.json", file, schedule.PlanSource{Protocols: slices.Collect(t.plan.Protocols()), Opening: t.clinic})
	t.check(err)
	if t.err != nil {
		return
	}
	if !bytes.Equal(file, schedule.FormatPlan(again)) || !t.plan.Diff(again).Empty() {
		t.check(fmt.Errorf("the file of the plan makes another plan"))
	}
	entries := 0
	for range again.History() {
		entries++
	}
	t.printf("\nThe file of the plan has %d bytes; its digests are verified, and the plan that is read from it, with its %d events, is the same.\n", len(file), entries)
	t.table()
}

// status says how the plan stands today.
func (t *teller) status() {
	if t.err != nil {
		return
	}
	s := t.plan.On(t.today)
	next := "none"
	if len(s.Upcoming) > 0 {
		next = "session " + strconv.Itoa(s.Upcoming[0].Ordinal()) + " on " + day(s.Upcoming[0].Date())
	}
	given := strconv.Itoa(s.Completed) + " sessions given"
	if s.Of > 0 {
		given = strconv.Itoa(s.Completed) + " of " + strconv.Itoa(s.Of) + " sessions given (" + strconv.Itoa(s.Percent()) + " %)"
	}
	t.printf("  status: %s, %s; due %d, overdue %d, held %d, lost %d, to come %d;\n          the next: %s\n",
		s.Standing, given, len(s.Due), len(s.Overdue), len(s.Held), len(s.Lost), len(s.Upcoming), next)
	if s.Checkpoint.Session > 0 {
		t.printf("  checkpoint: %q after session %d on %s: %s\n", s.Checkpoint.Gate.Name, s.Checkpoint.Session, day(s.Checkpoint.Date), s.Checkpoint.Gate.Assess)
	}
	a := s.Adherence
	if a.Planned == 0 && a.Given == 0 {
		return
	}
	t.printf("  adherence: %d planned up to now; %d given (%d of them extra), %d missed, %d cancelled, %d overdue;\n"+
		"             mean shift %s days, largest %s; %s\n",
		a.Planned, a.Given, a.Extra, a.Missed, a.Cancelled, a.Overdue, cmp.Or(a.MeanShift(), "no"), signed(a.LargestShift), sums(a.Doses))
}

// sums are the doses given, drug by drug.
func sums(list []schedule.DrugSum) string {
	if len(list) == 0 {
		return "nothing given"
	}
	texts := make([]string, len(list))
	for i, sum := range list {
		texts[i] = sum.String()
	}
	return strings.Join(texts, " and ") + " in all"
}

// findings lists what somebody has to look at.
func (t *teller) findings() {
	if t.err != nil {
		return
	}
	found := slices.DeleteFunc(schedule.Validate(t.plan), func(f schedule.Finding) bool { return !f.Open() })
	if len(found) == 0 {
		t.printf("  findings: none that are open\n")
	}
	for _, line := range grouped(found) {
		t.printf("%s", wrapped("  finding: ", line))
	}
}

// found lists what is found with a code, open or not.
func (t *teller) found(code schedule.Code) {
	if t.err != nil {
		return
	}
	for _, f := range schedule.Validate(t.plan) {
		if f.Code == code {
			t.printf("%s", wrapped("  finding: ", f.String()))
		}
	}
}

// changes says what the last change did to sessions, the first few one by one.
func (t *teller) changes(most int) {
	for i, c := range t.diff.Changes {
		if i == most {
			t.printf("    and %d more\n", len(t.diff.Changes)-most)
			return
		}
		t.printf("    session %d: from %s to %s\n", c.After.Ordinal, snapshot(c.Before), snapshot(c.After))
	}
}

func snapshot(s schedule.Snapshot) string {
	return when(s.Date, s.Start) + ", " + amount(s.Amount)
}

// when returns a day and the time where one was written down.
func when(d date.Date, start clinic.TimeOfDay) string {
	if start.IsZero() {
		return day(d)
	}
	return day(d) + " " + start.String()
}

// amount returns a dose, or that there is none.
func amount(m dose.Mass) string {
	if m.IsZero() {
		return "no dose"
	}
	return m.String()
}

// obstacles lists the sessions whose day will not do any more.
func (t *teller) obstacles() {
	if t.err != nil {
		return
	}
	for e := range t.plan.Explanations() {
		for _, c := range e.Candidates {
			if c.Chosen && c.Cause != "" {
				t.printf("  but session %d is on %s: %s\n", e.Session.Ordinal(), day(c.Date), c.Detail)
			}
		}
	}
}

// lost lists the sessions whose days no longer hold, the first few one by one.
func (t *teller) lost(most int) {
	if t.err != nil {
		return
	}
	lost := t.plan.On(t.today).Lost
	for i, s := range lost {
		if i == most {
			t.printf("    and %d more\n", len(lost)-most)
			return
		}
		t.printf("  lost: session %d on %s %s: %s\n", s.Ordinal(), day(s.Date()), s.Start(), s.Lost())
	}
}

// told lists everything that anybody was ever told of a session.
func (t *teller) told(id schedule.ID) {
	if t.err != nil {
		return
	}
	for _, told := range t.plan.Told(id) {
		t.printf("  told: %s, %s, %s, revision %d\n", when(told.Date, told.Start), told.State, amount(told.Dose), told.Revision)
	}
}

// visit says how a visit beside the sessions stands.
func (t *teller) visit(id schedule.ID) {
	if t.err != nil {
		return
	}
	v, _ := t.plan.OtherVisit(id)
	t.printf("  %s: %s of session %d, %s %s-%s, within %s to %s\n", v.State, v.Name, v.Session, day(v.Date), v.Start, v.End, v.Earliest, v.Latest)
}

// horizon says up to which day a course without end is planned.
func (t *teller) horizon() { t.printf("  horizon: planned up to %s\n", day(t.plan.Until())) }

// upcoming lists the sessions that come next.
func (t *teller) upcoming(most int) {
	if t.err != nil {
		return
	}
	for i, s := range t.plan.On(t.today).Upcoming {
		if i == most {
			break
		}
		t.printf("  next: session %d, %s, %s, target %s, %s\n", s.Ordinal(), s.Phase(), day(s.Date()), day(s.Target()), s.Dose().Dose())
	}
}

// level says which level a session has, and why.
func (t *teller) level(id schedule.ID) {
	if t.err != nil {
		return
	}
	e, err := t.plan.Explain(id)
	t.check(err)
	t.printf("  level: session %d has %s\n", e.Session.Ordinal(), e.LevelRule)
}

// explain says why a session is when it is and what is given.
func (t *teller) explain(id schedule.ID) {
	if t.err != nil {
		return
	}
	e, err := t.plan.Explain(id)
	t.check(err)
	t.printf("%s", indented(e.String()))
}

func indented(text string) string {
	var b bytes.Buffer
	for line := range bytes.Lines([]byte(text)) {
		b.WriteString("  ")
		b.Write(line)
	}
	if !bytes.HasSuffix(b.Bytes(), []byte("\n")) {
		b.WriteByte('\n')
	}
	return b.String()
}

// table lists every session.
func (t *teller) table() {
	t.printf("\n")
	if t.err != nil {
		return
	}
	w := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "#\tdate\tdrug\tphase\tstate\tshift\tplanned\tgiven")
	for _, s := range sessions(t.plan) {
		planned, given := "-", "-"
		if d := s.Dose(); !d.IsZero() {
			planned = d.Dose().String()
		}
		if g, ok := s.Given(); ok {
			given = g.Dose.String()
		}
		extra := ""
		if s.Extra() {
			extra = ", extra"
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s%s\t%s\t%s\t%s\n", s.Ordinal(), day(s.Date()), s.Drug(), s.Phase(), s.State(), extra, signed(s.ShiftDays()), planned, given)
	}
	t.check(w.Flush())
}

// signed returns a number of days with its sign, "0" without.
func signed(days int) string {
	if days == 0 {
		return "0"
	}
	return fmt.Sprintf("%+d", days)
}
