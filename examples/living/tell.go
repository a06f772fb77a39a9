package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A teller applies what happens to the plan and says what the plan makes of it.
// After the first error it says nothing any more.
type teller struct {
	out     io.Writer
	plan    *schedule.Plan
	clinic  *clinic.Clinic
	hours   clinic.Spec        // what the clinic is made from
	spray   *protocol.Protocol // what the treatment goes on with after the relapse
	today   date.Date
	events  int
	repairs []schedule.Repair // the last that were listed
	diff    schedule.Diff     // the last change
	err     error
}

// evening is the instant as of which the events of a day are known.
func evening(zone *time.Location, d date.Date) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 18, 0, 0, 0, zone)
}

func (t *teller) now() time.Time { return evening(t.clinic.Zone(), t.today) }

func (t *teller) check(err error) {
	if t.err == nil && err != nil {
		t.err = fmt.Errorf("on %s: %w", day(t.today), err)
	}
}

func (t *teller) printf(format string, args ...any) {
	if t.err == nil {
		fmt.Fprintf(t.out, format, args...)
	}
}

// on begins a day.
func (t *teller) on(today, what string) {
	t.today = schedule.MustDate(today)
	t.printf("\n%s\n", day(t.today))
	t.tell(what)
}

// tell says what the world does, wrapped.
func (t *teller) tell(what string) { t.printf("%s", wrapped("", what)) }

// next returns the first session that is to take place, or waits.
func (t *teller) next() schedule.Session {
	for _, s := range t.plan.All() {
		if toCome(s) || s.State() == schedule.StateHeld {
			return s
		}
	}
	t.check(errors.New("no session is left"))
	s, _ := t.plan.Session(t.id(0))
	return s
}

// call returns the id of what accompanies the last session that was given.
func (t *teller) call() (id schedule.ID) {
	for v := range t.plan.OtherVisits() {
		if s, _ := t.plan.Session(v.SessionID); s.State() == schedule.StateGiven {
			id = v.ID
		}
	}
	return id
}

// after returns the session after another.
func (t *teller) after(s schedule.Session) schedule.ID { return t.id(s.Ordinal()) }

// id returns the id of the session at a position, counted from 0.
func (t *teller) id(i int) schedule.ID { return sessions(t.plan)[min(i, t.plan.Len()-1)].ID() }

func toCome(s schedule.Session) bool {
	return s.State() == schedule.StatePlanned || s.State() == schedule.StateProvisional
}

// apply applies what happened, says what changes, and returns the id of the event.
func (t *teller) apply(what schedule.Happening) string {
	if next := t.applied(what); next != nil {
		t.become(next)
	}
	return t.event()
}

// event returns the id of the last event.
func (t *teller) event() string { return "story-" + strconv.Itoa(t.events) }

func (t *teller) applied(what schedule.Happening) *schedule.Plan {
	if t.err != nil {
		return nil
	}
	t.events++
	next, err := t.plan.Apply(schedule.Event{ID: t.event(), What: what}, t.now())
	t.check(err)
	return next
}

// become says how the next plan differs from the present one, and goes on with it.
func (t *teller) become(next *schedule.Plan) {
	t.diff = t.plan.Diff(next)
	t.plan = next
	t.printf("%s", wrapped("  plan: ", t.diff.String()))
}

// give records the sessions up to a day, and what accompanies them up to then, as they
// were planned.
func (t *teller) give(upTo string) {
	until, before, today := schedule.MustDate(upTo), t.plan, t.today
	var first date.Date
	var given []schedule.ID
	for _, s := range sessions(t.plan) {
		if !toCome(s) || s.Date() > until {
			continue
		}
		if t.today = s.Date(); first == 0 {
			first = t.today
		}
		given = append(given, s.ID())
		t.record(schedule.Given{Session: s.ID(), Date: s.Date(), Dose: s.Dose().Dose()})
		for v := range t.plan.OtherVisits() {
			if v.SessionID == s.ID() && v.State == schedule.StatePlanned && v.Placed() && v.Date <= until {
				t.today = v.Date
				t.record(schedule.VisitDone{Visit: v.ID, Date: v.Date})
			}
		}
	}
	if t.err != nil || len(given) == 0 {
		return
	}
	if t.today != today {
		t.printf("\n%s\n", span(first, t.today))
	}
	for _, id := range given {
		s, _ := t.plan.Session(id)
		record, _ := s.Given()
		t.printf("  given: session %d, %s, %s %s-%s, %s\n", s.Ordinal(), s.Phase(), day(s.Date()), s.Start(), s.End(), record.Dose)
		for v := range t.plan.OtherVisits() {
			if v.SessionID == id && v.State == schedule.StateDone {
				t.visit(v.ID)
			}
		}
	}
	after := t.plan
	t.plan = before
	t.become(after)
}

