package schedule

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/internal/place"
)

// ErrUnknownSession says that a plan has no session with an id.
var ErrUnknownSession = errors.New("the plan has no session with this id")

// An Explanation says why a session is on its date and has its dose, in enough
// detail to compute both again.
type Explanation struct {
	Session Session
	// TargetRule says how the target follows from the cadence, WindowRule how
	// the window follows from the target.
	TargetRule, WindowRule string
	// Origin, Count and Unit say the same of the target in data: it is so many
	// days ("d"), weeks ("w") or calendar months ("mo") after a day, before
	// any postponement by whole weeks.
	Origin date.Date
	Count  int
	Unit   string
	// MinGap is the least number of days after the session before or, for the first,
	// after the last dose given before the plan; 0 where there is neither.
	MinGap int
	// Candidates has every day of the window. It is empty where something has
	// become of the session, and in the plan of a [Record], whose dates nobody
	// chose. In a plan that events have changed they are judged as of its as-of,
	// with the other sessions where they are now.
	Candidates []Candidate
	// Level is the level that is planned, and LevelRule says why: chosen, given
	// last, planned from a session on, or the phase's own. LevelRule is "" in a plan
	// in which there is nothing to choose, and where others have been given since.
	Level     dose.Level
	LevelRule string
	// Dose has the steps from the rule to the dose, what is really delivered over which
	// time where that is another, and what a table of missed doses says of a dose that
	// comes so many days after the one before; none without a drug.
	Dose []string
	// Results has each result that the session needs, and whether it is known.
	Results []string
	// Tasks has each task of the visit, for whom it is, where it stands, and how its
	// time follows; none for a session without a start.
	Tasks []string
	// Beside says of each medicine beside the drug when it is given, and how its dose was
	// computed.
	Beside []string
	// History says what became of the session, in the order of the events: one
	// line for each that names it.
	History []string
}

// A Candidate is a day of a session's window.
type Candidate struct {
	Date date.Date
	// Cause and Detail say why the session cannot be on the day; Cause is ""
	// where it can.
	Cause  Cause
	Detail string
	// Squared is the squared shift of the session itself on this day. Total is
	// the least sum of squared shifts of the whole plan with the session on
	// it, and LeftOut the number of sessions that are left out then. All are 0
	// where it cannot be.
	Squared, Total, LeftOut int
	// Chosen reports whether the session is on this day.
	Chosen bool
	// Tie is set where the day is as good as the one chosen. It says where the
	// list of dates with the session on this day first differs from the one
	// taken, which is later there.
	Tie Move
}

// Explain returns why the session with the id is on its date and has its dose.
// It returns [ErrUnknownSession] if the plan has no such session.
func (p *Plan) Explain(id ID) (Explanation, error) {
	s, ok := p.Session(id)
	if !ok {
		return Explanation{}, fmt.Errorf("explaining %s: %w", id, ErrUnknownSession)
	}
	return p.explainerOf(s).explain(s), nil
}

// Explanations returns the explanation of every session in order. It costs far
// less than asking for one after the other.
func (p *Plan) Explanations() iter.Seq[Explanation] {
	return func(yield func(Explanation) bool) {
		e := p.explainer()
		e.options = e.placer.placement.Options()
		for _, s := range p.All() {
			if !yield(e.explain(s)) {
				return
			}
		}
	}
}

// An explainer knows what every day of every window would cost.
type explainer struct {
	plan *Plan
	// at has the position of each session among those that the placer places,
	// -1 for one that is settled, and back the reverse.
	at, back []int
	placer   *placer
	options  *place.Options // of the sessions that are explained, set by whoever does
}

// explainerOf returns one that knows that of the window of one session.
func (p *Plan) explainerOf(s Session) *explainer {
	e := p.explainer()
	if at := e.at[s.index]; at >= 0 {
		e.options = e.placer.placement.OptionsOf(at)
	}
	return e
}

func (p *Plan) explainer() *explainer {
	e := &explainer{plan: p, at: make([]int, len(p.slots)), back: make([]int, 0, len(p.slots))}
	if p.journal.len() > 0 {
		e.settle()
	} else {
		e.placer = p.placer(p.slots)
		e.back = slices.AppendSeq(e.back, positions(len(p.slots)))
	}
	e.placer.calendar = p.calendar.Clone()
	for i := range e.at {
		e.at[i] = -1
	}
	for at, i := range e.back {
		e.at[i] = at
	}
	// A session that is today stays possible at its time though that has come.
	for i := range e.placer.slots {
		if s := &e.placer.slots[i]; s.day == e.placer.today && !s.left && s.start >= 0 {
			at, _ := civil.NewZone(p.zone).Resolve(civil.Date(s.day), int(s.start))
			e.placer.need.NotBefore = min(e.placer.need.NotBefore, at)
		}
	}
	return e
}

