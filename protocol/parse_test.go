package protocol_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
)

func TestParseCadence(t *testing.T) {
	longest := strings.Repeat("1 then ", 63) + "1"
	offsets := strings.Repeat("weeks 0, 2, 6 then ", 63) + "weeks 0, 2, 6"
	tests := []struct{ in, want string }{
		// Weekly segments.
		{"1", "1"},
		{"7", "7"},
		{"3-2-1-1-1", "3-2-1-1-1"},
		{"3-0-2", "3-0-2"},
		{"1-0-0-1", "1-0-0-1"},
		{"7-6-5-4-3-2-1", "7-6-5-4-3-2-1"},
		{"3-3", "3/wk x2"},
		{"1-1-1", "1/wk x3"},
		{"2/wk x4", "2/wk x4"},
		{"1/wk x1", "1"},
		{"7/wk x1", "7"},
		{"3/wk x2", "3/wk x2"},
		{"7/wk x1000", "7/wk x1000"},
		{"3/wk   x2", "3/wk x2"},
		{"2/wk", "2/wk"},
		{"1/wk", "1/wk"}, // without end, which "1" is not
		{"3-2-1 then 1/wk", "3-2-1 then 1/wk"},

		// Every.
		{"every 4w", "every 4w"},
		{"every 1d", "every 1d"},
		{"every 3650d", "every 3650d"},
		{"every 3650w", "every 3650w"},
		{"every 3650mo", "every 3650mo"},
		{"every 14d", "every 14d"}, // not every 2w
		{"every  4w", "every 4w"},
		{"every 1mo x4", "every 1mo x4"},
		{"every 4w x1", "every 4w x1"},
		{"every 4w x1000", "every 4w x1000"},
		{"every 2w x13 from week 9", "every 2w x13 from week 9"},
		{"every 2w from week 9", "every 2w from week 9"},
		{"every 2w from week 1", "every 2w from week 1"},
		{"every 2w from week 3650", "every 2w from week 3650"},
		{"every   2w   x13   from   week   9", "every 2w x13 from week 9"},
		{"every 4w (1w..8w)", "every 4w (1w..8w)"},
		{"every 4w(1w..8w)", "every 4w (1w..8w)"},
		{"every 4w   (1w..8w)", "every 4w (1w..8w)"},
		{"every 4w (4w..4w)", "every 4w (4w..4w)"},
		{"every 4w (28d..28d)", "every 4w (28d..28d)"},
		{"every 1mo (30d..30d)", "every 1mo (30d..30d)"}, // a month counts 30 days
		{"every 30d (1mo..1mo)", "every 30d (1mo..1mo)"},
		{"every 4w (1d..1mo)", "every 4w (1d..1mo)"},
		{"every 2w(1w..3w)  x13  from week 9", "every 2w (1w..3w) x13 from week 9"},

		// Cycles.
		{"days 1, 8 of 21 x6", "days 1, 8 of 21 x6"},
		{"days 1,8 of 21 x6", "days 1, 8 of 21 x6"},
		{"days   1,   8   of   21   x6", "days 1, 8 of 21 x6"},
		{"days 1 of 1 x1", "days 1 of 1 x1"},
		{"days 21 of 21 x1000", "days 21 of 21 x1000"},
		{"days 1, 3650 of 3650 x1", "days 1, 3650 of 3650 x1"},

		// Weeks.
		{"weeks 0, 2, 6", "weeks 0, 2, 6"},
		{"weeks 0,2,6", "weeks 0, 2, 6"},
		{"weeks   0,   2", "weeks 0, 2"},
		{"weeks 0", "weeks 0"},
		{"weeks 520", "weeks 520"},
		{"weeks 0, 520", "weeks 0, 520"},

		// Joined.
		{"as needed", "as needed"},
		{"as   needed", "as needed"},
		{"3-2-1-1-1 then every 4w", "3-2-1-1-1 then every 4w"},
		{"3-2   then   1", "3-2 then 1"},
		{"3-3 then 3-3", "3/wk x2 then 3/wk x2"}, // never merged
		{"3-2 then as needed", "3-2 then as needed"},
		{"every 4w x3 then as needed", "every 4w x3 then as needed"},
		{"3-2-1-1-1 then every 4w x3", "3-2-1-1-1 then every 4w x3"},
		{"2/wk x4 then 1/wk x4 then every 2w x3", "2/wk x4 then 1/wk x4 then every 2w x3"},
		{"2/wk x4 then 1/wk x4 then every 2w x4 from week 9", "2/wk x4 then 1/wk x4 then every 2w x4 from week 9"},
		{"3-3 then every 1w x4", "3/wk x2 then every 1w x4"},
		{"weeks 0, 2, 6 then every 8w x3", "weeks 0, 2, 6 then every 8w x3"},
		{"days 1, 8 of 21 x4 then every 3w x1", "days 1, 8 of 21 x4 then every 3w x1"},
		{"1/wk x4 then every 2w x4 then every 4w x2", "1/wk x4 then every 2w x4 then every 4w x2"},

		// At the limits: 64 segments, 1000 weeks, 4096 bytes.
		{longest, longest},
		{longest + " then as needed", longest + " then as needed"},
		{offsets, offsets},
		{"1-" + strings.Repeat("2-", 998) + "1", "1-" + strings.Repeat("2-", 998) + "1"},
		{strings.Repeat("1-", 999) + "1", "1/wk x1000"},
		{"3" + strings.Repeat(" ", 4096-len("3then 2")) + "then 2", "3 then 2"},
	}
	for _, test := range tests {
		t.Run(name(test.in), func(t *testing.T) {
			c, err := protocol.ParseCadence(test.in)
			require.NoError(t, err)
			assert.Equal(t, test.want, c.String())
			again, err := protocol.ParseCadence(test.want)
			require.NoError(t, err)
			assert.True(t, c.Equal(again))
			assert.Equal(t, test.want, protocol.MustCadence(test.in).String())
		})
	}
}

