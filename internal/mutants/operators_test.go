package main

import (
	"go/types"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// found returns the mutants of a package of one file that compile, as texts.
func found(t *testing.T, imp types.Importer, text string) []string {
	t.Helper()
	s, err := check("example", "", []string{"a.go"}, []string{"package example\n\n" + text + "\n"}, imp)
	require.NoError(t, err)
	mutants := s.mutants(s.chosen(nil))
	for i, m := range mutants {
		m.id = i + 1
	}
	_, err = s.instrumented(mutants)
	require.NoError(t, err)
	var list []string
	for _, m := range mutants {
		if !m.dead {
			list = append(list, strings.TrimPrefix(m.key(), "a.go "))
		}
	}
	return list
}

func TestOperators(t *testing.T) {
	dir, err := filepath.Abs(".")
	require.NoError(t, err)
	_, imp, err := listed(dir)
	require.NoError(t, err)
	for _, c := range []struct{ name, text, want string }{
		{"text is not added up", `func f(a, b string) string { return a + b }`, `f: return a + b -> zero`},
		{"constants stay", `const c = 3; func f() [2]int { const d = 4; return [2]int{} }`, `f: return [2]int{} -> zero`},
		{"a number in a constant", `import "time"; func f(d time.Duration) bool { return d > 24*time.Hour }`, "f: d > 24*time.Hour -> negated, <=\nf: d > 24*time.Hour -> >=\nf: 24 in 24*time.Hour -> 25\nf: 24 in 24*time.Hour -> 23"},
		{"no number below zero", `func f(a []int) int { return a[0] }`, "f: return a[0] -> zero\nf: 0 in a[0] -> 1"},
		{"no room", `func f(a []int) []int { b := make([]int, 0, len(a)+1); return b }`, "f: 0 in make([]int, 0, len(a)+1) -> 1\nf: return b -> zero"},
		{
			"an error says all", `func f(err error) (int, error) { if err != nil { return 1, err }; return 2, nil }`,
			"f: if err != nil -> if false\nf: if err != nil -> if true\nf: err != nil -> negated, ==\nf: return err -> zero\nf: return 2 -> zero\nf: 2 -> 3\nf: 2 -> 1",
		},
		{"not", `func f(a bool) { if !a { g() } }; func g() {}`, "f: if !a -> if false\nf: if !a -> if true\nf: !a -> a\nf: g() -> nothing"},
		{"minus", `func f(a int) int { return -a }`, "f: return -a -> zero\nf: -a -> a"},
		{
			"else", `func f(a bool) (n int) { if a { n += 2 } else { n *= a2() }; return }; func a2() int { return 0 }`,
			"f: if a -> if false\nf: if a -> if true\nf: else of if a -> nothing\nf: n += 2 -> nothing\nf: n += 2 -> -=\nf: 2 -> 3\nf: 2 -> 1\nf: n *= a2() -> nothing\nf: n *= a2() -> /=\na2: 0 -> 1",
		},
		{
			"an else that has to return", `func f(a bool) string { if a { return "x" } else { return "y" } }`,
			"f: if a -> if false\nf: if a -> if true\nf: return \"x\" -> zero\nf: return \"y\" -> zero",
		},
		{
			"branches", `func f(a []int) (n int) { for i := 0; i < len(a); i++ { if a[i] == n { continue }; n++ }; return n }`,
			"f: for i < len(a) -> for false\nf: 0 -> 1\nf: i < len(a) -> negated, >=\nf: i < len(a) -> <=\nf: i++ -> --\nf: n++ -> nothing\nf: if a[i] == n -> if false\nf: if a[i] == n -> if true\nf: a[i] == n -> negated, !=\nf: continue -> nothing\nf: continue -> break\nf: n++ -> --\nf: return n -> zero",
		},
		{"cases of types", `func f(a any) { switch a.(type) { case int: g(); default: g() } }; func g() {}`, "f: case int -> does nothing\nf: g() -> nothing\nf: default -> does nothing\nf: g() -> nothing #2"},
		{"cases of conditions", `func f(a, b bool) { switch { case a, b: g() } }; func g() {}`, "f: case a, ... -> never\nf: g() -> nothing"},
		{"order of arguments", `func f(a, b int, c string) { g(a, b, c) }; func g(x, y int, z string) {}`, "f: g(a, b, c) -> nothing\nf: g(a, b, c) -> arguments 1 and 2 swapped"},
		{"order is all the same", `func f(a, b int) int { return min(a, b) }`, "f: return min(a, b) -> zero"},
		{
			"several results", `func f(a, b int) { x, y := g(b, a); _, _ = x, y }; func g(x, y int) (int, string) { return x, "" }`,
			"f: _, _ = x, y -> nothing\nf: g(b, a) -> arguments 1 and 2 swapped\ng: return x -> zero",
		},
		{"own types that a variable hides", `type kind uint8; func f(kind kind) kindred { return kindred(kind + 1) }; type kindred = kind`, "f: return kindred(kind + 1) -> zero\nf: kind + 1 -> -"},
		{"panics are for nobody", `func f(a int) { if a > 1 { panic(a + 1) } }`, "f: if a > 1 -> if false\nf: if a > 1 -> if true\nf: a > 1 -> negated, <=\nf: a > 1 -> >=\nf: 1 in a > 1 -> 2\nf: 1 in a > 1 -> 0"},
		{"variables of the package", `var v = []int{7}`, "v: 7 in []int{7} -> 8\nv: 7 in []int{7} -> 6"},
		{"keys have to be constant", `var v = [...]string{2: "x"}`, ""},
		{"functions within", `func f() func() int { return func() int { return 3 } }`, "f: return func() int { return 3 } -> zero\nf: return 3 -> zero\nf: 3 -> 4\nf: 3 -> 2"},
		{"methods of generic types", `type l[T any] struct{ n int }; func (x *l[T]) f() bool { return x.n < 1 }`, "l.f: x.n < 1 -> negated, >=\nl.f: x.n < 1 -> <=\nl.f: 1 in x.n < 1 -> 2\nl.f: 1 in x.n < 1 -> 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, strings.Join(found(t, imp, c.text), "\n"))
		})
	}
}

