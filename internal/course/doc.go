// Package course is what a protocol asks for, day by day: the targets of its
// cadence with their windows, how weekly counts are carried and a course is
// postponed where sessions have no room, and what follows after an event. It knows
// day numbers and the protocol, but no plan, no calendar and no words: whoever
// calls says by a [Room] where sessions can be, and gets codes.
//
// A target is counted once, from an origin: [Session] keeps that, so that moving a
// course and explaining a target ([Course.Rule]) count nothing again. Lists of sessions
// that are passed to be moved or gone on from are used up: they are changed in place.
//
// # Conventions
//
// Where the text of a protocol is silent, sessions are spread over the first days of
// their week (see [Course.Rule]), and a target may be missed by 1, 3 or 7 days, by
// the distance of the targets of its segment: 1 under a week, 3 under four. Neither is
// a clinical statement, and a protocol can state both.
package course
