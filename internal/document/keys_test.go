package document_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/document"
)

// TestNearest has keys with one mistake too many for a suggestion beside those
// with just few enough.
func TestNearest(t *testing.T) {
	known := []string{"id", "dose", "cadence", "minGap", "observation", "observations", strings.Repeat("k", 41)}
	for _, tt := range []struct{ key, want string }{
		{"id", ""},
		{"ide", `one of the keys`},
		{"di", `one of the keys`},
		{"dos", `the key "dose"`},
		{"doses", `the key "dose"`},
		{"dsoe", `the key "dose"`},
		{"dase", `the key "dose"`},
		{"DASE", `the key "dose"`},
		{"dsose", `the key "dose"`},
		{"dasse", `one of the keys`},
		{"do", `one of the keys`},
		{"cadance", `the key "cadence"`},
		{"cadences", `the key "cadence"`},
		{"kadanse", `one of the keys`},
		{"min-gap", `the key "minGap"`},
		{"min_gaps", `the key "minGap"`},
		{"minimumGap", `one of the keys`},
		{"observatoin", `the key "observation"`},
		{"observationss", `the key "observations"`},
		{"obzervazionz", `the key "observation"`},
		{"obzerbazionz", `one of the keys`},
		{"", `one of the keys`},
		{strings.Repeat("k", 40), `one of the keys`},
		{"MINGAP", `the key "minGap"`},
		{strings.Repeat("K", 41), `the key "` + strings.Repeat("k", 41) + `"`},
	} {
		t.Run(name(tt.key), func(t *testing.T) {
			doc := document.Parse("f", fmt.Appendf(nil, "{%q: 1}", tt.key))
			document.Object(doc.Root(), func(f *document.Fields) int {
				f.Known(known...)
				return 0
			})
			if tt.want == "" {
				require.NoError(t, doc.Err())
				return
			}
			require.ErrorContains(t, doc.Err(), ": want "+tt.want)
		})
	}
}

// TestKnown has what is said of objects with few and with many keys.
func TestKnown(t *testing.T) {
	for n, want := range map[int]string{
		0:  `want no keys, got "x"`,
		1:  `want no key but "key0", got "x"`,
		2:  `want one of the keys "key0" or "key1", got "x"`,
		12: `want one of the keys "key0", "key1", "key2", "key3", "key4", "key5", "key6", "key7", "key8", "key9", "key10" or "key11", got "x"`,
		13: `want a known key, got "x"`,
	} {
		doc := document.Parse("f", []byte(`{"x": 1}`))
		document.Object(doc.Root(), func(f *document.Fields) int {
			for i := range n {
				f.Optional(fmt.Sprintf("key%d", i))
			}
			return 0
		})
		require.EqualError(t, doc.Err(), "f:1:2: /x: "+want+" [unknown-key]")
	}

	t.Run("asked twice", func(t *testing.T) {
		doc := document.Parse("f", []byte(`{"x": 1}`))
		document.Object(doc.Root(), func(f *document.Fields) int {
			f.Required("y")
			f.Required("y")
			return f.Required("x").Int(0, 1) + f.Optional("x").Int(0, 1)
		})
		require.EqualError(t, doc.Err(), `f:1:1: want the key "y" [missing-key]`)
	})
}