// settle leaves to the placer what is still to take place: after the last session
// that was given and from the plan's as-of on.
func (e *explainer) settle() {
	p := e.plan
	slots := make([]slot, 0, len(p.slots))
	for i := range p.slots {
		if p.slots[i].state == 0 {
			slots, e.back = append(slots, p.slots[i]), append(e.back, i)
		}
	}
	e.placer = p.placer(slots)
	e.placer.numbers = e.back
	for i := range p.slots {
		if s := &p.slots[i]; s.dosed() {
			e.placer.keep(s, i+1, 0)
		}
	}
	e.placer.read()
}

func (e *explainer) explain(s Session) Explanation {
	p := e.plan
	rule := p.course.Rule(&s.slot().Session)
	x := Explanation{
		Session: s, TargetRule: targetRule(rule), WindowRule: windowRule(rule),
		Origin: civil.Date(int32(rule.Origin)), Count: rule.Count, Unit: rule.Unit.String(),
		Candidates: e.candidates(s.index),
	}
	if before := p.keptBefore(s.index); before >= 0 {
		x.MinGap = p.minGap(&p.slots[before], s.slot())
	} else if last := p.lastBefore(); last != nil {
		x.MinGap = p.gapBefore(last, s.slot().Phase)
	}
	x.Results = p.resultLines(s.index)
	x.Tasks, x.History = s.taskReasons(), p.historyOf(s)
	x.Beside = s.besideReasons()
	if c := s.Dose(); !c.IsZero() {
		if w, ok := s.Weighing(); ok {
			x.Dose = append(x.Dose, w.Weight.String()+" measured on "+civil.Format(w.Date))
		}
		x.Dose = append(x.Dose, c.String())
		x.Dose = append(x.Dose, s.deliveryText()...)
		x.Dose = append(x.Dose, s.partsText()...)
	}
	if late, ok := s.Late(); ok {
		x.Dose = append(x.Dose, late.String())
	}
	if x.Level = s.Level(); p.titrated() && !x.Level.IsZero() {
		if r := p.prescription(s.index); r.level == x.Level {
			x.LevelRule = p.levelText(s.index, r)
		}
	}
	return x
}

// targetRule says in words how a target follows from the cadence.
func targetRule(r course.Rule) string {
	if r.Window == course.OwnDay {
		return "added to those of the protocol"
	}
	origin := dayText(civil.Date(int32(r.Origin)))
	moved := ""
	if r.Moved > 0 {
		moved = ", postponed by " + plural(r.Moved, "week")
	}
	segment := r.Segment.String()
	switch r.Segment.Kind() {
	case protocol.Weekly:
		days := make([]byte, 0, 32)
		for i, day := range r.Days {
			if i > 0 {
				days = append(days, ", "...)
			}
			days = strconv.AppendInt(days, int64(day)+1, 10)
		}
		first := ""
		if len(r.Days) < r.Of {
			first = "the first " + strconv.Itoa(len(r.Days)) + " of the "
		}
		why := "ideal"
		if r.Asked.Len() > 0 {
			why = "asked for by " + r.Asked.String()
			if r.Turned > 0 {
				why += ", counted again from another day"
			}
		}
		return segment + ": day " + strconv.Itoa(r.Steps+1) + " of the week from " + origin +
			" (" + first + "days of a week with " + strconv.Itoa(r.Of) + ": " + string(days) + ", " + why + ")" + moved
	case protocol.Every:
		return segment + ": " + plural(r.Steps, "interval") + " of " + r.Segment.Interval().String() + " after " + origin + moved
	case protocol.Cyclical:
		return segment + ": day " + strconv.Itoa(r.Steps+1) + " of the cycle from " + origin + moved
	default:
		return segment + ": " + plural(r.Steps, "week") + " after " + origin + moved
	}
}

// windowRule says in words how a window follows from its target.
func windowRule(r course.Rule) string {
	rule := ""
	switch r.Window {
	case course.OwnDay:
		return "the day that it was added for"
	case course.Stated:
		rule = fmt.Sprintf("stated by the protocol: %s before the target to %d after it", plural(r.Before, "day"), r.After)
	case course.WholeWeek:
		rule = "the whole week, for which " + strconv.Itoa(r.Planned) + " sessions are planned"
	case course.OnlyOne:
		rule = "3 days either side of the only session of its week"
	default:
		rule = fmt.Sprintf("%s either side, since targets are at least %s apart", plural(r.Before, "day"), plural(r.Step, "day"))
	}
	if r.Moved > 0 {
		rule += ", moved with its target"
	} else if r.Clipped {
		rule += ", never before the plan's start"
	}
	return rule
}

