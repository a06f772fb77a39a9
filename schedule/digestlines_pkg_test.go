package schedule

import (
	"crypto/sha256"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestDigestOfLines: of what this package writes, the ends of lines are all white space
// between values, also where texts have some.
func TestDigestOfLines(t *testing.T) {
	h := sha256.New()
	for _, part := range []string{"", "[]", "[\n{\"a\":\"b c\\n\\t\"},\n{\"d\":\" \"}]", "{\"a\":[\n1,\n2]}", "\n\n", "{\"quoted \\\" here\":\"\\\\\"}\n"} {
		assert.Equal(t, digestOf([]byte(part)), digestOfLines(h, []byte(part)), "%q", part)
	}
	assert.NotEqual(t, digestOf([]byte(`{"a": 1}`)), digestOfLines(h, []byte(`{"a": 1}`)))
}
