package document_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/document"
)

func TestWriter(t *testing.T) {
	ints := func(w *document.Writer, n int) {
		w.List(func() {
			for i := range n {
				w.Int(i)
			}
		})
	}
	for _, tt := range []struct {
		name  string
		write func(w *document.Writer)
		want  string
	}{
		{"text", func(w *document.Writer) { w.Text("a") }, `"a"`},
		{"int", func(w *document.Writer) { w.Int(-12) }, `-12`},
		{"true", func(w *document.Writer) { w.Bool(true) }, `true`},
		{"false", func(w *document.Writer) { w.Bool(false) }, `false`},
		{"empty object", func(w *document.Writer) { w.Object(func() {}) }, `{}`},
		{"empty list", func(w *document.Writer) { w.List(func() {}) }, `[]`},
		{"list", func(w *document.Writer) { ints(w, 3) }, `[0, 1, 2]`},
		{"texts", func(w *document.Writer) { w.Texts([]string{"a, b", "  [\n", ","}) }, `["a, b", "  [\n", ","]`},
		{"no texts", func(w *document.Writer) { w.Texts(nil) }, `[]`},
		{"80 columns", func(w *document.Writer) { w.Texts([]string{strings.Repeat("é", 76)}) }, `["` + strings.Repeat("é", 76) + `"]`},
		{"81 columns", func(w *document.Writer) { w.Texts([]string{strings.Repeat("é", 77)}) }, "[\n  \"" + strings.Repeat("é", 77) + "\"\n]"},
		{"80 columns in an object", func(w *document.Writer) {
			w.Object(func() {
				w.Field("a").Texts([]string{"b", strings.Repeat("c", 64)})
				w.Field("d").Texts([]string{"b", strings.Repeat("c", 65)})
			})
		}, `
{
  "a": ["b", "` + strings.Repeat("c", 64) + `"],
  "d": [
    "b",
    "` + strings.Repeat("c", 65) + `"
  ]
}`},
		{"lists in lists", func(w *document.Writer) {
			w.List(func() {
				ints(w, 2)
				w.List(func() { ints(w, 0); w.Int(1) })
				w.Object(func() { w.Field("a").Bool(true) })
			})
		}, `
[
  [0, 1],
  [
    [],
    1
  ],
  {
    "a": true
  }
]`},
		{"object", func(w *document.Writer) {
			w.Object(func() {
				w.Field("z").Int(1)
				w.Field("a\"").Object(func() { w.Field("").List(func() { w.Text(""); w.Bool(false) }) })
				w.Field("m").Text("x")
			})
		}, `
{
  "z": 1,
  "a\"": {
    "": ["", false]
  },
  "m": "x"
}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var w document.Writer
			tt.write(&w)
			want := strings.TrimPrefix(tt.want, "\n") + "\n"
			require.Equal(t, want, string(w.Bytes()))
			require.Equal(t, want, string(w.Bytes()), "again")
			require.Equal(t, want, string(canonical(t, w.Bytes())))
		})
	}
}

func TestWriterText(t *testing.T) {
	for s, want := range map[string]string{
		"":                         `""`,
		"0.5 mg/kg":                `"0.5 mg/kg"`,
		`"\/`:                      `"\"\\/"`,
		"\b\f\n\r\t":               `"\b\f\n\r\t"`,
		"\x00\x01\x1f\x20\x7f":     `"\u0000\u0001\u001f ` + "\x7f" + `"`,
		"<é>&'😀\u2028\u2029\ufffd": "\"<é>&'😀\u2028\u2029\ufffd\"",
		"a\"b\nc":                  `"a\"b\nc"`,
	} {
		t.Run(strconv.Quote(s), func(t *testing.T) {
			var w document.Writer
			w.Text(s)
			require.Equal(t, want+"\n", string(w.Bytes()))
			var back string
			require.NoError(t, json.Unmarshal(w.Bytes(), &back))
			require.Equal(t, s, back)
			require.Equal(t, s, document.Parse("", w.Bytes()).Root().Text())
		})
	}

	t.Run("not UTF-8", func(t *testing.T) {
		var w document.Writer
		w.Text("a\xff")
		require.EqualError(t, document.Parse("", w.Bytes()).Err(), "1:3: want UTF-8, got the byte 0xff [utf-8]")
	})
}

// canonical reads a document whose numbers are small and whole, and writes it
// again.
func canonical(t *testing.T, src []byte) []byte {
	t.Helper()
	doc := document.Parse("", src)
	require.NoError(t, doc.Err())
	var w document.Writer
	var write func(document.Node)
	write = func(n document.Node) {
		switch n.Kind() {
		case document.KindObject:
			w.Object(func() {
				for key, value := range n.Members() {
					w.Field(key.Text())
					write(value)
				}
			})
		case document.KindList:
			w.List(func() {
				for _, item := range n.Items() {
					write(item)
				}
			})
		case document.KindText:
			w.Text(n.Text())
		case document.KindNumber:
			v, err := strconv.Atoi(n.Number())
			require.NoError(t, err)
			w.Int(v)
		case document.KindBool:
			w.Bool(n.Bool())
		}
	}
	write(doc.Root())
	require.NoError(t, doc.Err())
	return w.Bytes()
}
