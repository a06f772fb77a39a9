package protocol

import (
	"strconv"
	"time"

	"github.com/regimen-go/regimen/dose"
)

// A Climb says which of the levels of a phase is allowed next. The zero Climb is
// not stated.
type Climb uint8

// The ways to climb.
const (
	// ClimbFree: any level of the phase is allowed.
	ClimbFree Climb = iota + 1
	// ClimbByOne: at most one level above the one given last, for a session to
	// come the one planned before it, or any below. Before anything is given or
	// planned the level of the phase's own dose is the highest.
	ClimbByOne
)

// String returns "free" or "by one", "" where none is stated.
func (c Climb) String() string {
	switch c {
	case 0:
		return ""
	case ClimbFree:
		return "free"
	case ClimbByOne:
		return "by one"
	default:
		return "%!Climb(" + strconv.Itoa(int(c)) + ")"
	}
}

// A Follows says what the planned dose of a session follows. The zero Follows is
// not stated.
type Follows uint8

// What a planned dose follows.
const (
	// FollowsRule: the phase's own dose and its planned steps, whatever was
	// given.
	FollowsRule Follows = iota + 1
	// FollowsLastGiven: the level given last, also in the phase before, where
	// this phase has it; else the phase's own.
	FollowsLastGiven
)

// String returns "rule" or "last given", "" where none is stated.
func (f Follows) String() string {
	switch f {
	case 0:
		return ""
	case FollowsRule:
		return "rule"
	case FollowsLastGiven:
		return "last given"
	default:
		return "%!Follows(" + strconv.Itoa(int(f)) + ")"
	}
}

// A DoseLevel is one of the levels of a phase, and where it comes from.
type DoseLevel struct {
	Level dose.Level
	// Rule is the rule that names the level: the phase's own, or that of a step.
	Rule dose.Rule
	// Choice is the choice of the rule that the level is; zero: the rule's own
	// amount.
	Choice dose.Mass
	// From is the session of the phase, counted from 1, from which on the level
	// is offered.
	From int
	// Condition, if not empty, is what must be true for the level, in words.
	Condition string
}

// Levels returns the levels of the phase, each once and in the order in which the
// phase names them: its dose and the choices of that; each conditional step and
// its choices, offered from the session of the step on; the choices of planned
// steps, offered likewise. What a planned step plans is the plan, and no level for
// that. A level that is named twice is offered from the earlier session on.
//
// Values that a parameter fills are to be filled in, as those of
// [Protocol.Phases] are.
func (p Phase) Levels() []DoseLevel {
	var levels []DoseLevel
	named := map[dose.Level]int{}
	add := func(l DoseLevel) {
		i, again := named[l.Level]
		switch {
		case l.Level.IsZero():
		case !again:
			named[l.Level] = len(levels)
			levels = append(levels, l)
		case l.From < levels[i].From:
			levels[i] = l
		}
	}
	choices := func(r dose.Rule, from int, condition string) {
		for m := range r.Or.All() {
			add(DoseLevel{Level: dose.LevelOfMass(m), Rule: r, Choice: m, From: from, Condition: condition})
		}
	}
	add(DoseLevel{Level: dose.LevelOf(p.Dose.Amount), Rule: p.Dose, From: 1})
	choices(p.Dose, 1, "")
	for _, step := range p.Steps {
		if step.Condition != "" {
			add(DoseLevel{Level: dose.LevelOf(step.Dose.Amount), Rule: step.Dose, From: step.From, Condition: step.Condition})
		}
		choices(step.Dose, step.From, step.Condition)
	}
	return levels
}

// OrderOf returns everything that decides how a dose by the rule, which is the
// phase's own or that of one of its steps, is given in the phase.
//
// Of a dose in parts it is the order of the whole, which is judged by it; what gives it
// is [Phase.Sequence].
func (p Phase) OrderOf(r dose.Rule) dose.Order {
	if p.InParts() {
		s := p.Sequence()
		s.Rule = r
		return s.Whole()
	}
	return dose.Order{Rule: r, Preparation: p.Preparation, Administration: doseDuration(p.Visit.Administration), RunsOn: p.RunsOn}
}

// doseDuration returns a length of a visit as the package dose has it; none where
// there is none or it does not compile.
func doseDuration(d time.Duration) dose.Duration {
	during, err := dose.NewDuration(d)
	if err != nil {
		return dose.Duration{}
	}
	return during
}
