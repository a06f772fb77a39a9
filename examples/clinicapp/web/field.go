package web

import (
	"net/url"
	"slices"
	"strings"
)

// A field is one question of a form. What is typed into it becomes the member of a JSON object
// that its name says: "date", or "instead/date" of the object in it.
type field struct {
	Name, Label, Hint string
	Type              fieldType
	Options           []option
	// Value is what it has, of several checkboxes Values.
	Value    string
	Values   []string
	Required bool
	// Wide fields have room for a sentence.
	Wide  bool
	Error string
	// Page tells apart fields of one name that two forms of a page have.
	Page string
}

// A fieldType is how a field is shown, and what it becomes.
type fieldType string

const (
	fieldText   fieldType = "text"
	fieldDate   fieldType = "date"
	fieldTime   fieldType = "time"
	fieldNumber fieldType = "number" // a whole number
	fieldDays   fieldType = "days"   // a whole number, "14 days" in JSON
	fieldSelect fieldType = "select"
	fieldRadio  fieldType = "radio"
	fieldCheck  fieldType = "check"  // true or nothing
	fieldChecks fieldType = "checks" // a list
	fieldHidden fieldType = "hidden"
)

// An option is one of the answers of a field.
type option struct{ Value, Label string }

// ID is the id of the field on its page.
func (f field) ID() string { return "f-" + f.Page + strings.ReplaceAll(f.Name, "/", "-") }

// Has reports whether an option is chosen.
func (f field) Has(value string) bool {
	return f.Value == value && f.Type != fieldChecks || slices.Contains(f.Values, value)
}

// Input is the type of the input element.
func (f field) Input() string {
	if f.Type == fieldDays {
		return string(fieldNumber)
	}
	return string(f.Type)
}

// filled returns the fields with what was sent.
func filled(fields []field, sent url.Values) []field {
	for i := range fields {
		f := &fields[i]
		if f.Type == fieldChecks {
			f.Values = sent[f.Name]
		} else {
			f.Value = strings.TrimSpace(sent.Get(f.Name))
		}
	}
	return fields
}

// missing marks the required fields without a value, and reports whether there are any.
func missing(fields []field) bool {
	found := false
	for i := range fields {
		if f := &fields[i]; f.Required && f.Value == "" && len(f.Values) == 0 {
			f.Error, found = "This is needed.", true
		}
	}
	return found
}

// options are answers that are their own labels.
func options(values ...string) []option {
	list := make([]option, len(values))
	for i, v := range values {
		list[i] = option{v, v}
	}
	return list
}
