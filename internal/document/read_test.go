package document_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/document"
)

// texts returns every problem of a document on a line of its own.
func texts(doc *document.Document) (lines []string) {
	for _, p := range doc.Problems().Kept() {
		lines = append(lines, p.Error())
	}
	return lines
}

func nested(depth int) string { return strings.Repeat("[", depth) + strings.Repeat("]", depth) }

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		src  string
		want []string
	}{
		// Documents.
		{`{}`, nil},
		{`[]`, nil},
		{`""`, nil},
		{" \t\r\n-0.5e+7 \t\r\n", nil},
		{`true`, nil},
		{`{"a": {"a": [{"a": 1}, {"a": 2}]}, "b": "a"}`, nil},
		{`"\u0000\"\\\/\b\f\n\r\t\ud83d\ude00 ` + "\u007f\u2028\ufffd" + `\uFFFD"`, nil},
		{`"\\ud800"`, nil},
		{nested(16), nil},

		// Null, wherever it stands.
		{`null`, []string{`f:1:1: want a value or nothing at all, got null [null]`}},
		{`{"a": null, "b": [1, null]}`, []string{
			`f:1:7: /a: want a value or nothing at all, got null [null]`,
			`f:1:22: /b/1: want a value or nothing at all, got null [null]`,
		}},

		// Keys that stand twice.
		{"{\"a\": 1,\n \"a\": 2,\n \"a\": 3}", []string{
			`f:2:2: /a: want each key once, got "a" again [duplicate-key]`,
			`f:3:2: /a: want each key once, got "a" again [duplicate-key]`,
		}},
		{`{"a": 1, "\u0061": 2}`, []string{`f:1:10: /a: want each key once, got "a" again [duplicate-key]`}},
		{`{"": 1, "": 2}`, []string{`f:1:9: /: want each key once, got "" again [duplicate-key]`}},
		{`[{"a": 1}, {"a": 1}, {"b": {"a": 1, "a": {"b": 1, "b": 1}}}]`, []string{
			`f:1:37: /2/b/a: want each key once, got "a" again [duplicate-key]`,
			`f:1:51: /2/b/a/b: want each key once, got "b" again [duplicate-key]`,
		}},
		{`{"a/b~c": null, "\n": null}`, []string{
			`f:1:11: /a~1b~0c: want a value or nothing at all, got null [null]`,
			`f:1:23: /\n: want a value or nothing at all, got null [null]`,
		}},

		// After the document.
		{"{}\n\n {}", []string{`f:3:2: want nothing after the document, got "{" [trailing-data]`}},
		{`1 2`, []string{`f:1:3: want nothing after the document, got "2" [trailing-data]`}},
		{`01`, []string{`f:1:2: want nothing after the document, got "1" [trailing-data]`}},
		{`[]]`, []string{`f:1:3: want nothing after the document, got "]" [trailing-data]`}},
		{`{},`, []string{`f:1:3: want nothing after the document, got "," [trailing-data]`}},
		{"{}\x00", []string{`f:1:3: want nothing after the document, got "\x00" [trailing-data]`}},
		{"{}\xff", []string{`f:1:3: want nothing after the document, got the byte 0xff [trailing-data]`}},
		{"{} // end", []string{`f:1:4: want nothing after the document, got "/" [trailing-data]`}},

		// Encoding.
		{"\ufeff{}", []string{`f:1:1: want a file without a byte order mark [byte-order-mark]`}},
		{"\ufeff{\"a\": null}", []string{
			`f:1:1: want a file without a byte order mark [byte-order-mark]`,
			`f:1:8: /a: want a value or nothing at all, got null [null]`,
		}},
		{"\xff\xfe{\x00}\x00", []string{`f:1:1: want UTF-8, got the byte 0xff [utf-8]`}},
		{"{}\ufeff", []string{`f:1:3: want nothing after the document, got "\ufeff" [trailing-data]`}},
		{"{\"a\": \"é\xff\", \"b\xc3\": 1}", []string{
			`f:1:9: /a: want UTF-8, got the byte 0xff [utf-8]`,
			`f:1:15: /b�: want UTF-8, got the byte 0xc3 [utf-8]`,
		}},
		{"[\"\xed\xa0\x80\", \"\xc0\x80\", \"\xf4\x90\x80\x80\"]", []string{
			`f:1:3: /0: want UTF-8, got the byte 0xed [utf-8]`,
			`f:1:10: /1: want UTF-8, got the byte 0xc0 [utf-8]`,
			`f:1:16: /2: want UTF-8, got the byte 0xf4 [utf-8]`,
		}},
		{"{\"a\xff\": 1, \"a\xfe\": 2}", []string{
			`f:1:4: /a�: want UTF-8, got the byte 0xff [utf-8]`,
			`f:1:13: /a�: want UTF-8, got the byte 0xfe [utf-8]`,
		}},
		{`["\ud800"]`, []string{`f:1:3: /0: want both halves of a surrogate pair, got \ud800 [surrogate]`}},
		{`["\udc00"]`, []string{`f:1:3: /0: want both halves of a surrogate pair, got \udc00 [surrogate]`}},
		{`["a\\\uD83Dx"]`, []string{`f:1:6: /0: want both halves of a surrogate pair, got \uD83D [surrogate]`}},
		{`["\ud83d\ude00\ude00"]`, []string{`f:1:15: /0: want both halves of a surrogate pair, got \ude00 [surrogate]`}},
		{`["\ud83d\ud83d\ude00"]`, []string{`f:1:3: /0: want both halves of a surrogate pair, got \ud83d [surrogate]`}},
		{`{"\ud800": 1}`, []string{`f:1:3: /�: want both halves of a surrogate pair, got \ud800 [surrogate]`}},

		// Limits.
		{nested(17), []string{`f:1:17: ` + strings.Repeat("/0", 16) + `: want at most 16 levels of { and [ [json-depth]`}},
		{strings.Repeat(`{"a":`, 17) + `1` + strings.Repeat(`}`, 17), []string{`f:1:81: ` + strings.Repeat("/a", 16) + `: want at most 16 levels of { and [ [json-depth]`}},
		{`{"a": null, "b": ` + nested(1000), []string{
			`f:1:7: /a: want a value or nothing at all, got null [null]`,
			`f:1:33: /b` + strings.Repeat("/0", 15) + `: want at most 16 levels of { and [ [json-depth]`,
		}},
		{strings.Repeat(" ", document.MaxSize-2) + "{}", nil},
		{strings.Repeat("\xff", document.MaxSize+1), []string{`f:1:1: want at most 1048576 bytes, got 1048577 [json-size]`}},
	} {
		t.Run(name(tt.src), func(t *testing.T) {
			doc := document.Parse("f", []byte(tt.src))
			require.Equal(t, tt.want, texts(doc))
			require.Equal(t, tt.want == nil, doc.Err() == nil)
		})
	}
}

