package document_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/document"
)

// TestSays: what a text says is compared as Text returns it, with the same problems.
func TestSays(t *testing.T) {
	for _, src := range []string{`""`, `"a"`, `"\u0061"`, `"a\n"`, `"é"`, `"ab"`, `1`, `[]`, `null`} {
		for _, s := range []string{"", "a", "a\n", "é", `\u0061`} {
			said, text := document.Parse("f", []byte(src)), document.Parse("f", []byte(src))
			want := text.Root().Text()
			isText := text.Err() == nil
			require.Equal(t, isText && want == s, said.Root().Says(s), "%s %q", src, s)
			require.Equal(t, text.Err(), said.Err(), src)
		}
	}
}
