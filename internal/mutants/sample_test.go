package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// what each mutant of testdata/sample comes to, worked out by hand. Word is not asked for
// what is neither one nor two, so its default may do anything.
var sampleStates = map[string]state{
	"sample.go Within: v >= low && v < high -> ||":              killed, // 0 would be within
	"sample.go Within: v >= low -> negated, <":                  killed,
	"sample.go Within: v >= low -> >":                           killed, // 1 would not
	"sample.go Within: v < high -> negated, >=":                 killed,
	"sample.go Within: v < high -> <=":                          killed, // 3 would
	"sample.go Down: for n > 0 -> for false":                    killed, // 2 stays
	"sample.go Down: n > 0 -> negated, <=":                      killed,
	"sample.go Down: n > 0 -> >=":                               killed, // -1
	"sample.go Down: 0 in n > 0 -> 1":                           killed,
	"sample.go Down: n-- -> nothing":                            timedOut,
	"sample.go Down: n-- -> ++":                                 timedOut,
	"sample.go Down: return n -> zero":                          equivalent,
	"sample.go Never: return \"never\" -> zero":                 notReached,
	"sample.go Larger: if a > b -> if false":                    killed,
	"sample.go Larger: if a > b -> if true":                     killed,
	"sample.go Larger: a > b -> negated, <=":                    killed,
	"sample.go Larger: a > b -> >=":                             equivalent,
	"sample.go Larger: return a -> zero":                        killed,
	"sample.go Larger: return b -> zero":                        killed,
	"sample.go Word: case 1 -> never":                           killed,
	"sample.go Word: 1 -> 2":                                    killed, // two would be one
	"sample.go Word: 1 -> 0":                                    killed,
	"sample.go Word: word = \"one\" -> nothing":                 killed,
	"sample.go Word: case 2 -> never":                           killed,
	"sample.go Word: 2 -> 3":                                    killed,
	"sample.go Word: 2 -> 1":                                    killed,
	"sample.go Word: return \"two\" -> zero":                    killed,
	"sample.go Word: default -> does nothing":                   notReached,
	"sample.go Word: word = \"many\" -> nothing":                notReached,
	"sample.go Word: return word -> zero":                       killed,
	"sample.go Minus: return minus(a, b) -> zero":               killed,
	"sample.go Minus: minus(a, b) -> arguments 1 and 2 swapped": killed,
	"sample.go minus: return a - b -> zero":                     killed,
	"sample.go minus: a - b -> +":                               killed,
}

const sampleKnown = `# a comment

testdata/sample/sample.go Down: return n -> zero
	the loop ends
	at zero
testdata/sample/sample.go Larger: a > b -> >=
	equal numbers are the same
`

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// TestSample judges every mutant of the sample package.
func TestSample(t *testing.T) {
	known, err := readKnown(write(t, "known", sampleKnown))
	require.NoError(t, err)
	root, err := filepath.Abs(".")
	require.NoError(t, err)
	var out bytes.Buffer
	results := filepath.Join(t.TempDir(), "results")
	o := options{root: root, workers: 2, short: true, results: results}
	r, err := mutate(o, "testdata/sample", &out)
	require.NoError(t, err, out.String())
	require.Empty(t, known.judge(r))
	got := map[string]state{}
	for _, v := range r.verdicts {
		got[v.m.key()] = v.state
	}
	require.Equal(t, sampleStates, got)
	out.Reset()
	r.print(&out)
	require.Equal(t, `not reached testdata/sample/sample.go:16 Never: return "never" -> zero
not reached testdata/sample/sample.go:33 Word: default -> does nothing
not reached testdata/sample/sample.go:34 Word: word = "many" -> nothing
testdata/sample/sample.go                 90.6 %  killed   27  timed out   2  survived   0  not reached   3  equivalent   2
testdata/sample                           90.6 %  killed   27  timed out   2  survived   0  not reached   3  equivalent   2
`, out.String())

	// What results has is not run again, and survivors can be chosen from what is printed.
	o.only = write(t, "survivors", out.String())
	out.Reset()
	again, err := mutate(o, "testdata/sample", &out)
	require.NoError(t, err)
	require.Equal(t, tally{notReached: 3}, again.tally())
	require.Empty(t, out.String(), "nothing was built")
}

// TestRun is the command: its exit, and what is wrong with what is known.
func TestRun(t *testing.T) {
	for _, c := range []struct{ name, known, want string }{
		{"killed", "testdata/sample/sample.go Minus: return minus(a, b) -> zero\n\tr\n", "testdata/sample/sample.go Minus: return minus(a, b) -> zero is known as equivalent, and was killed by TestMinus"},
		{"gone", "testdata/sample/sample.go Minus: return a -> zero\n\tr\n", "testdata/sample/sample.go Minus: return a -> zero is known as equivalent, and is no mutant any more"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			args := []string{"-root", ".", "-tests", "Minus", "-only", write(t, "only", "survived testdata/sample/sample.go:1 Minus: return minus(a, b) -> zero\n")}
			require.NoError(t, run(append(args, "-known", write(t, "known", ""), "-least", "100", "testdata/sample"), &out))
			require.EqualError(t, run(append(args, "-known", write(t, "known", c.known), "testdata/sample"), &out), c.want)
		})
	}
	var out bytes.Buffer
	args := []string{"-root", ".", "-tests", "Minus", "-files", "s*.go", "-sample", "12", "-known", write(t, "known", "")}
	require.ErrorContains(t, run(append(args, "-least", "100", "testdata/sample"), &out), "of the mutants are killed, which is less than 100 %")
	require.EqualError(t, run(args, &out), "no package: name directories below the root, such as dose")
	require.ErrorContains(t, run(append(args, "testdata/none"), &out), "testdata/none: ")
}
