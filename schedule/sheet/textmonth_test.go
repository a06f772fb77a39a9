package sheet

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// Every word that a sheet has for a visit has a mark of its own in the months, and is
// explained under them; of two visits on a day the one that a person has to come to is
// shown.
func TestMarks(t *testing.T) {
	v := states(t, "en-GB")
	v.begin()
	seen := map[string]string{}
	for _, test := range []struct {
		state schedule.State
		lost  bool
		date  string
		want  string
	}{
		{schedule.StatePlanned, false, "2030-03-05", "[ 5]"},
		{schedule.StatePlanned, true, "2030-03-05", "! 5!"},
		{schedule.StateProvisional, false, "2030-03-15", "?15?"},
		{schedule.StateHeld, false, "2030-03-15", "(15)"},
		{schedule.StateGiven, false, "2020-03-15", "*15*"},
		{schedule.StateDone, false, "2020-03-15", "*15*"},
		{schedule.StateMissed, false, "2020-03-15", "-15-"},
		{schedule.StateCancelled, false, "2020-03-15", "x15x"},
		{schedule.StatePlanned, false, "2020-03-15", "<15>"},
		{schedule.StateProvisional, true, "2020-03-15", "!15!"},
	} {
		at := &visit{state: test.state, lost: test.lost, date: schedule.MustDate(test.date)}
		assert.Equal(t, test.want, v.dayText(day{at.date, []*visit{at}}), "%v", test)
		word := v.word(at)
		mark := test.want[:1] + test.want[3:]
		if other, known := seen[mark]; known {
			assert.Equal(t, other, word)
		}
		seen[mark] = word
	}
	assert.Len(t, seen, int(looks))
	planned, gone := &visit{state: schedule.StatePlanned, date: schedule.MustDate("2030-03-05")}, &visit{state: schedule.StateCancelled, date: schedule.MustDate("2030-03-05")}
	assert.Equal(t, "[ 5]", v.dayText(day{planned.date, []*visit{gone, planned}}))
	assert.Equal(t, "  5 ", v.dayText(day{date: planned.date}))
	assert.Equal(t, "    ", v.dayText(day{}))

	made := &Sheet{v}
	var b strings.Builder
	require.NoError(t, made.WriteText(&b, 80))
	for i := range v.visits {
		at := &v.visits[i]
		if at.date != 0 {
			l, word := v.lookOf(at)
			open, shut := l.marks()
			assert.Contains(t, b.String(), open+" "+shut+" "+word)
		}
	}
}
