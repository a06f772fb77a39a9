package fhir

import (
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/internal/document"
)

// A Refusal says why a Timing or a list of Dosages is not read, or not dated: what
// and where. It is the only error of this package.
type Refusal struct {
	// Code names the reason; [Codes] lists them.
	Code Code
	// At is the path of the element that is the cause, such as repeat.frequency or
	// dosage[1].timing.repeat.boundsPeriod.start, of an element that is missing too.
	// It is Timing or dosage for the whole value, repeat.bounds for whichever bounds
	// there are, and start, until, zone, ranges or daysOfCycle for what the caller
	// gave.
	At string
	// Value is what was found, cut to some 60 bytes; empty if that goes without
	// saying.
	Value string
	// Want is what was wanted, without the word want.
	Want string
}

// Error returns the path, what was wanted, what was found and the code.
func (r *Refusal) Error() string {
	var b strings.Builder
	b.WriteString("fhir: ")
	if r.At != "" {
		b.WriteString(printable(r.At))
		b.WriteString(": ")
	}
	b.WriteString("want ")
	b.WriteString(r.Want)
	if r.Value != "" {
		b.WriteString(", got ")
		b.WriteString(printable(r.Value))
	}
	b.WriteString(" [")
	b.WriteString(string(r.Code))
	return b.String() + "]"
}

// printable returns a text on one line.
func printable(s string) string {
	q := strconv.Quote(s)
	return strings.ReplaceAll(q[1:len(q)-1], `\"`, `"`)
}

// refuse returns the refusal of a value, in the words of the table.
func refuse(code Code, at, value string) error {
	return &Refusal{Code: code, At: at, Value: document.Cut(value), Want: code.Want()}
}

// within returns an error as that of a Timing at a path: what the caller gave stays
// where it is.
func within(err error, path string) error {
	r, ok := err.(*Refusal)
	if !ok {
		return err
	}
	moved := *r
	switch r.At {
	case atStart, atUntil, atZone, atRanges, atDaysOfCycle:
	case "Timing":
		moved.At = path
	default:
		moved.At = path + "." + r.At
	}
	return &moved
}

// Paths of what the caller gives.
const (
	atStart       = "start"
	atUntil       = "until"
	atZone        = "zone"
	atRanges      = "ranges"
	atDaysOfCycle = "daysOfCycle"
)
