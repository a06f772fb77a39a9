package schedule

import (
	"iter"
	"slices"
)

// chunkSize is how many entries adding one to a list copies at most.
const chunkSize = 16

// A list is what plans keep more and more of. It never changes: one with more entries
// shares what the list before has, but for the last few, so that adding to it takes as
// long however much there is, and two that were made of one do not see each other's
// entries. The zero list is empty.
type list[T any] struct{ last *chunk[T] }

// A chunk is some entries of a list that follow each other, with those before. It never
// changes once it is in a list.
type chunk[T any] struct {
	items  []T
	start  int // how many entries are before
	number int // counted from 1
	before *chunk[T]
	// jump is a chunk much further back, so that an entry is found in few steps.
	jump *chunk[T]
}

// sharing returns the list of entries that do not change any more.
func sharing[T any](items []T) list[T] {
	if len(items) == 0 {
		return list[T]{}
	}
	return new(chunk[T]).of(items)
}

// of makes a chunk that no list has yet the only one of a list.
func (c *chunk[T]) of(items []T) list[T] {
	if len(items) == 0 {
		return list[T]{}
	}
	*c = chunk[T]{items: items, number: 1}
	return list[T]{c}
}

// len returns the number of entries.
func (l list[T]) len() int {
	if l.last == nil {
		return 0
	}
	return l.last.start + len(l.last.items)
}

// at returns the entry at a position from 0, which must not be changed.
func (l list[T]) at(i int) *T {
	c := l.chunk(i)
	return &c.items[i-c.start]
}

// chunk returns the one that has a position.
func (l list[T]) chunk(i int) *chunk[T] {
	c := l.last
	for c.start > i {
		if c.jump != nil && c.jump.start+len(c.jump.items) > i {
			c = c.jump
		} else {
			c = c.before
		}
	}
	return c
}

// add returns the list with one more entry.
func (l list[T]) add(item T) list[T] {
	c := l.last
	if c == nil || len(c.items) >= chunkSize {
		return l.join([]T{item})
	}
	items := make([]T, 0, len(c.items)+1)
	return list[T]{c.before}.join(append(append(items, c.items...), item))
}

// join returns the list with more entries, which do not change any more.
func (l list[T]) join(items []T) list[T] {
	if len(items) == 0 {
		return l
	}
	b := l.last
	c := &chunk[T]{items: items, start: l.len(), number: 1, before: b, jump: jumpAfter(b, (*chunk[T]).jumps)}
	if b != nil {
		c.number = b.number + 1
	}
	return list[T]{c}
}

// jumps is how what follows each other in a list has its number and its jump.
func (c *chunk[T]) jumps() (int, *chunk[T]) { return c.number, c.jump }

// jumpAfter returns the jump of what follows before: that of the jump of before where
// before and its jump have jumped equally far, else before. So one with a number is found
// in steps as few as its digits in binary.
func jumpAfter[N comparable](before N, jumps func(N) (number int, jump N)) N {
	var none N
	if before == none {
		return none
	}
	number, jump := jumps(before)
	if jump == none {
		return before
	}
	at, further := jumps(jump)
	if further == none {
		return before
	}
	if last, _ := jumps(further); number-at == at-last {
		return further
	}
	return before
}

// insert returns the list with one more entry at a position. It takes longer the more
// entries are after it.
func (l list[T]) insert(i int, item T) list[T] {
	made := l.first(i).add(item)
	for ; i < l.len(); i++ {
		made = made.add(*l.at(i))
	}
	return made
}

// first returns the list of the first n entries.
func (l list[T]) first(n int) list[T] {
	if n <= 0 {
		return list[T]{}
	}
	if n >= l.len() {
		return l
	}
	c := l.chunk(n - 1)
	if have := n - c.start; have < len(c.items) {
		return list[T]{c.before}.join(c.items[:have:have])
	}
	return list[T]{c}
}

// all yields the entries in order with their positions from 0.
func (l list[T]) all() iter.Seq2[int, *T] {
	return func(yield func(int, *T) bool) {
		for c := range l.chunks() {
			for i := range c.items {
				if !yield(c.start+i, &c.items[i]) {
					return
				}
			}
		}
	}
}

// backward yields the entries from the last to the first.
func (l list[T]) backward() iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for c := l.last; c != nil; c = c.before {
			for i := len(c.items) - 1; i >= 0; i-- {
				if !yield(&c.items[i]) {
					return
				}
			}
		}
	}
}

// chunks yields the chunks in order.
func (l list[T]) chunks() iter.Seq[*chunk[T]] {
	return func(yield func(*chunk[T]) bool) {
		if l.last == nil {
			return
		}
		if l.last.before == nil {
			yield(l.last)
			return
		}
		chunks := make([]*chunk[T], l.last.number)
		for c := l.last; c != nil; c = c.before {
			chunks[c.number-1] = c
		}
		for _, c := range chunks {
			if !yield(c) {
				return
			}
		}
	}
}

// slice returns the entries in order, in memory of their own.
func (l list[T]) slice() []T {
	if l.last == nil {
		return nil
	}
	items := make([]T, l.len())
	for c := l.last; c != nil; c = c.before {
		copy(items[c.start:], c.items)
	}
	return items
}

// position returns that of the first entry of which after is true, as it is of all that
// follow it; the length where it is of none.
func (l list[T]) position(after func(*T) bool) int {
	from, to := 0, l.len()
	for from < to {
		if middle := (from + to) / 2; after(l.at(middle)) {
			to = middle
		} else {
			from = middle + 1
		}
	}
	return from
}

// A growing is a list to which many entries are added at a time: the last of them in
// memory of their own, which no other list has since [growing.share].
type growing[T any] struct {
	older list[T]
	tail  []T
}

// share returns the list, whose next entries no other will see.
func (g growing[T]) share() growing[T] {
	g.tail = slices.Clip(g.tail)
	if len(g.tail) >= chunkSize {
		g.older, g.tail = g.older.join(g.tail), nil
	}
	return g
}

// len returns the number of entries.
func (g *growing[T]) len() int { return g.older.len() + len(g.tail) }

// at returns the entry at a position from 0, which must not be changed.
func (g *growing[T]) at(i int32) *T {
	if older := g.older.len(); int(i) >= older {
		return &g.tail[int(i)-older]
	}
	return g.older.at(int(i))
}

// add adds an entry and returns its position.
func (g *growing[T]) add(item T) int32 {
	g.tail = append(g.tail, item)
	return int32(g.len() - 1)
}
