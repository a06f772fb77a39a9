package schedule_test

import (
	"encoding"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/schedule"
)

func TestParseDate(t *testing.T) {
	d, err := schedule.ParseDate("2026-02-28")
	require.NoError(t, err)
	assert.Equal(t, "2026-02-28", d.String())
	for in, want := range map[string]string{
		"2026-02-30": `date "2026-02-30" at offset 8: want a day that this month has`,
		"2026-13-01": `date "2026-13-01" at offset 5: want a month from 01 to 12`,
		"01/02/2026": `date "01/02/2026" at offset 2: want a date written YYYY-MM-DD`,
		"":           `date "": want a date written YYYY-MM-DD`,
		"1899-12-31": `date "1899-12-31": want a year from 1900 to 2200`,
	} {
		_, err := schedule.ParseDate(in)
		require.EqualError(t, err, want)
		assert.ErrorIs(t, err, schedule.ErrSyntax)
	}
	_, err = schedule.ParseDate(strings.Repeat("9", 10<<20))
	require.Error(t, err)
	assert.Less(t, len(err.Error()), 200)
}

func TestMustDate(t *testing.T) {
	assert.Panics(t, func() { schedule.MustDate("x") })
}

func TestParseKeyAndID(t *testing.T) {
	k, err := schedule.ParseKey("0102030405060708090a0b0c0d0e0f10")
	require.NoError(t, err)
	assert.Equal(t, testKey(), k)
	for _, in := range []string{
		"", "01", "0102030405060708090A0B0C0D0E0F10", "00000000000000000000000000000000",
		"0102030405060708090a0b0c0d0e0f1", "0102030405060708090a0b0c0d0e0f1g", "0102030405060708090a0b0c0d0e0f1000",
	} {
		_, err := schedule.ParseKey(in)
		require.ErrorIs(t, err, schedule.ErrSyntax, in)
	}
	for _, in := range []string{"", "abc", "ABCDEFGHIJKLMNOP", "aaaaaaaaaaaaaaa1", "aaaaaaaaaaaaaaaaa", "aaaaaaaa\naaaaaaa", "aaaa\r\ra\ra\r\r\r\r\r\rda", "\r\r\r\r\r\r\r\raaaaaaaa"} {
		_, err := schedule.ParseID(in)
		require.ErrorIs(t, err, schedule.ErrSyntax, "%q", in)
	}
}

// A text type reads back exactly what it writes, and refuses everything else
// with an error that names the value.
type text interface {
	encoding.TextMarshaler
	comparable
}

func checkText[T text, P interface {
	*T
	encoding.TextUnmarshaler
}](t *testing.T, s string) {
	t.Helper()
	var v T
	err := P(&v).UnmarshalText([]byte(s))
	if err != nil {
		assert.ErrorIs(t, err, schedule.ErrSyntax)
		assert.Zero(t, v)
		return
	}
	out, err := v.MarshalText()
	require.NoError(t, err)
	assert.Equal(t, s, string(out), "texts are canonical")
	var again T
	require.NoError(t, P(&again).UnmarshalText(out))
	assert.Equal(t, v, again)
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "0102030405060708090a0b0c0d0e0f10", "aaaaaaaaaaaaaaaa", "2026-02-30", "refuse"} {
		f.Add(s)
	}
	f.Fuzz(mangle.Target(func(t *testing.T, s string) {
		checkText[schedule.Key](t, s)
		checkText[schedule.ID](t, s)
		if d, err := schedule.ParseDate(s); err == nil && d.String() != s {
			t.Errorf("ParseDate(%q) = %s", s, d)
		}
		if p, err := schedule.ParseShortWeek(s); err == nil && p.String() != s {
			t.Errorf("ParseShortWeek(%q) = %s", s, p)
		}
	}))
}
