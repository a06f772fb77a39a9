// Package catalog holds the protocols that ship with this module, each with its
// sources: one file each, in the form that [protocol.Format] writes.
//
// An entry states what its sources state and nothing else. What they leave open
// is a parameter of the entry, so an entry does not compile until the caller
// has set those: nothing here is a default, a recommendation or a clinical
// decision. A clinic overrides an entry by copying its Spec, changing the copy
// and giving it an id or version of its own.
//
// An id says what is given and, where that tells entries apart, the route, the
// region of a label, and the trial or the shape of the course. Each published
// alternative is an entry of its own.
package catalog

import (
	"embed"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"github.com/regimen-go/regimen/protocol"
)

//go:embed *.json
var files embed.FS

const extension = ".json"

// All returns the entries in the order of their ids. The copies are the
// caller's to change.
func All() iter.Seq[protocol.Spec] {
	return func(yield func(protocol.Spec) bool) {
		for _, id := range ids() {
			if s, ok := Lookup(id); ok && !yield(s) {
				return
			}
		}
	}
}

// Lookup returns the entry with the id, and false where there is none. The copy
// is the caller's to change.
func Lookup(id string) (protocol.Spec, bool) {
	src, err := files.ReadFile(id + extension)
	if err != nil {
		return protocol.Spec{}, false
	}
	s, err := protocol.Parse(id+extension, src)
	return s, err == nil
}

// ids returns the ids of all entries, in order: the names of their files.
func ids() []string {
	list, _ := fs.ReadDir(files, ".") // the folder is embedded
	ids := make([]string, len(list))
	for i, entry := range list {
		ids[i] = strings.TrimSuffix(entry.Name(), extension)
	}
	slices.Sort(ids)
	return ids
}
