// Package oracle is a slow, obvious second implementation of the cadence
// notation, the targets and windows, the placement rules, what follows after events
// and the pairing of records. It shares no code with the packages it checks and is
// used by tests only.
//
// # Model
//
// Days are plain integers, counted from 1970-01-01 ([Day], [Date]). A day is
// open or not, and may be open with hours too short for a visit. [Parse] reads
// a cadence with one regular expression for each kind of segment. [Place]
// computes every target and window, then searches for the best list of dates
// with a memoized recursion that compares whole lists. [PlaceBrute] gives the
// same result by writing down every combination, which is possible for a few
// sessions only; it exists to check Place.
//
// [Arrangement] is the placement alone, with appointments and days that do not suit.
// [Living] is a course after events: what is planned again when sessions move, are
// added to a phase, begin again or go back to an earlier frequency. [Pair] pairs a
// record with what was expected by trying every way.
//
// Nothing here is fast, and nothing here explains itself to a user: a problem
// is one of the codes beginning with Err, a blocked session or a closed start.
package oracle
