package protocol

import (
	"slices"
	"strings"
)

// Enumerations are words in files, messages and JSON. Their texts are those of
// String. A value that is none of the words has no text: MarshalText refuses it.
// Zero says that nothing is stated: its text is empty, which the parsers refuse
// and UnmarshalText takes.

// A worded type is an enumeration that begins at 1.
type worded interface {
	~uint8
	String() string
}

// wordsOf returns the words of the values from 1 to last.
func wordsOf[E worded](last E) []string {
	words := make([]string, 0, int(last))
	for e := E(1); e <= last; e++ {
		words = append(words, e.String())
	}
	return words
}

// parseWord reads the word of one of the values from 1 to last.
func parseWord[E worded](what, s string, last E) (E, error) {
	words := wordsOf(last)
	if i := slices.Index(words, s); i >= 0 {
		return E(i + 1), nil
	}
	return 0, &Error{Place: what, Offset: -1, Value: kept(s), Want: "want " + either(words), Code: CodeValue, Err: ErrNotation}
}

// marshalWord returns the word of a value, and nothing for zero.
func marshalWord[E worded](what string, e, last E) ([]byte, error) {
	switch {
	case e == 0:
		return nil, nil
	case e > last:
		return nil, &Error{Place: what, Offset: -1, Value: e.String(), Want: "want " + either(wordsOf(last)), Code: CodeValue, Err: ErrInvalid}
	}
	return []byte(e.String()), nil
}

// unmarshalWord reads a word into a value, and nothing as zero.
func unmarshalWord[E worded](e *E, text []byte, parse func(string) (E, error)) error {
	if len(text) == 0 {
		*e = 0
		return nil
	}
	parsed, err := parse(string(text))
	if err == nil {
		*e = parsed
	}
	return err
}

