package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// codeValue is the code of a value in a file that only the other files and flags
// show to be wrong.
const codeValue = string(protocol.CodeValue)

// A patient is what the file of -patient says.
type patient struct {
	name   string
	src    []byte
	record schedule.Record
}

// at returns where in the file a value stands.
func (p *patient) at(pointer string) place { return place{p.name, lineOf(p.src, pointer), pointer} }

// agrees refuses a flag that says something else than the file.
func (p *patient) agrees(r *reader, flag, value string) {
	if r.given(flag) && r.text(flag) != value {
		r.refuse(flag, r.text(flag), "want "+value+", as "+p.at("/"+flag).String()+" says, or no -"+flag)
	}
}

// readPatient reads -patient.
func (r *reader) readPatient() {
	if !r.given("patient") {
		return
	}
	name := r.text("patient")
	r.beside("the patient file "+quote(name), "says it", []string{"weight", "height", "sex"})
	src, ok := r.source("patient")
	if !ok {
		return
	}
	record, err := schedule.ParseRecord(name, src, time.LoadLocation)
	if err != nil {
		r.file("patient", err)
		return
	}
	r.use("patient", oneLine(name), "given")
	r.patient = &patient{name: name, src: src, record: record}
	r.in.request.Accepted = record.Accepted
	r.in.request.Wishes.Weekdays = record.Weekdays
}

// before returns the weighings up to a day, those of sessions included.
func (p *patient) before(day date.Date) (list []schedule.Weighing) {
	for _, w := range p.record.Weighings {
		if w.Date <= day {
			list = append(list, w)
		}
	}
	for _, g := range p.record.Given {
		weighed := slices.ContainsFunc(list, func(w schedule.Weighing) bool { return w.Date == g.Date })
		if g.Date <= day && !g.Weight.IsZero() && !weighed {
			list = append(list, schedule.Weighing{Date: g.Date, Weight: g.Weight})
		}
	}
	return list
}

// weighing says where the file has a weighing and what it says there.
func (p *patient) weighing(w schedule.Weighing) string {
	pointer := ""
	for i, g := range p.record.Given {
		if g.Date == w.Date && g.Weight == w.Weight {
			pointer = fmt.Sprintf("/given/%d/weight", i)
		}
	}
	for i, g := range p.record.GivenBefore {
		if g.Date == w.Date && g.Weight == w.Weight {
			pointer = fmt.Sprintf("/givenBefore/%d/weight", i)
		}
	}
	if i := slices.Index(p.record.Weighings, w); i >= 0 {
		pointer = fmt.Sprintf("/weighings/%d/weight", i)
	}
	return p.at(pointer).String() + ": found " + quote(w.Weight.String())
}

// givenBefore says where the file has the first dose before the plan of a day.
func (p *patient) givenBefore(day string) place {
	for i, g := range p.record.GivenBefore {
		if g.Date.String() == day {
			return p.at(fmt.Sprintf("/givenBefore/%d", i))
		}
	}
	return p.at("/givenBefore")
}

// inOrder returns the positions of a list in the order of its dates.
func inOrder[T any](list []T, date func(T) date.Date) []int {
	at := make([]int, len(list))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(i, j int) int { return cmp.Compare(date(list[i]), date(list[j])) })
	return at
}

// A fact is an entry of the patient's file as the plan takes it.
type fact struct {
	what    schedule.Happening
	date    date.Date
	ends    time.Time // where it is known to have ended later than on that day
	pointer string
}

// record applies what the patient's file says happened and was decided, in the
// order in which that can have been: what was weighed by a day, what was chosen
// for a session, what was given there. The k-th that was given is the k-th
// session.
func (r *reader) record() {
	p := r.patient
	p.names(r)
	if n := len(p.record.Visits); n > 0 {
		r.in.notes = append(r.in.notes, count(n, "visit")+" beside the sessions, which the patient's file has, are not marked as having taken place")
	}
	for i, f := range p.facts(r.in.plan) {
		if g, ok := f.what.(schedule.Given); ok && g.Session.IsZero() {
			// The plan would have it as an extra session; this program shows what was planned.
			r.wrong("patient", p.at(f.pointer), quote(g.Date.String()), "no more than was planned: "+count(r.in.plan.Len(), "session"), codeValue)
			return
		}
		plan, err := r.in.plan.Apply(schedule.Event{ID: "file-" + strconv.Itoa(i+1), What: f.what}, later(p.asOf(f), r.in.plan.AsOf()))
		if err != nil {
			r.fact(f, err)
			return
		}
		r.in.plan = plan
	}
}

