package document_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/document"
)

// TestKeysThatLookAlike asks objects for keys that they have and for others, of which many
// have the length, the first and the last character of one that is there.
func TestKeysThatLookAlike(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	key := func() string {
		b := make([]rune, random.IntN(5))
		for i := range b {
			b[i] = []rune(`abcé"`)[random.IntN(5)]
		}
		return string(b)
	}
	for range 3000 {
		has := map[string]int{}
		var src strings.Builder
		src.WriteString("{")
		for n := range random.IntN(24) {
			k := key()
			if _, twice := has[k]; twice {
				continue
			}
			has[k] = n
			text, err := json.Marshal(k)
			require.NoError(t, err)
			if len(k) > 0 && k[0] == 'a' && random.IntN(3) == 0 {
				text = append([]byte(`"\u0061`), text[2:]...) // the same key
			}
			if len(has) > 1 {
				src.WriteString(",")
			}
			src.WriteString(fmt.Sprintf("%s:%d", text, n))
		}
		src.WriteString("}")
		doc := document.Parse("f", []byte(src.String()))
		got := map[string]int{}
		document.Object(doc.Root(), func(f *document.Fields) bool {
			for range 60 {
				k := key()
				n := f.Optional(k)
				_, want := has[k]
				require.Equal(t, want, n.Exists(), "%q in %s", k, src.String())
				if want {
					got[k] = n.Int(0, 100)
				}
			}
			for k := range has {
				got[k] = f.Required(k).Int(0, 100)
			}
			return true
		})
		require.NoError(t, doc.Err(), src.String())
		require.Equal(t, has, got)
	}
}

// TestKeysTwice: a key that an object has already is a problem, however it is written,
// and one that looks like it is none.
func TestKeysTwice(t *testing.T) {
	for src, twice := range map[string]bool{
		`{"axb": 1, "ayb": 2}`: false, `{"axb": 1, "ayb": 2, "axb": 3}`: true, `{"axb": 1, "\u0061xb": 2}`: true, `{"\u0061xb": 1, "axb": 2}`: true,
		`{"\u0061xb": 1, "ayb": 2}`: false, `{"": 1, "a": 2}`: false, `{"": 1, "": 2}`: true,
	} {
		doc := document.Parse("f", []byte(src))
		require.Equal(t, twice, doc.Err() != nil, src)
	}
}
