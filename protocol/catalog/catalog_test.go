package catalog_test

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
)

var update = flag.Bool("update", false, "write the files that tests compare with")

// golden compares text with a file, or writes it.
func golden(t *testing.T, name, text string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(filepath.FromSlash(name), []byte(text), 0o644))
		return
	}
	want, err := os.ReadFile(filepath.FromSlash(name))
	require.NoError(t, err)
	assert.Equal(t, string(want), text, "%s is out of date: go test ./protocol/catalog -update", name)
}

// readTestdata reads a JSON file of testdata.
func readTestdata(t *testing.T, name string, v any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	require.NoError(t, d.Decode(v))
}

// parameterFile is the test data: values for parameters of any entry, and of
// single ones.
type parameterFile struct {
	About   string
	Any     map[string]string
	Entries map[string]map[string]string
}

func parameters(t *testing.T) (file parameterFile) {
	t.Helper()
	readTestdata(t, "parameters.json", &file)
	require.Contains(t, file.About, "Test data")
	return file
}

// fill returns an entry with the values of the test data, some of them replaced.
func (f parameterFile) fill(t *testing.T, s protocol.Spec, replaced ...string) protocol.Spec {
	t.Helper()
	for _, p := range s.Parameters {
		v, ok := f.Entries[s.ID][p.Name]
		if !ok {
			v = f.Any[p.Name]
		}
		s = set(t, s, p.Name, v)
	}
	for i := 0; i < len(replaced); i += 2 {
		s = set(t, s, replaced[i], replaced[i+1])
	}
	return s
}

func set(t *testing.T, s protocol.Spec, name, value string) protocol.Spec {
	t.Helper()
	s, err := s.Set(name, value)
	require.NoError(t, err)
	return s
}

// compiled returns an entry with the test data's values, some of them replaced.
func compiled(t *testing.T, id string, replaced ...string) *protocol.Protocol {
	t.Helper()
	s, ok := catalog.Lookup(id)
	require.True(t, ok, id)
	p, err := parameters(t).fill(t, s, replaced...).Compile()
	require.NoError(t, err, id)
	return p
}

// Every entry leaves open what its sources leave open, and nothing else is
// wrong with it.
func TestEveryEntryRefusesUnsetParameters(t *testing.T) {
	seen := map[string]bool{}
	before := ""
	for s := range catalog.All() {
		assert.Less(t, before, s.ID, "in the order of ids")
		before = s.ID
		seen[s.ID] = true
		assert.NotEmpty(t, s.Version, s.ID)
		assert.NotEmpty(t, s.Title, s.ID)
		assert.NotEmpty(t, s.Sources, s.ID)
		_, err := s.Compile()
		list, ok := errors.AsType[protocol.ErrorList](err)
		require.True(t, ok, "%s: %v", s.ID, err)
		for _, e := range list {
			assert.Equal(t, protocol.CodeUnset, e.Code, "%s: %v", s.ID, e)
			assert.ErrorIs(t, e, protocol.ErrUnset)
		}
		for _, p := range s.Parameters {
			assert.NotEmpty(t, p.Doc, "%s: %s", s.ID, p.Name)
			assert.Empty(t, p.Value, "%s: %s", s.ID, p.Name)
		}

		found, ok := catalog.Lookup(s.ID)
		require.True(t, ok)
		assert.Equal(t, s, found)
	}
	assert.True(t, seen["ketamine-iv-taper"])
	_, ok := catalog.Lookup("no-such-protocol")
	assert.False(t, ok)
}

func TestEveryEntryCompiles(t *testing.T) {
	file := parameters(t)
	for s := range catalog.All() {
		_, err := file.fill(t, s).Compile()
		assert.NoError(t, err, s.ID)
		for name := range file.Entries[s.ID] {
			assert.True(t, slices.ContainsFunc(s.Parameters, func(p protocol.Parameter) bool { return p.Name == name }), "%s has no parameter %s", s.ID, name)
		}
		delete(file.Entries, s.ID)
	}
	assert.Empty(t, file.Entries, "no such entries")
}

// Every choice that an entry offers is one that it accepts, and so are both ends
// of every range.
func TestEveryChoiceCompiles(t *testing.T) {
	file := parameters(t)
	for s := range catalog.All() {
		for _, p := range s.Parameters {
			values := p.Choices
			for _, end := range []string{p.Low, p.High} {
				if end != "" {
					values = append(values, end)
				}
			}
			for _, value := range values {
				changed := file.fill(t, s, p.Name, value)
				if strings.ContainsAny(value, "45") && strings.Contains(value, "-") {
					changed = set(t, changed, "min-gap", "1") // four or five a week have no room at the gap of the test data
				}
				_, err := changed.Compile()
				assert.NoError(t, err, "%s: %s = %s", s.ID, p.Name, value)
			}
		}
	}
}

