package main

import "strconv"

// A mutant is a package with one fault.
type mutant struct {
	id       int
	file     int // index in the source
	name     string
	line     int
	fn       string // function or variable
	from, to string
	nth      int // among those of the function that read the same, from 1
	edits    []edit
	ends     bool // the function may lack a return with it
	dead     bool // it does not compile
}

// An edit puts text at an offset of a file, instead of cut bytes.
type edit struct {
	at, cut int
	kind    int
	text    string
}

// The order of edits at one offset: what closes comes before what opens.
const (
	closes = iota
	replaces
	opens
)

// key names a mutant by what it is, not by where in the file, so that it can be found
// again when the lines around it have changed.
func (m *mutant) key() string {
	key := m.name + " " + m.fn + ": " + m.from + " -> " + m.to
	if m.nth > 1 {
		key += " #" + strconv.Itoa(m.nth)
	}
	return key
}
