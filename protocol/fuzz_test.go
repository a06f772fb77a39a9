package protocol_test

import (
	"encoding"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/internal/oracle"
	"github.com/regimen-go/regimen/protocol"
)

// A textType is a value of this package with a text form.
type textType interface {
	fmt.Stringer
	encoding.TextAppender
	encoding.TextMarshaler
}

// checkText checks what holds of every text type: what parses has one canonical
// text, which every way of writing gives, which parses to the same value, and
// which prints the same again. What does not parse gives the zero value and an
// error that is fit to be shown.
func checkText[T textType](t *testing.T, s string, parse func(string) (T, error), equal func(T, T) bool) (v T, ok bool) {
	t.Helper()
	v, err := parse(s)
	if err != nil {
		if !equal(v, *new(T)) {
			t.Fatalf("%q: an error and a value, %v", s, v)
		}
		checkError(t, s, err)
		return v, false
	}
	canonical := v.String()
	again, err := parse(canonical)
	if err != nil || !equal(again, v) || again.String() != canonical {
		t.Fatalf("%q: canonical text %q gives %v, %v", s, canonical, again, err)
	}
	marshalled, err := v.MarshalText()
	if err != nil || string(marshalled) != canonical {
		t.Fatalf("%q: marshals to %q, %v", s, marshalled, err)
	}
	appended, err := v.AppendText([]byte("x"))
	if err != nil || string(appended) != "x"+canonical {
		t.Fatalf("%q: appends %q, %v", s, appended, err)
	}
	read := new(T)
	unmarshaler, isText := any(read).(encoding.TextUnmarshaler)
	if !isText || unmarshaler.UnmarshalText([]byte(s)) != nil || !equal(*read, v) {
		t.Fatalf("%q: does not unmarshal", s)
	}
	return v, true
}

// checkError checks what holds of every error about a text.
func checkError(t *testing.T, s string, err error) {
	t.Helper()
	e, ok := errors.AsType[*protocol.Error](err)
	if !ok || !errors.Is(err, protocol.ErrNotation) {
		t.Fatalf("%q: error %T, %v", s, err, err)
	}
	if e.Offset < -1 || e.Offset > len(s) || e.Offset > len(e.Value) || !strings.HasPrefix(s, e.Value) {
		t.Fatalf("%q: offset %d in %q", s, e.Offset, e.Value)
	}
	if e.Place == "" || e.Code == "" || !strings.HasPrefix(e.Want, "want ") || len(e.Want) > 4200 {
		t.Fatalf("%q: incomplete error %+v", s, e)
	}
	if text := err.Error(); !strings.HasSuffix(text, e.Want) || strings.ContainsAny(text, "\n\r\t") {
		t.Fatalf("%q: unfit to show: %q", s, text)
	}
}

// checkCadence checks a text against the notation read a second time, by
// regular expressions.
func checkCadence(t *testing.T, s string) (protocol.Cadence, bool) {
	t.Helper()
	c, ok := checkText(t, s, protocol.ParseCadence, protocol.Cadence.Equal)
	want, err := oracle.Parse(s)
	// The oracle does not know that the canonical text has a limit too.
	if accepted := err == nil && len(want.String()) <= 4096; ok != accepted {
		t.Fatalf("%q: accepted %t, want %t (%v)", s, ok, accepted, err)
	}
	if ok && c.String() != want.String() {
		t.Fatalf("%q: canonical text %q, want %q", s, c, want)
	}
	return c, ok
}

func cadenceSeeds() []string {
	return []string{
		"", " ", "3-2-1-1-1", "3-0-2", "3-3", "1/wk x1", "2/wk x4", "2/wk", "3-2 then 1/wk", "every 4w", "every 4w(1w..8w)", "every 1mo (30d..5w) x2 from week 9",
		"days 1, 8 of 21 x6", "days 1,8 of 21 x6", "weeks 0, 2, 6", "as needed", "3-2-1-1-1 then every 4w x3 then as  needed",
		"3--1", "0-2", "2-0", "8", "03-2", "every 0w", "every 4w then 1", "3/wk x99999999999", "every 4 w", "3 - 2", "x 4", "every 4w ( 1w..8w)",
		"bi-weekly", "BIW", "TIW", "monthly", "q2w", "3x/week", "twice a week", "once every 4 weeks", "every four weeks", "p.r.n.",
		"3\tthen 1", "3–2", "\xff", "every 3650mo x1000 from week 3650", "7/wk x1000 then 7/wk x1000",
	}
}

func FuzzParseCadence(f *testing.F) {
	for _, s := range cadenceSeeds() {
		f.Add(s)
	}
	f.Fuzz(mangle.Target(func(t *testing.T, s string) { checkCadence(t, s) }))
}

func FuzzParseDaySet(f *testing.F) {
	for _, s := range []string{"Mon", "Mon,Wed,Fri", "Sun,Sat", "Mon,Mon", "mon", "Mon, Wed", "Mon,", "", ",", "Monday", "Sun,Mon,Tue,Wed,Thu,Fri,Sat"} {
		f.Add(s)
	}
	f.Fuzz(mangle.Target(func(t *testing.T, s string) {
		set, ok := checkText(t, s, protocol.ParseDaySet, func(a, b protocol.DaySet) bool { return a == b })
		// The obvious reading: the parts are names of different days.
		parts := strings.Split(s, ",")
		var days []time.Weekday
		for d := range time.Weekday(7) {
			if slices.Contains(parts, d.String()[:3]) {
				days = append(days, d)
			}
		}
		if want := len(days) == len(parts); ok != want {
			t.Fatalf("%q: accepted %t, want %t", s, ok, want)
		}
		if ok && set != protocol.OnDays(days...) {
			t.Fatalf("%q: %v, want %v", s, set, days)
		}
	}))
}

