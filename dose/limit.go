package dose

import "strconv"

// A quantity can be compared with its like and says whether it is zero.
type quantity[Q any] interface {
	comparable
	Compare(Q) int
	IsZero() bool
	String() string
}

// A Limit bounds one quantity. A hard bound cannot be passed: there is an error
// and no number. A soft bound can: that is recorded. A value equal to a bound
// has not passed it.
//
// A zero bound is none, and the zero Limit limits nothing. Values are
// comparable with ==.
type Limit[Q quantity[Q]] struct {
	HardMin, SoftMin, SoftMax, HardMax Q
}

// IsZero reports whether l limits nothing.
func (l Limit[Q]) IsZero() bool { return l == Limit[Q]{} }

// A Side is one of the four bounds of a [Limit]. The zero Side is invalid.
type Side uint8

// The bounds of a [Limit], from low to high.
const (
	_ Side = iota
	HardMin
	SoftMin
	SoftMax
	HardMax
)

// String returns "hard min", "soft min", "soft max" or "hard max", and
// "Side(9)" for a value that is none of them.
func (s Side) String() string {
	switch s {
	case HardMin:
		return "hard min"
	case SoftMin:
		return "soft min"
	case SoftMax:
		return "soft max"
	case HardMax:
		return "hard max"
	}
	return "Side(" + strconv.Itoa(int(s)) + ")"
}

// ParseSide reads the name that [Side.String] writes. The error is a [*ParseError] that
// wraps [ErrSyntax].
func ParseSide(s string) (Side, error) { return parseEnum(s, "bound", HardMin, HardMax) }

// AppendText appends the text of [Side.String]; nothing for the zero Side. A value that
// is none of them is a [*RangeError].
func (s Side) AppendText(b []byte) ([]byte, error) {
	return marshalEnum(b, s, "bound", HardMin, HardMax)
}

// MarshalText returns what [Side.AppendText] appends.
func (s Side) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads what [ParseSide] reads; the empty text gives the zero Side. On an
// error s is unchanged.
func (s *Side) UnmarshalText(text []byte) error { return unmarshalOptional(s, text, ParseSide) }

// Hard reports whether s cannot be passed.
func (s Side) Hard() bool { return s == HardMin || s == HardMax }

// bound returns the bound of l on side s.
func (l Limit[Q]) bound(s Side) Q {
	switch s {
	case HardMin:
		return l.HardMin
	case SoftMin:
		return l.SoftMin
	case SoftMax:
		return l.SoftMax
	}
	return l.HardMax
}

// Judge returns the worst bound that v passes, if it passes one: the hard one
// before the soft one. It is for totals and other values that are judged on
// their own, such as a cumulative dose per week.
func (l Limit[Q]) Judge(v Q) (worst Side, passed bool) {
	for _, s := range [...]Side{HardMin, HardMax, SoftMin, SoftMax} {
		bound := l.bound(s)
		if bound.IsZero() {
			continue
		}
		if c := v.Compare(bound); s <= SoftMin && c < 0 || s >= SoftMax && c > 0 {
			return s, true
		}
	}
	return 0, false
}

// judge returns the bounds of l that are passed by a value of which compare
// says how it compares with a bound.
func (l Limit[Q]) judge(m Measure, compare func(bound Q) int) passedSet {
	if l.IsZero() {
		return 0
	}
	var passed passedSet
	for s := HardMin; s <= HardMax; s++ {
		bound := l.bound(s)
		if bound.IsZero() {
			continue
		}
		if c := compare(bound); s <= SoftMin && c < 0 || s >= SoftMax && c > 0 {
			passed |= passedBit(m, s)
		}
	}
	return passed
}

// judgeValue returns the bounds of l that v passes.
func (l Limit[Q]) judgeValue(m Measure, v Q) passedSet { return l.judge(m, v.Compare) }

// check appends a problem for each bound that is above the next one.
func (l Limit[Q]) check(m Measure, problems RuleErrors) RuleErrors {
	if l.IsZero() {
		return problems
	}
	below := HardMin
	for s := SoftMin; s <= HardMax; s++ {
		low, high := l.bound(below), l.bound(s)
		if high.IsZero() {
			continue
		}
		if !low.IsZero() && low.Compare(high) > 0 {
			problems = append(problems, &RuleError{
				Field: "Limits." + m.field(), Value: below.String() + " " + low.String(),
				Want: "at most the " + s.String() + ", " + high.String(),
			})
		}
		below = s
	}
	return problems
}

// append appends the clauses of l: "hard min 5 mg, soft max 80 mg".
func (l Limit[Q]) append(b []byte) []byte {
	for s := HardMin; s <= HardMax; s++ {
		if bound := l.bound(s); !bound.IsZero() {
			b = append(append(appendClause(b, s.String()), ' '), bound.String()...)
		}
	}
	return b
}

// set sets the bound on side s to what parse makes of text.
func (l *Limit[Q]) set(s Side, text string, parse func(string) (Q, error)) error {
	bound, err := parse(text)
	if err != nil {
		return err
	}
	if bound.IsZero() {
		return &ParseError{"limit", cut(text, maxText), 0, "a bound of more than 0", ErrRange}
	}
	switch s {
	case HardMin:
		l.HardMin = bound
	case SoftMin:
		l.SoftMin = bound
	case SoftMax:
		l.SoftMax = bound
	case HardMax:
		l.HardMax = bound
	}
	return nil
}

// appendClause appends clause to a list of clauses.
func appendClause(b []byte, clause string) []byte {
	if len(b) > 0 {
		b = append(b, ", "...)
	}
	return append(b, clause...)
}
