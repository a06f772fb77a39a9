// Package clinic says when a clinic is open: its zone, its hours by weekday and
// season, its closures, half days and extra days, in Go or in a file.
//
// [New] checks a [Spec] and makes a [Clinic] of it, which is immutable and safe
// to share. For any one day the first of these that says something counts: open
// anyway, closed (by date, stretch or yearly rule), season, weekly hours; a half
// day shortens what a season or the week says, and opens nothing. [Parse] reads a
// Spec from a file and [Format] writes it.
//
// Hours may pass midnight: 20:00-02:00 belongs to the day on which it begins.
// Visits begin before midnight, on the date of that day; the hours after it only
// let them end later, whatever the next day's own hours are. Stretches of a day
// that touch are one, those of two days are not. 24:00 is the midnight that ends a
// day. A date that the zone skipped does not exist and is never open.
//
// A [Table] asks an opening once about each day, keeps what it answered, and finds
// where visits fit.
//
// An app that knows better, because it has the bookings, implements [Opening]
// and subtracts what is taken.
//
// Times are [TimeOfDay], readings of the clinic's clock to the minute; [Hours]
// are a stretch of them. Nothing here knows plans or patients, and nothing reads
// a clock, a file or the machine's zone.
package clinic
