package document_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/document"
)

// A sample uses every way to decode a value.
type sample struct {
	Format string
	ID     string
	Draft  bool
	Size   string
	Labels []string
	Phases []phase
	Notes  map[string]string
}

type phase struct {
	Name   string
	Taper  counts
	MinGap int
	Limit  limit
}

type limit struct{ Low, High int }

type counts string

var errCounts = errors.New("not counts")

// A countsError says of itself all that a problem can say.
type countsError struct {
	offset int
	want   string
}

func (e *countsError) Error() string     { return fmt.Sprintf("parsing counts: want %s", e.want) }
func (e *countsError) ByteOffset() int   { return e.offset }
func (e *countsError) Wanted() string    { return e.want }
func (e *countsError) ErrorCode() string { return "taper-syntax" }
func (e *countsError) Unwrap() error     { return errCounts }

// parseCounts reads digits with hyphens between them. A text that ends in "?"
// has an error without an offset, "!" one without anything, and "%" one that is
// wrong about its offset.
func parseCounts(s string) (counts, error) {
	switch {
	case strings.HasSuffix(s, "?"):
		return "", &countsError{-1, "a text without ?"}
	case strings.HasSuffix(s, "!"):
		return "", errors.New("what an\noutburst")
	case strings.HasSuffix(s, "%"):
		return "", &countsError{len(s) + 1, "no %"}
	}
	for i, r := range s + "-" {
		if (i%2 == 1) != (r == '-') || i%2 == 0 && (r < '1' || '9' < r) {
			return "", fmt.Errorf("wrapped: %w", &countsError{i, "a count"})
		}
	}
	return counts(s), nil
}

func decodeSample(f *document.Fields) sample {
	s := sample{
		Format: f.Required("format").OneOf("sample/1", "sample/2"),
		ID:     f.Required("id").Text(),
		Draft:  f.Optional("draft").Bool(),
		Size:   f.Optional("size").Number(),
		Labels: document.List(f.Optional("labels"), document.Node.Text),
		Phases: document.Objects(f.Required("phases"), decodePhase),
	}
	for key, value := range f.Optional("notes").Members() {
		if s.Notes == nil {
			s.Notes = make(map[string]string)
		}
		name := document.Parsed(key, func(s string) (string, error) {
			if i := strings.IndexByte(s, ' '); i >= 0 {
				return "", &countsError{i, "a name without spaces"}
			}
			return s, nil
		})
		s.Notes[name] = value.Text()
	}
	if n := f.Optional("until"); n.Exists() && s.Draft {
		n.Refuse("contradiction", "no end of a draft")
	} else if n.Text() == "" && s.Format == "sample/2" {
		n.Refuse("no-end", "until, which sample/2 needs")
	}
	return s
}

func decodePhase(f *document.Fields) phase {
	f.Known("comment")
	return phase{
		Name:   f.Required("name").Text(),
		Taper:  document.Parsed(f.Required("taper"), parseCounts),
		MinGap: f.Optional("minGap").Int(1, 365),
		Limit:  document.Object(f.Optional("limit"), decodeLimit),
	}
}

func decodeLimit(f *document.Fields) limit {
	l := limit{Low: f.Required("low").Int(-10, 10), High: f.Required("high").Int(-10, 10)}
	if l.Low > l.High {
		f.Node().Refuse("order", "a low that is not above high")
	}
	return l
}

func TestDecode(t *testing.T) {
	doc := document.Parse("f", []byte(`{
		"format": "sample/2", "id": "\u006cevine\n", "dr\u0061ft": false, "size": 1.50e+2, "until": "x",
		"labels": ["", "b"], "notes": {"a": "1", "\u0062": "2"},
		"phases": [
			{"name": "induction", "taper": "3-2-1", "minGap": 365, "comment": [{}]},
			{"name": "taper", "taper": "\u0031-1", "limit": {"low": -10, "high": 0}}
		]
	}`))
	got := document.Object(doc.Root(), decodeSample)
	require.NoError(t, doc.Err())
	require.Equal(t, sample{
		Format: "sample/2", ID: "levine\n", Size: "1.50e+2",
		Labels: []string{"", "b"}, Notes: map[string]string{"a": "1", "b": "2"},
		Phases: []phase{
			{Name: "induction", Taper: "3-2-1", MinGap: 365},
			{Name: "taper", Taper: "1-1", Limit: limit{-10, 0}},
		},
	}, got)
}

