package document

import "strings"

// Whole is the offset of a [Reason] that is about all of a text.
const Whole = -1

// A Reason is an error of a parser or a check that says what the problem that it
// becomes is to say.
type Reason struct {
	// Code names the kind of problem.
	Code string
	// Want says what was wanted, with or without the word want before it; empty
	// if all that is known is Err.
	Want string
	// Offset is the byte of the text that is wrong, or Whole.
	Offset int
	// Err is the error of the parser that refused the text, or nil.
	Err error
}

// Error returns the text of Err or, without one, what was wanted.
func (r *Reason) Error() string {
	if r.Err == nil {
		return "want " + r.Wanted()
	}
	return r.Err.Error()
}

// Unwrap returns Err.
func (r *Reason) Unwrap() error { return r.Err }

// Wanted returns what was wanted, without the word want.
func (r *Reason) Wanted() string { return strings.TrimPrefix(r.Want, "want ") }

// ErrorCode returns Code.
func (r *Reason) ErrorCode() string { return r.Code }

// ByteOffset returns Offset.
func (r *Reason) ByteOffset() int { return r.Offset }

// Cut shortens a text for a message, on a whole rune.
func Cut(s string) string {
	const most = 64
	if len(s) <= most {
		return s
	}
	return s[:runeStart(s, most)] + "..."
}
