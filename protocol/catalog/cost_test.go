package catalog_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
)

// An entry is looked up by reading its file and no other, and an id that there
// is not by reading none; all of them by reading each once.
func TestLookupReadsOneFile(t *testing.T) {
	const id = "spravato-us-trd"
	src, err := os.ReadFile(id + ".json")
	require.NoError(t, err)
	parse := testing.AllocsPerRun(20, func() { _, _ = protocol.Parse(id+".json", src) })
	lookup := testing.AllocsPerRun(20, func() { _, _ = catalog.Lookup(id) })
	assert.InDelta(t, parse, lookup, 10)
	assert.Less(t, testing.AllocsPerRun(20, func() { _, _ = catalog.Lookup("no-such-protocol") }), 10.0)

	var each float64
	for s := range catalog.All() {
		each += testing.AllocsPerRun(1, func() { _, _ = catalog.Lookup(s.ID) })
	}
	all := testing.AllocsPerRun(2, func() {
		for range catalog.All() {
		}
	})
	assert.Less(t, all, each*1.1)
}

func BenchmarkLookup(b *testing.B) {
	for b.Loop() {
		if _, ok := catalog.Lookup("spravato-us-trd"); !ok {
			b.Fatal("no entry")
		}
	}
}

func BenchmarkAll(b *testing.B) {
	for b.Loop() {
		n := 0
		for range catalog.All() {
			n++
		}
		b.ReportMetric(float64(n), "entries")
	}
}
