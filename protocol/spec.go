package protocol

import (
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/dose"
)

// A Spec describes a protocol. It is plain data: copy one, change the copy and
// [Spec.Compile] it. The zero Spec does not compile.
type Spec struct {
	// ID names the protocol: lower-case letters, digits, dots and hyphens, at
	// most 100 bytes. Version tells editions of one ID apart. Both are given
	// or neither; a protocol without them is known by its cadence and digest.
	ID, Version string
	// Title is one line for people. It may be empty.
	Title string
	// Drug and Route say what is given and how, in words. They may be empty.
	Drug, Route string
	// Indications and Contraindications say whom the sources speak of.
	Indications       []string
	Contraindications []Contraindication
	// Labels are what regulators say.
	Labels []Label
	// Phases are in order; at least one has a cadence.
	Phases []Phase
	// Beside are the medicines that are given beside the drug in every phase that gives
	// one, and in every one whose visit is of the kind [Dosing].
	Beside []Medicine
	// FollowUps are visits counted from the last session.
	FollowUps []FollowUpVisit
	// Monitoring are visits on a cadence of their own, beside the sessions.
	Monitoring []Monitoring
	// Gates are the points where a clinician must decide.
	Gates []Gate
	// Missed is what the protocol says about missed sessions.
	Missed []MissedRule
	// Cumulative are limits on sums of doses.
	Cumulative []CumulativeLimit
	// Parameters are the values that the sources leave open.
	Parameters []Parameter
	// Sources are what the facts rest on.
	Sources []Source
	// Notes say what else a reader must know, such as where a source is wrong.
	Notes []string
}

// A Phase is a named stretch of a protocol: induction, taper, maintenance.
type Phase struct {
	// Name is unique in the protocol and not empty.
	Name string
	// Cadence says how often. The cadences of consecutive phases are joined as
	// by "then". Only the last phase that has one may have no end or be as
	// needed.
	Cadence Cadence
	// Visit is what a session consists of.
	Visit Visit
	// Dose is the rule for what is given; zero in a phase that gives no drug. In one
	// with Parts it is [dose.SumOfParts] with the limits of the whole, or zero where
	// the whole has none.
	Dose dose.Rule
	// Parts are those of a dose that is given in several, one after the other, such as
	// a bolus and an infusion. Each has its own amount, time, limits and preparation;
	// the phase then has no steps and no preparation. The visit has time for all of
	// them. None: the dose is given at once.
	Parts []dose.Part
	// Steps change the dose from a session of the phase on. Planned ones are in
	// increasing order. Where a parameter says from which sessions on, none of
	// them does.
	Steps []Step
	// Climb says which of its levels the phase allows next, Follows what the
	// planned dose follows. Both are required of a phase that names more than
	// one level: its dose, its conditional steps and the choices of both.
	// Neither is stated in any other.
	Climb   Climb
	Follows Follows
	// Preparation is how a dose is drawn up and given. Zero: not stated.
	Preparation dose.Preparation
	// RunsOn reports that the dose goes on after departure, as by an ambulatory
	// pump, so that its time need not fit the administration. The phase has a
	// companion then, which is the visit that ends it.
	RunsOn bool
	// Beside are the medicines that are given beside the drug. They change no date. Those
	// of the whole protocol ([Spec.Beside]) are given too.
	Beside []Medicine
	// Weights is what the phase asks of weighings.
	Weights Weights
	// MinGap is the least number of days from one session to the next, 1 to
	// 3650. It is required of a phase that gives a drug; a phase that does not
	// and states none counts as 1. Between two phases the larger one holds.
	MinGap int
	// MaxGap is the largest number of days from one session to the next that
	// is within the protocol, 1 to 3650, or 0 for none. Passing it is a
	// finding; it moves no date.
	MaxGap int
	// Until says in words when the phase ends before its last session:
	// "remission". It may be empty.
	Until string
	// Window, if not nil, replaces the window that follows from the cadence,
	// for all sessions of the phase.
	Window *Window
	// Weekdays gives the days of the week for sessions of a weekly segment: a
	// set of n days holds for weeks with n sessions, and its first days, in
	// the order of that week, for smaller numbers without a set of their own.
	Weekdays []DaySet
	// Companions are visits that accompany every session.
	Companions []Companion
	// MissedDoses is the table of what follows after missed doses, by the days since
	// the last one given, in the order of the days. A phase that gives no drug has none.
	MissedDoses []MissedDose
}

