package protocol_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/protocol"
)

// FuzzParse reads files: it never panics, a file that is read has one canonical
// form, and the problems of one that is not are inside it.
func FuzzParse(f *testing.F) {
	for _, src := range goodFiles(f) {
		f.Add(src)
	}
	f.Add(notionsFile(f))
	paths, err := filepath.Glob("testdata/bad/*.txt")
	require.NoError(f, err)
	for _, path := range paths {
		_, files := badFiles(f, path)
		for _, file := range files {
			f.Add([]byte(file.source))
		}
	}
	f.Fuzz(mangle.Target(func(t *testing.T, src []byte) {
		s, err := protocol.Parse("f", src)
		if err != nil {
			list, ok := errors.AsType[protocol.ErrorList](err)
			if !ok {
				t.Fatalf("%T", err)
			}
			checkPositions(t, src, list)
			return
		}
		checkFile(t, s)
		// Reading has found all that compiling finds without values.
		_, err = s.Compile()
		if errors.Is(err, protocol.ErrInvalid) || errors.Is(err, protocol.ErrNotation) {
			t.Fatalf("compiling finds what reading did not: %v", err)
		}
		if err == nil {
			return
		}
		located := protocol.Locate("f", src, err)
		list, ok := errors.AsType[protocol.ErrorList](located)
		if !ok {
			t.Fatalf("%T", located)
		}
		checkPositions(t, src, list)
	}))
}
