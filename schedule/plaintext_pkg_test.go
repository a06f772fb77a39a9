package schedule

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPlain: a text is plain if encoding/json writes it as it is and it is ASCII, wherever
// in it a byte is, and whatever stands beside that.
func TestPlain(t *testing.T) {
	for _, length := range []int{1, 7, 8, 9, 15, 16, 17, 25} {
		for at := range length {
			for c := range 256 {
				for _, beside := range []string{" ", "~"} {
					text := strings.Repeat(beside, at) + string([]byte{byte(c)}) + strings.Repeat(beside, length-at-1)
					want := c >= ' ' && c <= '~' && !strings.ContainsRune(`"\&<>`, rune(c))
					if plain(text) != want || plain([]byte(text)) != want {
						t.Fatalf("%q: %t", text, !want)
					}
				}
			}
		}
	}
	for c := range 128 {
		text := "abcdefgh" + string(rune(c))
		written, err := json.Marshal(text)
		require.NoError(t, err)
		require.Equal(t, c != 0x7f && string(written) == `"`+text+`"`, plain(text), "%q", text) // DEL is left to encoding/json
	}
	require.True(t, plain(""))
}
