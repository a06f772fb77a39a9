package clinic

import "github.com/rickb777/date/v2"

// Opening says when a clinic is open. [Clinic] satisfies it; an app can answer
// from its own database instead, and leave out what is already booked.
//
// Open returns the stretches during which visits may take place on a day, in
// order and without overlap, or none and the reason why, in words for people.
// A plan asks at most once per day and keeps the answers, so an Opening whose
// answers change cannot make a finished plan untrue.
type Opening interface {
	Open(date.Date) (hours []Hours, reason string)
}
