// Package stateful is a test: random treatments of 200 events each, and what
// must hold of a plan after every one of them.
package stateful