// record applies what happened without a word.
func (t *teller) record(what schedule.Happening) {
	if next := t.applied(what); next != nil {
		t.plan = next
	}
}

// ways lists the ways on from a session, numbered, to be taken from.
func (t *teller) ways(id schedule.ID) {
	session, ok := t.plan.Session(id)
	if t.err != nil || !ok {
		return
	}
	repairs, err := t.plan.Repairs(t.now(), id)
	t.check(err)
	t.repairs = repairs
	t.printf("  The ways on from session %d of %s:\n", session.Ordinal(), day(session.Date()))
	for i, r := range repairs {
		number := strconv.Itoa(i+1) + ". "
		t.printf("%s", wrapped("    "+number, r.Way.String()+": "+r.Text))
		indent := strings.Repeat(" ", 4+len(number))
		if r.Condition != "" {
			t.printf("%s", wrapped(indent, "if "+r.Condition+"; source: "+r.Source))
		}
		if !r.Possible() {
			t.printf("%s", wrapped(indent, "not possible: "+whyNot(r.Err)))
			continue
		}
		t.printf("%s", wrapped(indent, r.Diff.String()))
		for _, line := range grouped(r.Findings) {
			t.printf("%s", wrapped(indent, line))
		}
	}
}

// take takes the first way of a kind that the last list had.
func (t *teller) take(way schedule.Way, why string) {
	if t.err != nil {
		return
	}
	i := slices.IndexFunc(t.repairs, func(r schedule.Repair) bool { return r.Way == way && r.Possible() })
	if i < 0 {
		t.check(fmt.Errorf("no way on is to %s", way))
		return
	}
	t.tell("The psychiatrist takes way " + strconv.Itoa(i+1) + ", " + way.String() + ": " + why)
	next, err := t.plan.Replay(t.repairs[i].Entries...)
	t.check(err)
	if t.err == nil {
		t.become(next)
	}
}

// whyNot returns what an event wanted and did not find.
func whyNot(err error) string {
	if refused, ok := errors.AsType[*schedule.EventError](err); ok {
		return refused.Want
	}
	return err.Error()
}

// grouped returns a line for each code of findings: the first, and how many more
// there are.
func grouped(findings []schedule.Finding) []string {
	first, count := map[schedule.Code]int{}, map[schedule.Code]int{}
	for i, f := range findings {
		if count[f.Code]++; count[f.Code] == 1 {
			first[f.Code] = i
		}
	}
	var lines []string
	for i, f := range findings {
		switch n := count[f.Code]; {
		case first[f.Code] != i:
		case n == 1:
			lines = append(lines, f.String())
		default:
			lines = append(lines, f.String()+" and "+strconv.Itoa(n-1)+" more of the kind")
		}
	}
	return lines
}

// sessions returns the sessions of a plan.
func sessions(p *schedule.Plan) []schedule.Session {
	list := make([]schedule.Session, 0, p.Len())
	for _, s := range p.All() {
		list = append(list, s)
	}
	return list
}

// day returns a date with its weekday.
func day(d date.Date) string { return d.Weekday().String()[:3] + " " + d.String() }

// span returns one day, or two with a word between them.
func span(from, to date.Date) string {
	if from == to {
		return day(from)
	}
	return day(from) + " to " + day(to)
}

// wrapped returns text after a prefix, in lines of at most 100 characters that
// are indented like the first.
func wrapped(prefix, text string) string {
	const width = 100
	var b strings.Builder
	indent := strings.Repeat(" ", len(prefix))
	line := prefix
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
			line += word
		case len(line)+1+len(word) > width:
			b.WriteString(line + "\n")
			line = indent + word
		default:
			line += " " + word
		}
	}
	b.WriteString(line + "\n")
	return b.String()
}
