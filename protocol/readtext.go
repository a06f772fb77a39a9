package protocol

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/document"
)

// findingOf turns the error of a parser or of a check into what documents take:
// the byte of the text that it is about, what was wanted there, and a code.
func findingOf(err error) *finding {
	switch e := err.(type) {
	case *finding:
		return e
	case *dose.ParseError:
		return &finding{offset: e.Offset, want: e.Want, code: CodeValue, err: e}
	case *Error:
		f := &finding{offset: e.Offset, want: strings.TrimPrefix(e.Want, "want "), code: e.Code, err: e.Err}
		if _, sentinel := e.Err.(interface{ Unwrap() error }); sentinel && e.Offset < 0 {
			f.offset = findingOf(e.Err).offset // of a text that a check has read
		}
		return f
	default:
		return &finding{offset: -1, want: err.Error(), code: CodeValue, err: err}
	}
}

// doseError gives an error about a dose its code.
func doseError(err error) error {
	f := *findingOf(err)
	f.code = CodeDose
	return &f
}

// textOf reads a text by its parser. The example is for whoever wrote a bare
// number.
func textOf[T any](n document.Node, example string, parse func(string) (T, error)) (v T) {
	if n.Kind() == document.KindNumber {
		n.Refuse(document.CodeType, `text such as "`+example+`"`)
		return v
	}
	return document.Parsed(n, func(s string) (T, error) {
		v, err := parse(s)
		if err != nil {
			return v, findingOf(err)
		}
		return v, nil
	})
}

// oneOf reads the name of one of the values from first to last.
func oneOf[E interface {
	~uint8
	fmt.Stringer
}](n document.Node, first, last E) E {
	var names []string
	for e := first; e <= last; e++ {
		names = append(names, e.String())
	}
	if i := slices.Index(names, n.OneOf(names...)); i >= 0 {
		return first + E(i)
	}
	return 0
}

// Days and times that may lie before what they are counted from.

// FormatDays returns a number of days as protocol files have it: "14 days", "1 day".
func FormatDays(n int) string {
	if n == 1 || n == -1 {
		return strconv.Itoa(n) + " day"
	}
	return strconv.Itoa(n) + " days"
}

// ParseDays reads what [FormatDays] writes. The error is an [*Error].
func ParseDays(s string) (int, error) {
	number, _, _ := strings.Cut(s, " ")
	n, err := strconv.ParseInt(number, 10, 32)
	if err != nil || FormatDays(int(n)) != s {
		return 0, &Error{
			Place: "days", Offset: -1, Value: kept(s),
			Want: "want whole days, such as 1 day or 28 days", Code: CodeValue, Err: ErrNotation,
		}
	}
	return int(n), nil
}

// formatTime returns a time of a timetable as parseTime reads it. What does not
// compile has a text of its own.
func formatTime(d time.Duration) string {
	switch {
	case d%time.Minute != 0:
		return d.String()
	case d < 0:
		return "-" + FormatDuration(-d)
	default:
		return FormatDuration(d)
	}
}

// parseTime reads a time of a timetable: up to 7 days, negative before the
// moment that it is counted from.
func parseTime(s string) (time.Duration, error) {
	number, unit, _ := strings.Cut(s, " ")
	n, err := strconv.ParseInt(number, 10, 16)
	d := time.Duration(n) * time.Minute
	if unit == "h" {
		d = time.Duration(n) * time.Hour
	}
	if err != nil || strconv.FormatInt(n, 10) != number || unit != "min" && unit != "h" || !wholeMinutes(d) {
		return 0, &Error{
			Place: "time", Offset: -1, Value: kept(s),
			Want: "want whole minutes or hours, at most 7 days away, such as 40 min or -2 h", Code: CodeValue, Err: ErrNotation,
		}
	}
	return d, nil
}

// String returns the place as files write it: "cadence of maintenance", "minGap" for
// that of every phase, "part bolus amount of induction", or "medicine ondansetron amount".
func (p Place) String() string {
	text := p.Field.String()
	if p.Part != "" {
		text = partWord + p.Part + " " + text
	}
	if p.Medicine != "" {
		text = medicineWord + p.Medicine + " " + text
	}
	if p.Phase != "" {
		text += " of " + p.Phase
	}
	return text
}

// partWord and medicineWord begin the text of a place in a part, and in a medicine.
const (
	partWord     = "part "
	medicineWord = "medicine "
)

// MarshalText returns what [Place.String] returns; the error, for a field that
// is none, is an [*Error].
func (p Place) MarshalText() ([]byte, error) {
	if again, err := ParsePlace(p.String()); err != nil || again != p {
		return nil, &Error{Place: "place", Offset: -1, Value: p.String(), Want: "want a field of a phase", Code: CodeValue, Err: ErrInvalid}
	}
	return []byte(p.String()), nil
}

// UnmarshalText reads what [ParsePlace] reads. On an error p is unchanged.
func (p *Place) UnmarshalText(text []byte) error {
	parsed, err := ParsePlace(string(text))
	if err == nil {
		*p = parsed
	}
	return err
}

// ParsePlace reads what [Place.String] returns: "minGap", "cadence of maintenance",
// "part bolus amount of induction" or "medicine ondansetron amount". The error is an
// [*Error].
func ParsePlace(s string) (Place, error) {
	if rest, ok := strings.CutPrefix(s, partWord); ok {
		if name, phase, f, ok := placeInDose(rest); ok {
			return Place{Phase: phase, Field: f, Part: name}, nil
		}
	}
	if rest, ok := strings.CutPrefix(s, medicineWord); ok {
		if name, phase, f, ok := placeInDose(rest); ok {
			return Place{Phase: phase, Field: f, Medicine: name}, nil
		}
	}
	name, phase, of := strings.Cut(s, " of ")
	for f := FieldCadence; f <= lastField; f++ {
		if f.String() == name && (phase != "") == of {
			return Place{Phase: phase, Field: f}, nil
		}
	}
	e := &Error{
		Place: "place", Value: kept(s), Code: CodeValue, Err: ErrNotation,
		Want: "want " + either(wordsOf(lastField)) + ", alone or as in cadence of maintenance, or as in part bolus amount of induction or medicine ondansetron amount",
	}
	return Place{}, e
}

// placeInDose reads the name of a part or of a medicine, the field, and the phase.
func placeInDose(s string) (name, phase string, f Field, ok bool) {
	for f = FieldAmount; f.ofDose(); f++ {
		name, after, found := strings.Cut(s, " "+f.String())
		phase, of := strings.CutPrefix(after, " of ")
		if found && name != "" && (after == "" || of && phase != "") {
			return name, phase, f, true
		}
	}
	return "", "", 0, false
}

// Limits on sums of doses.

func formatLimit(l dose.Limit[dose.Mass]) string { return dose.Limits{Dose: l}.String() }

func parseLimit(s string) (dose.Limit[dose.Mass], error) {
	limits, err := dose.ParseLimits(s)
	if err == nil && limits != (dose.Limits{Dose: limits.Dose}) {
		err = &Error{
			Place: "limit", Offset: -1, Value: kept(s),
			Want: "want bounds of a mass, such as hard max 672 mg", Code: CodeDose, Err: ErrNotation,
		}
	}
	if err != nil {
		return dose.Limit[dose.Mass]{}, doseError(err)
	}
	return limits.Dose, nil
}