// TestDecodeProblems reads files of documents with lines "---" between them. The
// problems of a document are written on the line that has them, each after
// "###", or on a line of its own that begins so after the one that has them; the
// reader sees none of that. What is written is the problem without the name of
// the file and the line.
func TestDecodeProblems(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		for i, chunk := range strings.Split(string(content), "---\n") {
			t.Run(fmt.Sprintf("%s/%d", filepath.Base(file), i+1), func(t *testing.T) {
				var lines, want []string
				for line := range strings.Lines(chunk) {
					parts := strings.Split(strings.TrimSuffix(line, "\n"), "###")
					if parts[0] != "" {
						lines = append(lines, strings.TrimSuffix(parts[0], " "))
					}
					for _, problem := range parts[1:] {
						want = append(want, fmt.Sprintf("f:%d:%s", len(lines), strings.TrimSpace(problem)))
					}
				}
				doc := document.Parse("f", []byte(strings.Join(lines, "\n")))
				document.Object(doc.Root(), decodeSample)
				require.Equal(t, strings.Join(want, "\n"), strings.Join(texts(doc), "\n"))
			})
		}
	}
}

// TestNodes has what typed decoders do not show.
func TestNodes(t *testing.T) {
	t.Run("without a value", func(t *testing.T) {
		var n document.Node
		require.False(t, n.Exists())
		require.Zero(t, n.Kind())
		require.Zero(t, n.Offset())
		require.Zero(t, n.Pointer())
		require.Zero(t, n.Text())
		require.Zero(t, n.Int(1, 2))
		require.Zero(t, n.Number())
		require.Zero(t, n.OneOf("a"))
		require.False(t, n.Bool())
		require.Empty(t, document.List(n, document.Node.Text))
		require.Zero(t, document.Parsed(n, parseCounts))
		require.Zero(t, document.Object(n, decodeSample))
		for range n.Members() {
			t.Error("a member")
		}
		n.Refuse("a", "b")
		n.RefuseError(errCounts)
	})

	doc := document.Parse("f", []byte(`{"a": [1, "b", null, {"c/d": true}], "~1": {"\u0065": "\u0066"}}`))
	t.Run("kinds", func(t *testing.T) {
		var got []string
		var walk func(document.Node)
		walk = func(n document.Node) {
			got = append(got, fmt.Sprintf("%d %s %s", n.Offset(), n.Pointer(), n.Kind()))
			switch n.Kind() {
			case document.KindList:
				for _, item := range n.Items() {
					walk(item)
				}
			case document.KindObject:
				for key, value := range n.Members() {
					require.Equal(t, value.Pointer(), key.Pointer())
					walk(key)
					walk(value)
				}
			}
		}
		walk(doc.Root())
		require.Equal(t, []string{
			"0  an object",
			"1 /a text in double quotes",
			"6 /a a list",
			"7 /a/0 a number",
			"10 /a/1 text in double quotes",
			"15 /a/2 no value",
			"21 /a/3 an object",
			"22 /a/3/c~1d text in double quotes",
			"29 /a/3/c~1d true or false",
			"37 /~01 text in double quotes",
			"43 /~01 an object",
			"44 /~01/e text in double quotes",
			"54 /~01/e text in double quotes",
		}, got)
	})
	t.Run("early end", func(t *testing.T) {
		for key, value := range doc.Root().Members() {
			for i := range value.Items() {
				require.Zero(t, i)
				break
			}
			require.Equal(t, "a", key.Text())
			break
		}
	})
	t.Run("one problem for each value", func(t *testing.T) {
		doc := document.Parse("f", []byte(`["a"]`))
		for _, n := range doc.Root().Items() {
			require.Zero(t, n.Int(1, 2))
			require.Zero(t, n.Text())
			require.Zero(t, n.Bool())
			n.Refuse("a", "b")
			n.RefuseError(errCounts)
		}
		require.EqualError(t, doc.Err(), `f:1:2: /0: want a number, got "a" [json-type]`)
	})
	t.Run("on whole characters", func(t *testing.T) {
		long := "a" + strings.Repeat("é", 100)
		for in, want := range map[int]string{
			2:   `f:1:3: want a count, got "a` + strings.Repeat("é", 29) + `"... [taper-syntax]`,
			101: `f:1:53: want a count, got ..."` + strings.Repeat("é", 30) + `"... [taper-syntax]`,
			102: `f:1:53: want a count, got ..."` + strings.Repeat("é", 30) + `"... [taper-syntax]`,
			201: `f:1:103: want a count, got ..."` + strings.Repeat("é", 30) + `" [taper-syntax]`,
		} {
			doc := document.Parse("f", []byte(`"`+long+`"`))
			doc.Root().RefuseError(&countsError{in, "a count"})
			require.EqualError(t, doc.Err(), want, in)
		}
	})
	t.Run("many problems of an object", func(t *testing.T) {
		doc := document.Parse("f", []byte(`{}`))
		doc.Root().Refuse("a", "one thing")
		doc.Root().Refuse("b", "another")
		require.Equal(t, []string{`f:1:1: want one thing [a]`, `f:1:1: want another [b]`}, texts(doc))
	})
}

