package dose

import "strconv"

// A Route is how a preparation is given. The zero Route is invalid. Doses are
// never converted from one route to another.
type Route uint8

// The routes, by the names that labels and terminologies of the field use. None
// is ever taken for another: sublingual is not buccal, and epidural is not
// intrathecal.
const (
	_ Route = iota
	Intravenous
	Intramuscular
	Subcutaneous
	Intradermal
	Intranasal
	Oral
	Sublingual
	Buccal
	Rectal
	Epidural
	Intrathecal
	Transdermal
	Topical
	Inhalation
	Ophthalmic
	Otic
	Vaginal
	Intravitreal
	Intraarticular
	Intraosseous
)

const lastRoute = Intraosseous

// routeName returns the one table of names; "" for a value that is no route.
func routeName(r Route) string {
	switch r {
	case Intravenous:
		return "intravenous"
	case Intramuscular:
		return "intramuscular"
	case Subcutaneous:
		return "subcutaneous"
	case Intradermal:
		return "intradermal"
	case Intranasal:
		return "intranasal"
	case Oral:
		return "oral"
	case Sublingual:
		return "sublingual"
	case Buccal:
		return "buccal"
	case Rectal:
		return "rectal"
	case Epidural:
		return "epidural"
	case Intrathecal:
		return "intrathecal"
	case Transdermal:
		return "transdermal"
	case Topical:
		return "topical"
	case Inhalation:
		return "inhalation"
	case Ophthalmic:
		return "ophthalmic"
	case Otic:
		return "otic"
	case Vaginal:
		return "vaginal"
	case Intravitreal:
		return "intravitreal"
	case Intraarticular:
		return "intra-articular"
	case Intraosseous:
		return "intraosseous"
	}
	return ""
}

// ParseRoute reads the name of a route, such as "intravenous" or
// "intra-articular". Abbreviations are refused: IN has been read as IM and IV
// (ISMP). The error is a [*ParseError] that wraps [ErrSyntax].
func ParseRoute(s string) (Route, error) { return parseEnum(s, "route", Intravenous, lastRoute) }

// String returns the name that [ParseRoute] reads, and "Route(0)" for a value
// that is none of them.
func (r Route) String() string {
	if name := routeName(r); name != "" {
		return name
	}
	return "Route(" + strconv.Itoa(int(r)) + ")"
}

func (r Route) valid() bool { return Intravenous <= r && r <= lastRoute }

// AppendText appends the name; nothing for the zero Route. A value that is no
// route is a [*RangeError].
func (r Route) AppendText(b []byte) ([]byte, error) {
	return marshalEnum(b, r, "route", Intravenous, lastRoute)
}

// MarshalText returns what [Route.AppendText] appends.
func (r Route) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads what [ParseRoute] reads; the empty text gives the zero
// Route. On an error r is unchanged.
func (r *Route) UnmarshalText(text []byte) error { return unmarshalOptional(r, text, ParseRoute) }
