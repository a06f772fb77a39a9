// Package catalog holds the protocols that ship with this module, each with its
// sources.
//
// An entry states what its sources state and nothing else. What they leave open
// is a parameter of the entry, so most entries do not compile until the caller
// has set those: nothing here is a default, a recommendation or a clinical
// decision. A clinic overrides an entry by copying its Spec, changing the copy
// and giving it an id or version of its own.
package catalog

import (
	"iter"

	"github.com/regimen-go/regimen/protocol"
)

// entries returns every entry, in the order of their ids.
func entries() []protocol.Spec {
	return []protocol.Spec{
		ketamineIVTaper(),
	}
}

// All returns the entries in the order of their ids.
func All() iter.Seq[protocol.Spec] {
	return func(yield func(protocol.Spec) bool) {
		for _, s := range entries() {
			if !yield(s) {
				return
			}
		}
	}
}

// Lookup returns the entry with the id, and false where there is none. The copy
// is the caller's to change.
func Lookup(id string) (protocol.Spec, bool) {
	for s := range All() {
		if s.ID == id {
			return s, true
		}
	}
	return protocol.Spec{}, false
}
