package schedule

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// A Code names a kind of finding. Codes are kebab-case; they are never renamed
// and never reused.
type Code string

// A Severity says how much a finding matters. The zero Severity is invalid.
type Severity uint8

// The severities.
const (
	Info      Severity = iota + 1 // worth knowing
	Warning                       // to be looked at by somebody
	Violation                     // against the protocol
)

// String returns "info", "warning" or "violation".
func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Violation:
		return "violation"
	default:
		return "%!Severity(" + strconv.Itoa(int(s)) + ")"
	}
}

// ParseSeverity reads what [Severity.String] writes. Anything else is a
// [*ParseError].
func ParseSeverity(s string) (Severity, error) { return parseNamed("severity", s, Info, Violation) }

// MarshalText returns what [Severity.String] returns. The error is a
// [*ParseError] for a value that is no severity.
func (s Severity) MarshalText() ([]byte, error) { return marshalNamed(s, ParseSeverity) }

// UnmarshalText reads what [ParseSeverity] reads.
func (s *Severity) UnmarshalText(text []byte) error { return unmarshalText(s, text, ParseSeverity) }

// A Finding is an observation about a plan: data, never an error.
type Finding struct {
	Code     Code
	Severity Severity
	// Session is the number of the session in the plan, counted from 1, or 0
	// for the plan as a whole; ID is its id.
	Session int
	ID      ID
	// Text says what was found, for people. It may change between versions.
	Text string
	// Accepted is who accepted it and why, zero while it is open.
	Accepted Acceptance
}

// Open reports whether somebody still has to look at the finding: it is above
// info and nobody has accepted it.
func (f Finding) Open() bool { return f.Severity > Info && f.Accepted == Acceptance{} }

// String returns the severity, the session, the text and the code.
func (f Finding) String() string {
	where := "plan"
	if f.Session > 0 {
		where = "session " + strconv.Itoa(f.Session)
	}
	return fmt.Sprintf("%s: %s: %s [%s]", f.Severity, where, f.Text, f.Code)
}

// An Acceptance says that somebody knows of a finding about a session and goes
// on, and why.
type Acceptance struct {
	// Session is the number of the session, counted from 1.
	Session int
	Code    Code
	// Reason and Who are required.
	Reason, Who string
}

func (a Acceptance) check(errs *requestErrors) {
	if a.Session < 1 || a.Session > maxPlanned {
		errs.add("Accepted", strconv.Itoa(a.Session), "want the number of a session, counted from 1")
	}
	if a.Code == "" {
		errs.add("Accepted", "", "want the code of the finding that is accepted")
	}
	if a.Reason == "" || a.Who == "" {
		errs.add("Accepted", string(a.Code), "want a reason, and who accepts it")
	}
}

// A Check looks at a plan for one kind of finding. It is data and a function, so
// that anybody can add their own.
type Check struct {
	Code     Code
	Severity Severity
	// Doc says in one sentence what is looked for.
	Doc string
	// Run appends what it finds to found and returns it. Of each finding it
	// gives the Session, 0 for the plan as a whole, and the Text; the rest is
	// filled in.
	Run func(p *Plan, found []Finding) []Finding
}

// valid reports whether s is one of the severities.
func (s Severity) valid() bool { return s >= Info && s <= Violation }

// Validate runs checks over a plan, the standard ones where none are given, and
// returns what they find in the order of the sessions, then of the codes, then
// as the checks found it: the same every time. It allocates nothing where they
// find nothing.
//
// A check that panics is a finding of its own, "check-failed", and so is one
// without a code, a severity or a function; the others run.
func Validate(p *Plan, checks ...Check) []Finding {
	var found []Finding
	if len(checks) == 0 {
		standard := standardChecks()
		found = runAll(p, standard[:])
	} else {
		found = runAll(p, checks)
	}
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Session, b.Session), cmp.Compare(a.Code, b.Code))
	})
	return found
}

// runAll returns what checks find.
func runAll(p *Plan, checks []Check) (found []Finding) {
	for ran := 0; len(checks) > 0; checks = checks[ran:] {
		found, ran = runUp(p, checks, found)
	}
	return found
}

// runUp appends what checks find up to one that panics, which has failed, or all of them,
// and returns how many they are: looking for a panic costs more than most checks.
func runUp(p *Plan, checks []Check, found []Finding) (all []Finding, ran int) {
	all = found
	defer func() {
		if r := recover(); r != nil {
			all, ran = append(all, checks[ran].failed(r)), ran+1
		}
	}()
	for ; ran < len(checks); ran++ {
		all = checks[ran].run(p, all)
	}
	return all, ran
}

// run appends what the check finds.
func (c *Check) run(p *Plan, found []Finding) []Finding {
	if c.Code == "" || !c.Severity.valid() || c.Run == nil {
		return append(found, c.failed("want a code, a severity and a function"))
	}
	// What is there already is out of the check's reach.
	own := c.Run(p, found[len(found):])
	for i := range own {
		f := &own[i]
		f.Code, f.Severity = c.Code, c.Severity
		if f.Session >= 1 && f.Session <= p.Len() {
			f.ID = p.id(f.Session - 1)
		}
		for _, a := range p.accepted.all() {
			// Sessions are accepted by their serials, which were their numbers
			// when the plan was made.
			if f.Session >= 1 && f.Session <= p.Len() && a.Session == int(p.slots[f.Session-1].serial) && a.Code == f.Code {
				f.Accepted = *a
				f.Accepted.Session = f.Session
			}
		}
	}
	return append(found, own...)
}

func (c *Check) failed(why any) Finding {
	return Finding{Code: CheckFailed, Severity: Violation, Text: fmt.Sprintf("the check %q failed: %v", c.Code, why)}
}
