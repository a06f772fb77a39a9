package document_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/internal/mangle"
)

// FuzzParse checks all that is promised of any input.
func FuzzParse(f *testing.F) {
	for _, src := range []string{
		`{"a": [1, "b\u00e9\ud83d\ude00", true, {"c/d": null}], "a": 01, "\ud800": tru`,
		"\ufeff{} x", nested(17), "[\"\xff\n", `{"a" 1}`, `{"a": 1,}`, `[-0.5e+3, 1e]`, `["\u12", '`, "[1,\n2,\r\n null]",
	} {
		f.Add([]byte(src))
	}
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(f, err)
	for _, file := range files {
		content, err := os.ReadFile(file)
		require.NoError(f, err)
		for chunk := range strings.SplitSeq(string(content), "---\n") {
			f.Add([]byte(chunk))
			f.Add([]byte(withoutComments(chunk)))
		}
	}
	f.Fuzz(mangle.Target(func(t *testing.T, src []byte) {
		doc := document.Parse("f", src)
		checkProblems(t, doc, src)
		checkSyntax(t, doc, src)
		if doc.Err() == nil {
			requireSame(t, src)
		}

		document.Object(doc.Root(), decodeSample)
		checkProblems(t, doc, src)
		doc.Refuse("/phases/0/taper", &countsError{2, "a count"})
		checkProblems(t, doc, src)

		again := document.Parse("f", src)
		document.Object(again.Root(), decodeSample)
		again.Refuse("/phases/0/taper", &countsError{2, "a count"})
		require.Equal(t, texts(doc), texts(again))
	}))
}

// FuzzCanonical writes what is read: the same values, and the same bytes again.
func FuzzCanonical(f *testing.F) {
	f.Add("a", "b\n", 1)
	f.Add("\"\\", strings.Repeat("é", 40), -70)
	f.Add("\x00", strings.Repeat(" ", 76), 100)
	f.Fuzz(mangle.Target(func(t *testing.T, key, text string, n int) {
		if !utf8.ValidString(key) || !utf8.ValidString(text) {
			return
		}
		var w document.Writer
		w.Object(func() {
			w.Field(key).List(func() {
				w.Texts([]string{text, key})
				w.List(func() {
					for i := range n % 50 {
						w.Int(i * n)
					}
				})
			})
			w.Field(key + "2").Text(text)
			w.Field(key + "3").Texts([]string{text})
		})
		require.Equal(t, string(w.Bytes()), string(canonical(t, w.Bytes())))
		requireSame(t, w.Bytes())
	}))
}

// withoutComments returns the document of a chunk without what it expects.
func withoutComments(chunk string) string {
	var b strings.Builder
	for line := range strings.Lines(chunk) {
		line, _, _ = strings.Cut(line, "###")
		b.WriteString(strings.TrimSpace(line) + "\n")
	}
	return b.String()
}

// checkProblems asserts what holds for the problems of any document.
func checkProblems(t *testing.T, doc *document.Document, src []byte) {
	t.Helper()
	list := doc.Problems()
	require.LessOrEqual(t, len(list.Kept()), document.MaxProblems)
	if list.More() > 0 {
		require.Len(t, list.Kept(), document.MaxProblems)
	}
	last := 0
	for _, p := range list.Kept() {
		require.LessOrEqual(t, last, p.Offset)
		require.LessOrEqual(t, p.Offset, len(src))
		last = p.Offset

		before := src[:p.Offset]
		require.Equal(t, bytes.Count(before, []byte("\n"))+1, p.Line)
		require.Equal(t, utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])+1, p.Column)

		text := p.Error()
		require.True(t, utf8.ValidString(text), "%q", text)
		require.NotContains(t, text, "\n")
		require.Less(t, len(text), 2500)
		require.LessOrEqual(t, len(p.Pointer), 256)
	}
}

// checkSyntax asserts that what encoding/json refuses is refused, and that what
// it accepts is refused only for what it is lax about.
func checkSyntax(t *testing.T, doc *document.Document, src []byte) {
	t.Helper()
	// encoding/json does not say exactly where a document ends too early. With a
	// byte after it that can stand nowhere, it always names the first wrong byte.
	var raw json.RawMessage
	base := len(src) - len(bytes.TrimPrefix(src, []byte("\ufeff")))
	syntax, ok := errors.AsType[*json.SyntaxError](json.Unmarshal(append(src[base:len(src):len(src)], 1), &raw))
	require.True(t, ok)
	wrong := base + int(syntax.Offset) - 1
	var fatal *document.Problem
	for _, p := range doc.Problems().Kept() {
		switch p.Code {
		case document.CodeSyntax, document.CodeTrailing:
			fatal = p
		case document.CodeUTF8:
			if !doc.Root().Exists() {
				fatal = p // the last one is where reading ended
			}
		case document.CodeDepth, document.CodeSize:
			return // nothing was read after it
		}
	}
	if json.Valid(src[base:]) {
		require.True(t, doc.Root().Exists(), "%q", src)
		require.Nil(t, fatal, "%q", src)
		return
	}
	require.Error(t, doc.Err(), "%q", src)
	if doc.Problems().More() == 0 {
		require.NotNil(t, fatal, "%q", src)
		require.Equal(t, wrong, fatal.Offset, "%q: %v", src, syntax)
	}
}