func TestParseSyntax(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{``, `1:1: want a JSON document, got the end of the file`},
		{" \n ", `2:2: want a JSON document, got the end of the file`},
		{`}`, `1:1: want a JSON document, got "}"`},
		{`,`, `1:1: want a JSON document, got ","`},
		{`regimen`, `1:1: want a JSON document, got "r"`},
		{`# protocol`, `1:1: want no comment, got "#"`},

		{`{`, `1:2: want a key in double quotes, or }, got the end of the file`},
		{`{]`, `1:2: want a key in double quotes, or }, got "]"`},
		{`{a: 1}`, `1:2: want a key in double quotes, or }, got "a"`},
		{`{'a': 1}`, `1:2: want a key in double quotes, or }, got "'"`},
		{`{1: 1}`, `1:2: want a key in double quotes, or }, got "1"`},
		{"{\n// first\n}", `2:1: want no comment, got "/"`},
		{`{"a`, `1:4: want the closing quote, got the end of the file`},
		{`{"a"`, `1:5: /a: want a colon after the key, got the end of the file`},
		{`{"a" 1}`, `1:6: /a: want a colon after the key, got "1"`},
		{`{"a", "b"}`, `1:5: /a: want a colon after the key, got ","`},
		{`{"a":`, `1:6: /a: want a value, got the end of the file`},
		{`{"a": }`, `1:7: /a: want a value, got "}"`},
		{`{"a":: 1}`, `1:6: /a: want a value, got ":"`},
		{`{"a": 1`, `1:8: want a comma or }, got the end of the file`},
		{`{"a": 1]`, `1:8: want a comma or }, got "]"`},
		{"{\"a\": 1\n \"b\": 2}", `2:2: want a comma or }, got "\""`},
		{`{"a": 1, }`, `1:10: want a key in double quotes after the comma, got "}"`},
		{`{"a": 1,, "b": 2}`, `1:9: want a key in double quotes after the comma, got ","`},
		{`{"a": 1, // one`, `1:10: want no comment, got "/"`},
		{`{"a": 1 // one`, `1:9: want no comment, got "/"`},
		{`{"a": {"b": [1, {"c": x}]}}`, `1:23: /a/b/1/c: want a value, got "x"`},
		{`{"a": {"b": [1, 2}}`, `1:18: /a/b: want a comma or ], got "}"`},

		{`[`, `1:2: want a value or ], got the end of the file`},
		{`[,1]`, `1:2: want a value or ], got ","`},
		{`[1,]`, `1:4: want a value after the comma, got "]"`},
		{`[1 2]`, `1:4: want a comma or ], got "2"`},
		{`[1: 2]`, `1:3: want a comma or ], got ":"`},
		{`[1`, `1:3: want a comma or ], got the end of the file`},
		{`[1,`, `1:4: want a value after the comma, got the end of the file`},
		{"[\xa0]", `1:2: want UTF-8, got the byte 0xa0`},
		{"[\u00a0]", `1:2: want a value or ], got "\u00a0"`},
		{"[\v]", `1:2: want a value or ], got "\v"`},

		{`[01]`, `1:3: want a number without leading zeros, got "1"`},
		{`[-01]`, `1:4: want a number without leading zeros, got "1"`},
		{`[-]`, `1:3: want a digit, got "]"`},
		{`[--1]`, `1:3: want a digit, got "-"`},
		{`[+1]`, `1:2: want a value or ], got "+"`},
		{`[.5]`, `1:2: want a value or ], got "."`},
		{`[5.]`, `1:4: want a digit, got "]"`},
		{`[0.e1]`, `1:4: want a digit, got "e"`},
		{`[-0.5.1]`, `1:6: want a comma or ], got "."`},
		{`[1e]`, `1:4: want a digit, got "]"`},
		{`[12E+]`, `1:6: want a digit, got "]"`},
		{`[1e-x]`, `1:5: want a digit, got "x"`},
		{`[1,000`, `1:5: want a number without leading zeros, got "0"`},
		{`[0x10]`, `1:3: want a comma or ], got "x"`},
		{`[NaN]`, `1:2: want a value or ], got "N"`},
		{`-`, `1:2: want a digit, got the end of the file`},

		{`[tru]`, `1:5: want true, got "]"`},
		{`[truth]`, `1:5: want true, got "t"`},
		{`[falsé]`, `1:6: want false, got "é"`},
		{`[nil]`, `1:3: want null, got "i"`},
		{`[True]`, `1:2: want a value or ], got "T"`},
		{`[truetrue]`, `1:6: want a comma or ], got "t"`},

		{`["`, `1:3: want the closing quote, got the end of the file`},
		{`["\`, `1:4: want one of "\/bfnrtu after a backslash, got the end of the file`},
		{`["\x41"]`, `1:4: want one of "\/bfnrtu after a backslash, got "x"`},
		{`["\é"]`, `1:4: want one of "\/bfnrtu after a backslash, got "é"`},
		{`["\u12g4"]`, `1:7: want four hexadecimal digits after \u, got "g"`},
		{`["\u123"]`, `1:8: want four hexadecimal digits after \u, got "\""`},
		{`["\u`, `1:5: want four hexadecimal digits after \u, got the end of the file`},
		{"[\"a\nb\"]", `1:4: want the closing quote on the same line, got "\n"`},
		{"[\"a\r\nb\"]", `1:4: want the closing quote on the same line, got "\r"`},
		{"[\"a\tb\"]", `1:4: want control characters escaped, as in \t or \u0001, got "\t"`},
		{"[\"a\x00b\"]", `1:4: want control characters escaped, as in \t or \u0001, got "\x00"`},
		{`['a']`, `1:2: want double quotes, got "'"`},
	} {
		t.Run(name(tt.src), func(t *testing.T) {
			code := " [json-syntax]"
			if strings.Contains(tt.want, "UTF-8") {
				code = " [utf-8]"
			}
			doc := document.Parse("f", []byte(tt.src))
			require.Equal(t, []string{"f:" + tt.want + code}, texts(doc))
			require.False(t, doc.Root().Exists())
		})
	}

	t.Run("keeps what was found before", func(t *testing.T) {
		doc := document.Parse("f", []byte("{\"a\": null,\n \"a\": 1,\n x}"))
		require.Equal(t, []string{
			`f:1:7: /a: want a value or nothing at all, got null [null]`,
			`f:2:2: /a: want each key once, got "a" again [duplicate-key]`,
			`f:3:2: want a key in double quotes after the comma, got "x" [json-syntax]`,
		}, texts(doc))
	})
}

