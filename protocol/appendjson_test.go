package protocol_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
)

// TestAppendJSON: the JSON of a protocol is its file on one line, which is read back, and
// what was appended to can be changed without the protocol.
func TestAppendJSON(t *testing.T) {
	compiled := 0
	for path, src := range goodFiles(t) {
		s, err := protocol.Parse(path, src)
		require.NoError(t, err)
		p, err := s.Compile()
		if err != nil {
			continue // its parameters want values
		}
		compiled++
		var want bytes.Buffer
		require.NoError(t, json.Compact(&want, protocol.Format(p.Spec())))
		before := []byte("before")
		got := p.AppendJSON(before)
		require.Equal(t, "before"+want.String(), string(got), path)
		read, err := protocol.Parse("", got[len(before):])
		require.NoError(t, err)
		require.Equal(t, protocol.Format(s), protocol.Format(read))

		clear(p.AppendJSON(nil))
		require.Equal(t, want.String(), string(p.AppendJSON(nil)))
	}
	require.Positive(t, compiled)
}
