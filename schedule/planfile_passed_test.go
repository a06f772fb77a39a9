package schedule_test

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// What is not passed in, and what a file does not have, is the one thing that is wrong.
func TestPlanFileLacks(t *testing.T) {
	s, source := longStory(t)
	file := string(schedule.FormatPlan(s.plan))
	alone := schedule.PlanSource{Opening: source.Opening}
	const digest = ` [missing-key]`
	for _, tt := range []struct {
		name, from, to string
		source         schedule.PlanSource
		want           []string
	}{
		{"no opening", "", "", schedule.PlanSource{Zone: time.UTC}, []string{"/request: want a plan file with the clinic's opening passed in [rebuild]"}},
		{"no zone", "", "", schedule.PlanSource{Opening: unasked{}}, []string{`/request/zone: want a plan file with the clinic's time zone passed in, got "UTC" [zone-differs]`}},
		{"no start", `"request":{"start":"2025-01-06"`, `"request":{"start":""`, source, []string{`/request/start: want a date written YYYY-MM-DD, got "" [value]`}},
		{"a request that cannot be", `"until":"2025-03-10"`, `"until":"2025-01-05"`, source, []string{`/request: Until "2025-01-05": want a day that is not before the start, 2025-01-06 [rebuild]`}},
		{"no zone in the file", `"zone":"UTC",`, ``, source, []string{`/request: want the key "zone" [missing-key]`}},
		{"no short week", `"shortWeek":"drop",`, ``, source, []string{`/request: want the key "shortWeek" [missing-key]`}},
		{"no grid", `"gridMinutes":30,`, ``, source, []string{`/request: want the key "gridMinutes" [missing-key]`}},
		{"another format", "regimen-plan/2", "regimen-plan/3", source, []string{`/format: want "regimen-plan/2" or "regimen-plan/1", got "regimen-plan/3" [choice]`}},
		{"protocol that is none", `"protocol":{"format"`, `"protocol":5,"x":{"format"`, alone, []string{`/protocols/0/protocol: want an object, got 5 [json-type]`, `/protocols/0/x: want one of the keys "digest" or "protocol", got "x" [unknown-key]`}},
		{"protocols of a format that is none", `"plausible":{"format":1`, `"plausible":{"format":2`, source, []string{`/request/plausible/format: want a whole number from 1 to 1, got 2 [range]`}},
		{"five bounds", `["91 cm",`, `["91 cm","92 cm",`, source, []string{`/request/plausible/height: want four bounds: hard and soft minimum, soft and hard maximum [value]`}},
	} {
		changed := strings.Replace(file, tt.from, tt.to, 1)
		assert.Equal(t, tt.want, refusals(t, string(sealed([]byte(changed))), tt.source), tt.name)
	}
	for from, to := range map[string][2]string{
		`"cadence":"2/wk x2"`:            {`"cadence":"2/wk y2"`, `/phases/0/cadence: want the end, or x and the number of weeks after a space, as in 2/wk x4, got "2/wk y2" [cadence-syntax] [rebuild]`},
		`"on":["2025-01-06/2025-01-10",`: {`"on":["2025-01-06/2025-01-10","2025-01-10",`, "/answers/0/on/1: want days in order, none before 2025-01-06"},
	} {
		assert.Contains(t, strings.Join(refusals(t, strings.Replace(file, from, to[0], 1), alone), "\n"), to[1])
	}
	// By which offset people were told is said of the five sessions and the three visits that
	// are to come.
	assert.Equal(t, 8, strings.Count(file, `"utc":"+00:00"`))

	// Parts and digests that are not there, or are none.
	part := regexp.MustCompile(`(?s)"answers":\[.*?\]\}\],\n`)
	for from, want := range map[string][]string{
		part.FindString(file): {`want the key "answers"` + digest},
		`"digests":{`:         {`/digests: want an object, got 5 [json-type]`},
		",\n" + `"digest":"`:  {`/digest: want text in double quotes, got 5 [json-type]`},
		`,"answers":"`:        {`/digests/answers: want text in double quotes, got 5 [json-type]`},
	} {
		to := ""
		if !part.MatchString(from) {
			to = regexp.MustCompile(`:[{"]$`).ReplaceAllString(from, ":5,\"x\"$0")
		}
		require.Contains(t, file, from)
		list := refusals(t, strings.Replace(file, from, to, 1), source)
		require.NotEmpty(t, list)
		for _, w := range want {
			assert.Contains(t, strings.Join(list, "\n"), w)
		}
		for _, found := range list {
			assert.NotContains(t, found, "[digest]", from)
		}
	}
}

