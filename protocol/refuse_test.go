package protocol_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
)

const (
	wantCount    = "want a number of sessions a week from 0 to 7"
	wantSegment  = "want a segment such as 3-2-1, 2/wk x4, every 4w, days 1, 8 of 21 x6 or weeks 0, 2, 6"
	wantThen     = "want the end, or then and another segment"
	wantInterval = "want a number from 1 to 3650 and d, w or mo"
	wantUnit     = "want d, w or mo right after the number, for days, weeks or calendar months"
)

// cadenceError returns the error of ParseCadence after checking what every one
// of them has.
func cadenceError(t *testing.T, err error) *protocol.Error {
	t.Helper()
	require.Error(t, err)
	e, ok := errors.AsType[*protocol.Error](err)
	require.True(t, ok, "%T", err)
	assert.ErrorIs(t, err, protocol.ErrNotation)
	assert.Equal(t, "cadence", e.Place)
	assert.GreaterOrEqual(t, e.Offset, 0)
	assert.LessOrEqual(t, e.Offset, len(e.Value))
	return e
}

// Each input has a | where the error must point.
func TestParseCadenceRefuses(t *testing.T) {
	tests := []struct {
		marked string
		code   protocol.Code
		want   string
	}{
		{"|", protocol.CodeSyntax, "want a cadence such as 3-2-1-1-1 then every 4w"},
		{"| ", protocol.CodeSyntax, "want no space at the start"},
		{"| 3-2", protocol.CodeSyntax, "want no space at the start"},
		{"3-2| ", protocol.CodeSyntax, "want no space at the end"},
		{"3|  ", protocol.CodeSyntax, "want no space at the end"},
		{"3-|-1", protocol.CodeSyntax, wantCount},
		{"|0-2", protocol.CodeOrder, "want at least 1 session in the first week of a segment"},
		{"2-|0", protocol.CodeOrder, "want at least 1 session in the last week of a segment"},
		{"|0", protocol.CodeOrder, "want at least 1 session in the first week of a segment"},
		{"|8", protocol.CodeRange, wantCount},
		{"3-|8", protocol.CodeRange, wantCount},
		{"|03-2", protocol.CodeSyntax, wantCount + ", without leading zeros"},
		{"3-|02", protocol.CodeSyntax, wantCount + ", without leading zeros"},
		{"|00", protocol.CodeSyntax, wantCount + ", without leading zeros"},
		{"3-|", protocol.CodeSyntax, wantCount},
		{"|-3", protocol.CodeSyntax, wantSegment},
		{"3 |- 2", protocol.CodeSyntax, wantThen + ", without spaces inside 3-2-1 or 2/wk"},
		{"3-| 2", protocol.CodeSyntax, wantCount + ", without a space before it"},
		{"3 |-2", protocol.CodeSyntax, wantThen + ", without spaces inside 3-2-1 or 2/wk"},
		{"3 |2", protocol.CodeSyntax, wantThen + ", without spaces inside 3-2-1 or 2/wk"},
		{"3|,2", protocol.CodeSyntax, "want -, /wk, a space or the end after a number of sessions"},
		{"3-2 |x4", protocol.CodeSyntax, wantThen + "; x goes with 2/wk, every 4w and days 1, 8 of 21"},
		{"|33", protocol.CodeRange, wantCount},
		{"3-2|then 1", protocol.CodeSyntax, "want -, /wk, a space or the end after a number of sessions"},
		{"3/wk then |2", protocol.CodeOrder, `want nothing after "3/wk", which has no end: give it x and a number of weeks, as in 2/wk x4`},
		{"3/wk x|", protocol.CodeSyntax, "want the number of weeks from 1 to 1000 right after x"},
		{"3/wk x|0", protocol.CodeRange, "want the number of weeks from 1 to 1000 right after x"},
		{"3/wk x|04", protocol.CodeSyntax, "want the number of weeks from 1 to 1000 right after x, without leading zeros"},
		{"3/wk x|1001", protocol.CodeRange, "want the number of weeks from 1 to 1000 right after x"},
		{"3/wk x|99999999999", protocol.CodeRange, "want the number of weeks from 1 to 1000 right after x"},
		{"3/wk x| 4", protocol.CodeSyntax, "want the number of weeks from 1 to 1000 right after x, without a space before it"},
		{"3/wk|x4", protocol.CodeSyntax, "want the end, or x and the number of weeks after a space, as in 2/wk x4"},
		{"3/wk |X4", protocol.CodeSyntax, "want the end, or x and the number of weeks after a space, as in 2/wk x4, in lower case"},
		{"3/wk x4|x", protocol.CodeSyntax, "want a space or the end after the number of weeks"},
		{"|0/wk x4", protocol.CodeRange, "want at least 1 session a week, as in 2/wk x4"},
		{"|8/wk x4", protocol.CodeRange, wantCount},
		{"|0/wk", protocol.CodeRange, "want at least 1 session a week, as in 2/wk x4"},
		{"3/wk| ", protocol.CodeSyntax, "want no space at the end"},
		{"3/wk|-2", protocol.CodeSyntax, "want the end, or x and the number of weeks after a space, as in 2/wk x4"},
		{"3/wk then |as needed", protocol.CodeOrder, `want nothing after "3/wk", which has no end: give it x and a number of weeks, as in 2/wk x4`},
		{"3/wk |from week 2", protocol.CodeSyntax, "want the end, or x and the number of weeks after a space, as in 2/wk x4"},
		{"every|", protocol.CodeSyntax, "want a space and an interval such as 4w"},
		{"every |", protocol.CodeSyntax, wantInterval},
		{"|every w", protocol.CodeAmbiguous, "want one meaning: 1/wk or every 1w? (1/wk with its number of weeks, as in 1/wk x4)"},
		{"every |0w", protocol.CodeRange, wantInterval},
		{"every |04w", protocol.CodeSyntax, wantInterval + ", without leading zeros"},
		{"every |3651w", protocol.CodeRange, wantInterval},
		{"every 4|", protocol.CodeSyntax, wantUnit},
		{"every 4|y", protocol.CodeSyntax, wantUnit},
		{"every 4|wd", protocol.CodeSyntax, wantUnit},
		{"every 4w |foo", protocol.CodeSyntax, wantThen},
		{"every 4w|,", protocol.CodeSyntax, "want a space or the end"},
		{"every 4w|x3", protocol.CodeSyntax, "want a space or the end"},
		{"every 4w x|", protocol.CodeSyntax, "want the number of sessions from 1 to 1000 right after x"},
		{"every 4w x| 4", protocol.CodeSyntax, "want the number of sessions from 1 to 1000 right after x, without a space before it"},
		{"every 4w x|0", protocol.CodeRange, "want the number of sessions from 1 to 1000 right after x"},
		{"every 4w x|1001", protocol.CodeRange, "want the number of sessions from 1 to 1000 right after x"},
		{"every 4w |X3", protocol.CodeSyntax, wantThen + ", in lower case"},
		{"every 4w (|", protocol.CodeSyntax, wantInterval},
		{"every 4w (| 1w..8w)", protocol.CodeSyntax, wantInterval + ", without a space before it"},
		{"every 4w (1w| ..8w)", protocol.CodeSyntax, "want .. right after the shortest interval, as in (1w..8w)"},
		{"every 4w (1w..| 8w)", protocol.CodeSyntax, wantInterval + ", without a space before it"},
		{"every 4w (1w..8w| )", protocol.CodeSyntax, "want ) right after the longest interval, as in (1w..8w)"},
		{"every 4w (1w|-8w)", protocol.CodeSyntax, "want .. right after the shortest interval, as in (1w..8w)"},
		{"every 4w (1w..8w|", protocol.CodeSyntax, "want ) right after the longest interval, as in (1w..8w)"},
		{"every 4w (|5w..8w)", protocol.CodeOrder, "want a shortest interval that is not longer than the planned 4w"},
		{"every 4w (1w..|3w)", protocol.CodeOrder, "want a longest interval that is not shorter than the planned 4w"},
		{"every 1mo (|31d..8w)", protocol.CodeOrder, "want a shortest interval that is not longer than the planned 1mo"},
		{"every 1mo (1w..|29d)", protocol.CodeOrder, "want a longest interval that is not shorter than the planned 1mo"},
		{"every 4w (1w..8w)|x3", protocol.CodeSyntax, "want a space or the end"},
		{"every 4w x3 |(1w..8w)", protocol.CodeSyntax, wantThen + ", in the order every 2w (1w..3w) x13 from week 9"},
		{"every 4w from|", protocol.CodeSyntax, "want a space and week"},
		{"every 4w from |9", protocol.CodeSyntax, "want week and its number, as in from week 9"},
		{"every 4w from week|", protocol.CodeSyntax, "want a space and the number of a week"},
		{"every 4w from week|9", protocol.CodeSyntax, "want a space before the number of a week"},
		{"every 4w from week |0", protocol.CodeRange, "want a treatment week from 1 to 3650"},
		{"every 4w from week |3651", protocol.CodeRange, "want a treatment week from 1 to 3650"},
		{"every 4w from week 9 |x3", protocol.CodeSyntax, wantThen + ", in the order every 2w (1w..3w) x13 from week 9"},
		{"days|", protocol.CodeSyntax, "want a space and the days of a cycle"},
		{"days |of 21 x6", protocol.CodeSyntax, "want a day of the cycle from 1 to 3650"},
		{"days |0 of 21 x6", protocol.CodeRange, "want a day of the cycle from 1 to 3650"},
		{"days 1 |8 of 21 x6", protocol.CodeSyntax, "want a comma and another day, or of and the length of the cycle, as in days 1, 8 of 21 x6"},
		{"days 1| , 8 of 21 x6", protocol.CodeSyntax, "want no space before a comma"},
		{"days 1,|, 8 of 21 x6", protocol.CodeSyntax, "want a day of the cycle from 1 to 3650"},
		{"days 1|-8 of 21 x6", protocol.CodeSyntax, "want a comma, a space or the end"},
		{"days 8, |1 of 21 x6", protocol.CodeOrder, "want a number greater than the 8 before it"},
		{"days 8, |8 of 21 x6", protocol.CodeOrder, "want a number greater than the 8 before it"},
		{"days 1, 8, |22 of 21 x6", protocol.CodeOrder, "want a day within the cycle of 21 days"},
		{"days |3651 of 3650 x6", protocol.CodeRange, "want a day of the cycle from 1 to 3650"},
		{"days 1, 8 of |3651 x6", protocol.CodeRange, "want the length of the cycle from 1 to 3650 days"},
		{"days 1, 8 |x6", protocol.CodeSyntax, "want a comma and another day, or of and the length of the cycle, as in days 1, 8 of 21 x6"},
		{"days 1, 8 of|21 x6", protocol.CodeSyntax, "want a space before the length of the cycle"},
		{"days 1, 8 of 21|", protocol.CodeSyntax, "want x and the number of cycles after a space, as in days 1, 8 of 21 x6"},
		{"days 1, 8 of 21|x6", protocol.CodeSyntax, "want x and the number of cycles after a space, as in days 1, 8 of 21 x6"},
		{"days 1, 8 of 21 x|0", protocol.CodeRange, "want the number of cycles from 1 to 1000 right after x"},
		{"weeks|", protocol.CodeSyntax, "want a space and an offset"},
		{"weeks |", protocol.CodeSyntax, "want an offset in weeks from 0 to 520"},
		{"weeks |-1", protocol.CodeSyntax, "want an offset in weeks from 0 to 520"},
		{"weeks |00", protocol.CodeSyntax, "want an offset in weeks from 0 to 520, without leading zeros"},
		{"weeks |521", protocol.CodeRange, "want an offset in weeks from 0 to 520"},
		{"weeks 2, |0", protocol.CodeOrder, "want a number greater than the 2 before it"},
		{"weeks 0 |2", protocol.CodeSyntax, wantThen + ", with a comma before each further offset"},
		{"weeks 0,|", protocol.CodeSyntax, "want an offset in weeks from 0 to 520"},
		{"weeks 0, 2 |x3", protocol.CodeSyntax, wantThen + "; x goes with 2/wk, every 4w and days 1, 8 of 21"},
		{"as|", protocol.CodeSyntax, "want a space and needed"},
		{"as |need", protocol.CodeSyntax, "want needed after as"},
		{"as needed| ", protocol.CodeSyntax, "want no space at the end"},
		{"as needed |x3", protocol.CodeOrder, "want nothing after as needed"},
		{"as needed |then 1", protocol.CodeOrder, "want nothing after as needed"},
		{"|asneeded", protocol.CodeSyntax, wantSegment},
		{"every 4w then |1", protocol.CodeOrder, "want nothing after \"every 4w\", which has no end: give it x and a number of sessions, as in every 4w x13"},
		{"every 4w then |as needed", protocol.CodeOrder, "want nothing after \"every 4w\", which has no end: give it x and a number of sessions, as in every 4w x13"},
		{"3-2 then|", protocol.CodeSyntax, "want a space and a segment"},
		{"3-2 then |", protocol.CodeSyntax, wantSegment},
		{"3-2 then|1", protocol.CodeSyntax, "want a space before a segment"},
		{"3-2 then |then 1", protocol.CodeSyntax, wantSegment},
		{"|then 1", protocol.CodeSyntax, wantSegment},
		{"3-2 |THEN 1", protocol.CodeSyntax, wantThen + ", in lower case"},
		{"3-2 |and 1", protocol.CodeSyntax, wantThen},
		{"|Days 1, 8 of 21 x6", protocol.CodeSyntax, wantSegment + ", in lower case"},
		{"3|\t-2", protocol.CodeSyntax, "want -, /wk, a space or the end after a number of sessions"},
		{"3|\tthen 1", protocol.CodeSyntax, "want -, /wk, a space or the end after a number of sessions"},
		{"|３-2", protocol.CodeSyntax, wantSegment},
		{"|٣-2", protocol.CodeSyntax, wantSegment},
		{"3|–2", protocol.CodeSyntax, "want -, /wk, a space or the end after a number of sessions"},
		{"every |４w", protocol.CodeSyntax, wantInterval},
		{"3-2|\n", protocol.CodeSyntax, "want -, /wk, a space or the end after a number of sessions"},
		{"every 4w x3 then 3-|-1", protocol.CodeSyntax, wantCount},
	}
	for _, test := range tests {
		before, after, _ := strings.Cut(test.marked, "|")
		in := before + after
		t.Run(in, func(t *testing.T) {
			c, err := protocol.ParseCadence(in)
			e := cadenceError(t, err)
			assert.True(t, c.IsZero())
			assert.Equal(t, test.code, e.Code)
			assert.Equal(t, test.want, e.Want)
			assert.Equal(t, test.marked, in[:e.Offset]+"|"+in[e.Offset:])
			assert.Equal(t, in, e.Value)
			assert.EqualError(t, err, "cadence "+strconv.Quote(in)+" at offset "+strconv.Itoa(len(before))+": "+test.want)
		})
	}
}

