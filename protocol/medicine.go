package protocol

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/regimen-go/regimen/dose"
)

// A Medicine is given beside the drug of a session: before it, as a premedication; after
// or with it, as a second drug of the same rank; or as needed. It has a dose, a time and
// limits of its own, and moves no session.
//
// The zero Medicine does not compile.
type Medicine struct {
	// Name is what is given, "ondansetron": sums of doses are those of a name, and a
	// session gives no two of one name, nor one of the name of its drug. Large and small
	// letters and the number of spaces make no difference: see [SameDrug].
	Name string
	// Route is how it is given, zero where that is not stated. Where the preparation
	// says it, it need not be said here.
	Route dose.Route
	// Dose is the rule for how much is given, with its limits. Required.
	Dose dose.Rule
	// Preparation is how it is drawn up and given. Zero: not stated.
	Preparation dose.Preparation
	// Administration is how long giving it takes, whole minutes up to 24 hours: zero
	// where its amount or its preparation says it, and of what takes no time, such as a
	// tablet.
	Administration time.Duration
	// From is the moment of the visit that At is counted from, and At when giving it
	// begins: negative before the moment, whole minutes up to 7 days. From may be zero
	// where there is a condition: it is then given at any time. What takes time is given
	// inside the visit; what takes none may be taken before arrival or after departure.
	From Moment
	At   time.Duration
	// Condition, if not empty, is when it is given, in words: "nausea". Such a medicine
	// is not planned, is never missing, and may be given.
	Condition string
	// Sessions are the numbers of the sessions of its phase at which it is given, counted
	// from 1 and increasing; none stands for all of them.
	Sessions []int
	// Cumulative are limits on sums of what is given of it, whatever it was given as.
	// They are maxima.
	Cumulative []CumulativeLimit
	// Source is the key of the source that says so. It may be empty.
	Source string
}

// clone returns a copy that shares nothing that could be changed.
func (m Medicine) clone() Medicine {
	m.Sessions = slices.Clone(m.Sessions)
	m.Cumulative = slices.Clone(m.Cumulative)
	return m
}

// Order returns everything that decides how the medicine is given.
func (m Medicine) Order() dose.Order {
	return dose.Order{Rule: m.Dose, Preparation: m.Preparation, Administration: doseDuration(m.Administration)}
}

// Length returns how long giving it takes: its administration, else the time that its
// amount or its preparation states, in whole minutes that are not less; 0 of what takes
// no time.
func (m Medicine) Length() time.Duration {
	if m.Administration != 0 {
		return m.Administration
	}
	return (m.Order().Time().Time() + time.Minute - 1).Truncate(time.Minute)
}

// GivenBy returns how it is given: the route that it states, else that of its
// preparation, else zero.
func (m Medicine) GivenBy() dose.Route {
	if m.Route == 0 {
		return m.Preparation.Route
	}
	return m.Route
}

// isOf reports whether the medicine is of a session of its phase, counted from 1.
func (m Medicine) isOf(session int) bool {
	return len(m.Sessions) == 0 || slices.Contains(m.Sessions, session)
}

// IsCalled reports whether the medicine has a name, in large or small letters.
func (m Medicine) IsCalled(name string) bool { return SameDrug(m.Name, name) }

// SameDrug reports whether two names are those of one drug: letters that are large in
// one of them, spaces around it, and how many spaces are between its words make no
// difference. Names of salts, routes and products are never converted into each other.
func SameDrug(a, b string) bool {
	if a == b || strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) {
		return true
	}
	words := func(s string) bool { return strings.ContainsFunc(strings.TrimSpace(s), unicode.IsSpace) }
	return words(a) && words(b) && DrugKey(a) == DrugKey(b)
}

// DrugKey returns a text that is the same for all names of one drug, as [SameDrug] has it,
// and another for any other: for maps. It is not for people.
func DrugKey(name string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return unicode.ToLower(least)
	}, strings.Join(strings.Fields(name), " "))
}

// BesideAt returns the medicines beside the drug at a session of the phase, counted from
// 1, in the order of the protocol.
//
// Of a [Protocol] the phases have those of the whole protocol too.
func (p Phase) BesideAt(session int) []Medicine {
	var list []Medicine
	for _, m := range p.Beside {
		if m.isOf(session) {
			list = append(list, m)
		}
	}
	return list
}

// takesBeside reports whether the medicines of the whole protocol are given in the
// phase: where a drug or another treatment is.
func (p Phase) takesBeside() bool { return p.givesDrug() || p.Visit.Kind == Dosing }

// SinceArrival returns the time from arrival at a session of the phase, counted from 1,
// to when giving the medicine begins: negative before arrival. Without a moment it is
// that of the arrival.
func (m Medicine) SinceArrival(v Visit, session int) time.Duration {
	return v.SinceArrival(m.From, session) + m.At
}

// StageAt returns where the medicine stands at a session of the phase, counted from 1:
// before the visit, after it, or during it.
func (m Medicine) StageAt(v Visit, session int) Stage {
	if m.From == 0 {
		return DuringVisit
	}
	begins, leaves := m.SinceArrival(v, session), v.LengthOf(session)
	switch {
	case begins < 0:
		return BeforeVisit
	case begins > leaves || begins == leaves && m.From == Departure:
		return AfterVisit
	default:
		return DuringVisit
	}
}
