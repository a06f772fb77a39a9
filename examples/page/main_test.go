package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// names are those of the files that the program writes.
var names = []string{"visits.html", "visits.svg", "visits.txt", "visits.csv"}

func TestGolden(t *testing.T) {
	for _, tt := range []struct {
		name string
		args []string
	}{
		{"en-US", []string{
			"-contact", "Front desk; tel:555 0100; hours:Mon-Fri 09:00-17:00; mailto:desk@example.org", "-contact", "unwell: tel:+1 555 0111; hours:00:00-24:00",
			"-place", "3rd floor, room 12", "-bring", "your medicine list", "-note", "Please wear short sleeves", "-escort", "-movable", "-today", "2027-03-01",
		}},
		{"en-GB", []string{"-locale", "en-GB", "-zone", "Europe/London", "-names", "-during", "-drug", "-doses", "-worksheets"}},
		{"de", []string{"-locale", "de", "-zone", "Europe/Berlin", "-words", "words-de.json"}},
		{"one-page", []string{"-form", "one-page", "-contact", "Front desk; tel:555 0100", "-place", "3rd floor, room 12", "-escort"}},
		{"staff", []string{"-form", "staff", "-sessions", "2", "-title", "Infusions"}},
		{"es", []string{"-locale", "es", "-zone", "Europe/Madrid", "-words", "words-es.json", "-during"}},
		{"ar", []string{"-locale", "ar", "-zone", "Africa/Cairo", "-words", "words-ar.json", "-title", "برنامج الزيارات"}},
		{"catalog", []string{
			"-protocol", "ketamine-iv-six-in-2-weeks", "-until", "2027-06-01", "-set", "dose=0.5 mg/kg", "-set", "basis=actual", "-set", "rounding=0.1 mg half up",
			"-set", "maximum=80 mg", "-set", "min-gap=2 days", "-set", "administration=40 min", "-set", "observation=2 h",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			var stdout, stderr bytes.Buffer
			require.Equal(t, exitWritten, run(append(tt.args, "-out", dir), &stdout, &stderr), stderr.String())
			assert.Empty(t, stderr.String())
			for _, name := range names {
				got, err := os.ReadFile(filepath.Join(dir, name))
				require.NoError(t, err)
				assert.Contains(t, stdout.String(), filepath.Join(dir, name))
				if from, to := bytes.Index(got, []byte("<style>")), bytes.Index(got, []byte("</style>")); from >= 0 {
					got = append(got[:from:from], got[to:]...) // the style is the package's
				}
				golden := filepath.Join("testdata", tt.name+filepath.Ext(name))
				if *update {
					require.NoError(t, os.WriteFile(golden, got, 0o644))
				}
				want, err := os.ReadFile(golden)
				require.NoError(t, err)
				assert.True(t, string(want) == string(got), "%s is not what the program writes", golden)
			}
		})
	}
}

// The picture in the documentation is the one that the program makes.
func TestPicture(t *testing.T) {
	dir := t.TempDir()
	var stdout, stderr bytes.Buffer
	require.Equal(t, exitWritten, run([]string{"-out", dir}, &stdout, &stderr), stderr.String())
	got, err := os.ReadFile(filepath.Join(dir, "visits.svg"))
	require.NoError(t, err)
	const picture = "../../docs/timeline.svg"
	if *update {
		require.NoError(t, os.WriteFile(picture, got, 0o644))
	}
	want, err := os.ReadFile(picture)
	require.NoError(t, err)
	assert.True(t, string(want) == string(got), "%s is not what the program writes", picture)
}

func TestRefused(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.json")
	require.NoError(t, os.WriteFile(bad, []byte("{"), 0o600))
	for _, tt := range []struct {
		name string
		args []string
		code int
		want string
	}{
		{"argument", []string{"x"}, exitInput, `want flags only, got "x"`},
		{"flag", []string{"-colour"}, exitInput, "flag provided but not defined: -colour"},
		{"locale", []string{"-locale", "fr"}, exitInput, `-locale: want en-US, en-GB, de, es or ar, got "fr"`},
		{"start", []string{"-start", "2027-02-30"}, exitInput, "-start:"},
		{"zone", []string{"-zone", "Mars/Olympus"}, exitInput, "-zone: unknown time zone Mars/Olympus"},
		{"weight", []string{"-weight", "72"}, exitInput, "-weight:"},
		{"protocol", []string{"-protocol", "none"}, exitInput, `-protocol "none" is no file and no entry of the catalogue`},
		{"bad protocol", []string{"-protocol", bad}, exitInput, bad + ":1:"},
		{"set", []string{"-set", "dose=1"}, exitInput, "-set:"},
		{"words", []string{"-words", "none.json"}, exitInput, "none.json"},
		{"bad words", []string{"-words", bad}, exitInput, bad},
		{"two at once", []string{"-start", "x", "-weight", "y"}, exitInput, "-weight:"},
		{"unset", []string{"-protocol", "ketamine-iv-taper"}, exitNoPage, "parameter"},
		{"closed", []string{"-start", "2027-02-28"}, exitNoPage, "open"},
		{"untranslated", []string{"-locale", "de"}, exitNoPage, "want words in de for"},
		{"worksheets", []string{"-locale", "de", "-words", "words-de.json", "-worksheets"}, exitNoPage, "want an English locale"},
		{"title", []string{"-title", "a\nb"}, exitNoPage, "Title"},
		{"form", []string{"-form", "poster"}, exitInput, `-form: Form "poster": want full, one-page or staff`},
		{"today", []string{"-today", "soon"}, exitInput, "-today:"},
		{"days of a contact", []string{"-contact", "Desk; hours:Mo-Fr 09:00-17:00"}, exitInput, `-contact: hours "Mo-Fr 09:00-17:00": want days such as Mon-Fri`},
		{"hours of a contact", []string{"-contact", "Desk; hours:9-5"}, exitInput, "-contact:"},
		{"number", []string{"-contact", "tel:call me"}, exitNoPage, "Contact 1.Phone"},
		{"out", []string{"-out", filepath.Join(t.TempDir(), "none")}, exitInput, "visits.html"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			args := tt.args
			dir := t.TempDir()
			if tt.name != "out" {
				args = append([]string{"-out", dir}, args...)
			}
			var stdout, stderr bytes.Buffer
			assert.Equal(t, tt.code, run(args, &stdout, &stderr))
			assert.True(t, strings.HasPrefix(stderr.String(), "page: "), stderr.String())
			assert.Contains(t, stderr.String(), tt.want)
			assert.Empty(t, stdout.String())
			left, err := os.ReadDir(dir)
			require.NoError(t, err)
			assert.Empty(t, left, "nothing is written")
		})
	}
}

func TestHelp(t *testing.T) {
	var stdout, stderr bytes.Buffer
	assert.Equal(t, exitWritten, run([]string{"-h"}, &stdout, &stderr))
	assert.Empty(t, stderr.String())
	for _, name := range []string{"-protocol", "-set", "-start", "-locale", "-words", "-contact", "-form", "-place", "-worksheets", "-out"} {
		assert.Contains(t, stdout.String(), name)
	}
}