// A companion whose instant newer rules of the zone move is named with its session, until it
// is cancelled. By hand: at 09:00 by UTC-4, as New York has it from 2026-03-08 on, it is
// 13:00 UTC, and 14:00 by the UTC-5 of Bogota.
func TestNewerZoneRulesOfVisits(t *testing.T) {
	p := phase("1/wk x2", taperRule)
	p.Companions = []protocol.Companion{{Name: "talk", Visit: protocol.Visit{Observation: time.Hour}, From: 1, To: 1}}
	r := request(compiled(t, protocol.Spec{Phases: []protocol.Phase{p}}), answer{clinic.MustHours("09:00-17:00")}, "2026-03-09")
	r.Zone, r.AsOf = zoneOf(t, "Clinic/Zone", "America/New_York"), noon("2026-03-02")
	r.Weighings = []schedule.Weighing{{Date: day("2026-03-02"), Weight: dose.MustWeight("80 kg")}}
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	source := schedule.PlanSource{Opening: r.Opening, Zone: zoneOf(t, "Clinic/Zone", "America/Bogota")}
	file := string(schedule.FormatPlan(plan))
	read, err := schedule.ParsePlan("x", []byte(file), source)
	require.NoError(t, err)
	moved := func(day, what string) string {
		return what + "begins at " + day + "T14:00:00Z by the rules that the zone has now, and at " + day + "T13:00:00Z by those of when people were told of it"
	}
	assert.Equal(t, []string{
		"warning: session 1: " + moved("2026-03-09", "") + " [clock-moved]", "warning: session 1: " + moved("2026-03-10", `"talk" `) + " [clock-moved]",
		"warning: session 2: " + moved("2026-03-16", "") + " [clock-moved]", "warning: session 2: " + moved("2026-03-17", `"talk" `) + " [clock-moved]",
	}, hasCode(read, schedule.ClockMoved))
	next, err := read.Apply(schedule.Event{ID: "c", What: schedule.Cancelled{Session: sessionAt(read, 1).ID(), By: schedule.ByPatient}}, noon("2026-03-02"))
	require.NoError(t, err)
	assert.Len(t, hasCode(next, schedule.ClockMoved), 2, "those of session 2")

	// By which offset people were told a file need not say.
	read, err = schedule.ParsePlan("x", sealed([]byte(strings.ReplaceAll(file, `,"utc":"-04:00"`, ""))), source)
	require.NoError(t, err)
	assert.Empty(t, hasCode(read, schedule.ClockMoved))
}

// A request has what it states and nothing else, each bound of what is plausible in its place.
func TestRequestInFull(t *testing.T) {
	r := request(bare(t, "1", 1), weekdaysOnly(t), "2025-01-06")
	r.Weighings = nil
	text, err := json.Marshal(r)
	require.NoError(t, err)
	assert.Equal(t, `{"start":"2025-01-06","zone":"UTC","asOf":"`+r.AsOf.Format(time.RFC3339)+`","key":"`+r.Key.String()+`","shortWeek":"refuse","gridMinutes":15}`, string(text))
	r.Plausible = dose.Plausibility{
		Weight: dose.Limit[dose.Weight]{HardMin: dose.MustWeight("1 kg"), SoftMin: dose.MustWeight("2 kg"), SoftMax: dose.MustWeight("3 kg"), HardMax: dose.MustWeight("4 kg")},
		Height: dose.Limit[dose.Height]{SoftMin: dose.MustHeight("100 cm"), HardMax: dose.MustHeight("200 cm")},
		BMI:    dose.Limit[dose.BMI]{HardMin: dose.MustBMI("5 kg/m2"), SoftMin: dose.MustBMI("6 kg/m2"), SoftMax: dose.MustBMI("7 kg/m2"), HardMax: dose.MustBMI("8 kg/m2")},
		Source: "the clinic",
	}
	r.Accepted = []schedule.Acceptance{{Session: 1, Code: schedule.SoftLimit, Reason: "agreed", Who: "attending"}}
	text, err = json.Marshal(r)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"plausible":{"format":1,"weight":["1 kg","2 kg","3 kg","4 kg"],"height":["","100 cm","","200 cm"],"bmi":["5 kg/m2","6 kg/m2","7 kg/m2","8 kg/m2"],"source":"the clinic"}`)
	again, err := schedule.ParseRequest("x", text, schedule.PlanSource{Protocols: []*protocol.Protocol{r.Protocol}, Opening: r.Opening, Zone: r.Zone})
	require.NoError(t, err)
	assert.Equal(t, r.Plausible, again.Plausible)
	assert.Equal(t, r.Accepted, again.Accepted)
	assert.Nil(t, again.Weighings)

	r.Plausible.Height, r.Plausible.BMI = dose.Limit[dose.Height]{}, dose.Limit[dose.BMI]{}
	text, err = json.Marshal(r)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"plausible":{"format":1,"weight":["1 kg","2 kg","3 kg","4 kg"],"source":"the clinic"}`)
	for minutes, want := range map[string]string{"1": "", "1440": "", "0": "got 0", "1441": "got 1441"} {
		again, err = schedule.ParseRequest("x", []byte(strings.Replace(string(text), `"gridMinutes":15`, `"gridMinutes":`+minutes, 1)), schedule.PlanSource{Protocols: []*protocol.Protocol{r.Protocol}, Opening: r.Opening, Zone: r.Zone})
		if want != "" {
			assert.ErrorContains(t, err, "/gridMinutes: want a whole number from 1 to 1440, "+want)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, minutes, strconv.Itoa(int(again.Grid.Minutes())))
		assert.Equal(t, r.Plausible, again.Plausible)
	}
}
