package protocol

import (
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/dose"
)

// A MissedDose is a row of a phase's table of missed doses: what follows where so many
// days have passed since the last dose was given. [MissedRule] is what a protocol says
// whatever the days. The zero MissedDose does not compile.
//
// The days are those from the last dose given, of any phase, to the next one: the row
// that holds of a dose is that of the day on which it is given.
type MissedDose struct {
	// From and To are the days on which the row holds, both included: 1 to 3650. Zero
	// as To stands for no end. A table leaves no day out after its first, and only its
	// last row may have no end. Rows of the same days are alternatives.
	From, To int
	// Condition says in words when the row holds: "stabilised on 56 mg". It may be
	// empty where the row is the only one of its days.
	Condition string
	// Then is what follows.
	Then Sequel
	// Phase is the phase that is begun again, for [RestartPhase]: the phase itself or
	// one before it.
	Phase string
	// Dose is the level of the next dose, for [GiveLevel]: one that the phase has.
	Dose dose.Level
	// Date says when the next dose is given, and Days how many days after the last one
	// for [OnDay]. Where only one date makes sense none is stated: see [Sequel].
	Date SequelDate
	Days int
	// Source is the key of the source that says so. It may be empty.
	Source string
}

// A Sequel is what follows after missed doses. The zero Sequel is invalid.
type Sequel uint8

// What follows after missed doses.
const (
	// GiveAsPlanned: the next dose is the planned one, on its day.
	GiveAsPlanned Sequel = iota + 1
	// GiveNow: the next dose is the planned one, as soon as it can be given.
	GiveNow
	// GiveLevel: the next dose is a level of the phase, on a stated date. What comes
	// after it follows as the phase says.
	GiveLevel
	// RestartTitration: the next dose is the phase's own, on a stated date, and its
	// levels are climbed again from there.
	RestartTitration
	// RestartPhase: a phase begins again with its first session, at once or on a day.
	RestartPhase
	// AskPrescriber: nothing is given before somebody has decided.
	AskPrescriber
)

// String returns the words of a Sequel, such as "give now".
func (q Sequel) String() string {
	switch q {
	case GiveAsPlanned:
		return "give as planned"
	case GiveNow:
		return "give now"
	case GiveLevel:
		return "give level"
	case RestartTitration:
		return "restart titration"
	case RestartPhase:
		return "restart phase"
	case AskPrescriber:
		return "ask the prescriber"
	default:
		return "%!Sequel(" + strconv.Itoa(int(q)) + ")"
	}
}

// ParseSequel reads what [Sequel.String] writes. The error is an [*Error].
func ParseSequel(s string) (Sequel, error) { return parseWord("then", s, AskPrescriber) }

// MarshalText returns what [Sequel.String] returns; the error is an [*Error].
func (q Sequel) MarshalText() ([]byte, error) { return marshalWord("then", q, AskPrescriber) }

// UnmarshalText reads what [ParseSequel] reads, and "" as the zero Sequel. On an error
// q is unchanged.
func (q *Sequel) UnmarshalText(text []byte) error { return unmarshalWord(q, text, ParseSequel) }

// A SequelDate says when the next dose after missed ones is given. The zero SequelDate
// is not stated.
type SequelDate uint8

// The dates of the next dose.
const (
	// OnPlannedDay: on the day of the next session to come.
	OnPlannedDay SequelDate = iota + 1
	// AtOnce: on the first day on which it can be.
	AtOnce
	// OnDay: so many days after the last dose given, or on the first day after that on
	// which it can be.
	OnDay
)

// String returns "as planned" or "at once", and "on a day" for [OnDay]: a file has the
// days instead.
func (d SequelDate) String() string {
	switch d {
	case 0:
		return ""
	case OnPlannedDay:
		return "as planned"
	case AtOnce:
		return "at once"
	case OnDay:
		return "on a day"
	default:
		return "%!SequelDate(" + strconv.Itoa(int(d)) + ")"
	}
}

// Holds reports whether the row holds so many days after the last dose given.
func (m MissedDose) Holds(days int) bool { return m.From <= days && (m.To == 0 || days <= m.To) }

// DaysText returns the days on which the row holds: "43 to 60 days", "from 61 days on".
func (m MissedDose) DaysText() string {
	switch m.To {
	case 0:
		return "from " + days(m.From) + " on"
	case m.From:
		return days(m.From)
	default:
		return strconv.Itoa(m.From) + " to " + days(m.To)
	}
}

// String returns what follows, in words: "restart phase induction at once".
func (m MissedDose) String() string {
	text := m.Then.String()
	if !m.Dose.IsZero() {
		text += " " + m.Dose.String()
	}
	if m.Phase != "" {
		text += " " + m.Phase
	}
	switch m.Date {
	case 0:
	case OnDay:
		text += " " + days(m.Days) + " after the last dose"
	default:
		text += " " + m.Date.String()
	}
	return text
}

// MissedAfter returns the rows of the phase's table that hold so many days after the
// last dose given, and the position of the first: one, several that are alternatives,
// or none.
func (p Phase) MissedAfter(days int) (first int, rows []MissedDose) {
	holds := func(m MissedDose) bool { return m.Holds(days) }
	if first = slices.IndexFunc(p.MissedDoses, holds); first < 0 {
		return first, nil
	}
	end := first
	for end < len(p.MissedDoses) && holds(p.MissedDoses[end]) {
		end++
	}
	return first, p.MissedDoses[first:end:end]
}
