package sheet_test

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// tags returns the elements of an XML text in order, with their attributes but
// for the values, and all text between them.
func tags(tb testing.TB, text string) (names []string, content string) {
	tb.Helper()
	var all strings.Builder
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return names, all.String()
		}
		require.NoError(tb, err)
		switch token := token.(type) {
		case xml.StartElement:
			var name strings.Builder
			name.WriteString(token.Name.Local)
			for _, a := range token.Attr {
				name.WriteString(" " + a.Name.Local)
			}
			names = append(names, name.String())
		case xml.CharData:
			all.Write(token)
		}
	}
}

func checkXML(tb testing.TB, text string) ([]string, string) {
	tb.Helper()
	return tags(tb, text)
}

var voidElement = regexp.MustCompile(`<(?:meta|br)\b[^>]*`)

// checkHTML reads a page as strictly as XML: every element is closed where it
// should be, every attribute is quoted, every character that means something
// is escaped. Only elements without an end are given one. HTML that passes
// needs no repair by a browser.
func checkHTML(tb testing.TB, page string) ([]string, string) {
	tb.Helper()
	body, found := strings.CutPrefix(page, "<!DOCTYPE html>\n")
	require.True(tb, found)
	body = strings.ReplaceAll(body, "<details open>", `<details open="">`)
	return tags(tb, voidElement.ReplaceAllString(body, "$0/"))
}

// hostile are texts that are shown, whatever they look like.
var hostile = []string{
	`<script>alert(1)</script>`,
	`</title></style></svg></time><img src=x onerror=alert(1)>`,
	`" onmouseover="alert(1)`, `' autofocus='`, "`", `{{.Title}}`, `{n}{time}{from}`,
	`<svg onload=alert(1)>`, `<![CDATA[x]]>`, `<!-- x -->`, `&lt;b&gt;&amp;&#60;`, `javascript:alert(1)`, `</style><style>*{display:none}`,
	"=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "＝1+1", `a,b;"c"`, `=HYPERLINK("http://example.org")`,
	"👩🏽‍⚕️🩺", "é́", "مرحبا", "שלום", "日本語", "\u200f\u200e", "\u00ad", "\ufffd",
	strings.Repeat("a", 10_000), strings.Repeat("word ", 2_000),
}

// longestName is the length that a name of a protocol can have, but for the
// number.
const longestName = 90

// words is a course whose every text is the given one, kept apart by a number
// where names must differ.
func words(text string) protocol.Spec {
	s := course()
	s.Title = text
	name := text[:min(len(text), longestName)]
	p := &s.Phases[0]
	p.Name, p.Companions[0].Name = name+" 1", name+" 2"
	p.Steps[0].Condition = text
	for i := range p.Visit.Tasks {
		p.Visit.Tasks[i].Text = text
	}
	s.Phases[1].Name, s.FollowUps[0].Name = name+" 3", name+" 4"
	s.Gates[0].Name, s.Gates[0].Assess, s.Gates[0].Phase = name+" 5", text, p.Name
	return s
}

func everything(tb testing.TB, text string) sheet.Options {
	tb.Helper()
	return sheet.Options{Locale: locale(tb, "en-US"), Title: text, Contacts: []sheet.Contact{{For: text, Name: text, Lines: []string{text}}}, Details: sheet.Details{Place: text, Bring: []string{text}, Notes: []string{text}, Home: text}, During: true, Names: true, Doses: true, Worksheets: true}
}

