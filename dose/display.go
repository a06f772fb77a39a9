package dose

import (
	"strconv"
	"strings"
)

// A Display says how texts of this package are shown to people. It changes
// nothing but the text: what it returns is never read back.
//
// The rules are those of the Institute for Safe Medication Practices (ISMP) on
// safe dose expression. Most are kept by every text of this package: a digit
// before the point, no trailing zero, one space before the unit, mcg and mL.
//
// The zero Display shows the canonical text.
type Display struct {
	// Thousands groups digits from 1000 on.
	Thousands Thousands
	// Per writes "mg per kg" for "mg/kg", since a slash has been read as a 1.
	Per bool
	// NoBreak puts a no-break space (U+00A0) between a number and its unit.
	NoBreak bool
}

// Thousands is how digits are grouped in threes. The zero value is not at all.
type Thousands uint8

// The ways to group digits.
const (
	Ungrouped   Thousands = iota
	CommaGroups           // 10,000 and 1,000: as in the United States
	SpaceGroups           // 10 000, but 1000: as in Canada; the space does not break
)

// ParseThousands reads the name that [Thousands.String] writes. The error is a
// [*ParseError] that wraps [ErrSyntax].
func ParseThousands(s string) (Thousands, error) {
	return parseEnum(s, "grouping of digits", Ungrouped, SpaceGroups)
}

// String returns "ungrouped", "comma" or "space", and "Thousands(9)" for a value
// that is none of them.
func (t Thousands) String() string {
	switch t {
	case Ungrouped:
		return "ungrouped"
	case CommaGroups:
		return "comma"
	case SpaceGroups:
		return "space"
	}
	return "Thousands(" + strconv.Itoa(int(t)) + ")"
}

// AppendText appends the text of [Thousands.String]. A value that is none of them is
// a [*RangeError].
func (t Thousands) AppendText(b []byte) ([]byte, error) {
	return marshalEnum(b, t, "grouping of digits", Ungrouped, SpaceGroups)
}

// MarshalText returns what [Thousands.AppendText] appends.
func (t Thousands) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads what [ParseThousands] reads; the empty text gives Ungrouped.
// On an error t is unchanged.
func (t *Thousands) UnmarshalText(text []byte) error {
	return unmarshalOptional(t, text, ParseThousands)
}

const noBreakSpace = "\u00a0"

// Text returns the text of v, such as a quantity or a calculation, as d shows
// it.
func (d Display) Text(v interface{ String() string }) string {
	s := v.String()
	var b strings.Builder
	for i := 0; i < len(s); {
		switch n := digits(s[i:]); {
		case n > 0:
			if i > 0 && s[i-1] == '.' {
				b.WriteString(s[i : i+n]) // decimals are not grouped
			} else {
				d.group(&b, s[i:i+n])
			}
			i += n
			continue
		case s[i] == '/' && d.Per && i > 0 && letter(s[i-1]) && i+1 < len(s) && letter(s[i+1]):
			b.WriteString(" per ")
		case s[i] == ' ' && d.NoBreak && i > 0 && digits(s[i-1:]) > 0 && unitAt(s[i+1:]):
			b.WriteString(noBreakSpace)
		default:
			b.WriteByte(s[i])
		}
		i++
	}
	return b.String()
}

func (d Display) group(b *strings.Builder, number string) {
	separator, least := "", 4
	switch d.Thousands {
	case CommaGroups:
		separator = ","
	case SpaceGroups:
		separator, least = noBreakSpace, 5
	}
	for i := range len(number) {
		if i > 0 && (len(number)-i)%3 == 0 && len(number) >= least {
			b.WriteString(separator)
		}
		b.WriteByte(number[i])
	}
}

func letter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// unitAt reports whether s begins with a unit.
func unitAt(s string) bool {
	word := s
	for i := range len(s) {
		if s[i] == ' ' || s[i] == ',' || s[i] == ';' || s[i] == '\n' || s[i] == ')' {
			word = s[:i]
			break
		}
	}
	unit, _, _ := strings.Cut(word, "/")
	switch unit {
	case "mg", "mcg", "g", "kg", "mL", "L", "cm", "m2", "min", "h", "s", "%":
		return true
	}
	return false
}
