package schedule_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// What is wrong with a file of format 1 is said with its place: what the digest is not of,
// answers out of order, and a request or an event that gives no plan.
func TestFirstFormatRefused(t *testing.T) {
	c := readCase(t, filepath.Join(releases, "plan-format-1", "given-before"))
	src, _ := c.read(t, "plan.json")
	source := schedule.PlanSource{Protocols: c.protocols, Opening: c.opening}
	const saturday = `{"from":"2026-03-07","reason":"not open on Saturdays"}`
	for _, tt := range []struct{ from, to, want string }{
		{`"start":"2026-03-02"`, `"start":"2026-03-01"`, "/request: the clinic is closed on the first day, Sun 2026-03-01 (not open on Sundays); the next open day is Mon 2026-03-02 [rebuild]"},
		{`"start":"2026-03-02"`, `"start":"2026-03-02","until":"2026-03-01"`, `/request: Until "2026-03-01": want a day that is not before the start, 2026-03-02 [rebuild]`},
		{`"start":"2026-03-02"`, `"start":""`, `/request/start: want a date written YYYY-MM-DD, got "" [value]`},
		{`"shortWeek":"refuse",`, ``, `/request: want the key "shortWeek" [missing-key]`},
		{`"events":[]`, `"events":[` + "\n" + `{"asOf":"2026-03-03T12:00:00Z","id":"a","kind":"missed","session":"rh2fbsuziwtx7b6o"},` + "\n" + `{"asOf":"2026-03-03T12:00:00Z","id":"b","kind":"missed","session":"abcdefghijklmnop"}]`, "/events/1: "},
		{`"events":[]`, `"events":[` + "\n" + `{"asOf":"2026-03-03T12:00:00Z","id":"a","kind":"resumed"}]`, "/events/0: "},
		{saturday, `{"from":"2026-03-06","reason":"not open on Saturdays"}`, "/calendar/1: want days in order, none before the start [answers]"},
		{saturday, `{"from":"2026-03-07","to":"2026-03-06"}`, "/calendar/1: want days in order, none before the start [answers]"},
		{`{"from":"2026-03-02","to"`, `{"from":"2026-03-01","to"`, "/calendar/0: want days in order, none before the start [answers]"},
		{saturday, `{"from":"2026-03-07","hours":["08:00-12:00","11:00-13:00"]}`, "/calendar/1/hours: want hours in order that do not overlap 08:00-12:00 [value]"},
		{saturday, `{"from":"2026-03-07","hours":["8-12"]}`, `/calendar/1/hours/0: want a time from 00:00 to 24:00, written HH:MM, got "8-12" [value]`},
		{saturday, `{"reason":"not open on Saturdays"}`, "/calendar/1: want days in order, none before the start [answers]\n" + `/calendar/1: want the key "from" [missing-key]`},
		{`"dose":"41 mg","state":"planned"}]`, `"dose":"41 mg","state":"planned","revision":-1}]`, "/sessions/3/revision: want a whole number from 0 to 2147483647, got -1 [range]"},
		{`"start":"08:00","end":"10:40","dose":"41 mg","state":"planned"}]`, `"start":"8","end":"10:40","dose":"41 mg","state":"planned"}]`, "/sessions/3/start: "},
	} {
		require.Contains(t, string(src), tt.from)
		plan, err := schedule.ParsePlan("x", sealedFirst(strings.Replace(string(src), tt.from, tt.to, 1)), source)
		require.Nil(t, plan)
		found := strings.Join(problemsOf(t, err), "\n")
		if strings.HasSuffix(tt.want, "]") {
			assert.Equal(t, tt.want, found, "it is all that is wrong")
		} else {
			assert.Contains(t, "\n"+found, "\n"+tt.want, tt.to)
		}
	}
}

// A plan of format 1 is made again from what the clinic answered then, not from what it says
// now, and in a zone of another name that has the same clocks.
func TestFirstFormatAsksNobody(t *testing.T) {
	c := readCase(t, filepath.Join(releases, "plan-format-1", "given-before"))
	src, _ := c.read(t, "plan.json")
	plan, err := schedule.ParsePlan("x", src, schedule.PlanSource{Protocols: c.protocols, Opening: unasked{}, Zone: zoneOf(t, "US/Eastern", "America/New_York")})
	require.NoError(t, err)
	assert.Equal(t, []string{`info: plan: the file has the time zone "America/New_York", and was read with "US/Eastern" [zone-renamed]`}, hasCode(plan, schedule.ZoneRenamed))
	assert.NotContains(t, codesOf(plan), schedule.FileDiffers)
	assert.Equal(t, schedule.Severity(0), plan.Verify().Severity)

	// What the file has otherwise holds, and by which rules is not known then.
	last := strings.LastIndex(string(src), `{"id":"`)
	changed := string(src[:last]) + strings.Replace(string(src[last:]), `"start":"08:00"`, `"start":"09:00"`, 1)
	plan, err = schedule.ParsePlan("x", sealedFirst(changed), schedule.PlanSource{Protocols: c.protocols, Opening: c.opening})
	require.NoError(t, err)
	assert.Contains(t, string(schedule.FormatPlan(plan)), "\"rules\":0,\n")
	plan, err = schedule.ParsePlan("x", sealedFirst(string(src[:last])+strings.Replace(string(src[last:]), `"dose":"41 mg"`, `"dose":"42 mg"`, 1)), schedule.PlanSource{Protocols: c.protocols, Opening: c.opening})
	require.NoError(t, err)
	assert.Contains(t, string(schedule.FormatPlan(plan)), "\"rules\":1,\n", "a dose is none that is kept")
	kept := strings.Count(string(schedule.FormatPlan(plan)), `"told":[`)
	assert.Zero(t, kept, "what was kept is no change")
}

