// Package place puts sessions on days: the best placement that the hard rules
// allow, found exactly. It knows day numbers, windows, gaps and what a day can
// take, but no plan, no protocol and no words.
//
// Hard: a day lies in the window of its slot, is open for long enough, suits, is
// that of an appointment where there is one, and is at least the gap after the
// slot before. Best: the least sum of squared shifts from the targets and, among
// equals, the lexicographically latest list of days. Where slots may be left out,
// the fewest are, before anything else is compared; one that is left out counts as
// earlier than any day.
package place
