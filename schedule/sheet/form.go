package sheet

import "strconv"

// A Form is what a page is made for. Plain text, timeline and CSV are the same in every
// form but for what [StaffSheet] shows without being asked. The zero Form is [Full].
type Form uint8

// The forms.
const (
	// Full has all that the patient is told.
	Full Form = iota
	// OnePage is one sheet of paper to hang up: the next visit, as many of those after
	// it as have room, each with a box to tick, and room for notes.
	OnePage
	// StaffSheet has, for each session to come, what is given, all tasks, the worksheet
	// and lines to be filled in and signed.
	StaffSheet
)

// String returns "full", "one-page" or "staff".
func (f Form) String() string {
	switch f {
	case Full:
		return "full"
	case OnePage:
		return "one-page"
	case StaffSheet:
		return "staff"
	default:
		return "%!Form(" + strconv.Itoa(int(f)) + ")"
	}
}

const wantForm = "want full, one-page or staff"

// ParseForm reads what [Form.String] writes. Anything else is an [*OptionError].
func ParseForm(s string) (Form, error) {
	for f := Full; f <= StaffSheet; f++ {
		if f.String() == s {
			return f, nil
		}
	}
	return Full, &OptionError{Field: "Form", Value: s, Want: wantForm}
}

// MarshalText returns what [Form.String] returns. The error is an [*OptionError] for a
// value that is no form.
func (f Form) MarshalText() ([]byte, error) {
	if f > StaffSheet {
		return nil, &OptionError{Field: "Form", Value: f.String(), Want: wantForm}
	}
	return []byte(f.String()), nil
}

// UnmarshalText reads what [ParseForm] reads.
func (f *Form) UnmarshalText(text []byte) error {
	parsed, err := ParseForm(string(text))
	if err == nil {
		*f = parsed
	}
	return err
}