// TestRefuse has the problems of checks that only know JSON Pointers.
func TestRefuse(t *testing.T) {
	const src = `{"a": [1, {"b": "3-x"}], "c~/d": true, "\u0065": "x\n3", "\\u0065": 5}`
	for _, tt := range []struct{ pointer, want string }{
		{"", `f:1:1: want a count [taper-syntax]`},
		{"/a", `f:1:7: /a: want a count [taper-syntax]`},
		{"/a/0", `f:1:8: /a/0: want a count, got 1 [taper-syntax]`},
		{"/a/1/b", `f:1:20: /a/1/b: want a count, got "3-x" [taper-syntax]`},
		{"/c~0~1d", `f:1:34: /c~0~1d: want a count, got true [taper-syntax]`},
		{"/e", `f:1:50: /e: want a count, got "x\n3" [taper-syntax]`},
		{`/\u0065`, `f:1:69: /\u0065: want a count, got 5 [taper-syntax]`},

		{"/b", `f:1:1: /b: want a count [taper-syntax]`},
		{"b", `f:1:1: b: want a count [taper-syntax]`},
		{"/a/", `f:1:7: /a/: want a count [taper-syntax]`},
		{"/a/2", `f:1:7: /a/2: want a count [taper-syntax]`},
		{"/a/01", `f:1:7: /a/01: want a count [taper-syntax]`},
		{"/a/-", `f:1:7: /a/-: want a count [taper-syntax]`},
		{"/a/1/c/d", `f:1:11: /a/1/c/d: want a count [taper-syntax]`},
		{"/a/1/b/0", `f:1:17: /a/1/b/0: want a count [taper-syntax]`},
		{"/a/1/" + strings.Repeat("c", 256), `f:1:11: /a/1: want a count [taper-syntax]`},
	} {
		t.Run(name(tt.pointer), func(t *testing.T) {
			doc := document.Parse("f", []byte(src))
			err := &countsError{2, "a count"}
			doc.Refuse(tt.pointer, err)
			require.EqualError(t, doc.Err(), tt.want)
			require.ErrorIs(t, doc.Err(), errCounts)
			got, ok := errors.AsType[*countsError](doc.Err())
			require.True(t, ok)
			require.Same(t, err, got)
		})
	}
}
