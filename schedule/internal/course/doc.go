// Package course is what a cadence asks for, day by day, of a plan that it knows
// nothing of: day numbers in, day numbers out, no words for people.
package course
