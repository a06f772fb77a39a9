// Package fhir writes plans as HL7 FHIR R4, and reads the datatypes of R4 that say when
// something is given, Timing and Dosage, as dates.
//
// [NewBundle] writes a plan for another system, and [Check] judges what no reader of FHIR
// sees in a Bundle. docs/FHIR.md has what becomes of what, state by state.
//
//	bundle, err := fhir.NewBundle(plan, fhir.Export{Subject: fhir.Reference{Reference: "Patient/p1"}})
//
// # Timing
//
//	timing, err := fhir.ParseTiming(src)
//	...
//	dates, err := timing.Expand(fhir.Options{Start: fhir.OnDay(start), Until: until})
//
// R4 lets a Timing say less than dates need, and contradicts itself in places. A Timing
// is read whole or refused by name, with a code and the path of what caused it: nothing
// in it is skipped, guessed or repaired. docs/FHIR.md lists the codes, and which of the
// Timings in published examples are read.
//
// # What comes out
//
// An [Expansion] has days, or clock times of days where the Timing states clock times,
// or instants where it counts hours from an instant or lists instants. Several a week
// without days are given the library's own days, and By says so. [Phases] reads several
// Dosages of one order one after the other, and [NewDraft] says them as a protocol: a
// phase begins in FHIR when the one before has ended, and not an interval after its
// last session, as one that "then" joins does.
//
// # What the elements mean
//
//   - event: those days or instants. Beside a rule or a code they are somebody's reading
//     of it, or its start, or the date of the order: refused.
//   - count: so many in all; each clock time counts. Count and bounds both hold, and
//     bounds that end before the count is reached are refused.
//   - frequency, period: so often in every period; periods are counted from the start,
//     never from the session before. Months and years are those of the calendar: 31
//     January, 28 February, 31 March. Other fractions than whole days and whole months
//     are refused. Hours, minutes and seconds are elapsed time from a start with a time;
//     from a day only whole days of them are dated.
//   - several a week, without days: the week has seven days from the start, and the days
//     of the library for that number. In any other period which days is not stated.
//   - dayOfWeek: each of those days. The frequency, if there, is their number, times that
//     of the clock times. Every second week and rarer is read only where weeks from the
//     start, from Monday and from Sunday give the same days.
//   - timeOfDay: clock times, which stay what the clock shows. In a zone, one that the
//     clocks skip has the offset before them and one that they show twice is the first;
//     both are findings.
//   - when, offset: one code leaves the clock time to the institution, so the result is
//     days. Several codes are several times a day that are not stated.
//   - boundsPeriod: both ends belong to it. boundsDuration: the end does not. Ranges are
//     refused unless the caller chooses an end.
//   - duration: how long each takes; it moves no date.
//   - code: those of [AbbreviationSystem] that mean whole days. Beside data a code must
//     agree, and one that is not known is left aside.
//   - extensions: only timing-dayOfMonth is read.
//
// # Chosen where R4 is silent
//
//   - A caller who names the day on which bounds with a time begin means from that time.
//   - Elapsed time beside clock times, days or when is refused, also where it is 24 h.
//   - Several a week whose first clock time is before the start's are refused, as where the
//     bounds leave a part of a week: which session falls away is not stated.
//   - Whether bounds hold the count, or leave a week whole, is a fault of the Timing
//     however little of it is asked for. A month that lacks a day is one only where its
//     last day is asked for.
//   - Durations beside a period in other units count a month as 30 days, a year as 365.
//   - A Timing with only a code and a count has so many of what the code says. AM, PM and
//     BED agree with the times of day that they name.
//   - A range of bounds without a high end is read only if the low end is chosen.
//   - A second of 60 and more than nine decimals of a second are no instant.
//   - The dose of a Dosage has a code of UCUM; the rest of it is read and moves no date.
//
// Where a Timing has two faults, the first is told in this order: JSON; names and empty
// values; types and ranges of elements; elements that need each other; days, clock times
// and when; bounds; events; code; ranges; whether a repetition is stated; duration; start
// and end; hours; days and clock times; what the expansion finds.
//
// Years are 1900 to 2200, and there are at most [MaxOccurrences] occurrences. Nothing
// here reads a clock, and numbers never pass through a binary fraction.
package fhir
