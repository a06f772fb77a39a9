package document_test

import (
	"errors"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/document"
)

// TestBrief: a text that nobody keeps is read, and refused, as any other.
func TestBrief(t *testing.T) {
	src := []byte(`{"a":"12","b":"\u0031\u0032","c":"x12","d":12,"e":"","g":["7","8","x"]}`)
	number := func(s string) (int, error) {
		n, err := strconv.Atoi(s)
		if err != nil {
			return -1, errors.New("want digits, not " + strconv.Quote(s))
		}
		return n, nil
	}
	read := func(as func(document.Node, func(string) (int, error)) int) (got []int, text string) {
		doc := document.Parse("f.json", src)
		document.Object(doc.Root(), func(f *document.Fields) bool {
			for _, key := range []string{"a", "b", "c", "d", "e", "f"} {
				got = append(got, as(f.Optional(key), number))
			}
			got = append(got, document.List(f.Required("g"), func(n document.Node) int { return as(n, number) })...)
			return true
		})
		err := doc.Err()
		require.Error(t, err)
		return got, err.Error()
	}
	want, wantText := read(document.Parsed[int])
	got, text := read(document.Brief[int])
	assert.Equal(t, []int{12, 12, 0, 0, 0, 0, 7, 8, 0}, want)
	assert.Equal(t, want, got)
	assert.Equal(t, wantText, text)
	assert.Contains(t, text, `"x12"`)
}

// TestBriefCopiesOnce: however many texts are read, the source is copied once: eight texts take seven pieces less.
func TestBriefCopiesOnce(t *testing.T) {
	src := []byte(`["2026-01-01"` + `,"2026-01-02","2026-01-03","2026-01-04","2026-01-05","2026-01-06","2026-01-07","2026-01-08"]`)
	length := func(s string) (int, error) { return len(s), nil }
	allocs := func(as func(document.Node, func(string) (int, error)) int) float64 {
		return testing.AllocsPerRun(100, func() {
			for _, n := range document.Parse("", src).Root().Items() {
				if as(n, length) != 10 {
					panic("want ten characters")
				}
			}
		})
	}
	assert.LessOrEqual(t, allocs(document.Brief[int]), allocs(document.Parsed[int])-7)
}
