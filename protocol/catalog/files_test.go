package catalog_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
)

// Every file is an entry under the name of its id, in canonical form: -update
// brings it into that.
func TestFiles(t *testing.T) {
	names, err := filepath.Glob("*.json")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		src, err := os.ReadFile(name)
		require.NoError(t, err)
		s, err := protocol.Parse(name, src)
		require.NoError(t, err)
		assert.Equal(t, strings.TrimSuffix(name, ".json"), s.ID)
		golden(t, name, string(protocol.Format(s)))
		found, ok := catalog.Lookup(s.ID)
		assert.True(t, ok, name)
		assert.Equal(t, s, found, name)
	}
	n := 0
	for range catalog.All() {
		n++
	}
	assert.Len(t, names, n)
}

// An id is not a path.
func TestLookupRefusesPaths(t *testing.T) {
	for _, id := range []string{"", ".", "..", "/", "../catalog/natalizumab", "./natalizumab", "natalizumab.json", "Natalizumab", "testdata/parameters", "natalizumab\x00"} {
		_, ok := catalog.Lookup(id)
		assert.False(t, ok, "%q", id)
	}
}
