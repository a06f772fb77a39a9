package lint

import (
	"fmt"
	"strings"

	"github.com/regimen-go/regimen/protocol"
)

// A Rule looks for one kind of finding. It is data and a function, so that anybody
// can add their own.
type Rule struct {
	// Code is kebab-case and that of no other rule.
	Code     Code
	Severity Severity
	// Title says in a few words what is found. Means says what it means for
	// whoever treats by the protocol, Mend what to do about it.
	Title, Means, Mend string
	// Check looks at one protocol, Across at all that are kept together. A rule has
	// one of them.
	Check  func(s *Subject, report Report)
	Across func(all []*Subject, report ReportOf)
}

// A Report takes what a rule found at a place, which is a JSON Pointer such as
// "/phases/1/minGap", "" for the protocol as a whole.
type Report func(place, format string, args ...any)

// A ReportOf is a [Report] about one of several protocols, by its position.
type ReportOf func(index int, place, format string, args ...any)

// A Subject is a protocol as rules see it. What it has is not to be changed.
type Subject struct {
	// Name is that of the file, or "".
	Name string
	// Spec is what the file says.
	Spec protocol.Spec
	// Earlier is what it said before, nil where that is not known.
	Earlier *protocol.Spec

	variants []*Variant
	problems protocol.ErrorList
	refused  []refusal
	places   *protocol.Places
}

// Variants returns the protocol with the values that its parameters may have,
// compiled, the one with the first of each first; none where it does not compile.
func (s *Subject) Variants() []*Variant { return s.variants }

// refusal of a rule that is not to be run.
func (r *Rule) problem(known map[Code]bool) string {
	switch {
	case !isKebab(string(r.Code)):
		return fmt.Sprintf("the rule %q is not run: want a code of lower-case words with hyphens between them", r.Code)
	case known[r.Code]:
		return fmt.Sprintf("the rule %q is not run: another rule has the code", r.Code)
	case r.Severity < Info || r.Severity > Violation:
		return fmt.Sprintf("the rule %q is not run: want a severity, got %s", r.Code, r.Severity)
	case (r.Check == nil) == (r.Across == nil):
		return fmt.Sprintf("the rule %q is not run: want one function, Check or Across", r.Code)
	default:
		return ""
	}
}

// isKebab reports whether s is lower-case words of letters and digits with single
// hyphens between them, a letter first.
func isKebab(s string) bool {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	for word := range strings.SplitSeq(s, "-") {
		if word == "" || strings.ContainsFunc(word, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
			return false
		}
	}
	return true
}
