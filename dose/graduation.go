package dose

// A Graduation is the marks of a syringe and a mode: to which volumes a drug
// can be drawn, and which way a volume between two marks goes.
//
// The zero Graduation is "exact": the exact volume. Values are comparable with
// ==.
type Graduation struct {
	step Volume
	mode Mode
}

// NewGraduation returns the graduation of marks a step apart. The error, for a
// zero step or an unknown mode, is a [*RuleError].
func NewGraduation(step Volume, mode Mode) (Graduation, error) {
	if step.IsZero() {
		return Graduation{}, &RuleError{"Graduation", step.String(), "a step of more than 0 mL", nil}
	}
	if !mode.valid() {
		return Graduation{}, &RuleError{"Graduation", mode.String(), "half up, half even, down or up", nil}
	}
	return Graduation{step: step, mode: mode}, nil
}

// ParseGraduation reads a step and a mode such as "0.01 mL half up", or "exact"
// for the zero Graduation. The error is a [*ParseError].
func ParseGraduation(s string) (Graduation, error) {
	if s == "exact" {
		return Graduation{}, nil
	}
	step, mode, err := parseStep(s, "graduation", `"exact", or a step and a mode such as "0.01 mL half up"`, ParseVolume)
	return Graduation{step: step, mode: mode}, err
}

// MustGraduation is like [ParseGraduation] and panics on an error. It is for
// tests and for constants in code.
func MustGraduation(s string) Graduation { return must(ParseGraduation(s)) }

// Step returns the volume between two marks; 0 mL if g is exact.
func (g Graduation) Step() Volume { return g.step }

// Mode returns the mode; 0 if g is exact.
func (g Graduation) Mode() Mode { return g.mode }

// IsZero reports whether g is exact.
func (g Graduation) IsZero() bool { return g == Graduation{} }

// String returns the canonical text: "0.01 mL half up" or "exact".
func (g Graduation) String() string { return string(g.append(make([]byte, 0, 24))) }

// AppendText appends the text of [Graduation.String].
func (g Graduation) AppendText(b []byte) ([]byte, error) { return g.append(b), nil }

// MarshalText returns the text of [Graduation.String].
func (g Graduation) MarshalText() ([]byte, error) { return g.append(nil), nil }

// UnmarshalText reads what [ParseGraduation] reads. On an error g is unchanged.
func (g *Graduation) UnmarshalText(text []byte) error { return unmarshal(g, text, ParseGraduation) }

func (g Graduation) append(b []byte) []byte {
	if g.IsZero() {
		return append(b, "exact"...)
	}
	b = append(g.step.append(b), ' ')
	return append(b, g.mode.String()...)
}
