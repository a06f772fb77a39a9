// Command mutants measures how many faults the tests of a package would notice.
//
// It makes mutants of the package: copies with one small fault each, such as <= for
// <, a call left out, or a result that is zero. All of them are in one test binary,
// written once by an overlay: at each place that a mutant changes stands a question
// whether it is that mutant's turn, and the environment names the mutant of a run.
// Each test is run once to learn which mutants it reaches; then each mutant gets the
// tests that reach it, the likeliest and quickest first, until one fails.
//
//	go run . dose schedule
//
// A mutant is killed when a test fails or crashes, timed out when it takes far more
// processor time or memory than the tests did without it (which counts as killed), not
// reached when no test runs its code, else it survived. Known equivalents, which no
// test can tell from the code as it is, are in equivalent.txt, each with the reason; a
// line there about a mutant that is killed, or that there is no more, is an error.
//
// Tests that fail without any mutant when run by themselves in the instrumented binary,
// as those that count allocations do, take no part.
package main