// A minutes is a duration with the text form of this package.
type minutes time.Duration

func parseMinutes(s string) (minutes, error) {
	d, err := protocol.ParseDuration(s)
	return minutes(d), err
}

func (m minutes) String() string                       { return protocol.FormatDuration(time.Duration(m)) }
func (m minutes) AppendText(b []byte) ([]byte, error)  { return append(b, m.String()...), nil }
func (m minutes) MarshalText() ([]byte, error)         { return []byte(m.String()), nil }
func (m *minutes) UnmarshalText(text []byte) (e error) { *m, e = parseMinutes(string(text)); return e }

func FuzzParseDuration(f *testing.F) {
	for _, s := range []string{"40 min", "2 h", "0 min", "0 h", "24 h", "25 h", "1440 min", "1441 min", "60 min", "90 min", "1.5 h", "040 min", "+2 h", "-2 h", "2  h", "2h", " 2 h", "99999999999999999999 h", "2 hours"} {
		f.Add(s)
	}
	f.Fuzz(mangle.Target(func(t *testing.T, s string) {
		got, ok := checkText(t, s, parseMinutes, func(a, b minutes) bool { return a == b })
		// The obvious reading: one of the 1441 + 25 texts that there are.
		want, accepted := time.Duration(-1), false
		for n := range 1441 {
			if s == strconv.Itoa(n)+" min" {
				want, accepted = time.Duration(n)*time.Minute, true
			}
			if n <= 24 && s == strconv.Itoa(n)+" h" {
				want, accepted = time.Duration(n)*time.Hour, true
			}
		}
		if ok != accepted || ok && time.Duration(got) != want {
			t.Fatalf("%q: %v, %t, want %v, %t", s, got, ok, want, accepted)
		}
	}))
}

// Texts put together from the pieces of the notation, most of them nearly right,
// read like the oracle reads them.
func TestParseCadenceLikeTheOracle(t *testing.T) {
	pieces := []string{
		"1", "2", "3", "7", "0", "8", "10", "21", "520", "521", "1000", "1001", "3650", "3651", "04", "-", "-", "-", "/wk", " x", " x4", "x", " ", " ", "  ",
		"every ", "every 4w", "every 1mo", "d", "w", "mo", " (", "(", ")", "..", "(1w..8w)", " from week ", " from week 9", "days ", "days 1, 8", " of ", " of 21",
		", ", ",", "weeks ", "weeks 0, 2", "as needed", "as ", "needed", " then ", " then ", " then ", "\t",
	}
	r := rand.New(rand.NewPCG(1, 2))
	accepted := 0
	for range 60_000 {
		var s strings.Builder
		for range 1 + r.IntN(7) {
			s.WriteString(pieces[r.IntN(len(pieces))])
		}
		if _, ok := checkCadence(t, s.String()); ok {
			accepted++
		}
	}
	require.Greater(t, accepted, 500)
}

// randomCadence returns a cadence that is not endless or as needed.
func randomCadence(r *rand.Rand) protocol.Cadence {
	var segments []string
	for range 1 + r.IntN(3) {
		n := func(most int) string { return strconv.Itoa(1 + r.IntN(most)) }
		switch r.IntN(5) {
		case 0:
			segments = append(segments, n(7)+"-"+strconv.Itoa(r.IntN(8))+"-"+n(7))
		case 1:
			segments = append(segments, n(7)+"/wk x"+n(1000))
		case 2:
			segments = append(segments, "every "+n(3650)+[]string{"d", "w", "mo"}[r.IntN(3)]+" x"+n(1000)+[]string{"", " from week " + n(3650)}[r.IntN(2)])
		case 3:
			segments = append(segments, "days "+n(10)+", "+strconv.Itoa(11+r.IntN(10))+" of 2"+n(9)+" x"+n(1000))
		case 4:
			segments = append(segments, "weeks 0, "+n(520))
		}
	}
	return protocol.MustCadence(strings.Join(segments, " then "))
}

func TestRandomCadences(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 5000 {
		c, ok := checkCadence(t, randomCadence(r).String())
		require.True(t, ok)
		// Spaces where a space stands, and none where none is needed, say the same.
		spaced := strings.ReplaceAll(c.String(), " ", "   ")
		tight := strings.NewReplacer(", ", ",", " (", "(").Replace(c.String())
		require.True(t, protocol.MustCadence(spaced).Equal(c))
		require.True(t, protocol.MustCadence(tight).Equal(c))
		for _, wrong := range []string{" " + c.String(), c.String() + " ", strings.Replace(c.String(), " ", "\t", 1) + "\t", strings.ToUpper(c.String()) + " THEN 1"} {
			_, accepted := checkCadence(t, wrong)
			require.False(t, accepted, wrong)
		}
	}
}
