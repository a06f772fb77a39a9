package schedule_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/schedule"
)

// Whatever an event file holds, it is read or refused, and what is read is
// written as it was read.
func FuzzParseEvents(f *testing.F) {
	p := bare(&testing.T{}, "3-2-1-1-1", 2)
	head := `{"format":"regimen-events/1","protocol":"` + p.Digest().String() + `","events":[`
	for _, event := range []string{
		`{"asOf":"2025-01-06T17:00:00Z","id":"1","kind":"given","session":"abcdefghijklmnop","date":"2025-01-06","start":"08:00","end":"09:00","dose":"41 mg","weight":"81.5 kg","notDone":["a"],"reason":"r","who":"w"}`,
		`{"asOf":"2025-01-06T17:00:00Z","id":"1","kind":"cancelled","session":"abcdefghijklmnop","by":"patient","rest":true}`,
		`{"asOf":"2025-01-06T17:00:00Z","id":"1","kind":"shifted","session":"abcdefghijklmnop","weeks":0}`,
		`{"asOf":"2025-01-06T17:00:00Z","id":"1","kind":"decided","gate":"g","then":"step back","to":"a","sessions":3,"who":"w"}`,
		`{"asOf":"2025-01-06T17:00:00Z","id":"1","kind":"adopted","protocol":"` + p.Digest().String() + `","who":"w"}`,
		`{"asOf":"2025-01-06T17:00:00Z","id":"1","kind":"patient-away","from":"2025-01-06","to":"2025-01-07"}`,
		`{"asOf":"2025-01-06T17:00:00Z","id":"1","kind":"given","session":"abcdefghijklmnop","date":"2025-01-06","parts":[{"name":"bolus","dose":"36 mg","start":"09:00","end":"09:10"},{"name":"infusion","dose":"0 mg"},{"name":"more"}]}`,
		`{"asOf":"2025-01-06T17:00:00Z","id":"1","kind":"given","session":"abcdefghijklmnop","date":"2025-01-06","dose":"96 mg","beside":[{"name":"ondansetron","dose":"8 mg","date":"2025-01-07","start":"08:30","during":"15 min"},{"name":"saline","dose":"0 mg","reason":"r","who":"w"}]}`,
		`{"asOf":"2025-01-06T17:00:00Z","id":"1","kind":"visit-done","visit":"abcdefghijklmnop","date":"2025-01-06","result":"2.1 G/l","verdict":"not ok"}`,
		`null`, `{"kind":1}`, ``,
	} {
		f.Add([]byte(head + event + "]}"))
	}
	f.Fuzz(mangle.Target(func(t *testing.T, src []byte) {
		entries, err := schedule.ParseEvents("e.json", src, p)
		if err != nil {
			refused := new(schedule.FileProblems)
			require.ErrorAs(t, err, &refused)
			require.Nil(t, entries)
			return
		}
		var again strings.Builder
		again.WriteString(head)
		for i, entry := range entries {
			if i > 0 {
				again.WriteString(",")
			}
			text, err := json.Marshal(entry)
			require.NoError(t, err)
			again.WriteString(string(text))
		}
		read, err := schedule.ParseEvents("e.json", []byte(again.String()+"]}"), p)
		require.NoError(t, err, again.String())
		assert.Equal(t, entries, read)
	}))
}
