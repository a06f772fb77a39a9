package schedule

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// A fixer collects the ways on from sessions.
type fixer struct {
	plan    *Plan
	asOf    time.Time
	today   int32
	repairs []Repair
	present []Finding // of the plan as it is

	// named are the positions of the sessions that were not given and that no other
	// makes up for, in the order of the plan. Where one of them is held, so are all
	// others that are: a treatment goes on as a whole.
	named []int
	// Of those: gone are those that will not take place, first what says so of those
	// that have begun, and cancel what cancels those that lost their days.
	gone, held, overdue, lost []int
	first, cancel             []Happening
}

// sort sorts sessions by what became of them, and returns the position of the last
// that was given, or one that another makes up for.
func (f *fixer) sort(e *edit, at []int) (last int) {
	p := f.plan
	for _, i := range at { // in the order of the plan, which is that of the days of what was given
		s := &p.slots[i]
		switch {
		case s.took():
			last = i
			continue
		case s.state == StateHeld:
			if len(f.held) == 0 {
				f.hold()
			}
			continue
		case s.pending() && e.begins(s) <= f.asOf.Unix():
			f.overdue = append(f.overdue, i)
			f.gone = append(f.gone, i)
			f.first = append(f.first, Missed{Session: p.id(i)})
		case s.pending():
			if why := p.lost(i); why != "" {
				f.lost = append(f.lost, i)
				f.cancel = append(f.cancel, Cancelled{Session: p.id(i), By: p.canceller(i), Reason: why})
			}
		case s.replaced:
			last = i
			continue
		default:
			f.gone = append(f.gone, i)
		}
		f.named = append(f.named, i)
	}
	f.named = append(f.named, f.held...)
	slices.Sort(f.named)
	return last
}

// hold notes every session that is held.
func (f *fixer) hold() {
	for i := range f.plan.slots {
		if f.plan.slots[i].state == StateHeld {
			f.held = append(f.held, i)
		}
	}
}

// canceller returns who it is for whom a session to come cannot keep its day.
func (p *Plan) canceller(i int) Canceller {
	switch cause, _ := p.lostTo(i); cause {
	case Unsuitable:
		return ByPatient
	case TooClose:
		return ByClinical
	default:
		return ByClinic
	}
}

// slot returns the first session, whose phase the ways on are about.
func (f *fixer) slot() *slot { return &f.plan.slots[f.named[0]] }

func (f *fixer) phase() string { return f.plan.phases[f.slot().Phase].Name }

func (f *fixer) ids(at []int) []ID {
	ids := make([]ID, len(at))
	for k, i := range at {
		ids[k] = f.plan.id(i)
	}
	return ids
}

// it returns a word for the sessions, or two for several.
func (f *fixer) it() string {
	if len(f.named) > 1 {
		return "them"
	}
	return "it"
}

// ways offers the ways on from the sessions named.
func (f *fixer) ways() {
	settled := len(f.gone)+len(f.held)+len(f.lost) > 0 // or they are to come as they should
	if settled {
		f.skip()
	}
	if len(f.held) == 0 {
		f.catchUp()
	}
	f.placeAgain(f.named, "place "+f.it()+" again inside "+f.windows())
	f.shift(f.named, f.first, "move "+f.it()+" and the sessions after "+f.afterThem()+" later by ")
	f.reanchor()
	if len(f.gone)+len(f.lost) > 0 {
		f.append()
	}
	if settled {
		f.restart()
		f.stepBack()
	}
	f.table()
}

func (f *fixer) windows() string {
	if len(f.named) > 1 {
		return "their windows"
	}
	return "its window"
}

func (f *fixer) afterThem() string {
	if len(f.named) > 1 {
		return "the first"
	}
	return "it"
}

// offer adds a way whose events are known.
func (f *fixer) offer(r Repair, what ...Happening) {
	if r.Err == nil {
		r.Entries, r.Plan, r.Err = f.try(r.Way, what...)
	}
	f.add(r)
}

// add adds a way that was tried.
func (f *fixer) add(r Repair) {
	if r.Source == "" {
		r.Source = unnamedSource
	}
	if r.Err != nil {
		r.Entries, r.Plan = nil, nil
	} else {
		r.Diff, r.Findings = f.plan.Diff(r.Plan), f.caused(r.Plan)
	}
	f.repairs = append(f.repairs, r)
}

// try applies happenings to the plan.
func (f *fixer) try(way Way, what ...Happening) ([]Entry, *Plan, error) {
	return f.goOn(way, nil, f.plan, what...)
}

// goOn applies happenings to a plan that entries led to.
func (f *fixer) goOn(way Way, entries []Entry, plan *Plan, what ...Happening) ([]Entry, *Plan, error) {
	entries = slices.Clip(entries)
	for _, w := range what {
		entry := Entry{Event: Event{ID: f.eventID(way, len(entries)), What: w}, AsOf: f.asOf}
		next, err := plan.Apply(entry.Event, entry.AsOf)
		if err != nil {
			return nil, nil, unnamed(err)
		}
		plan, entries = next, append(entries, entry)
	}
	return entries, plan, nil
}

// unnamed takes the event from an error: it is one that nobody has sent.
func unnamed(err error) error {
	if refused, ok := errors.AsType[*EventError](err); ok {
		plain := *refused
		plain.Event, plain.Kind = "", ""
		return &plain
	}
	return err
}