func TestKnownRefused(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"\treason\n", ":1: a reason without a mutant"},
		{"a/b.go f: x -> y\n", ": b.go f: x -> y has no reason"},
		{"a/b.go f: x -> y\na/b.go f: x -> z\n\tr\n", ":2: b.go f: x -> y has no reason"},
		{"a/b.go f: x -> y\n\tr\na/b.go f: x -> y\n\tr\n", ":3: b.go f: x -> y is there twice"},
		{"b.go f: x -> y\n\tr\n", `:1: "b.go f: x -> y" names no file of a package`},
	} {
		path := write(t, "known", c.text)
		_, err := readKnown(path)
		require.EqualError(t, err, path+c.want)
	}
}

// The same seed chooses the same mutants, in their order.
func TestSampled(t *testing.T) {
	var all []*mutant
	for i := range 100 {
		all = append(all, &mutant{line: i})
	}
	a, b, c := sampled(all, 10, 1), sampled(all, 10, 1), sampled(all, 10, 2)
	require.Len(t, a, 10)
	require.Equal(t, a, b)
	require.NotEqual(t, a, c)
	require.IsIncreasing(t, []int{a[0].line, a[1].line, a[9].line})
	require.Len(t, sampled(all, 0, 1), 100)
	require.Len(t, sampled(all, 200, 1), 100)
	for i, m := range all {
		m.file = i / 60 // 60 of one file, 40 of another
	}
	require.Equal(t, append(sampled(all[:60], 50, 1), all[60:]...), eachSampled(all, 50, 1))
	require.Len(t, eachSampled(all, 0, 1), 100)
}
