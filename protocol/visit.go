package protocol

import (
	"slices"
	"strconv"
	"time"
)

// A Visit is what a session consists of, from arrival to departure. The zero
// Visit takes no time.
type Visit struct {
	// Kind says what the visit is for. Zero stands for Dosing in a phase with
	// a dose, and is allowed where no dose is given.
	Kind VisitKind
	// Preparation is the time from arrival to the start of administration,
	// Administration how long the drug is given, and Observation how long the
	// patient is watched: whole minutes up to 24 hours each. Administration is
	// required of a phase that gives a drug.
	Preparation, Administration, Observation time.Duration
	// Unobserved says that the patient is not watched at all: the Observation is
	// zero because that is stated. Files say so by "0 min".
	Unobserved bool
	// ObservedFrom is what the observation is counted from: AdministrationEnd,
	// for which zero stands, or AdministrationStart.
	ObservedFrom Moment
	// Later are lengths of observation that hold from a session of the phase
	// on, in increasing order.
	Later []LaterObservation
	// Tasks are what has to be done, and when.
	Tasks []Task
}

// A LaterObservation is how long the patient is watched from a session on.
type LaterObservation struct {
	// From is the number of the session in its phase, counted from 1.
	From int
	// Observation is how long the patient is watched from then on.
	Observation time.Duration
	// Note says more, such as that it is at the clinician's discretion.
	Note string
}

// A VisitKind says what a visit is for. The zero VisitKind is not stated.
type VisitKind uint8

// The kinds of visit.
const (
	Dosing      VisitKind = iota + 1 // a drug or another treatment is given
	Preparatory                      // before the first dosing visit
	Integration                      // after a dosing visit, to work through it
	FollowUp                         // after the last session
	Assessment                       // to decide something
)

// String returns the name of the kind, "" where none is stated.
func (k VisitKind) String() string {
	switch k {
	case 0:
		return ""
	case Dosing:
		return "dosing"
	case Preparatory:
		return "preparation"
	case Integration:
		return "integration"
	case FollowUp:
		return "follow-up"
	case Assessment:
		return "assessment"
	default:
		return "%!VisitKind(" + strconv.Itoa(int(k)) + ")"
	}
}

// A Moment is a point of a visit. The zero Moment is not stated.
type Moment uint8

// The moments of a visit.
const (
	Arrival             Moment = iota + 1
	AdministrationStart        // when the first device, injection or infusion begins
	AdministrationEnd
	Departure // the end of the observation
)

// String returns the name of the moment, "" where none is stated.
func (m Moment) String() string {
	switch m {
	case 0:
		return ""
	case Arrival:
		return "arrival"
	case AdministrationStart:
		return "administration start"
	case AdministrationEnd:
		return "administration end"
	case Departure:
		return "departure"
	default:
		return "%!Moment(" + strconv.Itoa(int(m)) + ")"
	}
}

// ObservationOf returns how long the patient is watched at a session of the
// phase, counted from 1.
func (v Visit) ObservationOf(session int) time.Duration {
	d := v.Observation
	for _, later := range v.Later {
		if session >= later.From {
			d = later.Observation
		}
	}
	return d
}

// LengthOf returns how long a session of the phase, counted from 1, takes from
// arrival to departure.
func (v Visit) LengthOf(session int) time.Duration {
	if v.ObservedFrom == AdministrationStart {
		return v.Preparation + max(v.Administration, v.ObservationOf(session))
	}
	return v.Preparation + v.Administration + v.ObservationOf(session)
}

// Clone returns a copy that shares nothing that could be changed.
func (v Visit) Clone() Visit {
	v.Later = slices.Clone(v.Later)
	v.Tasks = cloneEach(v.Tasks, func(t Task) Task {
		if t.Until != nil {
			t.Until = new(*t.Until)
		}
		return t
	})
	return v
}