func TestProblems(t *testing.T) {
	nulls := func(n int) string { return "[" + strings.Repeat("null,\n", n-1) + "null]" }
	first := "f:1:2: /0: want a value or nothing at all, got null [null]"
	for _, tt := range []struct {
		n    int
		want string
	}{
		{1, first},
		{2, first + " (and 1 more error)"},
		{3, first + " (and 2 more errors)"},
		{100, first + " (and 99 more errors)"},
		{101, first + " (and 100 more errors)"},
		{199, first + " (and 198 more errors)"},
		{200, first + " (and 199 more errors)"},
		{1000, first + " (and 999 more errors)"},
	} {
		t.Run(fmt.Sprint(tt.n), func(t *testing.T) {
			doc := document.Parse("f", []byte(nulls(tt.n)))
			list := doc.Problems()
			require.EqualError(t, doc.Err(), tt.want)
			require.Len(t, list.Kept(), min(tt.n, document.MaxProblems))
			require.Len(t, list.Unwrap(), min(tt.n, document.MaxProblems))
			require.Equal(t, max(0, tt.n-document.MaxProblems), list.More())
			for i, p := range list.Kept() {
				require.Equal(t, i+1, p.Line)
			}
			p, ok := errors.AsType[*document.Problem](doc.Err())
			require.True(t, ok)
			require.Equal(t, list.Kept()[0], p)
		})
	}

	t.Run("the first by position are kept", func(t *testing.T) {
		doc := document.Parse("f", []byte("["+strings.Repeat("1,\n", 499)+"1]"))
		var items []document.Node
		for _, n := range doc.Root().Items() {
			items = append(items, n)
		}
		for i := range items {
			items[(i*7+250)%500].Refuse("test", "less")
		}
		kept := doc.Problems().Kept()
		require.Len(t, kept, 100)
		for i, p := range kept {
			require.Equal(t, fmt.Sprintf("/%d", i), p.Pointer)
		}
		require.Equal(t, 400, doc.Problems().More())
	})

	t.Run("none", func(t *testing.T) {
		var doc document.Document
		require.NoError(t, doc.Err())
		require.Equal(t, "no problems", doc.Problems().Error())
		require.False(t, doc.Root().Exists())
		doc.Refuse("/a", errors.New("not there"))
		require.EqualError(t, doc.Err(), "1:1: /a: not there [value]")
	})
}