// No text of a plan or of the caller makes an element, an attribute, a formula
// or a line of its own, in any place where it is shown.
func TestHostileTexts(t *testing.T) {
	harmless, err := sheet.New(build(t, words("harmless")), everything(t, "harmless"))
	require.NoError(t, err)
	want := write(t, harmless)
	wantHTML, _ := checkHTML(t, want.html)
	wantSVG, _ := checkXML(t, want.svg)
	require.Greater(t, strings.Count(want.html, "harmless"), 20)

	for _, text := range hostile {
		t.Run(text[:min(len(text), 30)], func(t *testing.T) {
			plan := build(t, words(text))
			made, err := sheet.New(plan, everything(t, text))
			require.NoError(t, err)
			got := write(t, made)
			names, content := checkHTML(t, got.html)
			assert.Equal(t, wantHTML, names)
			if len(text) <= longestName {
				_, wanted := checkHTML(t, want.html)
				assert.GreaterOrEqual(t, strings.Count(content, text), strings.Count(wanted, "harmless"), "every text is there as it was given")
			}
			assert.True(t, strings.Contains(content, text))
			names, _ = checkXML(t, got.svg)
			assert.Equal(t, wantSVG, names)
			checkCSV(t, got.csv)
			assert.Equal(t, strings.Count(want.csv, "\n"), strings.Count(got.csv, "\n"))
			checkText(t, got.text)
		})
	}
}

// checkCSV reads the CSV and finds no cell that a spreadsheet takes for a
// formula.
func checkCSV(tb testing.TB, text string) {
	tb.Helper()
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(tb, err)
	for _, record := range records {
		for _, cell := range record {
			first := []rune(strings.TrimSpace(cell) + "x")[0]
			number := regexp.MustCompile(`^-[0-9]+$`).MatchString(cell)
			assert.False(tb, strings.ContainsRune("=+-@＝＋－＠\t\r", first) && !number, "%q", cell)
		}
	}
}

// checkText finds no character in plain text that moves a cursor.
func checkText(tb testing.TB, text string) {
	tb.Helper()
	for _, r := range text {
		assert.False(tb, unicode.IsControl(r) && r != '\n', "%q", r)
	}
}

// Whatever the texts are, a sheet is refused or well formed.
func FuzzTexts(f *testing.F) {
	for _, text := range hostile {
		if len(text) < 1000 {
			f.Add(text, text, uint8(0))
		}
	}
	f.Add("a\nb", "\x00", uint8(3))
	f.Add("\u202e", "\xff", uint8(4))
	tagNames := []string{"en-US", "en-GB", "de", "es", "ar"}
	bare := build(f, course())
	f.Add("parts", "before", uint8(64))
	f.Fuzz(mangle.Target(func(t *testing.T, title, shown string, language uint8) {
		plan := bare
		if language >= 64 { // the texts are also those of what the protocol has beside the sessions
			spec := course()
			p := &spec.Phases[1]
			p.Dose, p.Parts = dose.Rule{}, []dose.Part{{Name: shown, Rule: dose.MustRule("16 mg")}, {Name: title + "2", Rule: dose.MustRule("20 mg"), During: dose.MustDuration("10 min")}}
			p.Beside = []protocol.Medicine{{Name: shown, Dose: dose.MustRule("8 mg"), From: protocol.Arrival}, {Name: title + "3", Dose: dose.MustRule("10 mg"), Condition: shown}}
			p.MissedDoses = []protocol.MissedDose{{From: 20, Then: protocol.GiveNow, Condition: shown}}
			spec.Monitoring = []protocol.Monitoring{{Name: shown, Cadence: protocol.MustCadence("every 1w x3"), Elsewhere: title}}
			if _, err := spec.Compile(); err != nil {
				return
			}
			plan = build(t, spec)
		}
		l := locale(t, tagNames[int(language)%len(tagNames)])
		made, err := sheet.New(plan, sheet.Options{
			Locale: l, Title: title, Contacts: []sheet.Contact{{Lines: []string{shown, "x"}}}, Names: true, Doses: true, During: true,
			Text: func(string) (string, bool) { return shown, true },
		})
		if err != nil {
			require.Nil(t, made)
			_, ok := errors.AsType[*sheet.OptionError](err)
			require.True(t, ok, "%v", err)
			return
		}
		w := write(t, made)
		_, content := checkHTML(t, w.html)
		require.Contains(t, content, title)
		require.Contains(t, content, shown)
		checkXML(t, w.svg)
		checkCSV(t, w.csv)
		checkText(t, w.text)
	}))
}
