package sheet

import (
	"errors"
	"strconv"
	"strings"
)

// An OptionError is one value that a sheet cannot be made with.
type OptionError struct {
	// Field names the value, such as "Contact, line 2".
	Field string
	// Value is what was found, cut to 64 bytes; "" where nothing was given.
	Value string
	// Want says what was wanted.
	Want string
}

// Error returns the field, the value and what was wanted.
func (e *OptionError) Error() string {
	if e.Value == "" {
		return e.Field + ": " + e.Want
	}
	return e.Field + " " + strconv.Quote(e.Value) + ": " + e.Want
}

// An UntranslatedError says which texts of the plan [Options.Text] has no words
// for in the language of the sheet.
type UntranslatedError struct {
	// Tag is that of the locale.
	Tag string
	// Texts are the texts of the plan, each once, in the order of the plan.
	Texts []string
}

// Error names the language and up to three of the texts.
func (e *UntranslatedError) Error() string {
	const most = 3
	quoted := make([]string, 0, most)
	for _, text := range e.Texts[:min(len(e.Texts), most)] {
		quoted = append(quoted, strconv.Quote(cut(text)))
	}
	text := "Text: want words in " + e.Tag + " for " + strings.Join(quoted, ", ")
	if more := len(e.Texts) - most; more > 0 {
		text += " and " + strconv.Itoa(more) + " more"
	}
	return text
}

// problems collects errors so that all are reported at once.
type problems []error

func (p *problems) add(field, value, want string) {
	*p = append(*p, &OptionError{Field: field, Value: cut(value), Want: want})
}

// text checks a text that is shown.
func (p *problems) text(field, text string) {
	if !isLine(text) {
		p.add(field, text, wantLine)
	}
}

const wantLine = "want one line of UTF-8 without control characters and direction overrides"

// isLine reports whether a text is shown as it was meant wherever it stands: in
// HTML, in XML, in a cell and on a terminal.
func isLine(s string) bool {
	for i, r := range s {
		switch {
		case r < 0x20 || 0x7F <= r && r < 0xA0, // controls
			0x2028 <= r && r <= 0x202E, // line and paragraph separators, embeddings and overrides
			0x2066 <= r && r <= 0x2069, // isolates
			r&0xFFFE == 0xFFFE,         // what XML does not allow
			0xFDD0 <= r && r <= 0xFDEF, // and HTML neither
			r == 0xFFFD && !strings.HasPrefix(s[i:], "\uFFFD"):
			return false
		}
	}
	return true
}

// cut shortens a text for an error, on a rune.
func cut(s string) string {
	const most = 64
	if len(s) <= most {
		return s
	}
	end := most
	for end > 0 && s[end]&0xC0 == 0x80 {
		end--
	}
	return s[:end] + "..."
}

func (p problems) err() error { return errors.Join(p...) }