// either joins words by commas, the last two by or.
func either(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// ParseGrade reads "primary", "secondary" or "unverified". The error is an
// [*Error].
func ParseGrade(s string) (Grade, error) { return parseWord("grade", s, Unverified) }

// MarshalText returns what [Grade.String] returns; the error is an [*Error].
func (g Grade) MarshalText() ([]byte, error) { return marshalWord("grade", g, Unverified) }

// UnmarshalText reads what [ParseGrade] reads, and "" as the zero Grade. On an
// error g is unchanged.
func (g *Grade) UnmarshalText(text []byte) error { return unmarshalWord(g, text, ParseGrade) }

// ParseVisitKind reads "dosing", "preparation", "integration", "follow-up" or
// "assessment". The error is an [*Error].
func ParseVisitKind(s string) (VisitKind, error) { return parseWord("kind", s, Assessment) }

// MarshalText returns what [VisitKind.String] returns; the error is an [*Error].
func (k VisitKind) MarshalText() ([]byte, error) { return marshalWord("kind", k, Assessment) }

// UnmarshalText reads what [ParseVisitKind] reads, and "" as none. On an error k
// is unchanged.
func (k *VisitKind) UnmarshalText(text []byte) error { return unmarshalWord(k, text, ParseVisitKind) }

// ParseMoment reads "arrival", "administration start", "administration end" or
// "departure". The error is an [*Error].
func ParseMoment(s string) (Moment, error) { return parseWord("moment", s, Departure) }

// MarshalText returns what [Moment.String] returns; the error is an [*Error].
func (m Moment) MarshalText() ([]byte, error) { return marshalWord("moment", m, Departure) }

// UnmarshalText reads what [ParseMoment] reads, and "" as none. On an error m is
// unchanged.
func (m *Moment) UnmarshalText(text []byte) error { return unmarshalWord(m, text, ParseMoment) }

// ParseAudience reads "patient", "staff" or "both". The error is an [*Error].
func ParseAudience(s string) (Audience, error) { return parseWord("audience", s, ForBoth) }

// MarshalText returns what [Audience.String] returns; the error is an [*Error].
func (a Audience) MarshalText() ([]byte, error) { return marshalWord("audience", a, ForBoth) }

// UnmarshalText reads what [ParseAudience] reads, and "" as none. On an error a is
// unchanged.
func (a *Audience) UnmarshalText(text []byte) error { return unmarshalWord(a, text, ParseAudience) }

// ParseStage reads "before", "during" or "after". The error is an [*Error].
func ParseStage(s string) (Stage, error) { return parseWord("stage", s, AfterVisit) }

// MarshalText returns what [Stage.String] returns; the error is an [*Error].
func (s Stage) MarshalText() ([]byte, error) { return marshalWord("stage", s, AfterVisit) }

// UnmarshalText reads what [ParseStage] reads, and "" as none. On an error s is
// unchanged.
func (s *Stage) UnmarshalText(text []byte) error { return unmarshalWord(s, text, ParseStage) }

// ParseDecision reads "continue", "stop", "extend", "step back" or "change". The
// error is an [*Error].
func ParseDecision(s string) (Decision, error) { return parseWord("decision", s, Change) }

// MarshalText returns what [Decision.String] returns; the error is an [*Error].
func (d Decision) MarshalText() ([]byte, error) { return marshalWord("decision", d, Change) }

// UnmarshalText reads what [ParseDecision] reads, and "" as the zero Decision.
// On an error d is unchanged.
func (d *Decision) UnmarshalText(text []byte) error { return unmarshalWord(d, text, ParseDecision) }

// ParsePeriod reads "day", "treatment week" or "plan". The error is an [*Error].
func ParsePeriod(s string) (Period, error) { return parseWord("per", s, PerPlan) }

// MarshalText returns what [Period.String] returns; the error is an [*Error].
func (p Period) MarshalText() ([]byte, error) { return marshalWord("per", p, PerPlan) }

// UnmarshalText reads what [ParsePeriod] reads, and "" as the zero Period. On an
// error p is unchanged.
func (p *Period) UnmarshalText(text []byte) error { return unmarshalWord(p, text, ParsePeriod) }

// ParseKind reads "weekly", "every", "cycle" or "weeks". The error is an
// [*Error].
func ParseKind(s string) (Kind, error) { return parseWord("kind", s, AtWeeks) }

// MarshalText returns what [Kind.String] returns; the error is an [*Error].
func (k Kind) MarshalText() ([]byte, error) { return marshalWord("kind", k, AtWeeks) }

// UnmarshalText reads what [ParseKind] reads, and "" as the zero Kind. On an
// error k is unchanged.
func (k *Kind) UnmarshalText(text []byte) error { return unmarshalWord(k, text, ParseKind) }

// ParseUnit reads "d", "w" or "mo". The error is an [*Error].
func ParseUnit(s string) (Unit, error) { return parseWord("unit", s, Months) }

// MarshalText returns what [Unit.String] returns; the error is an [*Error].
func (u Unit) MarshalText() ([]byte, error) { return marshalWord("unit", u, Months) }

// UnmarshalText reads what [ParseUnit] reads, and "" as the zero Unit. On an
// error u is unchanged.
func (u *Unit) UnmarshalText(text []byte) error { return unmarshalWord(u, text, ParseUnit) }

// ParseField reads the name of a field, such as "minGap". The error is an
// [*Error].
func ParseField(s string) (Field, error) { return parseWord("field", s, lastField) }

// MarshalText returns what [Field.String] returns; the error is an [*Error].
func (f Field) MarshalText() ([]byte, error) { return marshalWord("field", f, lastField) }

// UnmarshalText reads what [ParseField] reads, and "" as the zero Field. On an
// error f is unchanged.
func (f *Field) UnmarshalText(text []byte) error { return unmarshalWord(f, text, ParseField) }

// ParseClimb reads "free" or "by one". The error is an [*Error].
func ParseClimb(s string) (Climb, error) { return parseWord("climb", s, ClimbByOne) }

// MarshalText returns what [Climb.String] returns; the error is an [*Error].
func (c Climb) MarshalText() ([]byte, error) { return marshalWord("climb", c, ClimbByOne) }

// UnmarshalText reads what [ParseClimb] reads, and "" as none. On an error c is
// unchanged.
func (c *Climb) UnmarshalText(text []byte) error { return unmarshalWord(c, text, ParseClimb) }

// ParseFollows reads "rule" or "last given". The error is an [*Error].
func ParseFollows(s string) (Follows, error) { return parseWord("follows", s, FollowsLastGiven) }

// MarshalText returns what [Follows.String] returns; the error is an [*Error].
func (f Follows) MarshalText() ([]byte, error) { return marshalWord("follows", f, FollowsLastGiven) }

// UnmarshalText reads what [ParseFollows] reads, and "" as none. On an error f is
// unchanged.
func (f *Follows) UnmarshalText(text []byte) error { return unmarshalWord(f, text, ParseFollows) }
