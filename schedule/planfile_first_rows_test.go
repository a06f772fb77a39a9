package schedule_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// What a file of format 1 has of a session otherwise than it would be now is told field by
// field; its day, its times, its target and its window hold, since people were told them. The
// last session of the file is on 2026-03-12 from 08:00 to 10:40, in a window from 03-09 to
// 03-15, and 41 mg are planned.
func TestFirstFormatRowsThatDiffer(t *testing.T) {
	c := readCase(t, filepath.Join(releases, "plan-format-1", "given-before"))
	src, _ := c.read(t, "plan.json")
	file := string(src)
	last := strings.LastIndex(file, `{"id":"`)
	const now = "2026-03-12 2026-03-09 2026-03-15 2026-03-12 08:00 10:40 2026-03-12"
	for _, tt := range []struct{ from, to, told, kept string }{
		{`"phase":"induction"`, `"phase":"taper"`, "the phase taper, which is induction", now},
		{`"target":"2026-03-12"`, `"target":"2026-03-13"`, "the target 2026-03-13, which is 2026-03-12", "2026-03-13" + now[10:]},
		{`"earliest":"2026-03-09"`, `"earliest":"2026-03-10"`, "a window from 2026-03-10, which is 2026-03-09", strings.Replace(now, "03-09", "03-10", 1)},
		{`"latest":"2026-03-15"`, `"latest":"2026-03-14"`, "a window to 2026-03-14, which is 2026-03-15", strings.Replace(now, "03-15", "03-14", 1)},
		{`"start":"08:00"`, `"start":"08:15"`, "the start 08:15, which is 08:00", strings.Replace(now, "08:00", "08:15", 1)},
		{`"end":"10:40"`, `"end":"10:55"`, "the end 10:55, which is 10:40", strings.Replace(now, "10:40", "10:55", 1)},
		{`"end":"10:40"`, `"end":"00:10"`, "the end 00:10, which is 10:40", strings.Replace(now, "10:40 2026-03-12", "00:10 2026-03-13", 1)},
		{`"dose":"41 mg"`, `"dose":"42 mg"`, "the dose 42 mg, which is 41 mg", now},
		{`"date":"2026-03-12",`, ``, "the date none, which is 2026-03-12", now},
		{`,"dose":"41 mg"`, ``, "the dose none, which is 41 mg", now},
		{`"state":"planned"`, `"state":"given"`, "the state given, which is planned", now},
		{
			`"date":"2026-03-12","start":"08:00"`, `"date":"2026-03-13","start":"09:00"`, "the date 2026-03-13, which is 2026-03-12, the start 09:00, which is 08:00",
			"2026-03-12 2026-03-09 2026-03-15 2026-03-13 09:00 10:40 2026-03-13",
		},
		{`"state":"planned"`, `"state":"planned","revision":3`, "", now},
	} {
		row := file[last:]
		require.Contains(t, row, tt.from)
		changed := sealedFirst(file[:last] + strings.Replace(row, tt.from, tt.to, 1))
		plan, err := schedule.ParsePlan("x.plan", changed, schedule.PlanSource{Protocols: c.protocols, Opening: c.opening})
		require.NoError(t, err)
		var told []string
		for _, f := range schedule.Validate(plan) {
			if f.Code == schedule.FileDiffers {
				told = append(told, f.Text)
			}
		}
		if tt.told == "" {
			assert.Empty(t, told)
			assert.Equal(t, 3, sessionAt(plan, plan.Len()).Revision())
		} else {
			assert.Equal(t, []string{"the file has " + tt.told + " by the present rules"}, told)
		}
		s := sessionAt(plan, plan.Len())
		assert.Equal(t, tt.kept, strings.Join([]string{
			s.Target().String(), s.Earliest().String(), s.Latest().String(), s.Date().String(), s.Start().String(), s.End().String(), s.EndDate().String(),
		}, " "), tt.to)
		requireKept(t, plan)
	}

	changed := sealedFirst(file[:last] + strings.Replace(file[last:], `"id":"`+sessionIDIn(file[last:]), `"id":"abcdefghijklmnop`, 1))
	plan, err := schedule.ParsePlan("x.plan", changed, schedule.PlanSource{Protocols: c.protocols, Opening: c.opening})
	require.NoError(t, err)
	found := strings.Join(hasCode(plan, schedule.FileDiffers), "\n")
	assert.Contains(t, found, `the file has a session of the phase "induction" with the target 2026-03-12, id abcdefghijklmnop, that does not follow from its entries now`)
	assert.Contains(t, found, "the file does not have the session, which follows from its entries now")
}

// sessionIDIn returns the id of a row of a session.
func sessionIDIn(row string) string { return row[len(`{"id":"`):][:16] }
