package dose

// A PumpSetting is the step of a pump and a mode: to which flows it can be set,
// and which way a flow between two of them goes.
//
// The zero PumpSetting is "exact": the exact flow. Values are comparable with
// ==.
type PumpSetting struct {
	step Flow
	mode Mode
}

// NewPumpSetting returns the setting to multiples of step. The error, for a
// zero step or an unknown mode, is a [*RuleError].
func NewPumpSetting(step Flow, mode Mode) (PumpSetting, error) {
	if step.IsZero() {
		return PumpSetting{}, &RuleError{"PumpSetting", step.String(), "a step of more than 0 mL/h", nil}
	}
	if !mode.valid() {
		return PumpSetting{}, &RuleError{"PumpSetting", mode.String(), "half up, half even, down or up", nil}
	}
	return PumpSetting{step: step, mode: mode}, nil
}

// ParsePumpSetting reads a step and a mode such as "0.1 mL/h half up", or "exact"
// for the zero PumpSetting. The error is a [*ParseError].
func ParsePumpSetting(s string) (PumpSetting, error) {
	if s == "exact" {
		return PumpSetting{}, nil
	}
	step, mode, err := parseStep(s, "pump setting", `"exact", or a step and a mode such as "0.1 mL/h half up"`, ParseFlow)
	return PumpSetting{step: step, mode: mode}, err
}

// MustPumpSetting is like [ParsePumpSetting] and panics on an error. It is for
// tests and for constants in code.
func MustPumpSetting(s string) PumpSetting { return must(ParsePumpSetting(s)) }

// Step returns the step of the pump; zero if p is exact.
func (p PumpSetting) Step() Flow { return p.step }

// Mode returns the mode; 0 if p is exact.
func (p PumpSetting) Mode() Mode { return p.mode }

// IsZero reports whether p is exact.
func (p PumpSetting) IsZero() bool { return p == PumpSetting{} }

// String returns the canonical text: "0.1 mL/h half up" or "exact".
func (p PumpSetting) String() string { return string(p.append(make([]byte, 0, 24))) }

// AppendText appends the text of [PumpSetting.String].
func (p PumpSetting) AppendText(b []byte) ([]byte, error) { return p.append(b), nil }

// MarshalText returns the text of [PumpSetting.String].
func (p PumpSetting) MarshalText() ([]byte, error) { return p.append(nil), nil }

// UnmarshalText reads what [ParsePumpSetting] reads. On an error p is unchanged.
func (p *PumpSetting) UnmarshalText(text []byte) error { return unmarshal(p, text, ParsePumpSetting) }

func (p PumpSetting) append(b []byte) []byte {
	if p.IsZero() {
		return append(b, "exact"...)
	}
	b = append(p.step.append(b), ' ')
	return append(b, p.mode.String()...)
}
