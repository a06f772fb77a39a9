package schedule_test

import (
	"encoding/base32"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// TestIDText compares the texts of ids with encoding/base32: what it writes of 80 bits is
// an id with that text, and no other text is one.
func TestIDText(t *testing.T) {
	encoding := base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567")
	r := rand.New(rand.NewPCG(3, 5))
	for range 2000 {
		var bits [10]byte
		for i := range bits {
			bits[i] = byte(r.Uint32())
		}
		text := encoding.EncodeToString(bits[:])
		id, err := schedule.ParseID(text)
		require.NoError(t, err)
		require.Equal(t, text, id.String())
		got, err := id.AppendText([]byte("x"))
		require.NoError(t, err)
		require.Equal(t, "x"+text, string(got))

		at := r.IntN(len(text))
		for _, c := range []byte{'1', '8', '0', 'A', 'Z', '`', '{', '\n', '=', 0xc3, 0} {
			_, err := schedule.ParseID(text[:at] + string([]byte{c}) + text[at+1:])
			require.Error(t, err, "%q", c)
		}
		for _, wrong := range []string{text[1:], text + "a", text[:at] + "\n" + text[at:], strings.ToUpper(text) + "", ""} {
			if wrong != text {
				_, err := schedule.ParseID(wrong)
				require.Error(t, err, wrong)
			}
		}
	}
	_, err := schedule.ParseID(strings.Repeat("a", 16))
	require.Error(t, err)
}