// TestPositions has every kind of line and of character before a problem.
func TestPositions(t *testing.T) {
	src := "[\n  \"é😀\", null,\r\n\tnull, null\n\n, \"\u2028\", null]"
	doc := document.Parse("", []byte(src))
	require.Equal(t, []string{
		"2:9: /1: want a value or nothing at all, got null [null]",
		"3:2: /2: want a value or nothing at all, got null [null]",
		"3:8: /3: want a value or nothing at all, got null [null]",
		"5:8: /5: want a value or nothing at all, got null [null]",
	}, texts(doc))
	for _, p := range doc.Problems().Kept() {
		require.Equal(t, "null", src[p.Offset:p.Offset+4])
	}
}

// TestLongPointers has keys that would make a message as long as the file.
func TestLongPointers(t *testing.T) {
	long := strings.Repeat("k", 300)
	escaped := strings.Repeat(`\u006b`, 300)
	huge := strings.Repeat("k", 100_000)
	for _, key := range []string{long, escaped, huge} {
		doc := document.Parse("f", []byte(`{"a": {"`+key+`": {"b": null}, "c": null}}`))
		kept := doc.Problems().Kept()
		require.Len(t, kept, 2)
		require.Equal(t, "/a", kept[0].Pointer)
		require.Equal(t, "/a/c", kept[1].Pointer)
	}
	doc := document.Parse("f", []byte(`{"`+long+`": 1, "`+long+`": 1}`))
	require.EqualError(t, doc.Err(), `f:1:309: want each key once, got "`+strings.Repeat("k", 60)+`"... again [duplicate-key]`)
}

// name makes a name for a test of its input.
func name(src string) string {
	if len(src) > 40 {
		return fmt.Sprintf("%.40s... (%d bytes)", src, len(src))
	}
	return src
}
