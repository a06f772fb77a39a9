package clinic_test

import (
	"testing"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func TestParseTimeOfDay(t *testing.T) {
	for in, minutes := range map[string]int{"00:00": 0, "08:05": 485, "23:59": 1439, "24:00": 1440} {
		v, err := clinic.ParseTimeOfDay(in)
		require.NoError(t, err)
		assert.Equal(t, minutes, v.Minutes())
		assert.Equal(t, in, v.String())
	}
	for _, in := range []string{"", "8:00", "08:60", "24:01", "25:00", "08.00", "08:00 ", "0８:00", "-1:00", "08:00:00", "noon"} {
		v, err := clinic.ParseTimeOfDay(in)
		require.ErrorIs(t, err, clinic.ErrSyntax, in)
		assert.Contains(t, err.Error(), "want a time from 00:00 to 24:00, written HH:MM")
		assert.True(t, v.IsZero())
	}
	assert.Equal(t, -1, clinic.TimeOfDay{}.Minutes())
	assert.Empty(t, clinic.TimeOfDay{}.String())
	_, ok := clinic.NewTimeOfDay(1441)
	assert.False(t, ok)
	_, ok = clinic.NewTimeOfDay(-1)
	assert.False(t, ok)
}

func TestParseHours(t *testing.T) {
	h, err := clinic.ParseHours("08:00-24:00")
	require.NoError(t, err)
	assert.Equal(t, "08:00-24:00", h.String())
	for in, want := range map[string]string{
		"":              `hours "": want two times with a hyphen between them, such as 08:00-17:00`,
		"08:00":         `hours "08:00": want two times with a hyphen between them, such as 08:00-17:00`,
		"17:00-08:00":   `hours "17:00-08:00": want a closing time after the opening time`,
		"08:00-08:00":   `hours "08:00-08:00": want a closing time after the opening time`,
		"8:00-17:00":    `opening: time of day "8:00": want a time from 00:00 to 24:00, written HH:MM`,
		"08:00-17:00 ":  `closing: time of day "17:00 ": want a time from 00:00 to 24:00, written HH:MM`,
		"08:00 - 17:00": `opening: time of day "08:00 ": want a time from 00:00 to 24:00, written HH:MM`,
	} {
		_, err := clinic.ParseHours(in)
		require.EqualError(t, err, want)
		assert.ErrorIs(t, err, clinic.ErrSyntax)
	}
	assert.Panics(t, func() { clinic.MustHours("x") })
}

func day(s string) date.Date {
	d, _, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Texts are canonical: what is read is written as it was.
func FuzzHours(f *testing.F) {
	for _, s := range []string{"", "08:00", "24:00", "08:00-17:00", "00:00-24:00", "17:00-08:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if h, err := clinic.ParseHours(s); err == nil {
			require.Equal(t, s, h.String())
		} else {
			require.ErrorIs(t, err, clinic.ErrSyntax)
			require.Zero(t, h)
		}
		var v clinic.TimeOfDay
		if err := v.UnmarshalText([]byte(s)); err != nil {
			require.ErrorIs(t, err, clinic.ErrSyntax)
			require.Zero(t, v)
			return
		}
		text, err := v.MarshalText()
		require.NoError(t, err)
		require.Equal(t, s, string(text))
	})
}