// name shortens an input to a name for its test.
func name(in string) string { return in[:min(len(in), 60)] }

func TestParseCadenceLimits(t *testing.T) {
	// Without spaces the text is short enough, its canonical text is not.
	var offsets []string
	for i := range 521 {
		offsets = append(offsets, strconv.Itoa(i))
	}
	once := "weeks " + strings.Join(offsets, ", ")
	twice := once + " then " + once
	tight := strings.ReplaceAll(twice, ", ", ",")
	require.Less(t, len(tight), 4097)
	require.Greater(t, len(twice), 4096)

	tests := []struct {
		name, in string
		offset   int
		want     string
	}{
		{"65 segments", strings.Repeat("1 then ", 64) + "1", 448, "want at most 64 segments"},
		{"1001 weeks", strings.Repeat("1-", 1000) + "1", 1999, "want at most 1000 weeks in a segment"},
		{"4097 bytes", "3" + strings.Repeat(" ", 4097-len("3then 2")) + "then 2", 4096, "want at most 4096 bytes"},
		{"10 MB", strings.Repeat("1-", 5<<20), 4096, "want at most 4096 bytes"},
		{"10 MB of spaces", strings.Repeat(" ", 10<<20), 4096, "want at most 4096 bytes"},
		{"long when canonical", tight, len(tight), "want at most 4096 bytes in the canonical text, which has a space after each comma and before each bracket"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, err := protocol.ParseCadence(test.in)
			e := cadenceError(t, err)
			assert.True(t, c.IsZero())
			assert.Equal(t, protocol.CodeTooLong, e.Code)
			assert.Equal(t, test.offset, e.Offset)
			assert.Equal(t, test.want, e.Want)
			assert.LessOrEqual(t, len(e.Value), 4096)
			assert.Less(t, len(err.Error()), 300)
		})
	}
}

// What a parsed cadence says, field by field.
func TestSegments(t *testing.T) {
	c := protocol.MustCadence("3-0-2 then every 1mo (3w..5w) x13 from week 9 then days 1, 8 of 21 x6 then weeks 0, 2, 6 then as needed")
	segments := slices.Collect(func(yield func(protocol.Segment) bool) {
		for _, s := range c.Segments() {
			if !yield(s) {
				return
			}
		}
	})
	require.Len(t, segments, 4)
	assert.Equal(t, 4, c.Len())
	assert.True(t, c.AsNeeded())
	assert.False(t, c.Endless())
	n, ok := c.Sessions()
	assert.Equal(t, 5+13+12+3, n)
	assert.True(t, ok)

	weekly, every, cycle, weeks := segments[0], segments[1], segments[2], segments[3]

	assert.Equal(t, protocol.Weekly, weekly.Kind())
	assert.Equal(t, "weekly 3-0-2", weekly.Kind().String()+" "+weekly.String())
	assert.Equal(t, 3, weekly.Weeks())
	assert.Equal(t, []int{0, 3, 0, 2, 0}, []int{weekly.Count(-1), weekly.Count(0), weekly.Count(1), weekly.Count(2), weekly.Count(3)})
	assert.Zero(t, weekly.Points())
	assert.Zero(t, weekly.Point(0))

	assert.Equal(t, "every every 1mo (3w..5w) x13 from week 9", every.Kind().String()+" "+every.String())
	assert.Equal(t, "1mo", every.Interval().String())
	assert.Equal(t, 1, every.Interval().Number())
	assert.Equal(t, protocol.Months, every.Interval().Unit())
	low, high := every.Range()
	assert.Equal(t, "3w 5w", low.String()+" "+high.String())
	assert.Equal(t, []int{30, 21, 35}, []int{every.Interval().Days(), low.Days(), high.Days()})
	assert.Equal(t, 13, every.Times())
	assert.Equal(t, 9, every.FromWeek())
	assert.Zero(t, every.Weeks())
	assert.Zero(t, every.Count(0))

	assert.Equal(t, "cycle days 1, 8 of 21 x6", cycle.Kind().String()+" "+cycle.String())
	assert.Equal(t, 21, cycle.Length())
	assert.Equal(t, 6, cycle.Times())
	assert.Equal(t, 2, cycle.Points())
	assert.Equal(t, []int{0, 1, 8, 0}, []int{cycle.Point(-1), cycle.Point(0), cycle.Point(1), cycle.Point(2)})

	assert.Equal(t, "weeks weeks 0, 2, 6", weeks.Kind().String()+" "+weeks.String())
	assert.Equal(t, 3, weeks.Points())
	assert.Equal(t, 6, weeks.Point(2))
	assert.True(t, weeks.Interval().IsZero())
	assert.Empty(t, weeks.Interval().String())

	for i, s := range c.Segments() {
		for j, other := range segments {
			assert.Equal(t, i == j, s.Equal(other))
		}
	}
}

