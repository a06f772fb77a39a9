package document_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/document"
)

// hostile are documents of about n bytes made to be expensive.
func hostile(n int) map[string]string {
	repeat := func(begin, item, between, end string) string {
		count := (n - len(begin) - len(item) - len(end)) / (len(item) + len(between))
		return begin + strings.Repeat(item+between, count) + item + end
	}
	numbered := func(begin, format, end string) string {
		var b strings.Builder
		b.WriteString(begin)
		for i := 0; b.Len() < n-2*len(format)-len(end); i++ {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, format, i)
		}
		return b.String() + end
	}
	return map[string]string{
		"deep":              strings.Repeat("[", n),
		"deep objects":      repeat("", `{"":`, "", ""),
		"elements":          repeat("[", "1", ",", "]"),
		"empty lists":       repeat("[", "[]", ",", "]"),
		"nulls":             repeat("[", "null", ",", "]"),
		"one text":          repeat(`"`, "a", "", `"`),
		"one number":        repeat("", "1", "", ""),
		"separators":        repeat(`"`, ":,", "", `"`),
		"escapes":           repeat(`"`, `\u0061`, "", `"`),
		"surrogates":        repeat(`["`, `\ud800\ud800`, `","`, `"]`),
		"not UTF-8":         repeat(`["`, "\xff", `","`, `"]`),
		"spaces":            repeat("[", " ", "", "]"),
		"lines":             repeat("[", "null", ",\n", "]"),
		"same key":          repeat("{", `"a":1`, ",", "}"),
		"unknown keys":      numbered("{", `"%d":1`, "}"),
		"nearly known keys": numbered("{", `"phase%d":1`, "}"),
		"escaped keys":      numbered("{", `"\u0061%d":1`, "}"),
		"missing keys":      repeat(`{"phases":[`, "{}", ",", "]}"),
		"one long key":      repeat(`{"phases":[],"`, "a", "", `":[null,null,null,null]}`),
		"large, then small": numbered("[{", `"%d":1`, "}"+strings.Repeat(",{}", n/8)+"]"),
		"wrong values":      repeat(`{"phases":[`, `{"name":1,"taper":"x"}`, ",", "]}"),
		"open":              repeat("[", `{"a":1}`, ",", ""),
	}
}

// decode reads a document as a program would, to the last message.
func decode(src []byte) error {
	doc := document.Parse("f", src)
	document.Object(doc.Root(), decodeSample)
	if err := doc.Err(); err != nil {
		_ = err.Error()
		return err
	}
	return nil
}

// TestCost bounds the memory of hostile documents, all that is ever allocated,
// by a multiple of their size, and sees that it grows no faster than the size.
// Reading allocates for each token: so this bounds time as well.
func TestCost(t *testing.T) {
	const size = 1 << 16
	bytes := func(src string) (total float64) {
		var before, after runtime.MemStats
		input := []byte(src)
		runtime.ReadMemStats(&before)
		_ = decode(input)
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	large := hostile(4 * size)
	for name, src := range hostile(size) {
		t.Run(name, func(t *testing.T) {
			require.LessOrEqual(t, len(large[name]), document.MaxSize)
			one, four := bytes(src), bytes(large[name])
			t.Logf("%.0f times the size, %.1f times as much for 4 times the size", four/4/size, four/one)
			require.Less(t, four/4/size, 100.0)
			require.Less(t, four/(one+size), 6.0)
		})
	}
}

// TestKept bounds what a document keeps while it is in use.
func TestKept(t *testing.T) {
	const size = 1 << 18
	for name, src := range hostile(size) {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			doc := document.Parse("f", []byte(src))
			runtime.GC()
			runtime.ReadMemStats(&after)
			kept := float64(after.HeapAlloc) - float64(before.HeapAlloc)
			t.Logf("%.1f times the size", kept/size)
			require.Less(t, kept/size, 24.0)
			runtime.KeepAlive(doc)
		})
	}
}

func BenchmarkParse(b *testing.B) {
	inputs := hostile(1 << 20)
	inputs["ordinary"] = `{"format": "sample/1", "id": "levine", "phases": [` +
		strings.Repeat(`{"name": "induction", "taper": "3-2-1", "minGap": 2},`, 19) +
		`{"name": "induction", "taper": "3-2-1", "minGap": 2}]}`
	for name, src := range inputs {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				_ = decode([]byte(src))
			}
		})
	}
}

func BenchmarkWriter(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var w document.Writer
		w.Object(func() {
			w.Field("format").Text("sample/1")
			w.Field("phases").List(func() {
				for i := range 20 {
					w.Object(func() {
						w.Field("name").Text("induction")
						w.Field("days").List(func() {
							w.Int(i)
							w.Int(i + 2)
						})
					})
				}
			})
		})
		b.SetBytes(int64(len(w.Bytes())))
	}
}
