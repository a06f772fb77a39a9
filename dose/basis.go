package dose

import "strconv"

// A Basis says which weight a dose per kilogram is for. The zero Basis is
// invalid: no weight is assumed.
type Basis uint8

// The weights a dose can be based on.
const (
	_      Basis = iota
	Actual       // the measured weight
)

// ParseBasis reads "actual". The error is a [*ParseError] that wraps
// [ErrSyntax].
func ParseBasis(s string) (Basis, error) {
	for b := Actual; b.valid(); b++ {
		if b.String() == s {
			return b, nil
		}
	}
	return 0, &ParseError{"basis", cut(s, maxText), 0, "actual", ErrSyntax}
}

// String returns "actual", and "Basis(9)" for a value that is none of them.
func (b Basis) String() string {
	if b == Actual {
		return "actual"
	}
	return "Basis(" + strconv.Itoa(int(b)) + ")"
}

func (b Basis) valid() bool { return b == Actual }
