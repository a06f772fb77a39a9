package protocol_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
)

// hostileFiles are protocol files of about n bytes, n at least 64 KiB, made to
// be expensive: most are read to the end and checked, some have as many problems
// as fit.
func hostileFiles(n int) map[string]string {
	// filled repeats what it is given, with a number for each %d, and commas
	// between, to about size bytes, but at most times.
	filled := func(size, times int, item string) string {
		var b strings.Builder
		for i := 0; i < times && b.Len() < size-len(item)-8; i++ {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strings.ReplaceAll(item, "%d", fmt.Sprint(i)))
		}
		return b.String()
	}
	file := func(rest string) string {
		return `{"format": "regimen/1", "phases": [{"name": "a", "cadence": "1"}], ` + rest + "}"
	}
	phases := func(each string) string {
		return `{"format": "regimen/1", "phases": [` + filled(n, 100, `{"name": "p%d", "cadence": "1", `+each+"}") + "]}"
	}
	share := n / 100 // for each of 100 phases
	long := strings.Repeat("1-", 2000) + "1"
	manyPhases := `{"format": "regimen/1", "phases": [` + filled(n, 100, `{"name": "p%d", "cadence": "1"}`) + "], "
	return map[string]string{
		"one text":           file(`"title": "` + strings.Repeat("x", n-100) + `"`),
		"empty indications":  file(`"indications": [` + filled(n, n, `""`) + "]"),
		"names of phases":    `{"format": "regimen/1", "phases": [` + filled(n, n, `{"name": "a"}`) + "]}",
		"phases":             `{"format": "regimen/1", "phases": [` + filled(n, n, `{"name": "p%d"}`) + "]}",
		"cadences":           phases(`"cadence": "` + long + `"`),
		"wrong cadences":     `{"format": "regimen/1", "phases": [` + filled(n, 1000, `{"cadence": "`+long+`x"}`) + "]}",
		"everyday words":     `{"format": "regimen/1", "phases": [` + filled(n, n, `{"cadence": "every other fortnight p.r.n."}`) + "]}",
		"wrong rules":        phases(`"steps": [` + filled(share, 1000, `{"from": 2, "dose": "1 mg, cap 2 mg, floor 3 mg"}`) + "]"),
		"contradictory":      phases(`"steps": [` + filled(share, 1000, `{"from": 2, "dose": "1 mg, floor 3 mg, cap 2 mg", "condition": "x"}`) + "]"),
		"tasks":              phases(`"visit": {"tasks": [` + filled(share, 1000, `{"text": "t", "from": "arrival", "at": "2 h", "until": "1 h"}`) + "]}"),
		"empty tasks":        phases(`"visit": {"tasks": [` + filled(share, 1000, `{}`) + "]}"),
		"one long list":      phases(`"weekdays": [` + filled(share, 1000, `"Mon"`) + "]"),
		"companions":         phases(`"companions": [` + filled(share, 1000, `{"name": "c%d", "from": "1 day", "to": "0 days"}`) + "]"),
		"unknown keys":       phases(`"typo": 1, "companions": [` + filled(share, 1000, `{"from": "1 day", "to": "1 day"}`) + "]"),
		"gates":              manyPhases + `"gates": [` + filled(n, 1000, `{"name": "g%d", "phase": "p99", "after": 2, "assess": "x"}`) + "]}",
		"gates of nothing":   manyPhases + `"gates": [` + filled(n, 1000, `{"name": "g", "phase": "nowhere"}`) + "]}",
		"missed":             manyPhases + `"missed": [` + filled(n, 1000, `{"phase": "p99", "then": "step back", "to": "nowhere", "source": "s"}`) + "]}",
		"parameters":         manyPhases + `"parameters": [` + filled(n, 1000, `{"name": "n%d", "fills": ["cap", "amount of p99"], "value": "1 mg"}`) + "]}",
		"fills":              manyPhases + `"parameters": [` + filled(n-4096, 1000, `{"name": "n%d", "fills": [`+filled(1000, 1000, `"observation"`)+`], "low": "1 h", "value": "2 h"}`) + "]}",
		"medicines":          phases(`"beside": [` + filled(share, 50, `{"name": "drug %d", "dose": "1 mg, floor 3 mg, cap 2 mg"}`) + "]"),
		"parts":              phases(`"parts": [` + filled(share, 50, `{"name": "p%d", "dose": "1 mg, cap 2 mg, floor 3 mg"}`) + "]"),
		"missed doses":       phases(`"missedDoses": [` + filled(share, 100, `{"from": 9, "to": 3, "then": "give now"}`) + "]"),
		"monitoring":         manyPhases + `"monitoring": [` + filled(n, 1000, `{"name": "m%d", "cadence": "1", "from": "p99", "before": [{"phase": "nowhere", "within": "1 day"}]}`) + "]}",
		"fills of medicines": manyPhases + `"beside": [` + filled(n, 50, `{"name": "drug  %d"}`) + `], "parameters": [` + filled(n-4096-50*24, 1000, `{"name": "n%d", "fills": [`+filled(1000, 1000, `"medicine drug 49 amount"`)+`], "value": "2 mg"}`) + "]}",
		"choices":            manyPhases + `"parameters": [` + filled(n, 1000, `{"name": "n%d", "fills": ["cap"], "choices": [`+filled(900, 1000, `"1 mg"`)+`], "value": "2 mg"}`) + "]}",
		"long values":        manyPhases + `"parameters": [` + filled(n, 1000, `{"name": "n%d", "fills": ["cadence"], "value": "`+long+`"}`) + "]}",
		"facts":              file(`"sources": [` + filled(n, 1000, `{"key": "k%d", "facts": [`+filled(1000, 1000, `{"grade": "primary"}`)+"]}") + "]"),
		"facts without more": file(`"sources": [` + filled(n, 1000, `{"key": "k%d", "facts": [`+filled(1000, 1000, "{}")+"]}") + "]"),
	}
}

// TestParseCost bounds the memory of hostile files, all that is ever allocated,
// by a multiple of their size, and sees that it grows no faster than the size.
// Everything that reading does for a value allocates: so this bounds time too.
// BenchmarkParse has the time.
func TestParseCost(t *testing.T) {
	size, most := 1<<17, 500.0
	if testing.Short() {
		size, most = 1<<15, 1000 // what is reported at most weighs more
	}
	bytes := func(src string) float64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _ = protocol.Parse("f", []byte(src))
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	large := hostileFiles(4 * size)
	for name, src := range hostileFiles(size) {
		t.Run(name, func(t *testing.T) {
			one, four := bytes(src), bytes(large[name])
			t.Logf("%.0f times the size, %.1f times as much for 4 times the size", four/4/float64(size), four/one)
			require.Less(t, four/4/float64(size), most)
			require.Less(t, four/(one+float64(size)), 7.0)
		})
	}
}

func BenchmarkParse(b *testing.B) {
	files := hostileFiles(1<<20 - 1<<16)
	for path, src := range goodFiles(b) {
		if strings.HasPrefix(path, "testdata/") {
			files[path] = string(src)
		}
	}
	for name, src := range files {
		require.LessOrEqual(b, len(src), 1<<20, name)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				_, _ = protocol.Parse("f", []byte(src))
			}
		})
	}
}

func BenchmarkFormat(b *testing.B) {
	s, err := protocol.Parse("example.json", goodFiles(b)["testdata/example.json"])
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		protocol.Format(s)
	}
}
