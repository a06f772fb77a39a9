package dose

import "strings"

// An enum is a type of a few values, each with a name, from first to last.
type enum interface {
	~uint8
	String() string
}

// parseEnum reads the name of one of the values from first to last.
func parseEnum[E enum](s, what string, first, last E) (E, error) {
	for e := first; e <= last; e++ {
		if e.String() == s {
			return e, nil
		}
	}
	return 0, &ParseError{what, cut(s, maxText), 0, enumNames(first, last), ErrSyntax}
}

// enumNames lists the names from first to last: "a, b or c".
func enumNames[E enum](first, last E) string {
	var names []string
	for e := first; e < last; e++ {
		names = append(names, e.String())
	}
	return strings.Join(names, ", ") + " or " + last.String()
}

// marshalEnum appends the name of a value from first to last, and nothing for
// none; any other value is an error.
func marshalEnum[E enum](b []byte, e E, what string, first, last E) ([]byte, error) {
	switch {
	case e == 0 && first != 0:
		return b, nil
	case e < first || e > last:
		return nil, &RangeError{"text of " + what + " " + e.String(), enumNames(first, last)}
	}
	return append(b, e.String()...), nil
}