// names refuses sessions and gates that the plan does not have.
func (p *patient) names(r *reader) {
	for i, c := range p.record.Chosen {
		if _, ok := r.in.plan.At(c.Session); !ok {
			r.wrong("patient", p.at(fmt.Sprintf("/chosen/%d/session", i)), strconv.Itoa(c.Session),
				"the number of a session, from 1 to "+strconv.Itoa(r.in.plan.Len()), string(protocol.CodeUnknownRef))
		}
	}
	for i, name := range p.record.Decided {
		known := slices.Contains(p.record.Decided[:i], name)
		for c := range r.in.plan.Checkpoints() {
			known = known || c.Gate.Name == name
		}
		if !known {
			r.wrong("patient", p.at(fmt.Sprintf("/decided/%d", i)), quote(name), "the name of a gate that the plan comes to", string(protocol.CodeUnknownRef))
		}
	}
}

// asOf returns the instant as of which a fact is recorded: the end of its day, or
// what the file says it is as of, where that is earlier.
func (p *patient) asOf(f fact) time.Time {
	end := beginOf(f.date+1, p.record.Zone).Add(-time.Second)
	if f.ends.After(end) {
		end = f.ends
	}
	if f.date == 0 || end.After(p.record.AsOf) {
		return p.record.AsOf
	}
	return end
}

// later returns the later of two instants.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// facts returns the entries of the file in order.
func (p *patient) facts(plan *schedule.Plan) (facts []fact) {
	start := p.record.Start
	weighed, decided := map[int]bool{}, map[string]bool{}
	byDate := inOrder(p.record.Weighings, func(w schedule.Weighing) date.Date { return w.Date })
	weigh := func(until date.Date) {
		for _, i := range byDate {
			if w := p.record.Weighings[i]; w.Date > start && (until == 0 || w.Date <= until) && !weighed[i] {
				weighed[i] = true
				facts = append(facts, fact{what: schedule.Weighed{Date: w.Date, Weight: w.Weight}, date: w.Date, pointer: fmt.Sprintf("/weighings/%d", i)})
			}
		}
	}
	decide := func(session int, on date.Date) {
		for c := range plan.Checkpoints() {
			i := slices.Index(p.record.Decided, c.Gate.Name)
			if i >= 0 && !decided[c.Gate.Name] && (session == 0 || c.Session <= session) {
				decided[c.Gate.Name] = true
				facts = append(facts, fact{
					what: schedule.Decided{Gate: c.Gate.Name, Then: protocol.Continue, Reason: "so says the patient's file", Who: "not in the file"},
					date: on, pointer: fmt.Sprintf("/decided/%d", i),
				})
			}
		}
	}
	choose := func(session int, on date.Date) {
		for i, c := range p.record.Chosen {
			if s, ok := plan.At(c.Session); ok && c.Session == session {
				what := schedule.DoseChosen{Session: s.ID(), Level: c.Level, Who: c.Who, Reason: c.Reason}
				facts = append(facts, fact{what: what, date: on, pointer: fmt.Sprintf("/chosen/%d", i)})
			}
		}
	}
	for k, i := range inOrder(p.record.Given, func(g schedule.Given) date.Date { return g.Date }) {
		g := p.record.Given[i]
		weigh(g.Date)
		choose(k+1, g.Date)
		if s, ok := plan.At(k + 1); ok {
			g.Session = s.ID()
		}
		facts = append(facts, fact{what: g, date: g.Date, pointer: fmt.Sprintf("/given/%d", i)})
		decide(k+1, g.Date)
	}
	weigh(0)
	for session := len(p.record.Given) + 1; session <= plan.Len(); session++ {
		choose(session, 0)
	}
	decide(0, 0)
	return facts
}

// fact says why an entry of the patient's file is not possible.
func (r *reader) fact(f fact, err error) {
	if w, ok := f.what.(schedule.Weighed); ok && errors.Is(err, dose.ErrImplausible) {
		r.implausible(r.patient.at(f.pointer+"/weight").String()+": found "+quote(w.Weight.String()), err, r.firstFrom(w.Date))
		return
	}
	if c, ok := f.what.(schedule.DoseChosen); ok && codeOf(err) != codeValue {
		r.refusedChoice(f, c, err)
		return
	}
	found, want := "", err.Error()
	if e, ok := errors.AsType[*schedule.EventError](err); ok {
		if want = e.Want; e.Value != "" {
			found = quote(e.Value)
		}
	}
	r.wrong("patient", r.patient.at(f.pointer), found, want, codeValue)
}

// refusedChoice says why a session cannot have the level that was chosen.
func (r *reader) refusedChoice(f fact, c schedule.DoseChosen, err error) {
	for _, s := range r.in.plan.All() {
		if s.ID() == c.Session {
			why := r.patient.at(f.pointer).String() + ": found " + quote(c.Level.String()) + ", " + refusal(err)
			r.say("patient", oneLine(session(s.Ordinal(), s.Phase(), s.Date())+": "+why+" ["+codeOf(err)+"]"))
		}
	}
}
