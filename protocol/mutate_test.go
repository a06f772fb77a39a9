package protocol_test

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// eachChanged calls f with the file after each single change of a value: once
// for each replacement, and once without the value. The pointer is that of the
// value.
func eachChanged(t *testing.T, src []byte, replacements []any, f func(pointer string, old, changed any, src []byte)) {
	t.Helper()
	var root any
	require.NoError(t, json.Unmarshal(src, &root))
	file := func() []byte {
		src, err := json.MarshalIndent(root, "", " ")
		require.NoError(t, err)
		return src
	}
	var walk func(pointer string, v any)
	try := func(pointer string, old any, set func(any), remove func()) {
		for _, r := range replacements {
			set(r)
			f(pointer, old, r, file())
		}
		if remove != nil {
			remove()
			f(pointer, old, nil, file())
		}
		set(old)
		walk(pointer, old)
	}
	walk = func(pointer string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				try(pointer+"/"+key, v[key], func(r any) { v[key] = r }, func() { delete(v, key) })
			}
		case []any:
			for i := range v {
				try(pointer+"/"+strconv.Itoa(i), v[i], func(r any) { v[i] = r }, nil)
			}
		}
	}
	walk("", root)
}

func exampleFile(t testing.TB) []byte {
	t.Helper()
	src, err := os.ReadFile("testdata/example.json")
	require.NoError(t, err)
	return src
}

// notionsFile is a file with a dose in parts, medicines beside it, monitoring, a table of
// missed doses, and parameters that fill some of them.
func notionsFile(t testing.TB) []byte {
	t.Helper()
	s := openBeside()
	for name, value := range map[string]string{"carboplatin": "450 mg", "steroid": "0.1 mg/kg", "basis": "actual"} {
		var err error
		s, err = s.Set(name, value)
		require.NoError(t, err)
	}
	other, err := protocol.Parse("parts", []byte(inParts))
	require.NoError(t, err)
	parts := other.Phases[0]
	parts.Name, parts.Cadence = "parts", protocol.MustCadence("1/wk x3")
	parts.Parts[0].Rule.Cap = dose.Mass{}
	parts.MissedDoses = []protocol.MissedDose{
		{From: 8, To: 13, Then: protocol.GiveNow, Condition: "well"}, {From: 14, Then: protocol.RestartPhase, Phase: "parts", Date: protocol.OnDay, Days: 15},
	}
	s.Phases = append(s.Phases, parts)
	s.Monitoring = []protocol.Monitoring{{
		Name: "count", Cadence: protocol.MustCadence("1/wk x4 then every 2w"), WhileTreated: true, Elsewhere: "a laboratory", From: "parts",
		Before: []protocol.ResultNeeded{{Phase: "parts", From: 2, To: 3, Within: 7}},
	}}
	_, err = s.Compile()
	require.NoError(t, err)
	return protocol.Format(s)
}

// A value of the wrong type is one problem, whatever depends on it.
func TestOneMistakeIsOneProblem(t *testing.T) {
	t.Run("example", func(t *testing.T) { oneMistake(t, exampleFile(t), 300) })
	t.Run("notions", func(t *testing.T) { oneMistake(t, notionsFile(t), 200) })
}

func oneMistake(t *testing.T, src []byte, least int) {
	t.Helper()
	type wrong struct{}
	count := 0
	eachChanged(t, src, []any{[]any{}, 7, true, wrong{}}, func(pointer string, old, changed any, src []byte) {
		switch changed.(type) {
		case nil:
			return // left out: the next test
		case []any:
			if _, list := old.([]any); list {
				return
			}
		case int:
			if _, number := old.(float64); number {
				return
			}
		case bool:
			if _, boolean := old.(bool); boolean {
				return
			}
		case wrong:
			if _, object := old.(map[string]any); object {
				return
			}
		}
		count++
		list := refusal(t, "f", src)
		if len(list) != 1 || list[0].Place != pointer || list[0].Code != protocol.CodeType {
			t.Errorf("%s: %v", pointer, list)
		}
	})
	require.Greater(t, count, least)
}

// So is a key that is misspelt.
func TestOneTypoIsOneProblem(t *testing.T) {
	t.Run("example", func(t *testing.T) { oneTypo(t, exampleFile(t), 100) })
	t.Run("notions", func(t *testing.T) { oneTypo(t, notionsFile(t), 80) })
}

func oneTypo(t *testing.T, src []byte, least int) {
	t.Helper()
	count := 0
	for i, line := range strings.SplitAfter(string(src), "\n") {
		key, rest, ok := strings.Cut(line, `": `)
		if !ok || strings.TrimSpace(key) == `"to` {
			continue // a key of two letters is not guessed at
		}
		count++
		lines := strings.SplitAfter(string(src), "\n")
		lines[i] = key + `s": ` + rest
		list := refusal(t, "f", []byte(strings.Join(lines, "")))
		if len(list) != 1 || list[0].Line != i+1 || list[0].Code != protocol.CodeUnknownKey {
			t.Errorf("%d: %v", i+1, list)
		}
	}
	require.Greater(t, count, least)
}

// Any other change is read or refused, with problems that are in the file and
// that compiling would find too.
func TestChangedFiles(t *testing.T) {
	replacements := []any{
		"", "x", "1", "a\nb", "?", "0 min", "-1 day", "40 min", "2 days", "every 4w", "as needed", "0.5 mg/kg of ? weight", "taper", "basis", "minGap",
		0, 1, -1, 1e6,
		[]any{},
		[]any{"x"},
		[]any{map[string]any{}},
		map[string]any{},
		map[string]any{"x": 1},
		false,
	}
	read, refused := 0, 0
	eachChanged(t, exampleFile(t), replacements, func(pointer string, _, changed any, src []byte) {
		s, err := protocol.Parse("f", src)
		if err != nil {
			refused++
			list, ok := errors.AsType[protocol.ErrorList](err)
			require.True(t, ok)
			checkPositions(t, src, list)
			return
		}
		read++
		checkFile(t, s)
		if _, err := s.Compile(); errors.Is(err, protocol.ErrInvalid) || errors.Is(err, protocol.ErrNotation) {
			t.Errorf("%s, %v: compiling finds what reading did not: %v", pointer, changed, err)
		}
	})
	require.Greater(t, read, 100)
	require.Greater(t, refused, 1000)
}
