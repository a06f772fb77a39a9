package document_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/internal/mangle"
)

// requireLikeTokens asserts that a document is read as by the tokens of
// encoding/json: the same values at the same places, and the same problems.
func requireLikeTokens(t *testing.T, src []byte) {
	t.Helper()
	for _, pair := range [][2]*document.Document{
		{document.Parse("f", src), document.ParseTokens("f", src, false)},
		{document.ParseValue(src), document.ParseTokens("", src, true)},
	} {
		got, want := pair[0], pair[1]
		require.Equal(t, texts(want), texts(got), "%q", src)
		require.Equal(t, want.Problems().More(), got.Problems().More(), "%q", src)
		wantEntries, wantEscaped := document.Entries(want)
		entries, escaped := document.Entries(got)
		require.Equal(t, wantEntries, entries, "%q", src)
		if want.Root().Exists() {
			require.Equal(t, wantEscaped, escaped, "%q", src)
			require.Equal(t, generic(want.Root()), generic(got.Root()), "%q", src)
		}
	}
}

// FuzzLikeTokens compares the reader with the one by tokens.
func FuzzLikeTokens(f *testing.F) {
	for _, src := range awkward {
		f.Add([]byte(src))
	}
	f.Fuzz(mangle.Target(func(t *testing.T, src []byte) { requireLikeTokens(t, src) }))
}

