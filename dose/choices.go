package dose

import (
	"iter"
	"strconv"
	"strings"
)

// Choices are doses that a protocol allows besides the planned one. They are
// data for whoever decides: nothing here chooses.
//
// The zero Choices are none: they have the empty text. Values are comparable
// with ==.
type Choices struct{ text string }

// maxChoices is the largest number of choices.
const maxChoices = 16

// NewChoices returns 1 to 16 doses, from small to large. The error, for a dose
// of zero or one that is not larger than the one before it, is a [*RuleError].
func NewChoices(doses ...Mass) (Choices, error) {
	if len(doses) == 0 || len(doses) > maxChoices {
		return Choices{}, &RuleError{"Choices", strconv.Itoa(len(doses)) + " doses", "1 to 16 doses", nil}
	}
	var text []byte
	var before Mass
	for i, m := range doses {
		if m.Compare(before) <= 0 {
			return Choices{}, &RuleError{"Choices", m.String(), "more than " + before.String(), nil}
		}
		if i > 0 {
			text = append(text, " or "...)
		}
		text, before = m.append(text), m
	}
	return Choices{text: string(text)}, nil
}

// ParseChoices reads doses such as "28 mg or 84 mg", from small to large. The
// error is a [*ParseError].
func ParseChoices(s string) (Choices, error) {
	if len(s) > maxRuleText {
		return Choices{}, &ParseError{"choices", cut(s, maxText), maxRuleText, "at most 4096 bytes", ErrSyntax}
	}
	var doses []Mass
	at := 0
	for text := range strings.SplitSeq(s, " or ") {
		m, err := ParseMass(text)
		if err != nil {
			return Choices{}, inside(err, s, "choices", at)
		}
		doses = append(doses, m)
		at += len(text) + len(" or ")
	}
	c, err := NewChoices(doses...)
	if err != nil {
		return Choices{}, inside(err, s, "choices", 0)
	}
	return c, nil
}

// MustChoices is like [ParseChoices] and panics on an error. It is for tests
// and for constants in code.
func MustChoices(s string) Choices { return must(ParseChoices(s)) }

// All yields the doses from small to large.
func (c Choices) All() iter.Seq[Mass] {
	return func(yield func(Mass) bool) {
		if c.IsZero() {
			return
		}
		for text := range strings.SplitSeq(c.text, " or ") {
			m, err := ParseMass(text)
			if err != nil || !yield(m) { // the text was made by NewChoices: no error
				return
			}
		}
	}
}

// Has reports whether m is one of the doses.
func (c Choices) Has(m Mass) bool {
	for choice := range c.All() {
		if choice == m {
			return true
		}
	}
	return false
}

// IsZero reports whether c are none.
func (c Choices) IsZero() bool { return c.text == "" }

// String returns the canonical text: "28 mg or 84 mg"; "" if c are none.
func (c Choices) String() string { return c.text }

// AppendText appends the text of [Choices.String].
func (c Choices) AppendText(b []byte) ([]byte, error) { return append(b, c.text...), nil }

// MarshalText returns the text of [Choices.String].
func (c Choices) MarshalText() ([]byte, error) { return []byte(c.text), nil }

// UnmarshalText reads what [ParseChoices] reads; the empty text gives none. On
// an error c is unchanged.
func (c *Choices) UnmarshalText(text []byte) error {
	return unmarshalOptional(c, text, ParseChoices)
}
