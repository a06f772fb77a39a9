package document_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/document"
)

// A generator makes documents: strict ones or, one time in so many, with a
// feature that the reader refuses.
type generator struct {
	*rand.Rand
	numbers []string
	flaw    int      // one in so many, 0: none
	flaws   []string // codes of what was put in
}

func (g *generator) spoil(code string) bool {
	if g.flaw == 0 || g.IntN(g.flaw) > 0 {
		return false
	}
	g.flaws = append(g.flaws, code)
	return true
}

func (g *generator) space() string {
	return []string{"", "", "", " ", "\n", "\t\r\n  "}[g.IntN(6)]
}

func (g *generator) value(depth int) string {
	return g.space() + g.bare(depth) + g.space()
}

func (g *generator) bare(depth int) string {
	if g.spoil(document.CodeNull) {
		return "null"
	}
	kinds := 6
	if depth >= document.MaxDepth {
		kinds = 4
	}
	switch g.IntN(kinds) {
	case 0:
		return g.text("")
	case 1:
		return g.numbers[g.IntN(len(g.numbers))]
	case 2:
		return "true"
	case 3:
		return "false"
	case 4:
		items := make([]string, g.IntN(5))
		for i := range items {
			items[i] = g.value(depth + 1)
		}
		return "[" + g.listed(items) + "]"
	default:
		members := make([]string, g.IntN(5))
		for i := range members {
			key := strconv.Itoa(i)
			if i > 0 && g.spoil(document.CodeDuplicate) {
				key = strconv.Itoa(g.IntN(i))
				// The same key, perhaps with an escape.
				members[i] = []string{`"` + key + `"`, `"\u003` + key + `"`}[g.IntN(2)]
				members[i] += g.space() + ":" + g.value(depth+1)
				continue
			}
			if g.flaw == 0 {
				members[i] = g.space() + g.text(key)
			} else {
				members[i] = g.space() + `"` + key + `"`
			}
			members[i] += g.space() + ":" + g.value(depth+1)
		}
		return "{" + g.listed(members) + "}"
	}
}

func (g *generator) listed(items []string) string {
	if len(items) == 0 {
		return g.space()
	}
	return strings.Join(items, ",")
}

// text makes a string that begins with what is given.
func (g *generator) text(begin string) string {
	pieces := []string{
		"a", "Z", "0", " ", "é", "😀", "\u2028", "\ufffd", "\x7f", "{", "}", "[", "]", ",", ":", "/", "'", "null",
		`\"`, `\\`, `\/`, `\b`, `\f`, `\n`, `\r`, `\t`, `\u0000`, `\u00e9`, `\uFFFD`, `\ud83d\ude00`, `\uDBFF\uDFFF`, `\\ud800`,
	}
	var s strings.Builder
	s.WriteString(`"` + begin)
	for range g.IntN(6) {
		s.WriteString(pieces[g.IntN(len(pieces))])
	}
	switch {
	case g.spoil(document.CodeUTF8):
		s.WriteString([]string{"\xff", "\x80", "\xc3", "\xe2\x82", "\xed\xa0\x80"}[g.IntN(5)])
	case g.spoil(document.CodeSurrogate):
		s.WriteString([]string{`\ud800`, `\udc00`, `\udbff.`, `\ud800\u0041`, `\udfff\ud800`}[g.IntN(5)])
	}
	return s.String() + `"`
}

// TestSameAsEncodingJSON reads documents that encoding/json accepts: strict ones
// have the same values here, others are refused for what is in them.
func TestSameAsEncodingJSON(t *testing.T) {
	numbers := []string{"0", "-0", "7", "-12", "0.5", "1e9", "-1.25E-3", "1E+2", "123456789012345678901234567890", "1e999"}
	seen := make(map[string]int)
	for seed := range uint64(4000) {
		g := generator{Rand: rand.New(rand.NewPCG(seed, 2)), numbers: numbers}
		if seed%2 == 1 {
			g.flaw = 20
		}
		src := []byte(g.value(int(seed % 17)))
		src = append(src, g.space()...)
		require.True(t, json.Valid(src), "%q", src)
		doc := document.Parse("f", src)
		if len(g.flaws) == 0 {
			requireSame(t, src)
			continue
		}
		var codes []string
		for _, p := range doc.Problems().Kept() {
			codes = append(codes, p.Code)
			seen[p.Code]++
		}
		slices.Sort(codes)
		slices.Sort(g.flaws)
		require.Equal(t, g.flaws, codes, "%q", src)
	}
	require.Len(t, seen, 4)
}

// TestCanonical formats documents: that changes no value, and nothing when done
// again.
func TestCanonical(t *testing.T) {
	for seed := range uint64(1000) {
		g := generator{Rand: rand.New(rand.NewPCG(seed, 3)), numbers: []string{"0", "7", "-12", "65535"}}
		src := []byte(g.value(int(seed % 17)))
		once := canonical(t, src)
		require.Equal(t, decoded(t, src), decoded(t, once), "%q", src)
		require.Equal(t, string(once), string(canonical(t, once)), "%q", src)
		for line := range strings.Lines(string(once)) {
			if trimmed := strings.TrimLeft(line, " "); strings.HasPrefix(trimmed, "[") && len(trimmed) > 2 {
				require.LessOrEqual(t, len([]rune(strings.TrimRight(line, ",\n"))), 80)
			}
		}
	}
}

// requireSame asserts that a document is accepted with the values that
// encoding/json finds in it.
func requireSame(t *testing.T, src []byte) {
	t.Helper()
	doc := document.Parse("f", src)
	require.NoError(t, doc.Err(), "%q", src)
	got := generic(doc.Root())
	require.NoError(t, doc.Err(), "%q", src)
	require.Equal(t, decoded(t, src), got, "%q", src)
}

func decoded(t *testing.T, src []byte) (v any) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(src))
	dec.UseNumber()
	require.NoError(t, dec.Decode(&v), "%q", src)
	return v
}

// generic returns a value as encoding/json would.
func generic(n document.Node) any {
	switch n.Kind() {
	case document.KindObject:
		m := make(map[string]any)
		for key, value := range n.Members() {
			m[key.Text()] = generic(value)
		}
		return m
	case document.KindList:
		list := make([]any, 0)
		for i, item := range n.Items() {
			if i != len(list) {
				return fmt.Sprintf("element %d after %d", i, len(list))
			}
			list = append(list, generic(item))
		}
		return list
	case document.KindText:
		return n.Text()
	case document.KindNumber:
		return json.Number(n.Number())
	case document.KindBool:
		return n.Bool()
	default:
		return nil
	}
}
