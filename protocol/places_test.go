package protocol_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
)

func TestPlacesOfAFile(t *testing.T) {
	src := []byte("{\n  \"id\": \"\u00fc\", \"phases\": [\n    {\"name\": \"a\"}\n  ]\n}\n")
	places := protocol.NewPlaces(src)
	for _, tt := range []struct {
		place        string
		line, column int
		has          bool
	}{
		{"", 1, 1, true},
		{"/id", 2, 9, true},
		{"/phases", 2, 24, true},
		{"/phases/0/name", 3, 14, true},
		{"/phases/0/cadence", 3, 5, false},
		{"/phases/1", 2, 24, false},
		{"/sources/0/key", 1, 1, false},
		{"id", 1, 1, false},
	} {
		line, column := places.Find(tt.place)
		assert.Equal(t, []int{tt.line, tt.column}, []int{line, column}, tt.place)
		assert.Equal(t, tt.has, places.Has(tt.place), tt.place)
	}
	for _, nothing := range []*protocol.Places{nil, {}, protocol.NewPlaces(nil), protocol.NewPlaces([]byte("{"))} {
		line, column := nothing.Find("/id")
		assert.Equal(t, []int{0, 0}, []int{line, column})
		assert.False(t, nothing.Has(""))
	}
}

// "0 min" says that nobody is watched; nothing says nothing.
func TestUnobserved(t *testing.T) {
	const file = `{"format": "regimen/1", "phases": [{"name": "a", "cadence": "1", "visit": {"observation": "0 min"}}]}`
	s, err := protocol.Parse("a", []byte(file))
	require.NoError(t, err)
	require.True(t, s.Phases[0].Visit.Unobserved)
	require.Contains(t, string(protocol.Format(s)), `"observation": "0 min"`)
	stated, err := s.Compile()
	require.NoError(t, err)
	s.Phases[0].Visit.Unobserved = false
	require.NotContains(t, string(protocol.Format(s)), "visit")
	unstated, err := s.Compile()
	require.NoError(t, err)
	require.NotEqual(t, stated.Digest(), unstated.Digest())
	s.Phases[0].Visit.Unobserved, s.Phases[0].Visit.Observation = true, time.Hour
	_, err = s.Compile()
	require.EqualError(t, err, `/phases/0/visit/observation "1 h": want 0 min: the visit says that nobody is watched`)

	// A parameter says it as well, and cannot say it again.
	s.Phases[0].Visit = protocol.Visit{}
	s.Parameters = []protocol.Parameter{{Name: "watch", Fills: []protocol.Place{{Field: protocol.FieldObservation}}, Value: "0 min"}}
	p, err := s.Compile()
	require.NoError(t, err)
	for _, phase := range p.Phases() {
		require.True(t, phase.Visit.Unobserved)
	}
	s.Phases[0].Visit.Unobserved = true
	_, err = s.Compile()
	require.ErrorContains(t, err, "want a field that nothing else gives")
}
