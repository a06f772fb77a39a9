package protocol_test

import (
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
)

// openFile has parameters for everything; their values are test data.
const openFile = `{
  "format": "regimen/1",
  "phases": [
    {"name": "a", "cadence": "4-3", "dose": "?, hard max 84 mg"}
  ],
  "parameters": [
    {"name": "amount", "fills": ["amount"]},
    {"name": "gap", "fills": ["minGap"]},
    {"name": "time", "fills": ["administration"], "value": "40 min"}
  ]
}`

func located(t *testing.T, values ...string) []string {
	t.Helper()
	s, err := protocol.Parse("open.json", []byte(openFile))
	require.NoError(t, err)
	_, err = set(t, s, values...).Compile()
	require.Error(t, err)
	err = protocol.Locate("open.json", []byte(openFile), err)
	list, ok := errors.AsType[protocol.ErrorList](err)
	require.True(t, ok)
	checkPositions(t, []byte(openFile), list)
	var lines []string
	for _, e := range list {
		lines = append(lines, e.Error())
	}
	return lines
}

func TestLocate(t *testing.T) {
	assert.Equal(t, []string{
		`open.json:7:5: /parameters/0: want a value of "amount" [parameter-unset]`,
		`open.json:8:5: /parameters/1: want a value of "gap" [parameter-unset]`,
	}, located(t))
	// What the file does not have is where it would be, with what was found.
	assert.Equal(t, []string{
		`open.json:4:5: /phases/0/minGap: want a gap that a week of 4 sessions can hold: at most 2 days [gap]`,
		`open.json:4:46: /phases/0/dose: want at most the hard max, 84 mg, got "90 mg" [dose-rule]`,
	}, located(t, "amount", "90 mg", "gap", "3 days"))
	assert.Equal(t, []string{
		`open.json:7:5: /parameters/0/value: want mg, mcg or g; write mg, got "56 mgs" [value]`,
		`open.json:8:5: /parameters/1/value: want whole days from 1 to 3650, such as 2 days, got "2 weeks" [value]`,
		`open.json:9:60: /parameters/2/value: want whole minutes or hours up to 24 h, such as 40 min or 2 h, got "40" [value]`,
	}, located(t, "amount", "56 mgs", "gap", "2 weeks", "time", "40"))
}

func TestLocateLeavesOtherErrors(t *testing.T) {
	other := errors.New("another error")
	assert.Equal(t, other, protocol.Locate("f", []byte(openFile), other))
	_, err := protocol.Spec{}.Compile()
	require.Error(t, err)
	assert.Equal(t, err, protocol.Locate("f", []byte("no JSON"), err))
	assert.NoError(t, protocol.Locate("f", []byte(openFile), nil))
	_, err = protocol.Spec{}.Set("x", "y")
	assert.Equal(t, err, protocol.Locate("f", []byte(openFile), err))
}

// Unset parameters are what a file may have; everything else is found when it is
// read.
func TestParseLeavesParametersUnset(t *testing.T) {
	src, err := os.ReadFile("testdata/example.json")
	require.NoError(t, err)
	s, err := protocol.Parse("example.json", src)
	require.NoError(t, err)
	_, err = s.Compile()
	require.ErrorIs(t, err, protocol.ErrUnset)
	require.NotErrorIs(t, err, protocol.ErrInvalid)

	p, err := set(t, s, "basis", "lean").Compile()
	require.NoError(t, err)
	for i, phase := range p.Phases() {
		if i > 0 {
			assert.Contains(t, phase.Dose.String(), "of lean weight")
		}
		for _, step := range phase.Steps {
			assert.Contains(t, step.Dose.String(), "0.75 mg/kg of lean weight")
		}
	}
	assert.Equal(t, "1 then 3-2-1-1-1 then every 4w (2w..8w)", p.Cadence().String())
}
