package catalog_test

import (
	"iter"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
)

// A statement is what one of the articles says, and what became of it.
type statement struct {
	ID, Quote string
	Entries   []string // whose facts quote it
	LeftOut   string   // why none does
}

func statements(t *testing.T) []statement {
	t.Helper()
	var list []statement
	readTestdata(t, "statements.json", &list)
	return list
}

// Every statement of the articles is quoted by the entries that rest on it, or
// there is a reason why none does.
func TestEveryStatementIsAccountedFor(t *testing.T) {
	list := statements(t)
	require.Len(t, list, 120)
	for i, st := range list {
		digits := strconv.Itoa(i + 1)
		want := "A" + strings.Repeat("0", max(0, 2-len(digits))) + digits
		assert.Equal(t, want, st.ID)
		assert.NotEmpty(t, st.Quote, st.ID)
		assert.NotEqual(t, len(st.Entries) == 0, st.LeftOut == "", "%s: either entries or a reason", st.ID)
		for _, id := range st.Entries {
			s, ok := catalog.Lookup(id)
			require.True(t, ok, "%s: no entry %s", st.ID, id)
			quoted := false
			for _, fact := range facts(s) {
				quoted = quoted || fact.Quote != "" && strings.Contains(st.Quote, fact.Quote)
			}
			assert.True(t, quoted, "%s: no fact of %s quotes it", st.ID, id)
		}
	}
}

// facts returns the facts of an entry, each with the key of its source.
func facts(s protocol.Spec) iter.Seq2[string, protocol.Fact] {
	return func(yield func(string, protocol.Fact) bool) {
		for _, source := range s.Sources {
			for _, fact := range source.Facts {
				if !yield(source.Key, fact) {
					return
				}
			}
		}
	}
}

// A passage is wording of a source as it was read.
type passage struct{ Source, Passage string }

// quotes reports whether a source has the wording: it was read there, or in one
// of the articles.
func quotes(t *testing.T) func(source, wording string) bool {
	t.Helper()
	var read []passage
	readTestdata(t, "passages.json", &read)
	articles := statements(t)
	return func(source, wording string) bool {
		return slices.ContainsFunc(articles, func(st statement) bool { return strings.Contains(st.Quote, wording) }) ||
			slices.ContainsFunc(read, func(p passage) bool { return p.Source == source && strings.Contains(p.Passage, wording) })
	}
}

// Every fact says something, has a grade, is about a place that the entry has,
// and quotes nothing but what was read. A phase's own numbers all have a fact.
func TestFacts(t *testing.T) {
	read := quotes(t)
	for s := range catalog.All() {
		about := map[string]bool{}
		for source, fact := range facts(s) {
			assert.NotEmpty(t, fact.Says, s.ID)
			assert.GreaterOrEqual(t, fact.Grade, protocol.Primary, "%s: %s", s.ID, fact.Says)
			assert.LessOrEqual(t, fact.Grade, protocol.Unverified, "%s: %s", s.ID, fact.Says)
			if fact.About != "" {
				assert.NoError(t, resolve(s, fact.About), "%s: %s", s.ID, fact.Says)
			}
			about[fact.About] = true
			assert.True(t, fact.Quote == "" || read(source, fact.Quote), "%s: nobody read %q in %s", s.ID, fact.Quote, source)
		}
		for _, place := range stated(s) {
			assert.True(t, about[place], "%s: no fact about %s", s.ID, place)
		}
	}
}

// stated returns the places of what an entry states about its sessions.
func stated(s protocol.Spec) (places []string) {
	add := func(given bool, place string) {
		if given {
			places = append(places, place)
		}
	}
	for i, p := range s.Phases {
		at := "/phases/" + strconv.Itoa(i)
		v := at + "/visit"
		add(!p.Cadence.IsZero() && p.Cadence.String() != "as needed", at+"/cadence")
		add(!p.Dose.IsZero(), at+"/dose")
		add(!p.Preparation.IsZero(), at+"/preparation")
		add(p.MinGap != 0, at+"/minGap")
		add(p.MaxGap != 0, at+"/maxGap")
		add(p.Until != "", at+"/until")
		add(p.Window != nil, at+"/window")
		add(p.Visit.Administration != 0, v+"/administration")
		add(p.Visit.Observation != 0 && i == 0, v+"/observation")
		for j := range p.Visit.Later {
			add(true, v+"/later/"+strconv.Itoa(j))
		}
		for j := range p.Visit.Tasks {
			add(i == 0, v+"/tasks/"+strconv.Itoa(j)) // later phases repeat the tasks of the first
		}
		for j := range p.Steps {
			add(true, at+"/steps/"+strconv.Itoa(j))
		}
		for j := range p.Weekdays {
			add(true, at+"/weekdays/"+strconv.Itoa(j))
		}
		for j := range p.Companions {
			add(true, at+"/companions/"+strconv.Itoa(j))
		}
	}
	for i := range s.FollowUps {
		add(true, "/followUps/"+strconv.Itoa(i))
	}
	for i := range s.Gates {
		add(true, "/gates/"+strconv.Itoa(i))
	}
	for i := range s.Missed {
		add(true, "/missed/"+strconv.Itoa(i))
	}
	for i := range s.Cumulative {
		add(true, "/cumulative/"+strconv.Itoa(i))
	}
	return places
}

// resolve returns an error unless the place is one that the Spec fills.
func resolve(s protocol.Spec, place string) error {
	v := reflect.ValueOf(s)
	for name := range strings.SplitSeq(strings.TrimPrefix(place, "/"), "/") {
		switch {
		case v.Kind() == reflect.Slice:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= v.Len() {
				return &protocol.Error{Place: place, Value: name, Want: "want an item of the list"}
			}
			v = v.Index(i)
		case v.Kind() == reflect.Struct:
			v = v.FieldByName(strings.ToUpper(name[:1]) + name[1:])
		default:
			v = reflect.Value{}
		}
		if !v.IsValid() || v.IsZero() {
			return &protocol.Error{Place: place, Value: name, Want: "want a place that is filled"}
		}
	}
	return nil
}

// Every number of a gate or a rule about missed sessions is where it should be,
// and every key of a source is of use to somebody who looks it up.
func TestSources(t *testing.T) {
	for s := range catalog.All() {
		for _, source := range s.Sources {
			assert.NotEmpty(t, source.Facts, "%s: %s", s.ID, source.Key)
			assert.NotEmpty(t, source.Citation, "%s: %s", s.ID, source.Key)
		}
		for _, m := range s.Missed {
			assert.NotEmpty(t, m.Source, s.ID)
		}
		assert.Regexp(t, regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`), s.ID)
	}
}
