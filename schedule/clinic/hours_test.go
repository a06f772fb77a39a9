package clinic_test

import (
	"strings"
	"testing"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/mangle"
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
	for in, past := range map[string]bool{"08:00-17:00": false, "08:00-24:00": false, "20:00-02:00": true, "23:59-00:01": true} {
		h, err := clinic.ParseHours(in)
		require.NoError(t, err)
		assert.Equal(t, in, h.String())
		assert.Equal(t, past, h.PastMidnight(), in)
	}
	for in, want := range map[string]string{
		"":              `hours "": want two times with a hyphen between them, such as 08:00-17:00`,
		"08:00":         `hours "08:00": want two times with a hyphen between them, such as 08:00-17:00`,
		"08:00-08:00":   `hours "08:00-08:00" at offset 6: want a closing time that is not the opening time`,
		"24:00-02:00":   `hours "24:00-02:00": want an opening time before 24:00`,
		"20:00-00:00":   `hours "20:00-00:00" at offset 6: want 24:00 for the midnight that ends the day`,
		"8:00-17:00":    `hours "8:00-17:00": want a time from 00:00 to 24:00, written HH:MM`,
		"08:00-17:00 ":  `hours "08:00-17:00 " at offset 6: want a time from 00:00 to 24:00, written HH:MM`,
		"08:00-17:x0":   `hours "08:00-17:x0" at offset 9: want a time from 00:00 to 24:00, written HH:MM`,
		"08:00 - 17:00": `hours "08:00 - 17:00": want a time from 00:00 to 24:00, written HH:MM`,
	} {
		_, err := clinic.ParseHours(in)
		require.EqualError(t, err, want)
		assert.ErrorIs(t, err, clinic.ErrSyntax)
	}
	assert.Panics(t, func() { clinic.MustHours("x") })
}

// The text of no time is "", and an error says where in the text it is from the
// second byte on.
func TestTextOfTimes(t *testing.T) {
	at, err := clinic.ParseTimeOfDay("08:05")
	require.NoError(t, err)
	text, err := at.AppendText([]byte("at "))
	require.NoError(t, err)
	assert.Equal(t, "at 08:05", string(text))
	require.NoError(t, at.UnmarshalText(nil))
	assert.True(t, at.IsZero())
	text, err = at.AppendText([]byte("at "))
	require.NoError(t, err)
	assert.Equal(t, "at ", string(text))
	_, err = clinic.ParseTimeOfDay("0x:00")
	require.EqualError(t, err, `time of day "0x:00" at offset 1: want a time from 00:00 to 24:00, written HH:MM`)
	_, err = clinic.ParseTimeOfDay("x0:00")
	require.EqualError(t, err, `time of day "x0:00": want a time from 00:00 to 24:00, written HH:MM`)
}

func hours(texts string) (list []clinic.Hours) {
	for s := range strings.FieldsSeq(texts) {
		list = append(list, clinic.MustHours(s))
	}
	return list
}

func TestCheckHours(t *testing.T) {
	for _, fine := range []string{
		"", "00:00-24:00", "08:00-12:00 13:00-17:00", "08:00-12:00 12:00-17:00", "20:00-02:00", "08:00-12:00 20:00-02:00",
		"08:00-12:00 12:00-07:59", "00:00-08:00 20:00-24:00",
	} {
		assert.Nil(t, clinic.CheckHours(hours(fine)), fine)
	}
	for list, want := range map[string]string{
		"13:00-17:00 08:00-12:00":             `: want hours in order that do not overlap 13:00-17:00`,
		"08:00-12:00 11:59-13:00":             `: want hours in order that do not overlap 08:00-12:00`,
		"20:00-02:00 23:00-24:00":             `: want hours in order that do not overlap 20:00-02:00`,
		"20:00-02:00 03:00-04:00":             `: want hours in order that do not overlap 20:00-02:00`,
		"01:00-12:00 12:00-02:00":             `: want hours that end before those of the day have begun for 24 hours, at 01:00`,
		"02:00-12:00 12:00-02:00":             `: want hours that end before those of the day have begun for 24 hours, at 02:00`,
		"08:00-12:00 14:00-15:00 20:00-08:00": `: want hours that end before those of the day have begun for 24 hours, at 08:00`,
	} {
		err := clinic.CheckHours(hours(list))
		require.NotNil(t, err, list)
		texts := strings.Fields(list)
		assert.Equal(t, ` "`+err.Value+`"`+want, err.Error())
		assert.Contains(t, texts, err.Value)
	}
}

func TestJoined(t *testing.T) {
	for in, want := range map[string]string{
		"":                        "",
		"08:00-12:00 13:00-17:00": "08:00-12:00 13:00-17:00",
		"08:00-12:00 12:00-17:00": "08:00-17:00",
		"08:00-09:00 09:00-10:00 10:00-11:00 12:00-13:00": "08:00-11:00 12:00-13:00",
		"08:00-12:00 12:00-02:00":                         "08:00-02:00",
		"00:00-08:00 08:00-24:00":                         "00:00-24:00",
	} {
		from := hours(in)
		assert.Equal(t, hours(want), clinic.Joined(from), in)
		assert.Equal(t, hours(in), from, "the hours stay as they were")
	}
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
	for _, s := range []string{"", "08:00", "24:00", "08:00-17:00", "00:00-24:00", "20:00-02:00"} {
		f.Add(s)
	}
	f.Fuzz(mangle.Target(func(t *testing.T, s string) {
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
	}))
}
