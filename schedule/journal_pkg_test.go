package schedule

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Journals that share entries each have their own, in order, and by their ids.
func TestJournalIsShared(t *testing.T) {
	const n = 2000
	var j journal
	var middle journal
	at := time.Date(2025, 1, 6, 8, 0, 0, 0, time.UTC)
	for i := range n {
		if i == n/2 {
			middle = j
		}
		j = j.add(Entry{Event: Event{ID: fmt.Sprint("e", i), What: Resumed{}}, AsOf: at.Add(time.Duration(i) * time.Second)})
	}
	other := middle.add(Entry{Event: Event{ID: "other", What: Resumed{}}, AsOf: at})

	require.Equal(t, n, j.len())
	require.Equal(t, n/2, middle.len())
	require.True(t, middle.shares(j))
	require.True(t, j.shares(j))
	require.True(t, journal{}.shares(j))
	require.False(t, other.shares(j))
	require.False(t, j.shares(middle))
	for i, e := range j.all() {
		require.Equal(t, fmt.Sprint("e", i), e.Event.ID)
		found, ok := j.find(e.Event.ID)
		require.True(t, ok)
		require.Equal(t, e, found)
		_, early := middle.find(e.Event.ID)
		require.Equal(t, i < n/2, early)
	}
	_, ok := j.find("other")
	require.False(t, ok)
	_, ok = journal{}.find("e0")
	require.False(t, ok)
	require.Equal(t, slices.Collect(func(yield func(string) bool) { yield("other") }), []string{other.since(n / 2)[0].Event.ID})
	require.Empty(t, j.since(n))
	depth := 0
	var walk func(*nameNode, int)
	walk = func(n *nameNode, d int) {
		if n != nil {
			depth = max(depth, d)
			walk(n.less, d+1)
			walk(n.more, d+1)
		}
	}
	walk(j.names, 1)
	require.Less(t, depth, 40, "the tree is not shallow")
}

// The first entry is found by jumps alone, so that no journal is too long for it.
func TestJournalIsJumped(t *testing.T) {
	var j journal
	for i := range 1000 {
		j.last = j.next(Entry{Event: Event{ID: fmt.Sprint("e", i+1)}}, Rules)
	}
	require.Equal(t, "e700", j.at(700).Event.ID)
	steps := 0
	for n := j.last; n.number > 1; n = n.jump {
		steps++
	}
	require.Less(t, steps, 20)
	for n := j.last; n != nil; {
		n, n.before = n.before, nil
	}
	require.Equal(t, "e1", j.at(1).Event.ID)
}

// Ids whose hashes are the same are told apart.
func TestJournalOfOneHash(t *testing.T) {
	var first journal
	first = first.add(Entry{Event: Event{ID: "first"}})
	second := first.next(Entry{Event: Event{ID: "second"}}, Rules)
	// As if "first" had the hash of "second".
	j := journal{last: second, names: (&nameNode{hash: nameHash("second"), note: first.last}).add(nameHash("second"), second)}
	require.Same(t, second, j.note("second"))
	require.Nil(t, j.note("first"), "it is looked for by its own hash")
	require.True(t, j.load(Entry{Event: Event{ID: "second"}}, Rules))

	loaded := journal{last: first.last, names: &nameNode{hash: nameHash("second"), note: first.last}}
	require.False(t, loaded.load(Entry{Event: Event{ID: "second"}}, Rules))
	require.Equal(t, "second", loaded.note("second").Event.ID)
	require.True(t, loaded.load(Entry{Event: Event{ID: "second"}}, Rules))
	require.Equal(t, 2, loaded.len())
}