// eventID returns an id that the plan does not have: it counts the events before
// it.
func (f *fixer) eventID(way Way, i int) string {
	return "repair-" + strconv.Itoa(f.plan.journal.len()) + "-" + strconv.Itoa(int(way)) + "-" + strconv.Itoa(len(f.repairs)+1) + "-" + strconv.Itoa(i+1)
}

// caused returns the findings of a plan that the present one does not have.
func (f *fixer) caused(plan *Plan) []Finding {
	if plan == f.plan {
		return nil
	}
	if f.present == nil {
		f.present = append(Validate(f.plan), Finding{}) // never nil, and no finding is like that
	}
	return slices.DeleteFunc(Validate(plan), func(now Finding) bool {
		return slices.ContainsFunc(f.present, func(was Finding) bool { return was.Code == now.Code && was.ID == now.ID })
	})
}

// skip offers to go on without the sessions.
func (f *fixer) skip() {
	what := slices.Concat(f.first, f.cancel)
	if len(f.held) > 0 {
		f.offer(Repair{Way: WaySkip, Text: "resume on the dates that are not past, without the sessions in between"}, append(what, Resumed{})...)
		return
	}
	r := Repair{Way: WaySkip, Text: "go on as planned without " + f.it()}
	continued := f.rules(protocol.Continue)
	for _, rule := range continued {
		f.offer(f.byRule(rule, r), what...)
	}
	if len(continued) == 0 {
		f.offer(r, what...)
	}
}

// append offers to make up for sessions after the last one of the plan.
func (f *fixer) append() {
	r := Repair{Way: WayAppend, Text: "make up for " + f.it() + " after the last session of the plan"}
	if rules := f.rules(protocol.Extend); len(rules) > 0 {
		r = f.byRule(rules[0], r)
	}
	what := slices.Concat(f.first, f.cancel)
	for _, i := range f.named {
		if slices.Contains(f.gone, i) || slices.Contains(f.lost, i) {
			what = append(what, Appended{Session: f.plan.id(i)})
		}
	}
	f.offer(r, what...)
}

// stepBack offers to step back where the protocol does.
func (f *fixer) stepBack() {
	for _, rule := range f.rules(protocol.StepBack) {
		r := f.byRule(rule, Repair{
			Way: WayStepBack, Text: "return to the frequency of " + strconv.Quote(rule.To) + " for the sessions that " + strconv.Quote(f.phase()) + " has left",
		})
		reason := rule.Condition
		if reason == "" {
			reason = "missed session"
		}
		f.offer(r, append(slices.Clone(f.first), SteppedBack{Session: f.plan.id(f.named[0]), To: rule.To, Reason: reason})...)
	}
}

// given offers the ways on after a session that was early or late, or that another
// makes up for.
func (f *fixer) given(at int) {
	p := f.plan
	s := &p.slots[at]
	if !s.took() {
		f.offer(Repair{Way: WaySkip, Text: "another session makes up for it already"})
		return
	}
	f.offer(Repair{Way: WaySkip, Text: "leave the sessions after it on the dates they have"})
	if s.day == s.Target || s.Extra {
		return
	}
	after := p.nextAfter(at)
	if after < 0 || p.slots[after].took() {
		return
	}
	f.offer(Repair{Way: WayCatchUp, Text: "keep the grid: place the sessions after it again inside their windows"}, Shifted{Session: p.id(after)})
	var lost []int
	for i := range p.slots {
		if p.lost(i) != "" {
			lost = append(lost, i)
		}
	}
	if len(lost) > 0 {
		f.placeAgain(lost, "place the sessions that lost their days again inside their windows")
	}
	f.shift([]int{after}, nil, "move the sessions after it later by ")
	f.offer(Repair{Way: WayReanchor, Text: "count the sessions after it from " + dayText(civil.Date(s.day)) + ", the day it was given"}, Reanchored{Session: p.id(at)})
}

// own returns the protocol of the first of the sessions.
func (f *fixer) own() *protocol.Protocol { return Session{f.plan, f.named[0]}.Protocol() }

// rules returns what the protocol says about a missed session of this phase that
// has a decision follow.
func (f *fixer) rules(then protocol.Decision) []missedRule {
	var list []missedRule
	name := f.phase()
	for i, rule := range f.own().Spec().Missed {
		if rule.Then == then && (rule.Phase == "" || rule.Phase == name) {
			list = append(list, missedRule{rule, "/missed/" + strconv.Itoa(i)})
		}
	}
	return list
}

// A missedRule is a rule of the protocol and its place in it.
type missedRule struct {
	protocol.MissedRule
	place string
}

func (f *fixer) byRule(rule missedRule, r Repair) Repair {
	return f.by(rule.Condition, rule.Source, rule.place, r)
}

// by says what of the protocol a way rests on: the condition, the key of the source, and
// the place that facts of it are about.
func (f *fixer) by(condition, key, place string, r Repair) Repair {
	r.Condition = condition
	for _, source := range f.own().Spec().Sources {
		if source.Key != key {
			continue
		}
		r.Source = source.Citation
		read := false
		for _, fact := range source.Facts {
			if fact.About == place {
				r.Quote = fact.Quote
				read = fact.Grade == protocol.Primary || fact.Grade == protocol.Secondary
			}
		}
		if !read {
			r.Source += " (" + unverified + ")"
		}
	}
	return r
}