// Everyday words are refused with what they may mean, each time as a cadence to
// write instead.
func TestParseCadenceTeaches(t *testing.T) {
	const (
		biweekly = "want one meaning: 2/wk or every 2w? (2/wk with its number of weeks, as in 2/wk x4)"
		weekly   = "want one meaning: 1/wk or every 1w? (1/wk with its number of weeks, as in 1/wk x4)"
		daily    = "want one meaning: 7/wk or every 1d? (7/wk with its number of weeks, as in 7/wk x4)"
		monthly  = "want one meaning: every 4w or every 1mo?"
		twice    = "want 2/wk and the number of weeks, as in 2/wk x4"
		thrice   = "want 3/wk and the number of weeks, as in 3/wk x4"
	)
	tests := []struct{ marked, want string }{
		{"|bi-weekly", biweekly},
		{"|biweekly", biweekly},
		{"|Bi-Weekly", biweekly},
		{"|bi weekly", biweekly},
		{"|BIW", biweekly},
		{"|b.i.w.", biweekly},
		{"|2-weekly", biweekly},
		{"|two-weekly", biweekly},
		{"|2 weekly", biweekly},
		{"3-2 then |bi-weekly", biweekly},
		{"3-2 then |bi-weekly x4 then 1", biweekly},
		{"|TIW", "want one meaning: 3/wk or 2/wk? (3/wk with its number of weeks, as in 3/wk x4)"},
		{"|bimonthly", "want one meaning: every 2w or every 2mo?"},
		{"|bi-monthly", "want one meaning: every 2w or every 2mo?"},
		{"|weekly", weekly},
		{"|weekly x4", weekly},
		{"|weekly for 4 weeks", weekly},
		{"|every week", weekly},
		{"|once a week", weekly},
		{"|once weekly", weekly},
		{"|1x/week", weekly},
		{"|qw", weekly},
		{"|daily", daily},
		{"|every day", daily},
		{"|once daily", daily},
		{"|QD", daily},
		{"|monthly", monthly},
		{"|Monthly", monthly},
		{"|every month", monthly},
		{"|once a month", monthly},
		{"|once per month", monthly},
		{"3-2-1-1-1 then |monthly", monthly},
		{"|quarterly", "want one meaning: every 12w or every 3mo?"},
		{"|yearly", "want one meaning: every 52w or every 12mo?"},
		{"|annually", "want one meaning: every 52w or every 12mo?"},
		{"|4-weekly", "want one meaning: 4/wk or every 4w? (4/wk with its number of weeks, as in 4/wk x4)"},

		{"|twice a week", twice},
		{"|twice weekly", twice},
		{"|two times a week", twice},
		{"|semiweekly", twice},
		{"|2x/wk x4", twice},
		{"|2 per week", twice},
		{"|2 /wk x4", twice},
		{"|2/ wk x4", twice},
		{"|2/WK x4", twice},
		{"|2/week", twice},
		{"|3x/week", thrice},
		{"|3 times a week", thrice},
		{"|three times weekly", thrice},
		{"|thrice a week", thrice},
		{"|3x weekly", thrice},
		{"2 then |3x/week", thrice},

		{"|fortnightly", "want every 2w"},
		{"|every fortnight", "want every 2w"},
		{"|every other week", "want every 2w"},
		{"|every second week", "want every 2w"},
		{"|every other day", "want every 2d"},
		{"|alternate days", "want every 2d"},
		{"|q.o.d.", "want every 2d"},
		{"|q2w", "want every 2w"},
		{"|Q4W", "want every 4w"},
		{"|q 4 weeks", "want every 4w"},
		{"|q28d", "want every 28d"},
		{"|q3mo", "want every 3mo"},
		{"|every 4 weeks", "want every 4w"},
		{"|every 4 weeks x3", "want every 4w"},
		{"|every third week", "want every 3w"},
		{"|every four weeks", "want every 4w"},
		{"|every five weeks", "want every 5w"},
		{"|every six weeks", "want every 6w"},
		{"|every seven days", "want every 7d"},
		{"|every eight weeks", "want every 8w"},
		{"|every twelve weeks", "want every 12w"},
		{"|once every 4 weeks", "want every 4w"},
		{"|every 4weeks", "want every 4w"},
		{"|every 4wk", "want every 4w"},
		{"|every 4 w", "want every 4w"},
		{"|every4w", "want every 4w"},
		{"|Every 4w", "want every 4w"},
		{"|EVERY 4W", "want every 4w"},
		{"|every 4m", "want every 4mo"},
		{"|every 3650 days", "want every 3650d"},
		{"|once", "want 1"},
		{"|single dose", "want 1"},
		{"|prn", "want as needed"},
		{"|P.R.N.", "want as needed"},
		{"|as-needed", "want as needed"},
		{"|As Needed", "want as needed"},
		{"|as required", "want as needed"},
		{"|when needed", "want as needed"},
	}
	for _, test := range tests {
		before, after, _ := strings.Cut(test.marked, "|")
		in := before + after
		t.Run(in, func(t *testing.T) {
			_, err := protocol.ParseCadence(in)
			e := cadenceError(t, err)
			assert.Equal(t, test.want, e.Want)
			assert.Equal(t, test.marked, in[:e.Offset]+"|"+in[e.Offset:])
			readings, several := strings.CutPrefix(strings.TrimPrefix(e.Want, "want "), "one meaning: ")
			readings, _, _ = strings.Cut(readings, "?")
			readings, _, _ = strings.Cut(readings, " and ")
			assert.Equal(t, several, e.Code == protocol.CodeAmbiguous)
			for reading := range strings.SplitSeq(readings, " or ") {
				if strings.HasSuffix(reading, "/wk") {
					reading += " x4"
				}
				c, err := protocol.ParseCadence(reading)
				require.NoError(t, err)
				assert.Equal(t, reading, c.String())
			}
		})
	}
}

