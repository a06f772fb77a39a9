package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReplace(t *testing.T) {
	const page = "a\n<!-- x -->\nold\n<!-- /x -->\nb\n<!-- y -->\nkept\n<!-- /y -->\n"
	got, err := replace(page, []section{{"x", "new\n"}})
	require.NoError(t, err)
	assert.Equal(t, strings.Replace(page, "old", "new", 1), got)
	_, err = replace(page, []section{{"z", ""}})
	require.EqualError(t, err, `want one mark "<!-- z -->" in the page`)
	_, err = replace("<!-- z -->\n", []section{{"z", ""}})
	require.EqualError(t, err, `want a mark "<!-- /z -->" after "<!-- z -->"`)
}

// TestPage: the page has a place for everything that is measured.
func TestPage(t *testing.T) {
	doc, err := os.ReadFile("../../" + page)
	require.NoError(t, err)
	var sections []section
	for _, name := range []string{"slopes", "memory", "cohorts", "machine", "chart"} {
		sections = append(sections, section{name: name})
	}
	for _, p := range allPairs() {
		sections = append(sections, section{name: p.Group}, section{name: p.Group + " costs"})
	}
	_, err = replace(string(doc), sections)
	require.NoError(t, err)
}
