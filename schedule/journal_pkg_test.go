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
