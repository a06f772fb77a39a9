// Package lint looks for what a protocol file should not say though it compiles:
// a frequency that rises in a taper, a window so wide that the order of sessions is
// open, a limit that a parameter's range lets be passed, a fact that nobody has read.
// Its rules have stable codes and severities; docs/LINT.md lists them with what each
// means and how to mend it.
//
// # Looking
//
// [Check] looks at one protocol, [Collection] at all that a clinic keeps together:
// two files with one id, a drug named in two ways. Both return findings, which are
// data and never errors: each has a code, a severity, the place in the file (a JSON
// Pointer, and line and column where the file is given) and a sentence.
//
// What days a cadence comes to, which windows and gaps they have and which dose a
// rule gives are computed, from the compiled protocol, by what computes plans. Only
// what is in words alone is read from words: a title, a fact, the text of a task.
//
// # Parameters
//
// A protocol with parameters is looked at with the values that they may have: the
// value that is set, else each choice, else the ends of the range, one parameter at
// a time ([Subject.Variants]). Where a parameter states none of these nothing is
// known of it, and rules keep silent about what depends on it.
//
// # Rules of a clinic
//
// [Options.Rules] are a clinic's own [Rule] values. They run after the standard ones. A
// rule that panics is a finding of its own, "rule-failed", and the others run. A rule
// that cannot be one is refused by a finding, "rule-refused": without a function,
// without a severity, with a code that is not kebab-case or that another rule has.
//
// # Accepted findings
//
// What is meant as it is can be accepted, with the reason: an [Acceptance], or a file
// of them beside the protocols ([ParseAccepted]). An accepted finding stays in the
// list and is no longer open ([Finding.Open]). An acceptance that nothing needs any
// more is itself a finding, "acceptance-unused".
//
// Nothing here reads files, and nothing is shared: the caller passes what was read.
package lint
