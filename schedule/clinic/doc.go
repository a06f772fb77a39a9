// Package clinic says when a clinic is open: its zone, its hours by weekday and
// season, its closures, half days and extra days, in Go or in a file.
//
// [New] checks a [Spec] and makes a [Clinic] of it, which is immutable and safe
// to share. For any one day the first of these that says something counts: open
// anyway, closed (by date, stretch or yearly rule), half day, season, weekly
// hours. [Parse] reads a Spec from a file and [Format] writes it.
//
// An app that knows better, because it has the bookings, implements [Opening]
// and subtracts what is taken.
//
// Times are [TimeOfDay], readings of the clinic's clock to the minute; [Hours]
// are a stretch of them. Nothing here knows plans or patients, and nothing reads
// a clock, a file or the machine's zone.
package clinic
