package dose

import "strconv"

// A Route is how a preparation is given. The zero Route is invalid. Doses are
// never converted from one route to another.
type Route uint8

// The routes.
const (
	_ Route = iota
	Intravenous
	Intramuscular
	Subcutaneous
	Intranasal
	Oral
)

// ParseRoute reads "intravenous", "intramuscular", "subcutaneous", "intranasal"
// or "oral". Abbreviations are refused: IN has been read as IM and IV (ISMP).
// The error is a [*ParseError] that wraps [ErrSyntax].
func ParseRoute(s string) (Route, error) {
	for r := Intravenous; r.valid(); r++ {
		if r.String() == s {
			return r, nil
		}
	}
	return 0, &ParseError{
		"route", cut(s, maxText), 0, "intravenous, intramuscular, subcutaneous, intranasal or oral", ErrSyntax,
	}
}

// String returns the name that [ParseRoute] reads, and "Route(0)" for a value
// that is none of them.
func (r Route) String() string {
	switch r {
	case Intravenous:
		return "intravenous"
	case Intramuscular:
		return "intramuscular"
	case Subcutaneous:
		return "subcutaneous"
	case Intranasal:
		return "intranasal"
	case Oral:
		return "oral"
	}
	return "Route(" + strconv.Itoa(int(r)) + ")"
}

func (r Route) valid() bool { return Intravenous <= r && r <= Oral }