// What a caller gets is the caller's to change.
func TestEntriesAreCopies(t *testing.T) {
	s, _ := catalog.Lookup("spravato-us-trd")
	s.Phases[0].Name, s.Phases[0].Visit.Tasks[0].Text = "changed", "changed"
	again, _ := catalog.Lookup("spravato-us-trd")
	assert.Equal(t, "weeks 1 to 4", again.Phases[0].Name)
	assert.Equal(t, "no food", again.Phases[0].Visit.Tasks[0].Text)

	for range catalog.All() {
		break // the sequence can be left, and begun again
	}
}

func TestKetamineIVTaper(t *testing.T) {
	p := compiled(t, "ketamine-iv-taper")
	// The article: three, two, then one a week for three weeks; then once a
	// month, read here as every four weeks.
	assert.Equal(t, "3-2-1-1-1 then every 4w", p.Cadence().String())
	assert.Equal(t, "ketamine-iv-taper", p.ID())
	for _, phase := range p.Phases() {
		assert.Equal(t, "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 100 mg", phase.Dose.String())
		assert.Equal(t, 2, phase.MinGap)
	}

	// A month by the calendar is another choice, and another digest.
	q := compiled(t, "ketamine-iv-taper", "maintenance", "every 1mo")
	assert.Equal(t, "3-2-1-1-1 then every 1mo", q.Cadence().String())
	assert.NotEqual(t, p.Digest(), q.Digest())

	// A fixed dose has no basis.
	compiled(t, "ketamine-iv-taper", "dose", "36 mg", "basis", "")

	// A dose per kilogram without one is refused.
	s, _ := catalog.Lookup("ketamine-iv-taper")
	_, err := parameters(t).fill(t, s, "basis", "").Compile()
	require.ErrorIs(t, err, protocol.ErrUnset)
	assert.Contains(t, err.Error(), "basis")
}

// The dose of esketamine by session, as each label has it.
func TestEsketamineDoses(t *testing.T) {
	for _, tt := range []struct {
		id, phase string
		session   int
		want      string
	}{
		{"spravato-us-trd", "weeks 1 to 4", 1, "2 devices of 28 mg 5 min apart"},
		{"spravato-us-trd", "weeks 1 to 4", 2, "2 devices of 28 mg 5 min apart"},
		{"spravato-us-trd", "from week 9", 1, "2 devices of 28 mg 5 min apart, or 84 mg"},
		{"spravato-us-mdsi", "weeks 1 to 4", 8, "3 devices of 28 mg 5 min apart"},
		{"spravato-eu-trd-adult", "weeks 1 to 4", 1, "2 devices of 28 mg 5 min apart"},
		{"spravato-eu-trd-65-and-over", "weeks 1 to 4", 1, "1 device of 28 mg"},
		{"spravato-eu-trd-65-and-over", "weeks 1 to 4", 8, "1 device of 28 mg"},
		{"spravato-eu-trd-65-and-over", "weeks 5 to 8", 1, "1 device of 28 mg, or 56 mg or 84 mg"},
	} {
		assert.Equal(t, tt.want, plannedRule(t, compiled(t, tt.id), tt.phase, tt.session), "%s, %s, session %d", tt.id, tt.phase, tt.session)
	}
}

// What rules out treatment, as section 4.3 of the EU text of 2025 and section 4 of
// the US label have it: nothing else is said to allow no exception.
func TestEsketamineContraindications(t *testing.T) {
	eu := []string{
		"hypersensitivity to esketamine, ketamine or any excipient",
		"aneurysmal vascular disease (intracranial, thoracic or abdominal aorta, peripheral arterial)",
		"history of intracerebral haemorrhage",
		"cardiovascular event within 6 weeks, including myocardial infarction",
	}
	us := []string{
		"aneurysmal vascular disease (thoracic or abdominal aorta, intracranial, peripheral arterial) or arteriovenous malformation",
		"history of intracerebral haemorrhage",
		"hypersensitivity to esketamine, ketamine or any excipient",
	}
	for id, want := range map[string][]string{
		"spravato-eu-trd-adult": eu, "spravato-eu-trd-65-and-over": eu, "spravato-eu-emergency": eu,
		"spravato-us-trd": us, "spravato-us-mdsi": us,
	} {
		s, ok := catalog.Lookup(id)
		require.True(t, ok)
		var hard []string
		for _, c := range s.Contraindications {
			if c.Hard {
				hard = append(hard, c.Text)
			}
		}
		assert.Equal(t, want, hard, id)
	}
}

// plannedRule returns the dose rule of a session of a phase, counted from 1.
func plannedRule(t *testing.T, p *protocol.Protocol, name string, session int) string {
	t.Helper()
	for _, phase := range p.Phases() {
		if phase.Name != name {
			continue
		}
		rule := phase.Dose
		for _, step := range phase.Steps {
			if step.Condition == "" && session >= step.From {
				rule = step.Dose
			}
		}
		return rule.String()
	}
	require.Fail(t, "no phase "+name)
	return ""
}