// awkward are documents around what the two readers see in different ways.
var awkward = []string{
	``, ` `, "\ufeff", "\ufeff ", "\ufeff\ufeff{}", `{`, `[`, `}`, `]`, `,`, `:`, `"`, `-`, `\`,
	`{}`, `[]`, `{]`, `[}`, `{} {}`, `[][]`, `{},`, `[1 2]`, `[1,,2]`, `[,1]`, `[1,]`, `[1:2]`, `{"a":1,}`, `{,"a":1}`, `{"a"}`, `{"a",1}`,
	`{"a"::1}`, `{"a":}`, `{"a":,}`, `{"a":1 "b":2}`, `{a:1}`, `{1:1}`, `{"a":1}}`, `[{"a":[}]`, `{"a":[{"b":1]}`, `["a":1]`,
	`0`, `-0`, `00`, `01`, `-01`, `1.`, `.5`, `1.5.5`, `1e`, `1e+`, `1E-`, `1e5`, `1e5e5`, `+1`, `--1`, `-`, `-a`, `1a`, `1-`, `0x1`, `1_0`, `[1.]`, `[-]`,
	`[0.10000000000000000000000000000000000000001]`, `1e999999`, `-123456789012345678901234567890.5`, `NaN`, `Infinity`, `[-Infinity]`,
	`true`, `tru`, `truee`, `True`, `[true false]`, `nul`, `nulll`, `[null,null]`, `{"a":null,"a":null}`, `fals`, `falsey`,
	`"a`, `"\`, `"\x"`, `"\u"`, `"\u00"`, `"\u00e"`, `"\u00eg"`, `"\U0041"`, `"\'"`, `"a" "b"`, "\"\t\"", "\"\n\"", "\"\x00\"", "\"\x7f\"", `'a'`,
	`"\ud83d\ude00"`, `"\ud83d"`, `"\ude00"`, `"\ud83d\ud83d\ude00"`, `"\ud83dx"`, `"\ud83d\n"`, `"\\ud800"`, `"\\\ud800"`, `{"\ud800":1,"\ud800":2}`,
	"\"\xff\"", "{\"\xff\":1,\"\xff\":2}", "{\"\\n\xff\xfe\":null}", "[\"\xed\xa0\x80\"]", "\xff", "{\xff}", "[1,\xff]", "{\"a\"\xff:1}", "{\"a\":1\xff}",
	`{"a":1,"\u0061":2}`, `{"\u0061":1,"a":2}`, `{"\u0061":1,"\u0061":2}`, `{"":1,"":2}`, `{"a\/b":1,"a/b":2}`, `{"\n":1,"\u000a":2}`, `{"a~/b":null}`,
	`// a`, `{} // a`, `[1, // a` + "\n2]", `# a`, `{/**/}`, `{"a":/**/1}`, `[1/**/]`,
	nested(15), nested(16), nested(17), strings.Repeat("[", 16), strings.Repeat("[", 17), strings.Repeat(`{"a":`, 16), strings.Repeat(`{"a":`, 17),
	"\v1", "\f1", "\u00a01", "1\u2028", "[1,\u00a02]", "\x001", "1\x00", "[\x00]",
}

// TestLikeTokens compares the reader with the one by tokens over awkward documents
// and all that they become when they are cut off or a byte of them is another.
func TestLikeTokens(t *testing.T) {
	for _, src := range awkward {
		requireLikeTokens(t, []byte(src))
	}
	for name, src := range hostile(3000) {
		t.Run(name, func(t *testing.T) { requireLikeTokens(t, []byte(src)) })
	}
	t.Run("cut off", func(t *testing.T) {
		for _, src := range awkward {
			for i := range len(src) {
				requireLikeTokens(t, []byte(src[:i]))
				requireLikeTokens(t, []byte("["+src[:i]+"]"))
				requireLikeTokens(t, []byte(`{"k":`+src[i:]+"}"))
			}
		}
	})
}

// TestLikeTokensAtRandom compares them over documents of every feature, strict or
// not, as they are and with bytes changed, dropped and put in.
func TestLikeTokensAtRandom(t *testing.T) {
	numbers := []string{"0", "-0", "7", "-12", "0.5", "1e9", "-1.25E-3", "1E+2", "123456789012345678901234567890", "1e999"}
	const odd = "{}[]:,\"\\/ \n\t\r0123456789-+.eEtruefalsnu#'\x00\x1f\x7f\x80\xc3\xff"
	outcomes := map[bool]int{}
	for seed := range uint64(3000) {
		g := generator{Rand: rand.New(rand.NewPCG(seed, 4)), numbers: numbers, flaw: int(seed%2) * 20}
		src := []byte(g.value(int(seed % 17)))
		requireLikeTokens(t, src)
		for range 4 {
			if len(src) == 0 {
				break
			}
			i, c := g.IntN(len(src)), odd[g.IntN(len(odd))]
			switch g.IntN(3) {
			case 0:
				src[i] = c
			case 1:
				src = append(src[:i], src[i+1:]...)
			default:
				src = append(src[:i], append([]byte{c}, src[i:]...)...)
			}
			requireLikeTokens(t, src)
			outcomes[json.Valid(src)]++
		}
	}
	require.Greater(t, outcomes[true], 1000)
	require.Greater(t, outcomes[false], 1000)
}

// TestManyKeys has objects around the number of keys from which they are looked up
// in another way, with one key twice, wherever both stand and however written.
func TestManyKeys(t *testing.T) {
	for _, n := range []int{2, 15, 16, 17, 18, 40, 300} {
		step := max(1, n/9)
		for first := 0; first < n; first += step {
			for second := first + 1; second < n; second += step {
				for form := range 4 {
					var b bytes.Buffer
					for i := range n {
						key := fmt.Sprintf("k%d", i)
						if i == second {
							key = fmt.Sprintf("k%d", first)
						}
						if i == first && form&1 != 0 || i == second && form&2 != 0 {
							key = `\u006b` + key[1:]
						}
						fmt.Fprintf(&b, `,"%s":%d`, key, i)
					}
					src := append(append([]byte{'{'}, b.Bytes()[1:]...), '}')
					requireLikeTokens(t, src)
					kept := document.Parse("f", src).Problems().Kept()
					require.Len(t, kept, 1, "%s", src)
					require.Equal(t, document.CodeDuplicate, kept[0].Code)
					require.Equal(t, fmt.Sprintf("/k%d", first), kept[0].Pointer)
				}
			}
		}
	}
}

// TestCounts has objects and lists with as many members and elements as they may
// have, and with one more.
func TestCounts(t *testing.T) {
	object := func(n int) []byte {
		b := []byte{'{'}
		for i := range n {
			b = fmt.Appendf(b, `"%x":1,`, i)
		}
		return append(b[:len(b)-1], '}')
	}
	list := func(n int) []byte { return []byte("[" + strings.Repeat("1,", n-1) + "1]") }
	// Members have 5 bytes and the digits of their keys: 16 of 1, 240 of 2, 3,840 of 3
	// and 61,440 of 4, 585,456 bytes after the brace. Elements have 2.
	for _, tt := range []struct {
		src  []byte
		want string
	}{
		{object(document.MaxMembers), ""},
		{object(document.MaxMembers + 1), `1:585458: want at most 65536 members [json-count]`},
		{list(document.MaxItems), ""},
		{list(document.MaxItems + 1), `1:2097154: want at most 1048576 elements [json-count]`},
		{append(append([]byte(`{"a": [[], `), list(document.MaxItems+1)...), "]}"...), `1:2097165: /a/1: want at most 1048576 elements [json-count]`},
	} {
		doc := document.ParseRecord("", tt.src)
		if tt.want == "" {
			require.NoError(t, doc.Err())
			require.True(t, doc.Root().Exists())
			continue
		}
		require.EqualError(t, doc.Err(), tt.want)
		require.ErrorIs(t, doc.Err(), document.ErrLimit)
		require.False(t, doc.Root().Exists())
	}
}

// TestLimits has what a caller may match on when a document is beyond a limit.
func TestLimits(t *testing.T) {
	for src, limit := range map[string]bool{
		nested(document.MaxDepth):                     false,
		nested(document.MaxDepth + 1):                 true,
		strings.Repeat(" ", document.MaxSize-1) + "1": false,
		strings.Repeat(" ", document.MaxSize) + "1":   true,
		`[1`: false,
	} {
		require.Equal(t, limit, errors.Is(document.Parse("", []byte(src)).Err(), document.ErrLimit), "%.20q", src)
	}
	large := []byte(strings.Repeat(" ", document.MaxRecord) + "1")
	require.ErrorIs(t, document.ParseRecord("", large).Err(), document.ErrLimit)
	require.NoError(t, document.ParseRecord("", large[1:]).Err())
}
