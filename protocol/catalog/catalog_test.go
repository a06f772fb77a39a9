package catalog_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
)

func TestEveryEntryRefusesUnsetParameters(t *testing.T) {
	seen := map[string]bool{}
	for s := range catalog.All() {
		assert.False(t, seen[s.ID], "id %s twice", s.ID)
		seen[s.ID] = true
		assert.NotEmpty(t, s.Version, s.ID)
		assert.NotEmpty(t, s.Title, s.ID)
		assert.NotEmpty(t, s.Sources, s.ID)
		_, err := s.Compile()
		list, ok := errors.AsType[protocol.ErrorList](err)
		require.True(t, ok, "%s: %v", s.ID, err)
		unset := 0
		for _, e := range list {
			assert.Equal(t, protocol.CodeUnset, e.Code, "%s: %v", s.ID, e)
			assert.ErrorIs(t, e, protocol.ErrUnset)
			unset++
		}
		assert.Positive(t, unset)

		found, ok := catalog.Lookup(s.ID)
		require.True(t, ok)
		assert.Equal(t, s, found)
	}
	assert.True(t, seen["ketamine-iv-taper"])
	_, ok := catalog.Lookup("no-such-protocol")
	assert.False(t, ok)
}

// Test data: these values are nobody's recommendation.
func testValues() map[string]string {
	return map[string]string{
		"maintenance": "every 4w", "dose": "0.5 mg/kg", "basis": "actual", "rounding": "0.1 mg half up",
		"maximum": "200 mg", "min-gap": "2", "administration": "40 min", "observation": "2 h",
	}
}

func TestKetamineIVTaper(t *testing.T) {
	s, ok := catalog.Lookup("ketamine-iv-taper")
	require.True(t, ok)
	var err error
	for name, value := range testValues() {
		s, err = s.Set(name, value)
		require.NoError(t, err)
	}
	p, err := s.Compile()
	require.NoError(t, err)
	// The article: three, two, then one a week for three weeks; then once a
	// month, read here as every four weeks.
	assert.Equal(t, "3-2-1-1-1 then every 4w", p.Cadence().String())
	assert.Equal(t, "ketamine-iv-taper", p.ID())
	for _, phase := range p.Phases() {
		assert.Equal(t, "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg", phase.Dose.String())
		assert.Equal(t, 2, phase.MinGap)
	}

	// A month by the calendar is another choice, and another digest.
	monthly, err := s.Set("maintenance", "every 1mo")
	require.NoError(t, err)
	q, err := monthly.Compile()
	require.NoError(t, err)
	assert.Equal(t, "3-2-1-1-1 then every 1mo", q.Cadence().String())
	assert.NotEqual(t, p.Digest(), q.Digest())

	// A fixed dose has no basis.
	fixed := s
	for name, value := range map[string]string{"dose": "36 mg", "basis": ""} {
		fixed, err = fixed.Set(name, value)
		require.NoError(t, err)
	}
	_, err = fixed.Compile()
	require.NoError(t, err)

	// A dose per kilogram without one is refused.
	noBasis, err := s.Set("basis", "")
	require.NoError(t, err)
	_, err = noBasis.Compile()
	require.Error(t, err)
	assert.Contains(t, err.Error(), "basis")
}
