package protocol

import (
	"strconv"
	"time"
)

// A Task is something to be done before, during or after a visit.
type Task struct {
	// Text says what: "blood pressure", "no food".
	Text string
	// For says who has to know of it, zero where that is not stated.
	For Audience
	// From is the moment that the times are counted from.
	From Moment
	// At is when the task is done, or when it begins, negative before the
	// moment. Whole minutes.
	At time.Duration
	// Until, if not nil, is when a task that lasts ends, counted from the same
	// moment.
	Until *time.Duration
	// Stage says whether the task stands before, during or after the visit where
	// that does not follow from its times: transport home, which is needed at
	// departure, is arranged before. Zero: by its times, see [Visit.StageOf].
	Stage Stage
}

// An Audience says who has to know of a task. The zero Audience is not stated:
// such a task is kept from nobody.
type Audience uint8

// The audiences.
const (
	ForPatient Audience = iota + 1
	ForStaff
	ForBoth // the patient and the staff
)

// String returns "patient", "staff" or "both", "" where none is stated.
func (a Audience) String() string {
	switch a {
	case 0:
		return ""
	case ForPatient:
		return "patient"
	case ForStaff:
		return "staff"
	case ForBoth:
		return "both"
	default:
		return "%!Audience(" + strconv.Itoa(int(a)) + ")"
	}
}

// Concerns reports whether what is for a concerns reader: always, unless one of the
// two is the patient and the other the staff.
func (a Audience) Concerns(reader Audience) bool {
	return (a != ForPatient || reader != ForStaff) && (a != ForStaff || reader != ForPatient)
}

// A Stage is where a task stands in relation to its visit. The zero Stage is not
// stated.
type Stage uint8

// The stages of a visit.
const (
	BeforeVisit Stage = iota + 1
	DuringVisit       // from arrival to departure
	AfterVisit
)

// String returns "before", "during" or "after", "" where none is stated.
func (s Stage) String() string {
	switch s {
	case 0:
		return ""
	case BeforeVisit:
		return "before"
	case DuringVisit:
		return "during"
	case AfterVisit:
		return "after"
	default:
		return "%!Stage(" + strconv.Itoa(int(s)) + ")"
	}
}

// SinceArrival returns the time from arrival to a moment of a session of the phase,
// counted from 1. No moment counts as the arrival.
func (v Visit) SinceArrival(m Moment, session int) time.Duration {
	switch m {
	case AdministrationStart:
		return v.Preparation
	case AdministrationEnd:
		return v.Preparation + v.Administration
	case Departure:
		return v.LengthOf(session)
	default:
		return 0
	}
}

// StageOf returns where a task of a session of the phase, counted from 1, stands: what
// it states, else before if it begins before arrival, after if it begins at departure
// or later or ends after departure, else during.
func (v Visit) StageOf(t Task, session int) Stage {
	begins, leaves := v.SinceArrival(t.From, session)+t.At, v.LengthOf(session)
	switch {
	case t.Stage != 0:
		return t.Stage
	case begins < 0:
		return BeforeVisit
	case begins >= leaves, t.Until != nil && begins+*t.Until-t.At > leaves:
		return AfterVisit
	default:
		return DuringVisit
	}
}
