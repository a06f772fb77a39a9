package schedule

import (
	"strings"

	"github.com/regimen-go/regimen/internal/document"
)

// A named value is one of an enumeration: its String is its text form, and every
// value between the first and the last of its kind has one.
type named interface {
	~uint8
	String() string
}

// parseNamed returns the value from first to last with a text. Anything else is
// a [*ParseError] that lists the texts.
func parseNamed[E named](what, s string, first, last E) (E, error) {
	var texts []string
	for e := first; e <= last; e++ {
		if e.String() == s {
			return e, nil
		}
		texts = append(texts, e.String())
	}
	end := len(texts) - 1
	var none E
	return none, &ParseError{What: what, Input: document.Cut(s), Want: "want " + strings.Join(texts[:end], ", ") + " or " + texts[end]}
}

// marshalNamed returns the text of a value, and the error of parsing it where it
// is none of its kind.
func marshalNamed[E named](e E, parse func(string) (E, error)) ([]byte, error) {
	if _, err := parse(e.String()); err != nil {
		return nil, err
	}
	return []byte(e.String()), nil
}

// unmarshalText sets a value to what a text parses to, and leaves it as it was
// where there is an error.
func unmarshalText[E any](e *E, text []byte, parse func(string) (E, error)) error {
	parsed, err := parse(string(text))
	if err == nil {
		*e = parsed
	}
	return err
}