// keptBefore returns the position of the last session before one that takes place
// or took place, or -1.
func (p *Plan) keptBefore(index int) int {
	for index--; index >= 0 && !p.slots[index].takesPlace(); index-- {
	}
	return index
}

// candidates returns every day of the window of a session with why it cannot
// take it or what that would cost: the best that the sessions before it can do,
// its own shift, and the best that those after it can do.
func (e *explainer) candidates(index int) []Candidate {
	s, at := &e.plan.slots[index], e.at[index]
	if at < 0 || e.plan.recorded() {
		return nil // nobody is looking for the best day
	}
	list := make([]Candidate, 0, s.Latest-s.Earliest+2)
	first, last := s.Earliest, s.Latest
	if s.decidedOutside() {
		first, last = min(first, s.day), max(last, s.day)
	}
	for day := first; day <= last; day++ {
		if (day < s.Earliest || day > s.Latest) && day != s.day {
			continue // between the window and the day that was decided
		}
		o := e.options.Of(at, day)
		c := Candidate{Date: civil.Date(day), Chosen: !s.left && day == s.day, Squared: o.Squared, Total: o.Total, LeftOut: o.LeftOut}
		if o.Reason != 0 {
			c.Cause, c.Detail = e.placer.why(at, day, o.Reason, at-1, o.Earliest)
		}
		list = append(list, c)
	}
	e.ties(index, list)
	return list
}

// ties says of the days that are as good as the chosen one why that was taken.
func (e *explainer) ties(index int, list []Candidate) {
	at := slices.IndexFunc(list, func(c Candidate) bool { return c.Chosen })
	if at < 0 {
		return
	}
	for i := range list {
		c := &list[i]
		if c.Cause == "" && !c.Chosen && c.Total == list[at].Total && c.LeftOut == list[at].LeftOut {
			if moves := e.ripple(index, civil.Day(c.Date)); len(moves) > 0 {
				c.Tie = moves[0]
			}
		}
	}
}

// String returns the explanation as lines of text.
func (e Explanation) String() string {
	var b strings.Builder
	s := e.Session
	fmt.Fprintf(&b, "session %d, %s, treatment week %d\n", s.Ordinal(), s.Phase(), s.Week())
	if what := s.prescribed(); what != "" {
		fmt.Fprintf(&b, "  by %s\n", what)
	}
	fmt.Fprintf(&b, "  target %s: %s\n", dayText(s.Target()), e.TargetRule)
	fmt.Fprintf(&b, "  window %s to %s: %s\n", dayText(s.Earliest()), dayText(s.Latest()), e.WindowRule)
	if e.MinGap > 0 {
		after := "the session before"
		if s.plan.keptBefore(s.index) < 0 {
			after = "the dose given before the plan, " + s.plan.lastBefore().String()
		}
		fmt.Fprintf(&b, "  at least %s after %s\n", plural(e.MinGap, "day"), after)
	}
	for _, c := range e.Candidates {
		fmt.Fprintf(&b, "  %s %s\n", dayText(c.Date), c.text(s))
	}
	if !s.Placed() {
		b.WriteString("  left out\n")
		return b.String()
	}
	fmt.Fprintf(&b, "  visit %s to %s\n", s.Start(), s.End())
	if e.LevelRule != "" {
		fmt.Fprintf(&b, "  level %s\n", e.LevelRule)
	}
	for _, step := range e.Dose {
		fmt.Fprintf(&b, "  dose %s\n", step)
	}
	for _, line := range e.Results {
		fmt.Fprintf(&b, "  result %s\n", line)
	}
	for _, line := range e.Beside {
		fmt.Fprintf(&b, "  beside %s\n", line)
	}
	for _, line := range e.Tasks {
		fmt.Fprintf(&b, "  task %s\n", line)
	}
	for _, line := range e.History {
		fmt.Fprintf(&b, "  %s\n", line)
	}
	return b.String()
}

// text says what taking the day would cost, or why it cannot be taken.
func (c Candidate) text(s Session) string {
	cost := fmt.Sprintf("squared shifts of the plan %d", c.Total)
	if c.LeftOut > 0 {
		cost += fmt.Sprintf(", sessions left out %d", c.LeftOut)
	}
	switch {
	case c.Cause != "" && c.Chosen:
		return "chosen, but now: " + c.Detail
	case c.Cause != "":
		return c.Detail
	case c.Chosen:
		return fmt.Sprintf("chosen: shift %+d, %s", s.ShiftDays(), cost)
	case c.Tie.Session == s.Ordinal():
		return "possible and as good, but earlier"
	case c.Tie.Session > 0:
		return "possible and as good, but session " + strconv.Itoa(c.Tie.Session) + " would be earlier"
	default:
		return "possible: " + cost
	}
}
