package dose

import (
	"slices"
	"strconv"
	"strings"

	"github.com/govalues/decimal"
)

// A unit is one way of writing a quantity: a number of it is that number times
// coef / 10^scale in the canonical unit.
type unit struct {
	name  string
	coef  int64
	scale int
}

// factor returns how many canonical units one of u is.
func (u unit) factor() decimal.Decimal { return decimal.MustNew(u.coef, u.scale) }

// A written says which of the units of its dimension a quantity was written in:
// its place in the list. The zero value is the canonical unit.
type written uint8

// A dimension is how the texts of one quantity are read.
type dimension struct {
	what     string  // name of the quantity, for errors
	units    [6]unit // the first is the canonical one; unused ones have no name
	limit    int64   // largest value, in the canonical unit
	positive bool    // zero is not a value
	note     string  // what else to say about a wrong unit
}

// parse reads a number, one space and a unit, and returns the value in the
// canonical unit, trimmed.
//
// It is stricter than [decimal.Parse], which takes ".5", "5.", "+5" and "1e3",
// rounds the 20th digit and turns 1e-20 into 0.
func (d dimension) parse(s string) (decimal.Decimal, error) {
	value, _, err := d.read(s)
	return value, err
}

// read is parse that also returns which of the units the text is written in.
func (d dimension) read(s string) (decimal.Decimal, written, error) {
	fail := func(at int, sentinel error, want string) (decimal.Decimal, written, error) {
		return decimal.Decimal{}, 0, d.fail(s, at, sentinel, want)
	}
	value, n, err := d.number(s)
	if err != nil {
		return decimal.Decimal{}, 0, err
	}
	if n == len(s) {
		return fail(n, ErrUnit, "one space and "+d.names())
	}
	if s[n] != ' ' {
		return fail(n, ErrSyntax, "one space between number and unit")
	}
	u, err := d.unit(s, n+1)
	if err != nil {
		return decimal.Decimal{}, 0, err
	}
	value, ok := mul(value, d.units[u].factor())
	if !ok {
		return fail(0, ErrRange, "at most 19 digits in "+d.units[0].name)
	}
	if !within(value, d.limit) {
		return fail(0, ErrRange, "at most "+strconv.FormatInt(d.limit, 10)+" "+d.units[0].name)
	}
	if d.positive && value.IsZero() {
		return fail(0, ErrRange, "more than 0 "+d.units[0].name)
	}
	return value, u, nil
}

// number reads the number at the beginning of s and returns its length.
func (d dimension) number(s string) (decimal.Decimal, int, error) {
	fail := func(at int, sentinel error, want string) (decimal.Decimal, int, error) {
		return decimal.Decimal{}, 0, d.fail(s, at, sentinel, want)
	}
	if len(s) > maxText {
		return fail(maxText, ErrSyntax, "at most "+strconv.Itoa(maxText)+" bytes")
	}
	n := digits(s)
	switch {
	case n == 0 && s != "" && (s[0] == '-' || s[0] == '+'):
		return fail(0, ErrSyntax, "a number without sign")
	case n == 0 && s != "" && s[0] == '.':
		return fail(0, ErrSyntax, "a digit before the point, such as 0.5")
	case n == 0:
		return fail(0, ErrSyntax, "a number and "+d.names())
	case n > 1 && s[0] == '0':
		return fail(0, ErrSyntax, "no leading zeros")
	case n > 9:
		return fail(0, ErrRange, "at most 9 digits before the point")
	}
	whole := n
	if n < len(s) && s[n] == '.' {
		fraction := digits(s[n+1:])
		if fraction == 0 {
			return fail(n+1, ErrSyntax, "a digit after the point")
		}
		n += 1 + fraction
		if s[0] == '0' {
			whole = 0 // a leading zero is not one of the 19 digits
		}
		if whole+fraction > decimal.MaxPrec {
			return fail(0, ErrRange, "at most 19 digits")
		}
	}
	if n < len(s) {
		switch s[n] {
		case ',':
			return fail(n, ErrSyntax, "a number without commas, and a point before decimals")
		case 'e', 'E':
			return fail(n, ErrSyntax, "a number without exponent")
		}
	}
	value, err := decimal.ParseExact(s[:n], 0)
	if err != nil {
		return fail(0, ErrRange, "at most 19 digits")
	}
	return value, n, nil
}

// unit reads the unit from byte n of s to its end.
func (d dimension) unit(s string, n int) (written, error) {
	name := s[n:]
	if u, ok := d.find(name); ok {
		return u, nil
	}
	want := d.names()
	switch {
	case name == "":
	case name[0] == ' ':
		return 0, d.fail(s, n, ErrSyntax, "exactly one space before the unit")
	case strings.ContainsAny(name, "µμ") || strings.HasPrefix(name, "ug"):
		want += "; micrograms are written mcg"
	case name == "cc" || name == "ml" || name == "mls":
		want += "; millilitres are written mL"
	case d.note != "":
		want += "; " + d.note
	default:
		if known := d.nearest(name); known != "" {
			want += "; write " + known
		}
	}
	return 0, d.fail(s, n, ErrUnit, want)
}

// find returns the unit of this name.
func (d dimension) find(name string) (written, bool) {
	for i, u := range d.units {
		if u.name == name && name != "" {
			return written(i), true
		}
	}
	return 0, false
}

// append appends a value that is in the canonical unit in the unit u.
func (d dimension) append(b []byte, value decimal.Decimal, u written) []byte {
	if in, ok := exactQuo(value, d.units[u].factor()); ok {
		return appendQuantity(b, in, d.units[u].name)
	}
	return appendQuantity(b, value, d.units[0].name) // cannot happen: it was multiplied
}

// nearest returns the unit of d that name spells in another case, or with a
// full stop or a plural s.
func (d dimension) nearest(name string) string {
	name = strings.TrimRight(strings.TrimSpace(name), ".s")
	for _, u := range d.units {
		if u.name != "" && strings.EqualFold(u.name, name) {
			return u.name
		}
	}
	return ""
}

// names lists the units of d: "mg, mcg or g".
func (d dimension) names() string {
	var names []string
	for _, u := range d.units {
		if u.name != "" {
			names = append(names, u.name)
		}
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(slices.Clone(names[:last]), ", ") + " or " + names[last]
}

func (d dimension) fail(s string, at int, sentinel error, want string) error {
	return &ParseError{What: d.what, Input: cut(s, maxText), Offset: at, Want: want, Err: sentinel}
}

// digits returns how many digits s begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

// appendQuantity appends a value and its unit: "36.3 mg". This is the ISMP-safe
// form: a digit before the point, no trailing zero, one space, no exponent.
func appendQuantity(b []byte, value decimal.Decimal, unit string) []byte {
	b, _ = value.AppendText(b) // AppendText of a decimal has no failure
	b = append(b, ' ')
	return append(b, unit...)
}
