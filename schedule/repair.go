package schedule

import (
	"errors"
	"slices"
	"strconv"
	"time"
)

// A Way is one way of dealing with sessions that were missed, late, early or held, or
// that lost their days. The zero Way is invalid.
type Way uint8

// The ways.
const (
	WaySkip       Way = iota + 1 // go on as planned without it
	WayCatchUp                   // inside its window, no other session moves
	WayPlaceAgain                // inside its window, with the fewest others that it needs
	WayShift                     // it and the rest later by whole weeks: the grid stays
	WayReanchor                  // it and the rest counted from the day it really has
	WayAppend                    // after the last session of the plan
	WayRestart                   // its phase, or an earlier one, from the first session on
	WayStepBack                  // at the frequency of an earlier phase
	WayMissedDose                // by the protocol's table of missed doses
)

// String returns the name of the way, such as "catch up".
func (w Way) String() string {
	switch w {
	case WaySkip:
		return "skip"
	case WayCatchUp:
		return "catch up"
	case WayPlaceAgain:
		return "place again"
	case WayShift:
		return "shift by weeks"
	case WayReanchor:
		return "re-anchor"
	case WayAppend:
		return "append"
	case WayRestart:
		return "restart the phase"
	case WayStepBack:
		return "step back"
	case WayMissedDose:
		return "missed dose"
	default:
		return "%!Way(" + strconv.Itoa(int(w)) + ")"
	}
}

// ParseWay reads what [Way.String] writes. Anything else is a [*ParseError].
func ParseWay(s string) (Way, error) { return parseNamed("way", s, WaySkip, WayMissedDose) }

// MarshalText returns what [Way.String] returns. The error is a [*ParseError] for
// a value that is no way.
func (w Way) MarshalText() ([]byte, error) { return marshalNamed(w, ParseWay) }

// UnmarshalText reads what [ParseWay] reads.
func (w *Way) UnmarshalText(text []byte) error { return unmarshalText(w, text, ParseWay) }

// unverified says that the words of a source were not read.
const unverified = "not verified against the source"

// unnamedSource is what a way rests on that the protocol does not name.
const unnamedSource = "none that the protocol names, " + unverified

// A Repair is one way on, with everything that it changes. It is offered, never
// chosen: what is right is for a clinician to decide.
type Repair struct {
	Way Way
	// Text says in one sentence what it does.
	Text string
	// Condition says in words when the protocol's source allows it; "" where it
	// names none.
	Condition string
	// Source is the citation of the source that it rests on, and Quote that
	// source's own words, if they were read. A way that the protocol does not
	// name rests on no source: Source says so.
	Source, Quote string
	// Entries are the events that make it true, with ids of their own that the
	// plan does not have: [Plan.Replay] applies them. Skipping a session of
	// which something has become already needs none. An app that records them
	// gives them ids of its own by [Repair.RecordedAs].
	Entries []Entry
	// Plan is the plan after them, and Diff what they change.
	Plan *Plan
	Diff Diff
	// Findings are those of the new plan that the present one does not have.
	Findings []Finding
	// Err is why it is not possible, nil where it is. Then there is no Plan.
	Err error
}

// Possible reports whether the way can be taken.
func (r Repair) Possible() bool { return r.Err == nil }

// RecordedAs returns the entries as an app records them: with the id that the form of the way was
// made with, so that a form which is sent twice is recorded once, and as recorded by somebody. The
// first entry has the id, those after it have "-2", "-3" and so on behind it. A level that the
// table of missed doses asks for is then chosen by whoever takes the way. [Plan.Replay] refuses an
// id that is none, with an [*EventError].
func (r Repair) RecordedAs(id, by string) []Entry {
	entries := slices.Clone(r.Entries)
	for i := range entries {
		event := &entries[i].Event
		event.ID, event.RecordedBy = id, by
		if i > 0 {
			event.ID += "-" + strconv.Itoa(i+1)
		}
		if chosen, ok := event.What.(DoseChosen); ok && chosen.Who == tableChose {
			chosen.Who = by
			event.What = chosen
		}
	}
	return entries
}

// Repairs returns the ways on from one or several sessions, as of an instant, in a
// fixed order: skip, catch up, place again, shift by weeks, re-anchor, append, restart
// the phase, step back, and what the table of missed doses of their phase says by the
// days since the last dose. Of the sessions some may
//
//   - have been missed, cancelled or left out, or have begun without anybody saying
//     what became of them, which is then recorded as missed first where they are made
//     up for by another session;
//   - have lost their days, which closures, absences, wishes or what was given took;
//   - be held: the way on is for the whole treatment;
//   - be still to come, as they should: they may be moved;
//   - have been given early or late. If all of them were, the ways on are from the
//     last of those; otherwise what was given needs none.
//
// Dates are the first that will do: of a catch-up the day nearest to the target,
// rather a day late than a day early, and of several the best placement of them
// together; of the others the fewest weeks, or the earliest day. Placing again moves
// the fewest other sessions that there have to be. A way that is not possible says
// why.
//
// A row of a table ([protocol.MissedDose]) is offered where it holds today, or on the day
// of the next dose that is planned, and its next dose is on one of its own days. To ask
// the prescriber is offered as holding what is to come. A level is chosen by "the table
// of missed doses": [Repair.RecordedAs] puts the name of who takes the way in its place.
//
// The error is that of an unknown session, or of an as-of before that of the
// plan.
//
// Companions and follow-ups have no ways on of their own: nothing is counted from them,
// and no session moves with them. One that was missed or has lost its day comes again
// with [VisitMoved], or stays as it is.
func (p *Plan) Repairs(asOf time.Time, ids ...ID) ([]Repair, error) {
	e, err := p.edit(Event{ID: "repairs", What: Resumed{}}, asOf)
	if err != nil {
		return nil, unnamed(err)
	}
	at, err := e.named("Session", ids)
	if err != nil {
		return nil, err
	}
	f := &fixer{plan: p, asOf: asOf.Round(0), today: e.today}
	if last := f.sort(e, at); len(f.named) == 0 {
		f.given(last)
		return f.repairs, nil
	}
	f.ways()
	return f.repairs, nil
}

// String returns the way, what it does, when, by which source, and what changes.
func (r Repair) String() string {
	s := r.Way.String() + ": " + r.Text
	if r.Condition != "" {
		s += "\n  if: " + r.Condition
	}
	s += "\n  source: " + r.Source
	if r.Quote != "" {
		s += ": " + strconv.Quote(r.Quote)
	}
	if r.Err != nil {
		why := r.Err.Error()
		if refused, ok := errors.AsType[*EventError](r.Err); ok {
			why = refused.Want
		}
		return s + "\n  not possible: " + why + "\n"
	}
	s += "\n  changes: " + r.Diff.String() + "\n"
	for _, finding := range r.Findings {
		s += "  finding: " + finding.String() + "\n"
	}
	return s
}