func TestCadenceEnd(t *testing.T) {
	for _, test := range []struct {
		in      string
		n       int
		endless bool
	}{
		{"3-2-1-1-1", 8, false},
		{"7/wk x1000", 7000, false},
		{"every 4w x3", 3, false},
		{"every 4w", 0, true},
		{"3 then every 4w from week 5", 0, true},
		{"2/wk", 0, true},
		{"3-3 then 7/wk", 0, true},
		{"2", 2, false},
		{"as needed", 0, false},
		{"3 then as needed", 3, false},
	} {
		t.Run(test.in, func(t *testing.T) {
			c := protocol.MustCadence(test.in)
			n, ok := c.Sessions()
			assert.Equal(t, test.n, n)
			assert.Equal(t, !test.endless, ok)
			assert.Equal(t, test.endless, c.Endless())
			assert.False(t, c.IsZero())
		})
	}
}

// The zero values say that nothing is stated.
func TestZeroValues(t *testing.T) {
	var c protocol.Cadence
	assert.True(t, c.IsZero())
	assert.Empty(t, c.String())
	assert.False(t, c.Endless())
	n, ok := c.Sessions()
	assert.Zero(t, n)
	assert.True(t, ok)
	text, err := c.MarshalText()
	require.NoError(t, err)
	assert.Empty(t, text)
	read := protocol.MustCadence("3-2")
	require.NoError(t, read.UnmarshalText(nil))
	assert.True(t, read.Equal(c))

	var s protocol.Segment
	assert.Empty(t, s.String())
	assert.Zero(t, s.Count(0)+s.Point(0)+s.Weeks()+s.Points())

	assert.Equal(t, "%!Kind(0) %!Unit(0) %!Field(0) %!Grade(0)", protocol.Kind(0).String()+" "+
		protocol.Unit(0).String()+" "+protocol.Field(0).String()+" "+protocol.Grade(0).String())
	assert.True(t, protocol.Digest{}.IsZero())
}

func TestUnmarshalCadence(t *testing.T) {
	c := protocol.MustCadence("3-2")
	err := c.UnmarshalText([]byte("3-"))
	assert.EqualError(t, err, `cadence "3-" at offset 2: `+wantCount)
	assert.Equal(t, "3-2", c.String(), "unchanged after an error")
	require.NoError(t, c.UnmarshalText([]byte("1-1")))
	assert.Equal(t, "1/wk x2", c.String())
}

func TestMustCadencePanics(t *testing.T) {
	assert.PanicsWithError(t, `cadence "8" at offset 0: `+wantCount, func() { protocol.MustCadence("8") })
}

func TestEqualMeansEqualText(t *testing.T) {
	texts := []string{
		"", "1", "1-1", "1-2", "2/wk x4", "2/wk x5", "as needed", "1 then as needed", "every 2w", "every 14d", "every 2w x3", "every 2w (1w..3w)",
		"every 2w (1w..4w)", "every 2w (2w..3w)", "every 2w from week 3", "days 1 of 7 x2", "days 1 of 8 x2", "days 1 of 7 x3", "days 1, 2 of 7 x2", "weeks 1", "weeks 1, 2",
	}
	for _, a := range texts {
		for _, b := range texts {
			var c, d protocol.Cadence
			require.NoError(t, c.UnmarshalText([]byte(a)))
			require.NoError(t, d.UnmarshalText([]byte(b)))
			assert.Equal(t, a == b, c.Equal(d), "%q and %q", a, b)
		}
	}
}
