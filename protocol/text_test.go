package protocol_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
)

func TestParseDaySet(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"Mon", "Mon"},
		{"Sun", "Sun"},
		{"Mon,Wed,Fri", "Mon,Wed,Fri"},
		{"Fri,Wed,Mon", "Mon,Wed,Fri"},
		{"Sun,Mon", "Mon,Sun"}, // the week begins on Monday
		{"Sun,Mon,Tue,Wed,Thu,Fri,Sat", "Mon,Tue,Wed,Thu,Fri,Sat,Sun"},
	} {
		t.Run(test.in, func(t *testing.T) {
			s, err := protocol.ParseDaySet(test.in)
			require.NoError(t, err)
			assert.Equal(t, test.want, s.String())
			assert.Equal(t, strings.Count(test.in, ",")+1, s.Len())
		})
	}

	const want = "want Mon, Tue, Wed, Thu, Fri, Sat or Sun, with commas between them"
	for _, test := range []struct{ in, want string }{
		{"", `weekdays "" at offset 0: ` + want},
		{",", `weekdays "," at offset 0: ` + want},
		{"mon", `weekdays "mon" at offset 0: ` + want},
		{"Monday", `weekdays "Monday" at offset 0: ` + want},
		{"Mon,", `weekdays "Mon," at offset 4: ` + want},
		{"Mon, Wed", `weekdays "Mon, Wed" at offset 4: ` + want},
		{"Mon,Wed ", `weekdays "Mon,Wed " at offset 4: ` + want},
		{"Mon Wed", `weekdays "Mon Wed" at offset 0: ` + want},
		{"Mon,Wed,Mo", `weekdays "Mon,Wed,Mo" at offset 8: ` + want},
		{"Mon,Wed,Mon", `weekdays "Mon,Wed,Mon" at offset 8: want every day once`},
	} {
		t.Run(test.in, func(t *testing.T) {
			s, err := protocol.ParseDaySet(test.in)
			assert.EqualError(t, err, test.want)
			assert.ErrorIs(t, err, protocol.ErrNotation)
			assert.Equal(t, protocol.DaySet{}, s)
		})
	}

	_, err := protocol.ParseDaySet(strings.Repeat("Mon,", 3<<20))
	e, ok := errors.AsType[*protocol.Error](err)
	require.True(t, ok)
	assert.LessOrEqual(t, len(e.Value), 4096)
}

func TestDaySet(t *testing.T) {
	s := protocol.OnDays(time.Friday, time.Sunday, time.Monday, time.Friday, -1, 7, 100)
	assert.Equal(t, "Mon,Fri,Sun", s.String())
	assert.Equal(t, []time.Weekday{time.Monday, time.Friday, time.Sunday}, slices.Collect(s.All()))
	assert.Equal(t, 3, s.Len())
	for d := time.Weekday(-2); d < 20; d++ {
		assert.Equal(t, d == time.Monday || d == time.Friday || d == time.Sunday, s.Has(d), d)
	}
	for range s.All() {
		break
	}

	var zero protocol.DaySet
	assert.Equal(t, zero, protocol.OnDays())
	assert.Zero(t, zero.Len())
	assert.Empty(t, zero.String())
	require.NoError(t, s.UnmarshalText(nil))
	assert.Equal(t, zero, s)
	s = protocol.OnDays(time.Tuesday)
	require.Error(t, s.UnmarshalText([]byte("Tuesday")))
	assert.Equal(t, "Tue", s.String(), "unchanged after an error")
}

func TestParseDuration(t *testing.T) {
	for _, test := range []struct {
		in   string
		want time.Duration
		text string
	}{
		{"0 min", 0, "0 min"},
		{"0 h", 0, "0 min"},
		{"1 min", time.Minute, "1 min"},
		{"40 min", 40 * time.Minute, "40 min"},
		{"60 min", time.Hour, "1 h"},
		{"90 min", 90 * time.Minute, "90 min"},
		{"2 h", 2 * time.Hour, "2 h"},
		{"24 h", 24 * time.Hour, "24 h"},
		{"1440 min", 24 * time.Hour, "24 h"},
	} {
		t.Run(test.in, func(t *testing.T) {
			d, err := protocol.ParseDuration(test.in)
			require.NoError(t, err)
			assert.Equal(t, test.want, d)
			assert.Equal(t, test.text, protocol.FormatDuration(d))
		})
	}
	for _, in := range []string{
		"", " ", "40", "min", "40min", "40  min", " 40 min", "40 min ", "040 min", "+40 min", "-40 min", "1.5 h", "1,5 h", "40 Min", "2 H", "2 hours", "2 hr",
		"40 m", "40 s", "1441 min", "25 h", "65536 h", "99999999999999999999 min", "4０ min", "40\tmin", "1h30m", "1 h 30 min", strings.Repeat("9", 10<<20) + " min",
	} {
		t.Run(name(in), func(t *testing.T) {
			d, err := protocol.ParseDuration(in)
			assert.Zero(t, d)
			assert.ErrorIs(t, err, protocol.ErrNotation)
			assert.ErrorContains(t, err, ": want whole minutes or hours up to 24 h, such as 40 min or 2 h")
			assert.Less(t, len(err.Error()), 300)
		})
	}
	for minutes := range 24*60 + 1 {
		d := time.Duration(minutes) * time.Minute
		read, err := protocol.ParseDuration(protocol.FormatDuration(d))
		require.NoError(t, err)
		require.Equal(t, d, read)
	}
}

// Names of kinds, units, fields and grades are part of files and messages.
func TestNames(t *testing.T) {
	assert.Equal(t, []string{"weekly", "every", "cycle", "weeks", "%!Kind(5)"},
		names(protocol.Weekly, protocol.Every, protocol.Cyclical, protocol.AtWeeks, protocol.AtWeeks+1))
	assert.Equal(t, []string{"d", "w", "mo", "%!Unit(4)"}, names(protocol.Days, protocol.Weeks, protocol.Months, protocol.Months+1))
	assert.Equal(t, []string{"primary", "secondary", "unverified", "%!Grade(4)"},
		names(protocol.Primary, protocol.Secondary, protocol.Unverified, protocol.Unverified+1))
	assert.Equal(t, []string{"cadence", "amount", "basis", "cap", "rounding", "maximum", "minGap", "administration", "observation", "climb", "follows", "steps", "%!Field(13)"},
		names(protocol.FieldCadence, protocol.FieldAmount, protocol.FieldBasis, protocol.FieldCap, protocol.FieldRounding, protocol.FieldMaximum,
			protocol.FieldMinGap, protocol.FieldAdministration, protocol.FieldObservation, protocol.FieldClimb, protocol.FieldFollows, protocol.FieldSteps, protocol.FieldSteps+1))
	assert.Equal(t, []protocol.Code{
		"cadence-syntax", "cadence-range", "cadence-ambiguous", "cadence-order", "too-long", "missing", "value", "duplicate", "parameter-unset", "dose-rule", "gap", "unknown-reference",
	}, []protocol.Code{
		protocol.CodeSyntax, protocol.CodeRange, protocol.CodeAmbiguous, protocol.CodeOrder, protocol.CodeTooLong, protocol.CodeMissing, protocol.CodeValue,
		protocol.CodeDuplicate, protocol.CodeUnset, protocol.CodeDose, protocol.CodeGap, protocol.CodeUnknownRef,
	})
}

func names[T interface{ String() string }](values ...T) []string {
	var list []string
	for _, v := range values {
		list = append(list, v.String())
	}
	return list
}