// What only looks like everyday words keeps the error of its own.
func TestParseCadenceDoesNotGuess(t *testing.T) {
	for _, test := range []struct{ marked, want string }{
		{"every |0 weeks", wantInterval},
		{"every |04 weeks", wantInterval + ", without leading zeros"},
		{"every |3651 weeks", wantInterval},
		{"every |99999999999999999999 weeks", wantInterval},
		{"every |few weeks", wantInterval},
		{"every 4w |monthly", wantThen},
		{"every 4w| ", "want no space at the end"},
		{"every 4| years", wantUnit},
		{"|8 times a week", wantCount},
		{"|weeklyish", wantSegment},
		{"1 |x", wantThen + "; x goes with 2/wk, every 4w and days 1, 8 of 21"},
		{"3/wk |for 4 weeks", "want the end, or x and the number of weeks after a space, as in 2/wk x4"},
		{"|" + strings.Repeat("/", 4096), wantSegment},
		{"|" + strings.Repeat("q", 4096), wantSegment},
	} {
		before, after, _ := strings.Cut(test.marked, "|")
		in := before + after
		t.Run(name(in), func(t *testing.T) {
			_, err := protocol.ParseCadence(in)
			e := cadenceError(t, err)
			assert.Equal(t, test.want, e.Want)
			assert.Equal(t, len(before), e.Offset)
		})
	}
}

// A message shows what stands at the offset, however long the text is.
func TestErrorShowsTheOffset(t *testing.T) {
	_, err := protocol.ParseCadence(strings.Repeat("3-2-1 then ", 20) + "every 4u then " + strings.Repeat("3-2-1 then ", 20) + "1")
	assert.EqualError(t, err, `cadence "...3-2-1 then 3-2-1 then 3-2-1 then every 4u then 3-2-1 then 3-2-1 then 3-2-1 then ..." at offset 227: `+wantUnit)

	long := protocol.Error{Place: "/title", Offset: -1, Value: strings.Repeat("\u00e9", 41), Want: "want less"}
	assert.Equal(t, `/title "`+strings.Repeat("\u00e9", 40)+`...": want less`, long.Error())
	long.Value = "x" + long.Value
	assert.Equal(t, `/title "x`+strings.Repeat("\u00e9", 40)+`...": want less`, long.Error())
	long.Value, long.Offset = strings.Repeat("\x80", 4096), 2000
	assert.Less(t, len(long.Error()), 400)
}