// One protocol that was passed in stands for one digest of the file that none has, as often as
// the file names it; for two it does not.
func TestFirstFormatTakesOneInstead(t *testing.T) {
	c := readCase(t, filepath.Join(releases, "plan-format-1", "given-before"))
	src, _ := c.read(t, "plan.json")
	spec := c.protocols[0].Spec()
	spec.Phases[0].MaxGap = 60
	other, err := spec.Compile()
	require.NoError(t, err)
	digest := string(src)[strings.Index(string(src), "sha256:"):][:len("sha256:")+64]
	adopted := func(digest string) []byte {
		return sealedFirst(strings.Replace(string(src), `"events":[]`, `"events":[`+"\n"+`{"asOf":"2026-03-03T12:00:00Z","id":"a","kind":"adopted","protocol":"`+digest+`","who":"attending"}]`, 1))
	}
	source := schedule.PlanSource{Protocols: []*protocol.Protocol{other, nil, other}, Opening: c.opening, Zone: nil}
	opened, _ := schedule.ParsePlanFile("x", adopted(digest), source)
	assert.Equal(t, other, opened.Request.Protocol)
	assert.Equal(t, source.Protocols, opened.Protocols)
	assert.Zero(t, opened.Rules)
	require.Len(t, opened.Journal, 1)
	assert.Equal(t, other, opened.Journal[0].Event.What.(schedule.Adopted).Protocol)
	opened, _ = schedule.ParsePlanFile("x", adopted("sha256:"+strings.Repeat("0", 64)), source)
	assert.Nil(t, opened.Request.Protocol)
	source.Protocols = append(source.Protocols, bare(t, "1", 1))
	opened, _ = schedule.ParsePlanFile("x", adopted(digest), source)
	assert.Nil(t, opened.Request.Protocol, "two could be meant")
}

// When something was given its entry says, not the row.
func TestFirstFormatKeepsWhatWasGiven(t *testing.T) {
	c := readCase(t, filepath.Join(releases, "plan-format-1", "adopted-version"))
	src, _ := c.read(t, "plan.json")
	source := schedule.PlanSource{Protocols: c.protocols, Opening: c.opening}
	plan, err := schedule.ParsePlan("x", src, source)
	require.NoError(t, err)
	first := sessionAt(plan, 1)
	require.Equal(t, schedule.StateGiven, first.State())
	at := strings.Index(string(src), `{"id":"`+first.ID().String())
	changed := string(src[:at]) + strings.Replace(string(src[at:]), `"date":"`+first.Date().String()+`"`, `"date":"`+(first.Date()+1).String()+`"`, 1)
	changed = changed[:at] + strings.Replace(changed[at:], `"state":"given"`, `"state":"planned"`, 1)
	plan, err = schedule.ParsePlan("x", sealedFirst(changed), source)
	require.NoError(t, err)
	assert.Equal(t, first.Date(), sessionAt(plan, 1).Date())
	assert.Contains(t, codesOf(plan), schedule.FileDiffers)
}

// A session that somebody has decided about is kept as the file has it like any other.
func TestFirstFormatKeepsWhatWasDecided(t *testing.T) {
	c := readCase(t, filepath.Join(releases, "plan-format-1", "adopted-version"))
	src, _ := c.read(t, "plan.json")
	last := strings.LastIndex(string(src), `{"id":"`)
	require.Contains(t, string(src[last:]), `"start":"08:00"`)
	plan, err := schedule.ParsePlan("x", sealedFirst(string(src[:last])+strings.Replace(string(src[last:]), `"start":"08:00"`, `"start":"08:15"`, 1)), schedule.PlanSource{Protocols: c.protocols, Opening: c.opening})
	require.NoError(t, err)
	s := sessionAt(plan, plan.Len())
	assert.Equal(t, "08:15", s.Start().String())
	file := string(schedule.FormatPlan(plan))
	row := file[strings.Index(file, `{"id":"`+s.ID().String()):]
	row = row[:strings.IndexByte(row, '\n')]
	require.Contains(t, row, `"set":[`)
	assert.Regexp(t, `"set":\[.*\{\}\]`, row, "the last setting is what the row is")
	requireKept(t, plan)
}
