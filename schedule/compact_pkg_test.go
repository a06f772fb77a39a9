package schedule

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/internal/mangle"
)

// compactBytewise is [document.AppendCompact], byte by byte.
func compactBytewise(src []byte) (b []byte) {
	inText := false
	for i := 0; i < len(src); i++ {
		switch c := src[i]; {
		case inText && c == '\\':
			b = append(b, c, src[i+1])
			i++
			continue
		case c == '"':
			inText = !inText
		case !inText && (c == ' ' || c == '\n' || c == '\t' || c == '\r'):
			continue
		}
		b = append(b, src[i])
	}
	return b
}

// FuzzCompact compares what digests are made of with the same byte by byte, and with
// encoding/json.
func FuzzCompact(f *testing.F) {
	for _, src := range []string{
		`{}`, ` [ 1 , "a b" , "\" \\" , {"k" : null} ] `, "\t\"\"\r\n", `"\\"`, `{"a b":"c\n d", "e": [ ]}`, `1`, "[\"\u00e9 \\u00e9\"\n,\n2]",
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(mangle.Target(func(t *testing.T, src []byte) {
		if !json.Valid(src) {
			return
		}
		got := document.AppendCompact(nil, src)
		require.Equal(t, string(compactBytewise(src)), string(got))
		var want bytes.Buffer
		require.NoError(t, json.Compact(&want, src))
		require.Equal(t, want.String(), string(got))
	}))
}

// TestDaysFrom compares with a map.
func TestDaysFrom(t *testing.T) {
	var d daysFrom
	known := map[int]bool{}
	for i := range 3000 {
		n := i * i * 7 % 2311
		require.Equal(t, !known[n], d.add(n), n)
		known[n] = true
	}
}
