package dose

// A Level is one of the doses that a phase of a protocol names, known by its
// canonical amount: "0.75 mg/kg of actual weight", or a mass, "84 mg". Three
// devices of 28 mg and a choice of 84 mg are one level, and so are 750 mcg/kg and
// 0.75 mg/kg of the same weight.
//
// The zero Level is none: it has the empty text. Values are comparable with ==.
type Level struct{ text string }

// LevelOf returns the level of an amount; the zero Level for none.
func LevelOf(a Amount) Level {
	if a.kind == devicesAmount {
		if total, err := a.fixed.Times(a.count); err == nil {
			return LevelOfMass(total)
		}
	}
	return Level{a.canonical().String()}
}

// LevelOfMass returns the level of a mass, such as a choice; the zero Level for 0
// mg.
func LevelOfMass(m Mass) Level {
	if m.IsZero() {
		return Level{}
	}
	return Level{m.String()}
}

// ParseLevel reads the amount of a level as it begins the text of a rule, such as
// "0.75 mg/kg of actual weight", "84 mg" or "3 devices of 28 mg". The error is a
// [*ParseError].
func ParseLevel(s string) (Level, error) {
	if len(s) > maxRuleText {
		return Level{}, &ParseError{"level", cut(s, maxText), maxRuleText, "at most 4096 bytes", ErrSyntax}
	}
	a, err := parseAmount(s)
	if err != nil {
		return Level{}, inside(err, s, "level", 0)
	}
	l := LevelOf(a)
	if l.IsZero() || a.kind == fixedAmount && a.fixed.IsZero() {
		return Level{}, &ParseError{"level", cut(s, maxText), 0, "a dose of more than 0 mg", ErrRange}
	}
	return l, nil
}

// MustLevel is like [ParseLevel] and panics on an error. It is for tests and for
// constants in code.
func MustLevel(s string) Level { return must(ParseLevel(s)) }

// Amount returns the amount of the level.
func (l Level) Amount() Amount {
	a, _ := parseAmount(l.text) // the text was made from an amount: no error
	return a
}

// IsZero reports whether l is none.
func (l Level) IsZero() bool { return l.text == "" }

// String returns the canonical text, as [ParseLevel] reads it; "" if l is none.
func (l Level) String() string { return l.text }

// AppendText appends the text of [Level.String].
func (l Level) AppendText(b []byte) ([]byte, error) { return append(b, l.text...), nil }

// MarshalText returns the text of [Level.String].
func (l Level) MarshalText() ([]byte, error) { return []byte(l.text), nil }

// UnmarshalText reads what [ParseLevel] reads; the empty text gives none. On an
// error l is unchanged.
func (l *Level) UnmarshalText(text []byte) error { return unmarshalOptional(l, text, ParseLevel) }
