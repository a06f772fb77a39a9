package schedule_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Every field is there, whatever the plan has: a reader in another language needs
// to know no more than their names.
func TestPlanJSONHasEveryField(t *testing.T) {
	s := living(t, request(withDose(t, "1/wk x3", 2, "41 mg"), everyDay(t), "2026-03-02"))
	plan, err := s.plan.Apply(schedule.Event{
		ID: "first", RecordedBy: "nurse-7",
		What: schedule.Given{
			Session: s.id(1), Date: day("2026-03-02"), Dose: dose.MustMass("17.3 mg"), Weight: dose.MustWeight("82 kg"), Reason: "stopped early", Who: "a clinician",
		},
	}, noon("2026-03-02"))
	require.NoError(t, err)
	s.plan = plan
	s.on("2026-03-09", schedule.Missed{Session: s.id(2)})
	s.on("2026-03-09", schedule.Added{Date: day("2026-03-11"), For: s.id(2)})
	s.on("2026-03-09", schedule.ClinicClosed{From: day("2026-03-16"), Reason: "storm"})

	var read map[string]any
	require.NoError(t, json.Unmarshal(s.plan.AppendJSON(nil), &read))
	assert.ElementsMatch(t, []string{
		"protocol", "protocols", "start", "until", "zone", "asOf", "shortWeek", "standing", "givenBefore", "sessions", "visits", "checkpoints", "findings", "journal",
	}, keys(read))
	assert.Equal(t, "active", read["standing"])
	assert.Nil(t, read["until"])
	assert.Len(t, read["protocols"], 1)
	sessions := read["sessions"].([]any)
	require.Len(t, sessions, 4)
	for _, session := range sessions {
		assert.ElementsMatch(t, []string{
			"id", "ordinal", "number", "phase", "week", "protocol", "drug", "route", "target", "earliest", "latest", "extra", "makesUpFor",
			"date", "start", "end", "state", "revision", "shiftDays", "lost", "withdrawn", "planned", "allowed", "level", "tasks", "given",
		}, keys(session.(map[string]any)))
	}
	field := func(ordinal int, name string) any { return sessions[ordinal-1].(map[string]any)[name] }
	assert.Equal(t, map[string]any{
		"date": "2026-03-02", "start": "08:00", "end": "10:40", "dose": "17.3 mg", "during": nil, "weight": "82 kg", "notDone": []any{},
		"reason": "stopped early", "who": "a clinician", "recordedBy": "nurse-7",
	}, field(1, "given"))
	assert.Equal(t, "41 mg", field(1, "planned"), "what the plan asked for, also after something else was given")
	assert.Equal(t, s.id(2).String(), field(3, "makesUpFor"))
	assert.Nil(t, field(2, "makesUpFor"))
	assert.Equal(t, "closed (storm)", field(4, "lost"))
	journal := read["journal"].([]any)
	require.Len(t, journal, 4)
	assert.Equal(t, "nurse-7", journal[0].(map[string]any)["recordedBy"])
	found := read["findings"].([]any)
	assert.True(t, slices.ContainsFunc(found, func(f any) bool {
		one := f.(map[string]any)
		return one["code"] == "day-lost" && one["session"] == s.id(4).String() && one["accepted"] == nil
	}), found)

	// A plan file keeps who recorded what.
	again, err := schedule.ParsePlan("x.plan", schedule.FormatPlan(s.plan), schedule.PlanSource{
		Protocols: []*protocol.Protocol{s.plan.Protocol()}, Opening: everyDay(t), Zone: time.UTC,
	})
	require.NoError(t, err)
	assert.Equal(t, "nurse-7", sessionAt(again, 1).RecordedBy())
	assert.Empty(t, sessionAt(again, 2).RecordedBy())
}

func keys(m map[string]any) []string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	return list
}

// Who recorded an event does not tell it from another: the same event, sent again
// by a colleague, changes nothing.
func TestRecordedByTellsNoEventApart(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x2", 1), everyDay(t), "2026-03-02"))
	e := schedule.Event{ID: "a", What: schedule.Given{Session: s.id(1), Date: day("2026-03-02")}, RecordedBy: "nurse-7"}
	plan, err := s.plan.Apply(e, noon("2026-03-02"))
	require.NoError(t, err)
	e.RecordedBy = "nurse-8"
	again, err := plan.Apply(e, noon("2026-03-03"))
	require.NoError(t, err)
	assert.Same(t, plan, again)
	e.ID, e.RecordedBy = "b", string(make([]byte, 257))
	_, err = plan.Apply(e, noon("2026-03-03"))
	require.ErrorIs(t, err, schedule.ErrEvent)
	require.ErrorContains(t, err, "RecordedBy")
}

