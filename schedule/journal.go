package schedule

import (
	"crypto/sha256"
	"encoding/binary"
	"iter"
)

// A journal is what was recorded about a plan, in order. It only grows: the plan
// after an event has the entry of it and shares all others with the plan before,
// and an entry is found by its id without looking at every other. The zero journal
// is empty.
type journal struct {
	last  *note
	names *nameNode
}

// A note is an entry of a journal, with the one before it.
type note struct {
	Entry
	before *note
	number int // counted from 1
	rules  int // the number of the rules by which it was applied
	// jump is an entry much further back, so that one is found by its number in few
	// steps.
	jump *note
}

// len returns the number of entries.
func (j journal) len() int {
	if j.last == nil {
		return 0
	}
	return j.last.number
}

// add returns the journal with one more entry, whose id it does not have.
func (j journal) add(e Entry) journal {
	n := j.next(e, Rules)
	return journal{last: n, names: j.names.add(nameHash(e.Event.ID), n)}
}

// next returns the note of one more entry.
func (j journal) next(e Entry, rules int) *note {
	return &note{Entry: e, before: j.last, number: j.len() + 1, rules: rules, jump: jumpAfter(j.last, (*note).jumps)}
}

func (n *note) jumps() (int, *note) { return n.number, n.jump }

// load adds an entry to a journal that nobody else knows yet, without a copy of what it
// has, and reports whether it has another with this id.
func (j *journal) load(e Entry, rules int) (known bool) {
	n := j.next(e, rules)
	added := &nameNode{hash: nameHash(e.Event.ID), note: n}
	at := &j.names
	for *at != nil {
		switch {
		case (*at).hash == added.hash && (*at).note.Event.ID == e.Event.ID:
			return true
		case added.hash < (*at).hash:
			at = &(*at).less
		default:
			at = &(*at).more
		}
	}
	*at, j.last = added, n
	return false
}

// notes returns the notes in order.
func (j journal) notes() []*note {
	list := make([]*note, j.len())
	for n := j.last; n != nil; n = n.before {
		list[n.number-1] = n
	}
	return list
}

// find returns the entry with an id.
func (j journal) find(id string) (Entry, bool) {
	n := j.note(id)
	if n == nil {
		return Entry{}, false
	}
	return n.Entry, true
}

// note returns the note with an id, nil for none.
func (j journal) note(id string) *note {
	hash := nameHash(id)
	for n := j.names; n != nil; {
		switch {
		case n.hash == hash && n.note.Event.ID == id:
			return n.note
		case hash < n.hash:
			n = n.less
		default:
			n = n.more
		}
	}
	return nil
}

// at returns the entry with a number, counted from 1.
func (j journal) at(number int) Entry { return j.noteAt(number).Entry }

func (j journal) noteAt(number int) *note {
	n := j.last
	for n.number > number {
		if n.jump != nil && n.jump.number >= number {
			n = n.jump
		} else {
			n = n.before
		}
	}
	return n
}

// since returns the entries after the first n, in order.
func (j journal) since(n int) []Entry {
	list := make([]Entry, j.len()-n)
	for at := j.last; at != nil && at.number > n; at = at.before {
		list[at.number-n-1] = at.Entry
	}
	return list
}

// all yields the entries in order, with their positions from 0.
func (j journal) all() iter.Seq2[int, Entry] {
	return func(yield func(int, Entry) bool) {
		for i, e := range j.since(0) {
			if !yield(i, e) {
				return
			}
		}
	}
}

// backward yields the entries from the last to the first.
func (j journal) backward() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for n := j.last; n != nil; n = n.before {
			if !yield(n.Entry) {
				return
			}
		}
	}
}

// shares reports whether another journal is this one with entries added.
func (j journal) shares(other journal) bool {
	at := other.last
	for at != nil && at.number > j.len() {
		at = at.before
	}
	return at == j.last
}

// A nameNode is a node of a search tree over the hashes of ids. Nodes never change,
// so that journals can share them. The hashes are as good as random, which keeps
// the tree shallow whatever the ids are.
type nameNode struct {
	hash       uint64
	note       *note
	less, more *nameNode
}

// add returns the tree with one more node.
func (n *nameNode) add(hash uint64, added *note) *nameNode {
	if n == nil {
		return &nameNode{hash: hash, note: added}
	}
	copied := *n
	if hash < n.hash {
		copied.less = n.less.add(hash, added)
	} else {
		copied.more = n.more.add(hash, added)
	}
	return &copied
}

func nameHash(id string) uint64 {
	sum := sha256.Sum256([]byte(id))
	return binary.BigEndian.Uint64(sum[:])
}
