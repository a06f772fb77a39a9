package lint

import (
	"strconv"
	"strings"
)

// A Code names a rule. Codes are kebab-case; they are never renamed and never
// reused.
type Code string

// A Severity says how much a finding matters, in the words of findings about plans.
// The zero Severity is invalid.
type Severity uint8

// The severities.
const (
	Info      Severity = iota + 1 // worth knowing
	Warning                       // to be looked at by somebody
	Violation                     // not fit to be used
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

// ParseSeverity reads what [Severity.String] writes. The error is a [*ParseError].
func ParseSeverity(s string) (Severity, error) {
	for v := Info; v <= Violation; v++ {
		if v.String() == s {
			return v, nil
		}
	}
	return 0, &ParseError{What: "severity", Input: s[:min(len(s), 64)], Want: "want info, warning or violation"}
}

// MarshalText returns what [Severity.String] returns. The error, for a value that is
// no severity, is a [*ParseError].
func (s Severity) MarshalText() ([]byte, error) {
	if _, err := ParseSeverity(s.String()); err != nil {
		return nil, err
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads what [ParseSeverity] reads. On an error s is unchanged.
func (s *Severity) UnmarshalText(text []byte) error {
	parsed, err := ParseSeverity(string(text))
	if err == nil {
		*s = parsed
	}
	return err
}

// A ParseError says what a text was read as, and what was wanted of it.
type ParseError struct{ What, Input, Want string }

// Error returns all of it.
func (e *ParseError) Error() string { return e.What + " " + strconv.Quote(e.Input) + ": " + e.Want }

// A Finding is what a rule found in a protocol: data, never an error.
type Finding struct {
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	// Protocol is the id of the protocol, "" for one without.
	Protocol string `json:"protocol,omitempty"`
	// File is the name under which the protocol was given. Line and Column are the
	// position of the place in it, from 1, the column in characters; 0 where the
	// text of the file was not given.
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	// Place is the JSON Pointer of what the finding is about, "" for the protocol as
	// a whole.
	Place string `json:"place,omitempty"`
	// Text says what was found, for people. It may change between versions.
	Text string `json:"text"`
	// Accepted is why the finding is accepted, and by whom; zero while it is open.
	Accepted Acceptance `json:"accepted,omitzero"`
}

// Open reports whether somebody still has to look at the finding: it is above info
// and nobody has accepted it.
func (f Finding) Open() bool { return f.Severity > Info && f.Accepted == Acceptance{} }

// String returns the finding on one line:
//
//	name:line:column: severity: /place: text [code]
//
// with the id for a name where no file was given, and what is not known left out.
func (f Finding) String() string {
	var b strings.Builder
	name := f.File
	if name == "" {
		name = f.Protocol
	}
	if name != "" {
		b.WriteString(name + ":")
		if f.Line > 0 {
			b.WriteString(strconv.Itoa(f.Line) + ":" + strconv.Itoa(f.Column) + ":")
		}
		b.WriteByte(' ')
	}
	b.WriteString(f.Severity.String() + ": ")
	if f.Place != "" {
		b.WriteString(f.Place + ": ")
	}
	b.WriteString(f.Text + " [" + string(f.Code) + "]")
	if f.Accepted != (Acceptance{}) {
		b.WriteString(", accepted: " + f.Accepted.Reason)
	}
	return b.String()
}

// Open returns the findings that are open.
func Open(findings []Finding) []Finding {
	var open []Finding
	for _, f := range findings {
		if f.Open() {
			open = append(open, f)
		}
	}
	return open
}