// A day that is lost raises the revision, and so does one that is found again.
func TestLostRaisesTheRevision(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x3", 1), everyDay(t), "2026-03-02"))
	s.on("2026-03-02", schedule.PatientAway{From: day("2026-03-09"), Reason: "travel"})
	assert.Equal(t, "unsuitable (travel)", sessionAt(s.plan, 2).Lost())
	assert.Equal(t, 1, sessionAt(s.plan, 2).Revision())
	assert.Equal(t, day("2026-03-09"), sessionAt(s.plan, 2).Date(), "it keeps its day")
	assert.Empty(t, sessionAt(s.plan, 3).Lost())
	assert.Zero(t, sessionAt(s.plan, 3).Revision())
	s.on("2026-03-02", schedule.ClinicClosed{From: day("2026-03-09")})
	assert.Equal(t, "closed", sessionAt(s.plan, 2).Lost())
	assert.Equal(t, 1, sessionAt(s.plan, 2).Revision(), "it was lost already")
}

// The standing of a treatment is the first that holds.
func TestStanding(t *testing.T) {
	weekly := func() *story { return living(t, request(bare(t, "1/wk x3", 1), everyDay(t), "2026-03-02")) }
	endless := request(bare(t, "every 1w", 1), everyDay(t), "2026-03-02")
	endless.Until = day("2026-03-09")
	needed := request(bare(t, "1/wk x2 then as needed", 1), everyDay(t), "2026-03-02")
	for _, tt := range []struct {
		name string
		want schedule.Standing
		plan func() *story
	}{
		{"new", schedule.Active, weekly},
		{"held", schedule.OnHold, func() *story { s := weekly(); return s.on("2026-03-02", schedule.Held{Session: s.id(1)}) }},
		{"held later", schedule.Active, func() *story { s := weekly(); return s.on("2026-03-02", schedule.Held{Session: s.id(2)}) }},
		{"held after what was given", schedule.OnHold, func() *story { s := weekly().give(1); return s.on("2026-03-02", schedule.Held{Session: s.id(2)}) }},
		{"resumed", schedule.Active, func() *story {
			s := weekly()
			return s.on("2026-03-02", schedule.Held{Session: s.id(1)}).on("2026-03-02", schedule.Resumed{})
		}},
		{"stopped", schedule.Stopped, func() *story {
			s := weekly()
			return s.on("2026-03-02", schedule.Cancelled{Session: s.id(1), By: schedule.ByPatient, Rest: true})
		}},
		{"stopped, then added", schedule.Active, func() *story {
			s := weekly()
			return s.on("2026-03-02", schedule.Cancelled{Session: s.id(1), By: schedule.ByPatient, Rest: true}).
				on("2026-03-02", schedule.Added{Date: day("2026-03-04"), Reason: "relapse"})
		}},
		{"cancelled, one by one", schedule.Completed, func() *story {
			s := weekly().give(2)
			return s.on("2026-03-09", schedule.Cancelled{Session: s.id(3), By: schedule.ByPatient})
		}},
		{"given", schedule.Completed, func() *story { return weekly().give(3) }},
		{"as needed", schedule.Active, func() *story { return living(t, needed).give(2) }},
		{"up to the horizon", schedule.RunOut, func() *story { return living(t, endless).give(2) }},
		{"before the horizon", schedule.Active, func() *story { return living(t, endless).give(1) }},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, tt.plan().plan.Standing()) })
	}
	for standing := schedule.Active; standing <= schedule.RunOut; standing++ {
		read, err := schedule.ParseStanding(standing.String())
		require.NoError(t, err)
		assert.Equal(t, standing, read)
	}
	_, err := schedule.ParseStanding("done")
	require.ErrorContains(t, err, "want active, on hold, stopped, completed or run out")
	_, err = schedule.Standing(0).MarshalText()
	require.Error(t, err)
}

// A plan as it was known is the plan of then, not of now.
func TestAsKnown(t *testing.T) {
	s := living(t, request(withDose(t, "1/wk x3", 1, "41 mg"), everyDay(t), "2026-03-02"))
	plans := []*schedule.Plan{s.plan}
	for _, step := range []struct {
		day  string
		what schedule.Happening
	}{
		{"2026-03-02", schedule.Given{Session: s.id(1), Date: day("2026-03-02"), Dose: dose.MustMass("41 mg")}},
		{"2026-03-03", schedule.ClinicClosed{From: day("2026-03-09"), Reason: "storm"}},
		{"2026-03-04", schedule.Moved{Session: s.id(2), Date: day("2026-03-10")}},
	} {
		plans = append(plans, s.on(step.day, step.what).plan)
	}
	for i, at := range []string{"2026-03-02", "2026-03-02", "2026-03-03", "2026-03-04"} {
		instant := noon(at)
		if i == 0 {
			continue // as of the same instant as the entry after it
		}
		known, err := s.plan.AsKnown(instant)
		require.NoError(t, err)
		assert.Equal(t, string(plans[i].AppendJSON(nil)), string(known.AppendJSON(nil)), at)
		known, err = s.plan.AsKnown(instant.Add(time.Hour))
		require.NoError(t, err)
		assert.Equal(t, string(plans[i].AppendJSON(nil)), string(known.AppendJSON(nil)), "an hour after %s", at)
	}
	_, err := s.plan.AsKnown(noon("2026-03-01"))
	require.ErrorIs(t, err, schedule.ErrOrder)
}

