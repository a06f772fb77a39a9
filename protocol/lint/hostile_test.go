package lint_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
	"github.com/regimen-go/regimen/protocol/lint"
)

// No rule fails, whatever a protocol lacks.
func TestNoRuleFails(t *testing.T) {
	specs := []protocol.Spec{
		{},
		{Phases: make([]protocol.Phase, 3)},
		{Gates: make([]protocol.Gate, 2), FollowUps: make([]protocol.FollowUpVisit, 1)},
		{Phases: []protocol.Phase{{Name: "taper", Dose: dose.MustRule("56 mg"), Steps: make([]protocol.Step, 2), Window: new(protocol.Window)}}},
		{Parameters: make([]protocol.Parameter, 2), Sources: make([]protocol.Source, 2)},
		{Phases: []protocol.Phase{{Name: "a", Cadence: protocol.MustCadence("2/wk"), MinGap: 9, Window: &protocol.Window{Before: 400}}}},
		{Title: "every days 1 of weeks 0 single a month once per week 3-2- every", Phases: []protocol.Phase{{Name: "a", Cadence: protocol.MustCadence("as needed")}}},
	}
	for s := range catalog.All() {
		specs = append(specs, s)
	}
	names, err := filepath.Glob("../testdata/regimens/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		src, err := os.ReadFile(name)
		require.NoError(t, err)
		if s, err := protocol.Parse(name, src); err == nil {
			specs = append(specs, s)
		}
	}
	for i, s := range specs {
		for _, f := range lint.Check(s, lint.Options{}) {
			assert.NotEqual(t, lint.RuleFailed, f.Code, "%d: %s", i, f)
			assert.NotEmpty(t, f.Text)
		}
	}
	var files []lint.File
	for _, s := range specs {
		files = append(files, lint.File{Spec: s, Earlier: &s})
	}
	for _, f := range lint.Collection(files, lint.Options{}) {
		assert.NotEqual(t, lint.RuleFailed, f.Code, f)
	}
}

// A file with many choices is looked at with some of them.
func TestManyChoices(t *testing.T) {
	s := clean(t)
	s.Phases[2].Visit.Unobserved = false
	for i := range 3 {
		p := protocol.Parameter{Name: "p" + strconv.Itoa(i), Fills: []protocol.Place{{Phase: "maintenance", Field: []protocol.Field{protocol.FieldObservation, protocol.FieldCap, protocol.FieldFollows}[i]}}}
		for k := range 900 {
			p.Choices = append(p.Choices, strconv.Itoa(k+1)+[]string{" min", " mg", "x"}[i])
		}
		s.Parameters = append(s.Parameters, p)
	}
	s.Parameters = s.Parameters[:5]
	variants := 0
	lint.Check(s, lint.Options{Rules: []lint.Rule{{Code: "count", Severity: lint.Info, Check: func(s *lint.Subject, _ lint.Report) { variants = len(s.Variants()) }}}})
	require.Greater(t, variants, 100)
	require.LessOrEqual(t, variants, 201)
}
