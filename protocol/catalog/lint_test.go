package catalog_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/lint"
)

// collection returns the files of the catalogue and what is accepted of them.
func collection(t *testing.T) (files []lint.File, accepted []lint.Acceptance) {
	t.Helper()
	paths, err := filepath.Glob("*.json")
	require.NoError(t, err)
	for _, path := range paths {
		src, err := os.ReadFile(path)
		require.NoError(t, err)
		s, err := protocol.Parse(path, src)
		require.NoError(t, err)
		files = append(files, lint.File{Name: path, Source: src, Spec: s})
	}
	const name = "testdata/accepted.json"
	src, err := os.ReadFile(name)
	require.NoError(t, err)
	accepted, err = lint.ParseAccepted(name, src)
	require.NoError(t, err)
	return files, accepted
}

// The catalogue passes the rules over protocol files: what is open is mended, and
// what is meant as it is has its reason in testdata/accepted.json and on the page.
func TestLint(t *testing.T) {
	files, accepted := collection(t)
	golden(t, "testdata/accepted.json", string(lint.FormatAccepted(accepted)))
	for _, a := range accepted {
		assert.NotEmpty(t, a.Reason)
		assert.NotEmpty(t, a.Place, "%s %s: one place at a time", a.Protocol, a.Code)
	}
	for _, f := range lint.Open(lint.Collection(files, lint.Options{Accepted: accepted})) {
		assert.Fail(t, f.String())
	}
}
