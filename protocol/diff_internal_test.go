package protocol

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every single change of a field is seen, and doing what was seen makes it, in both
// directions and after a way through JSON.
func TestDiffOfEveryField(t *testing.T) {
	base := fullSpec()
	for i := range base.Phases { // what the parameters fill is not stated
		base.Phases[i].MinGap, base.Phases[i].Visit.Administration = 0, 0
		possibleRows(base.Phases[i].MissedDoses)
	}
	compilableBeside(base)
	q := &base.Parameters[1]
	q.Fills = []Place{{"a", FieldAdministration, "", ""}, {"b", FieldAdministration, "", ""}}
	q.Choices, q.MultipleOf, q.Low, q.High, q.Value = []string{"50 min", "1 h"}, "10 min", "50 min", "60 min", "50 min"
	unchanged, whole := string(Format(base)), digest(base)
	_, err := Parse("", []byte(unchanged))
	require.NoError(t, err)
	changed := base.Clone()
	applied, refused := 0, 0
	eachChange(t, "Spec", reflect.ValueOf(&changed).Elem(), func(path string) {
		written := Format(changed)
		after, err := Parse("", written)
		d, diffErr := Diff(base, changed)
		if err != nil {
			refused++
			require.Error(t, diffErr, path)
			return
		}
		applied++
		require.NoError(t, diffErr, path)
		require.Equal(t, string(written) == unchanged, d.IsEmpty(), path)
		require.Equal(t, whole != digest(changed), d.MeaningChanged(), path)
		if applied%4 != 0 && (testing.Short() || strings.Contains(path, "Beside[")) {
			return
		}
		directions := [][2]Spec{{base, after}, {after, base}}
		for _, direction := range directions[:1+applied%4/3] { // back now and then: it is dear
			d, err := Diff(direction[0], direction[1])
			require.NoError(t, err)
			text, err := json.Marshal(d)
			require.NoError(t, err)
			var read Difference
			require.NoError(t, json.Unmarshal(text, &read), path)
			require.Equal(t, d, read, path)
			got, err := read.Apply(direction[0])
			require.NoError(t, err, "%s: %s", path, text)
			require.Equal(t, string(Format(direction[1])), string(Format(got)), path)
			for _, e := range d.Edits() {
				assert.NotEmpty(t, e.Text, path)
				assert.NotContains(t, e.Text, "\n", path)
			}
		}
	})
	require.Greater(t, applied, 200)
	require.Greater(t, refused, 20)
}
