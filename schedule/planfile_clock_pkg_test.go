package schedule

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestOffsetText compares the texts of offsets with those of package time, and reads them
// back.
func TestOffsetText(t *testing.T) {
	for utc := int32(-86_399); utc < 86_400; utc++ {
		form, sign, length := "15:04", "+", utc
		if utc < 0 {
			sign, length = "-", -utc
		}
		if utc%60 != 0 {
			form = time.TimeOnly
		}
		want := sign + time.Unix(int64(length), 0).UTC().Format(form)
		text := string(appendOffset(nil, utc))
		read, err := parseUTCOffset(text)
		if text != want || read != utc || err != nil {
			t.Fatalf("%d: %q, %d, %v, want %q", utc, text, read, err, want)
		}
	}
}

func TestOffsetRefused(t *testing.T) {
	for _, text := range []string{
		"", "+", "05:00", "+5:00", "+05", "+0500", "+05:0", "+05:00:", "+05:00:0", "+05:00:000", " 05:00", "+05.00", "+05:00.00",
		"+24:00", "+05:60", "+05:00:60", "+0a:00", "+05:a0", "+05:00:0a", "±05:00", "-05:00 ", "+-5:00",
	} {
		_, err := parseUTCOffset(text)
		assert.Error(t, err, "%q", text)
	}
	for text, want := range map[string]int32{"-00:00": 0, "+00:00:00": 0, "+23:59:59": 86_399, "-23:59:59": -86_399, "+00:01": 60} {
		utc, err := parseUTCOffset(text)
		require.NoError(t, err, "%q", text)
		assert.Equal(t, want, utc, "%q", text)
	}
}
