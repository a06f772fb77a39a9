package sheet

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The hash is that of what stands between the tags of the page's only style element, byte for byte,
// as browsers compute it, and nothing else in the page has a style of its own.
func TestStyleHash(t *testing.T) {
	plan := treatment(t, "2/wk x3")
	style := regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	hashes := map[string]bool{}
	for _, paper := range []Paper{AnyPaper, A4, Letter} {
		for _, form := range []Form{Full, OnePage, StaffSheet} {
			o := rich(t, "en-GB")
			o.Form, o.Locale.Paper = form, paper
			s, err := New(plan, o)
			require.NoError(t, err)
			var out bytes.Buffer
			require.NoError(t, s.WriteHTML(&out))
			found := style.FindAllSubmatch(out.Bytes(), -1)
			require.Len(t, found, 1)
			sum := sha256.Sum256(found[0][1])
			assert.Equal(t, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'", s.StyleHash(), "%s %s", paper, form)
			assert.NotRegexp(t, `<[^>]* style=`, out.String())
			hashes[s.StyleHash()] = true
		}
	}
	assert.Len(t, hashes, 3, "one for each paper")
}
