package lint

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/regimen-go/regimen/protocol"
)

// A File is a protocol to look at, and what is known of where it comes from. Only the
// Spec is required.
type File struct {
	// Name is what findings call the file.
	Name string
	Spec protocol.Spec
	// Source is the text that the Spec was read from, for lines and columns.
	Source []byte
	// Earlier is what the protocol was before, such as in the main branch.
	Earlier *protocol.Spec
}

// Options are what to look with. The zero Options are the standard rules, with
// nothing accepted.
type Options struct {
	// Rules are those of the caller, beside the standard ones.
	Rules []Rule
	// Accepted are findings that are meant as they are.
	Accepted []Acceptance
}

// Check looks at one protocol and returns the findings in the order of their places
// in the Spec, then of their codes: the same every time.
func Check(s protocol.Spec, o Options) []Finding { return CheckFile(File{Spec: s}, o) }

// CheckFile is [Check] for a protocol of which more is known.
func CheckFile(f File, o Options) []Finding { return look([]File{f}, o, false) }

// Collection looks at protocols that are kept together: at each of them as [CheckFile]
// does, and at all of them with the rules for several. The findings are in the order
// of the files.
func Collection(files []File, o Options) []Finding { return look(files, o, true) }

// look runs all rules over all files.
func look(files []File, o Options, together bool) []Finding {
	l := linter{subjects: make([]*Subject, len(files)), found: make([][]Finding, len(files)+1), again: map[placedFinding]bool{}}
	for i, f := range files {
		l.subjects[i] = newSubject(f)
	}
	known := map[Code]bool{RuleFailed: true, RuleRefused: true, AcceptanceUnused: true}
	rules := standardRules()
	for i := range rules {
		known[rules[i].Code] = true
		l.run(&rules[i], together)
	}
	for _, rule := range o.Rules {
		if problem := rule.problem(known); problem != "" {
			l.add(-1, Finding{Code: RuleRefused, Severity: Violation, Text: problem})
			continue
		}
		known[rule.Code] = true
		l.run(&rule, together)
	}
	return l.finish(o.Accepted)
}

// A linter collects findings, by file and, last, of none.
type linter struct {
	subjects []*Subject
	found    [][]Finding
	again    map[placedFinding]bool
}

// A placedFinding is a finding of a file: two files may have one name.
type placedFinding struct {
	file    int
	finding Finding
}

// add adds a finding about a file, or about none for -1. What was found already is
// not found twice.
func (l *linter) add(index int, f Finding) {
	at := len(l.found) - 1
	if index >= 0 && index < len(l.subjects) {
		at = index
		s := l.subjects[index]
		f.Protocol, f.File = s.Spec.ID, s.Name
		f.Line, f.Column = s.places.Find(f.Place)
	}
	if key := (placedFinding{at, f}); !l.again[key] {
		l.again[key] = true
		l.found[at] = append(l.found[at], f)
	}
}

// run runs a rule, over each file or over all. A rule that panics has failed.
func (l *linter) run(rule *Rule, together bool) {
	finding := func(place, format string, args []any) Finding {
		return Finding{Code: rule.Code, Severity: rule.Severity, Place: place, Text: fmt.Sprintf(format, args...)}
	}
	if rule.Check != nil {
		for i, s := range l.subjects {
			l.guard(rule, i, func() {
				rule.Check(s, func(place, format string, args ...any) { l.add(i, finding(place, format, args)) })
			})
		}
		return
	}
	if together {
		l.guard(rule, -1, func() {
			rule.Across(slices.Clone(l.subjects), func(index int, place, format string, args ...any) {
				l.add(index, finding(place, format, args))
			})
		})
	}
}

// guard runs a function of a rule.
func (l *linter) guard(rule *Rule, index int, run func()) {
	defer func() {
		if why := recover(); why != nil {
			l.add(index, Finding{Code: RuleFailed, Severity: Violation, Text: fmt.Sprintf("the rule %q failed: %v", rule.Code, why)})
		}
	}()
	run()
}

// finish accepts what is accepted and puts all findings in order.
func (l *linter) finish(accepted []Acceptance) (all []Finding) {
	used := make([]bool, len(accepted))
	for i, found := range l.found {
		for k := range found {
			f := &found[k]
			for j, a := range accepted {
				if i < len(l.subjects) && a.covers(*f) {
					used[j], f.Accepted = true, a
				}
			}
		}
	}
	for j, a := range accepted {
		if used[j] {
			continue
		}
		index := slices.IndexFunc(l.subjects, func(s *Subject) bool { return s.Spec.ID == a.Protocol })
		if index < 0 && len(l.subjects) == 1 {
			continue // what is accepted of other protocols is not looked at here
		}
		l.add(index, Finding{
			Code: AcceptanceUnused, Severity: Warning, Place: a.Place,
			Text: fmt.Sprintf("nothing of %q is found any more that is accepted as %s", a.Protocol, a.Code),
		})
	}
	for i, found := range l.found {
		slices.SortStableFunc(found, func(a, b Finding) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), comparePlaces(a.Place, b.Place), cmp.Compare(a.Code, b.Code))
		})
		all = append(all, l.found[i]...)
	}
	return all
}