// What a clinic says now is compared, and nothing is changed.
func TestPlanCheck(t *testing.T) {
	s := living(t, request(bare(t, "1/wk x3", 1), everyDay(t), "2026-03-02")).give(1)
	now := func(spec clinic.Spec) *clinic.Clinic {
		spec.Zone = time.UTC
		opening, err := clinic.New(spec)
		require.NoError(t, err)
		return opening
	}
	daily := func(hours string) map[time.Weekday][]clinic.Hours {
		h, err := clinic.ParseHours(hours)
		require.NoError(t, err)
		weekly := map[time.Weekday][]clinic.Hours{}
		for d := time.Sunday; d <= time.Saturday; d++ {
			weekly[d] = []clinic.Hours{h}
		}
		return weekly
	}
	assert.Empty(t, s.plan.Check(now(clinic.Spec{Weekly: daily("08:00-20:00")})))
	closed := s.plan.Check(now(clinic.Spec{
		Weekly: daily("08:00-20:00"), Closed: []clinic.Closure{{Date: day("2026-03-16"), Reason: "strike"}, {Date: day("2026-03-02")}},
	}))
	require.Len(t, closed, 1, "what was given stays given")
	assert.Equal(t, "warning: session 3: planned on Mon 2026-03-16, when the clinic is closed now (strike) [day-lost]", closed[0].String())
	later := s.plan.Check(now(clinic.Spec{Weekly: daily("13:00-20:00")}))
	require.Len(t, later, 2)
	assert.Equal(t, "planned on Mon 2026-03-09, 08:00-08:00, which the hours of the clinic do not hold now: 13:00-20:00", later[0].Text)
}

func TestParseRequestAndEntries(t *testing.T) {
	p := withDose(t, "1/wk x3", 1, "41 mg")
	source := schedule.PlanSource{Protocols: []*protocol.Protocol{p}, Opening: everyDay(t), Zone: time.UTC}
	r, err := schedule.ParseRequest("x.json", []byte(`{"start": "2026-03-02", "asOf": "2026-03-02T07:00:00Z", "key": "b895951e1e276269f8252ef959a3bb2f",
		"weighings": [{"date": "2026-02-27", "weight": "82 kg"}], "shortWeek": "drop"}`), source)
	require.NoError(t, err)
	assert.Equal(t, schedule.Drop, r.ShortWeek)
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	assert.Equal(t, 3, plan.Len())

	entries, err := schedule.ParseEntries("x.json", []byte(`[{"asOf": "2026-03-02T18:00:00Z", "id": "a", "recordedBy": "nurse-7", "kind": "missed", "session": "`+
		sessionAt(plan, 1).ID().String()+`"}]`), p)
	require.NoError(t, err)
	plan, err = plan.Replay(entries...)
	require.NoError(t, err)
	assert.Equal(t, schedule.StateMissed, sessionAt(plan, 1).State())
	b, err := json.Marshal(entries[0])
	require.NoError(t, err)
	assert.Equal(t, `{"asOf":"2026-03-02T18:00:00Z","id":"a","recordedBy":"nurse-7","kind":"missed","session":"`+sessionAt(plan, 1).ID().String()+`"}`, string(b))

	for src, want := range map[string]string{
		`{}`: `x.json:1:1: want the key "start"`,
		`{"start": "2026-03-02", "asOf": "now", "key": "b895951e1e276269f8252ef959a3bb2f"}`:                                            `/asOf: want an instant in UTC`,
		`{"start": "2026-03-02", "asOf": "2026-03-02T07:00:00Z", "key": "b895951e1e276269f8252ef959a3bb2f", "zone": "Europe/London"}`:  `/zone: want the zone that was passed in, UTC`,
		`{"start": "2026-03-02", "asOf": "2026-03-02T07:00:00Z", "key": "b895951e1e276269f8252ef959a3bb2f", "shortWeek": "sometimes"}`: `/shortWeek: want refuse, drop, postpone or carry`,
	} {
		_, err := schedule.ParseRequest("x.json", []byte(src), source)
		require.ErrorContains(t, err, want)
	}
	_, err = schedule.ParseRequest("x.json", []byte(`{"start": "2026-03-02", "asOf": "2026-03-02T07:00:00Z", "key": "b895951e1e276269f8252ef959a3bb2f"}`), schedule.PlanSource{})
	require.ErrorContains(t, err, "want one protocol passed in")
	_, err = schedule.ParseEntries("x.json", []byte(`{}`), p)
	require.ErrorContains(t, err, "want a list")
}
