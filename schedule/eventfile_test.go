package schedule_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// The event list alone rebuilds the plan.
func TestEventFile(t *testing.T) {
	r := request(bare(t, "3-2-1-1-1", 2), weekdaysOnly(t), "2025-01-06")
	s := living(t, r).give(3).on("2025-01-13", schedule.Missed{Session: living(t, r).id(4), Reason: "ill"})
	file := schedule.FormatEvents(s.plan)
	entries, err := schedule.ParseEvents("events.json", file, r.Protocol)
	require.NoError(t, err)
	require.Len(t, entries, 4)
	again, err := living(t, r).plan.Replay(entries...)
	require.NoError(t, err)
	require.Equal(t, string(schedule.FormatPlan(s.plan)), string(schedule.FormatPlan(again)))
	require.Equal(t, string(file), string(schedule.FormatEvents(again)))
	require.Equal(t, slices.Collect(s.plan.History()), slices.Collect(again.History()))
}

func TestEventFileProblems(t *testing.T) {
	p := bare(t, "3-2-1-1-1", 2)
	digest := p.Digest().String()
	for _, tt := range []struct{ src, want string }{
		{`{"format":"regimen-events/2","protocol":"` + digest + `","events":[]}`, `e.json:1:11: /format: want "regimen-events/1", got "regimen-events/2" [choice]`},
		{`{"format":"regimen-events/1","events":[]}`, `e.json:1:1: want the key "protocol" [missing-key]`},
		{
			`{"format":"regimen-events/1","protocol":"sha256:0","events":[]}`,
			`e.json:1:41: /protocol: want the digest of a protocol that was passed in: "3-2-1-1-1" ` + digest + `, got "sha256:0" [digest]`,
		},
		{
			`{"format":"regimen-events/1","protocol":"` + digest + `","events":[{"asOf":"2025-01-06T17:00:00Z","id":"1","kind":"weighed","date":"2025-02-30","weight":"70"}]}`,
			`e.json:1:`,
		},
	} {
		_, err := schedule.ParseEvents("e.json", []byte(tt.src), p)
		require.ErrorContains(t, err, tt.want)
	}
}

// A text that an event must have is not empty: what is empty would not be written, and
// the file that is written could not be read.
func TestEmptyTextsOfEventsAreRefused(t *testing.T) {
	p := bare(t, "3-2-1-1-1", 2)
	for at, event := range map[string]string{
		"/events/0/gate":          `"kind":"decided","gate":"","then":"step back","to":"a","sessions":3,"who":"w"`,
		"/events/0/who":           `"kind":"adopted","protocol":"` + p.Digest().String() + `","who":""`,
		"/events/0/parts/0/name":  `"kind":"given","session":"abcdefghijklmnop","date":"2025-01-06","parts":[{"name":"","dose":"36 mg"}]`,
		"/events/0/beside/1/name": `"kind":"given","session":"abcdefghijklmnop","date":"2025-01-06","beside":[{"name":"a"},{"name":""}]`,
		"/events/0/of":            `"kind":"corrected","of":"","reason":"r","who":"w"`,
		"/events/0/also/0/of":     `"kind":"corrected","of":"e","also":[{"of":""}],"reason":"r","who":"w"`,
		"/events/0/reason":        `"kind":"corrected","of":"e","reason":"","who":"w"`,
		"/events/0/code":          `"kind":"accepted","session":"abcdefghijklmnop","code":"","reason":"r","who":"w"`,
	} {
		src := `{"format":"regimen-events/1","protocol":"` + p.Digest().String() + `","events":[{"asOf":"2025-01-06T17:00:00Z","id":"1",` + event + `}]}`
		_, err := schedule.ParseEvents("e.json", []byte(src), p)
		refused := new(schedule.FileProblems)
		require.ErrorAs(t, err, &refused, at)
		require.ErrorContains(t, err, at+": want a text that is not empty, got \"\" [value]")
	}
}
