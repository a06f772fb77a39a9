package scheduletest

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Case returns a request as one combination of a [Sweep] has it: with another
// start, a weighing on its day instead of those that the request has, and further
// closures. A zero weight leaves the weighings. The as-of is the beginning of the
// start, since nothing is planned before it; a zero Key is filled in as by [New].
func Case(r schedule.Request, start date.Date, weight dose.Weight, closed ...clinic.Closure) schedule.Request {
	if office, ok := r.Opening.(*clinic.Clinic); ok && office != nil && r.Zone == nil {
		r.Zone = office.Zone()
	}
	r.Start = start
	if r.Zone != nil {
		r.AsOf = midnight(start, r.Zone)
	}
	if r.Key.IsZero() {
		r.Key = schedule.Key{15: 1}
	}
	if !weight.IsZero() {
		r.Weighings = []schedule.Weighing{{Date: start, Weight: weight}}
	}
	if len(closed) > 0 && r.Opening != nil {
		r.Opening = closedToo{r.Opening, closed}
	}
	return r
}

// closedToo is an Opening with further closures.
type closedToo struct {
	clinic.Opening
	closed []clinic.Closure
}

// Open returns what the Opening says of a day, unless it is closed too.
func (c closedToo) Open(d date.Date) (hours []clinic.Hours, reason string) {
	for _, closure := range c.closed {
		if closure.Date <= d && d <= max(closure.Date, closure.To) {
			return nil, closure.Reason
		}
	}
	return c.Opening.Open(d)
}

// Error returns the combination, why it fails, and the test that shows it.
func (c *Counterexample) Error() string {
	b := []string{"starting " + dayText(c.Start)}
	if !c.Weight.IsZero() {
		b = append(b, c.Weight.String())
	}
	for _, closure := range c.Closures {
		text := "closed " + dayText(closure.Date)
		if closure.To > closure.Date {
			text += " to " + dayText(closure.To)
		}
		if closure.Reason != "" {
			text += " (" + closure.Reason + ")"
		}
		b = append(b, text)
	}
	return c.Property + " does not hold " + strings.Join(b, ", ") + ": " + c.why() + "\n\npaste this into the test to see it again:\n\n" + c.Code()
}

func (c *Counterexample) why() string {
	if c.Err == nil {
		return "no reason"
	}
	return c.Err.Error()
}

// Unwrap returns what the property returned, or why there is no plan.
func (c *Counterexample) Unwrap() error { return c.Err }

// Code returns a test in Go that builds the plan of the counterexample and calls
// the property with it, to be pasted beside the test that found it. It needs the
// imports testing, dose, schedule, schedule/clinic and scheduletest.
func (c *Counterexample) Code() string {
	var b strings.Builder
	name := c.Property[strings.LastIndexByte(c.Property, '.')+1:]
	first, size := utf8.DecodeRuneInString(name)
	b.WriteString("func TestCounterexample" + string(unicode.ToUpper(first)) + name[size:] + "(t *testing.T) {\n")
	// Inside the function: what gofmt takes for a doc comment it rearranges.
	for l := range strings.SplitSeq(strings.TrimSpace(c.why()), "\n") {
		b.WriteString("\t" + strings.TrimRightFunc("// "+plain(l), unicode.IsSpace) + "\n")
	}
	weight := "dose.Weight{}"
	if !c.Weight.IsZero() {
		weight = "dose.MustWeight(" + strconv.Quote(c.Weight.String()) + ")"
	}
	b.WriteString("\tr := scheduletest.Case(" + c.From + ", " + dateCode(c.Start) + ", " + weight)
	for _, closure := range c.Closures {
		b.WriteString(",\n\t\t" + closureCode(closure))
	}
	if len(c.Closures) > 0 {
		b.WriteString(",\n\t")
	}
	b.WriteString(")\n\tplan, err := schedule.Build(r)\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n" +
		"\tif err := " + c.Property + "(plan); err != nil {\n\t\tt.Error(err)\n\t}\n}\n")
	return b.String()
}

func dateCode(d date.Date) string { return `schedule.MustDate("` + civil.Format(d) + `")` }

func closureCode(c clinic.Closure) string {
	s := "clinic.Closure{Date: " + dateCode(c.Date)
	if c.To > c.Date {
		s += ", To: " + dateCode(c.To)
	}
	if c.Reason != "" {
		s += ", Reason: " + strconv.Quote(c.Reason)
	}
	return s + "}"
}

// plain returns a line without what would end a comment or the page.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || unicode.IsControl(r) || r == utf8.RuneError || r == '\uFEFF' {
			return ' '
		}
		return r
	}, s)
}

// isName reports whether a text is a Go identifier, with that of a package before
// it or without.
func isName(s string) bool {
	parts := strings.Split(s, ".")
	if len(parts) > 2 {
		return false
	}
	for _, part := range parts {
		for i, r := range part {
			if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
				return false
			}
		}
		if part == "" || part == "_" {
			return false
		}
	}
	return true
}