// A Window is how many calendar days before and after its target a session may
// take place, 0 to 365 each.
type Window struct{ Before, After int }

// A Source is a document that facts of a protocol rest on.
type Source struct {
	// Key is how facts refer to the source; unique in the protocol.
	Key string
	// Citation names the document; Address, if any, is where it can be read.
	Citation, Address string
	// Facts are what was taken from it.
	Facts []Fact
}

// A Fact is one statement of a source that the protocol encodes.
type Fact struct {
	// About is the place in the Spec that the fact is about, such as
	// "/phases/0/cadence". It may be empty.
	About string
	// Says is what the protocol takes from the source, in our words.
	Says string
	// Quote is the source's own wording, if it was read.
	Quote string
	// Grade says how well the statement is established.
	Grade Grade
}

// A Grade says how a fact was established. The zero Grade is invalid.
type Grade uint8

// The grades of facts.
const (
	// Primary: the text of the primary document was read.
	Primary Grade = iota + 1
	// Secondary: a page that restates the primary document was read.
	Secondary
	// Unverified: known from the literature, not read again.
	Unverified
)

// String returns "primary", "secondary" or "unverified".
func (g Grade) String() string {
	switch g {
	case Primary:
		return "primary"
	case Secondary:
		return "secondary"
	case Unverified:
		return "unverified"
	default:
		return "%!Grade(" + strconv.Itoa(int(g)) + ")"
	}
}

// givesDrug reports whether the phase has a dose rule, or parts.
func (p Phase) givesDrug() bool { return !p.Dose.IsZero() || p.InParts() }

// clone returns a copy that shares nothing that could be changed.
func (p Phase) clone() Phase {
	p.Visit = p.Visit.Clone()
	p.Steps = slices.Clone(p.Steps)
	p.Parts = slices.Clone(p.Parts)
	p.Companions = cloneEach(p.Companions, Companion.clone)
	p.Beside = cloneEach(p.Beside, Medicine.clone)
	p.Weekdays = slices.Clone(p.Weekdays)
	p.MissedDoses = slices.Clone(p.MissedDoses)
	if p.Window != nil {
		p.Window = new(*p.Window)
	}
	return p
}

// Clone returns a copy of the Spec that shares nothing with s, to be changed
// freely.
func (s Spec) Clone() Spec {
	s.Indications = slices.Clone(s.Indications)
	s.Contraindications = slices.Clone(s.Contraindications)
	s.Labels = slices.Clone(s.Labels)
	s.Phases = cloneEach(s.Phases, Phase.clone)
	s.Beside = cloneEach(s.Beside, Medicine.clone)
	s.FollowUps = cloneEach(s.FollowUps, FollowUpVisit.clone)
	s.Monitoring = cloneEach(s.Monitoring, Monitoring.clone)
	s.Gates = cloneEach(s.Gates, Gate.clone)
	s.Missed = slices.Clone(s.Missed)
	s.Cumulative = slices.Clone(s.Cumulative)
	s.Notes = slices.Clone(s.Notes)
	s.Parameters = cloneEach(s.Parameters, Parameter.clone)
	s.Sources = cloneEach(s.Sources, func(source Source) Source {
		source.Facts = slices.Clone(source.Facts)
		return source
	})
	return s
}

func cloneEach[T any](list []T, clone func(T) T) []T {
	list = slices.Clone(list)
	for i, v := range list {
		list[i] = clone(v)
	}
	return list
}
