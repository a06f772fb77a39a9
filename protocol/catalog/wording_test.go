package catalog_test

import (
	"iter"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
)

// ownWords yields what an entry says in its own words, each with its place: all but
// the wording of sources.
func ownWords(s protocol.Spec) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		var texts [][2]string
		add := func(place, text string) { texts = append(texts, [2]string{place, text}) }
		add("title", s.Title)
		for _, text := range s.Indications {
			add("indication", text)
		}
		for _, c := range s.Contraindications {
			add("contraindication", c.Text)
		}
		for _, p := range s.Phases {
			add("phase", p.Name)
			add("until", p.Until)
			for _, task := range p.Visit.Tasks {
				add("task", task.Text)
			}
			for _, step := range p.Steps {
				add("condition", step.Condition)
			}
		}
		for _, g := range s.Gates {
			add("gate", g.Assess)
			for _, o := range g.Outcomes {
				add("outcome", o.When+" "+o.Text)
			}
		}
		for _, m := range s.Missed {
			add("missed", m.Condition)
		}
		for _, p := range s.Parameters {
			add("parameter "+p.Name, p.Doc)
		}
		for _, source := range s.Sources {
			for _, f := range source.Facts {
				add("fact of "+source.Key, f.Says)
			}
		}
		for _, note := range s.Notes {
			add("note", note)
		}
		for _, text := range texts {
			if !yield(text[0], text[1]) {
				return
			}
		}
	}
}

// Doses and times are written so that nobody reads them as others: the error-prone
// forms of the Institute for Safe Medication Practices are in no text of an entry
// but where a source is quoted.
func TestWording(t *testing.T) {
	prone := map[string]*regexp.Regexp{
		"no leading zero":             regexp.MustCompile(`(^|[^0-9])\.[0-9]`),
		"a trailing zero":             regexp.MustCompile(`[0-9]\.[0-9]*0\s?(mg|mcg|g|kg|mL|h)\b`),
		"no space before the unit":    regexp.MustCompile(`[0-9](mg|mcg|g|kg|mL|min|h)\b`),
		"a Greek letter, cc, U or IU": regexp.MustCompile(`µ|μ|\bcc\b|[0-9] I?U\b`),
		"a plural or a point":         regexp.MustCompile(`\b(mgs|mLs|kgs|hrs|mins)\b|[0-9] (mg|mL|kg)\.\S`),
		"no comma in thousands":       regexp.MustCompile(`[0-9]{4,} (mg|mcg|units|mL)\b`),
		"a sign for a word":           regexp.MustCompile(`[@<>≥≤&]`),
		"an abbreviation":             regexp.MustCompile(`\b(QD|QOD|BIW|TIW|q[0-9]+[dwh]|qhs|D/C|SC|SQ|bi-?weekly)\b`),
	}
	quoted := regexp.MustCompile(`"[^"]*"`)
	perSurface := regexp.MustCompile(`[0-9]+ mg/m2`)
	for s := range catalog.All() {
		for place, text := range ownWords(s) {
			text = perSurface.ReplaceAllString(quoted.ReplaceAllString(text, ""), "")
			for what, form := range prone {
				assert.NotRegexp(t, form, text, "%s, %s: %s", s.ID, place, what)
			}
		}
	}
}
