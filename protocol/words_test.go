package protocol_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
)

// words checks the texts of an enumeration: each is read back, nothing else is.
func words[E interface {
	~uint8
	comparable
	fmt.Stringer
	encoding.TextMarshaler
}, P interface {
	*E
	encoding.TextUnmarshaler
}](t *testing.T, parse func(string) (E, error), refusal string, want ...string) {
	t.Helper()
	for i, word := range want {
		v := E(i + 1)
		assert.Equal(t, word, v.String())
		got, err := parse(word)
		require.NoError(t, err)
		assert.Equal(t, v, got)
		text, err := json.Marshal(map[E]E{v: v})
		require.NoError(t, err)
		assert.Equal(t, fmt.Sprintf("{%q:%q}", word, word), string(text))
		var read map[E]E
		require.NoError(t, json.Unmarshal(text, &read))
		assert.Equal(t, map[E]E{v: v}, read)
	}

	beyond := E(len(want) + 1)
	_, err := beyond.MarshalText()
	assert.EqualError(t, err, fmt.Sprintf(refusal, beyond.String()))
	assert.ErrorIs(t, err, protocol.ErrInvalid)

	for _, bad := range []string{"", " ", want[0] + " ", "x" + want[0], beyond.String(), E(0).String()} {
		v, err := parse(bad)
		assert.Zero(t, v)
		assert.ErrorIs(t, err, protocol.ErrNotation, "%q", bad)
		e, ok := errors.AsType[*protocol.Error](err)
		require.True(t, ok)
		assert.Equal(t, protocol.CodeValue, e.Code)
	}
	v := E(1)
	require.EqualError(t, P(&v).UnmarshalText([]byte("twice")), fmt.Sprintf(refusal, "twice"))
	assert.Equal(t, E(1), v, "unchanged after an error")
	require.NoError(t, P(&v).UnmarshalText(nil))
	assert.Zero(t, v)
	text, err := v.MarshalText()
	require.NoError(t, err)
	assert.Empty(t, text)
}

func TestWords(t *testing.T) {
	words(t, protocol.ParseGrade, `grade %q: want primary, secondary or unverified`, "primary", "secondary", "unverified")
	words(t, protocol.ParseVisitKind, `kind %q: want dosing, preparation, integration, follow-up or assessment`,
		"dosing", "preparation", "integration", "follow-up", "assessment")
	words(t, protocol.ParseMoment, `moment %q: want arrival, administration start, administration end or departure`,
		"arrival", "administration start", "administration end", "departure")
	words(t, protocol.ParseAudience, `audience %q: want patient, staff or both`, "patient", "staff", "both")
	words(t, protocol.ParseStage, `stage %q: want before, during or after`, "before", "during", "after")
	words(t, protocol.ParseDecision, `decision %q: want continue, stop, extend, step back or change`,
		"continue", "stop", "extend", "step back", "change")
	words(t, protocol.ParsePeriod, `per %q: want day, treatment week or plan`, "day", "treatment week", "plan")
	words(t, protocol.ParseKind, `kind %q: want weekly, every, cycle or weeks`, "weekly", "every", "cycle", "weeks")
	words(t, protocol.ParseUnit, `unit %q: want d, w or mo`, "d", "w", "mo")
	words(t, protocol.ParseField, `field %q: want cadence, amount, basis, cap, rounding, maximum, minGap, administration, observation, climb, follows or steps`,
		"cadence", "amount", "basis", "cap", "rounding", "maximum", "minGap", "administration", "observation", "climb", "follows", "steps")
	words(t, protocol.ParseClimb, `climb %q: want free or by one`, "free", "by one")
	words(t, protocol.ParseFollows, `follows %q: want rule or last given`, "rule", "last given")
}

func TestPlaceText(t *testing.T) {
	for text, place := range map[string]protocol.Place{
		"minGap":               {Field: protocol.FieldMinGap},
		"cadence of a of b":    {Phase: "a of b", Field: protocol.FieldCadence},
		"climb of maintenance": {Phase: "maintenance", Field: protocol.FieldClimb},
	} {
		read, err := protocol.ParsePlace(text)
		require.NoError(t, err)
		assert.Equal(t, place, read)
		written, err := json.Marshal(place)
		require.NoError(t, err)
		assert.Equal(t, `"`+text+`"`, string(written))
		var back protocol.Place
		require.NoError(t, json.Unmarshal(written, &back))
		assert.Equal(t, place, back)
	}
	place := protocol.Place{Field: protocol.FieldCap}
	require.EqualError(t, place.UnmarshalText([]byte("cap of ")), `place "cap of " at offset 0: want cadence, amount, basis, cap, rounding, maximum, `+
		`minGap, administration, observation, climb, follows or steps, alone or as in cadence of maintenance, or as in part bolus amount of induction or medicine ondansetron amount`)
	assert.Equal(t, protocol.Place{Field: protocol.FieldCap}, place)
	_, err := protocol.Place{Phase: "a", Field: 99}.MarshalText()
	assert.ErrorIs(t, err, protocol.ErrInvalid)
	text, err := protocol.Place{Phase: "a"}.MarshalText()
	assert.ErrorIs(t, err, protocol.ErrInvalid, "a place without a field is none")
	assert.Nil(t, text)
}
