package schedule

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
)

// requireRow requires that a value is written as a row, and read from that as it was.
func requireRow[T any](t *testing.T, want string, value T, fields func(*objectFields, *T)) {
	t.Helper()
	was := value
	assert.Equal(t, want, writtenRow(func(f *objectFields) { fields(f, &value) }))
	var again T
	doc := document.ParseRecord("row", []byte(want))
	document.Object(doc.Root(), func(in *document.Fields) bool {
		fields(&objectFields{in: in}, &again)
		return true
	})
	require.NoError(t, doc.Err())
	assert.Equal(t, was, again, want)
}

// Rows of a state have each of their fields under the key that docs/FILES.md has.
func TestRowsOfAStateInFull(t *testing.T) {
	id, err := ParseID("abcdefghijklmnop")
	require.NoError(t, err)
	on := func(text string) int32 { return civil.Day(MustDate(text)) }

	requireRow(t, `{"date":"2025-01-06","height":"170 cm"}`, measurement{on("2025-01-06"), dose.MustHeight("170 cm")}, func(f *objectFields, m *measurement) { m.fields(f) })
	requireRow(t, `{"visit":"abcdefghijklmnop","entry":3,"date":"2025-01-06","start":"08:00","end":"09:00","notDone":["scale"],"reason":"tired","result":"low","verdict":"not ok"}`,
		attendance{visit: id, entry: 3, date: MustDate("2025-01-06"), start: timeOf(480), end: timeOf(540), notDone: []string{"scale"}, reason: "tired", result: "low", verdict: VerdictNotOK},
		func(f *objectFields, a *attendance) { a.fields(f) })
	requireRow(t, `{"visit":"abcdefghijklmnop","entry":4,"missed":true,"reason":"ill"}`, attendance{visit: id, entry: 4, missed: true, reason: "ill", notDone: nil},
		func(f *objectFields, a *attendance) { a.fields(f) })
	type reached struct {
		gave
		level dose.Level
	}
	requireRow(t, `{"at":2,"item":1,"by":5,"serial":7,"level":"40 mg"}`, reached{gave{step{2, 1}, 5, 7}, dose.MustLevel("40 mg")},
		func(f *objectFields, r *reached) { gaveFields(f, &r.gave, &r.level) })
	requireRow(t, `{"at":2,"serial":7}`, reached{gave: gave{step{2, 0}, 2, 7}}, func(f *objectFields, r *reached) { gaveFields(f, &r.gave, &r.level) })
	requireRow(t, `{"serial":2,"level":"60 mg","who":"attending","reason":"worse"}`, chosenDose{serial: 2, level: dose.MustLevel("60 mg"), who: "attending", reason: "worse"},
		func(f *objectFields, c *chosenDose) { c.fields(f) })
	requireRow(t, `{"gate":"response","serial":4,"then":"change","open":true,"by":5,"item":1,"withdrawn":true}`,
		decision{gate: "response", serial: 4, then: protocol.Change, open: true, at: step{5, 1}, off: true}, func(f *objectFields, d *decision) { d.fields(f) })
	requireRow(t, `{"by":1,"ordinal":2,"serial":3}`, appointee{by: 1, ordinal: 2, serial: 3}, func(f *objectFields, a *appointee) { a.fields(f) })
	requireRow(t, `{"entry":1,"by":2,"session":"abcdefghijklmnop"}`, afterAll{1, 2, id}, func(f *objectFields, a *afterAll) { a.fields(f) })
	requireRow(t, `{"at":1,"atItem":2,"by":3,"byItem":4,"serial":5,"visit":"abcdefghijklmnop"}`, unrestored{step{1, 2}, step{3, 4}, 5, id}, func(f *objectFields, u *unrestored) { u.fields(f) })
	requireRow(t, `{"version":1,"start":"2025-01-06","until":"2025-02-03","by":2,"item":1}`,
		courseSetting{version: 1, start: on("2025-01-06"), until: on("2025-02-03"), at: step{2, 1}}, courseFields)
	requireRow(t, `{"start":"2025-01-06"}`, courseSetting{start: on("2025-01-06")}, courseFields)
	requireRow(t, `{"segment":1,"weeks":2}`, course.Carried{Segment: 1, Weeks: 2}, carriedFields)
	requireRow(t, `{"by":1,"date":"2025-01-06","start":"08:00","end":"26:40","minutes":160,"state":"planned","lost":true,"revision":2,"version":1}`,
		told{by: 1, day: on("2025-01-06"), start: 480, end: 1600, minutes: 160, state: StatePlanned, lost: true, revision: 2, version: 1}, toldFields)
	requireRow(t, `{"start":"00:00","end":"00:00","state":"left out","noDate":true}`, told{state: StateLeftOut, left: true}, toldFields)
	requireRow(t, `{"revision":1,"by":2,"nothing":true,"onHold":true,"agreed":"2025-01-06","madeBy":3,"madeByItem":1}`,
		slot{revision: 1, by: 2, nothing: true, onHold: true, agreed: on("2025-01-06"), made: step{3, 1}}, slotFields)
	requireRow(t, `{"phase":1,"number":2,"target":"2025-01-13","daysBefore":3,"daysAfter":2,"minutes":160,"segment":4,"origin":"2025-01-06","steps":-1,"count":3,"inWeek":2,`+
		`"turned":1,"postponed":5,"wish":6,"tag":7,"extra":true,"again":true,"date":"2025-01-14","start":"08:00","end":"10:40","state":"held","leftOut":true,`+
		`"decidedFor":"2025-01-15","replaced":true,"withdrawn":true,"makesUpFor":9}`,
		placing{
			Session: course.Session{
				Phase: 1, Number: 2, Target: on("2025-01-13"), Earliest: on("2025-01-10"), Latest: on("2025-01-15"), Minutes: 160, Segment: 4, Origin: on("2025-01-06"), Steps: -1,
				Count: 3, InWeek: 2, Turned: 1, Moved: 5, Wish: 6, Tag: 7, Extra: true, Again: true,
			},
			day: on("2025-01-14"), fixed: on("2025-01-15"), start: 480, end: 640, left: true, state: StateHeld, replaced: true, withdrawn: true, makesUp: 9,
		}, func(f *objectFields, s *placing) {
			base := noPlacing()
			placingFields(f, s, &base)
		})
	// What has no segment says so, also where the base has one and where it has none.
	for _, tt := range []struct {
		now, base uint16
		want      string
	}{{course.NoSegment, 0, `{"segment":-1}`}, {0, course.NoSegment, `{"segment":0}`}, {course.NoSegment, course.NoSegment, `{}`}, {3, 3, `{}`}} {
		requireRow(t, tt.want, course.Session{Segment: tt.now}, func(f *objectFields, s *course.Session) { askedFields(f, s, &course.Session{Segment: tt.base}) })
	}
	visit := OtherVisit{
		ID: id, Name: "talk", Kind: protocol.Integration, Role: RoleCompanion, serial: 1, Target: MustDate("2025-01-07"), Earliest: MustDate("2025-01-06"), Latest: MustDate("2025-01-09"),
		minutes: 60, State: StateDone, NotDone: []string{"scale"}, Reason: "tired", Revision: 2, decided: 3, by: 4,
	}
	visit.put(MustDate("2025-01-08"), 1410, 1470)
	requireRow(t, `{"id":"abcdefghijklmnop","name":"talk","kind":"integration","role":"companion","serial":1,"target":"2025-01-07","daysBefore":1,"daysAfter":2,"date":"2025-01-08",`+
		`"start":"23:30","end":"24:30","minutes":60,"state":"done","notDone":["scale"],"reason":"tired","revision":2,"decidedBy":3,"by":4}`, visit, visitFields)
	count := OtherVisit{
		ID: id, Name: "count", Role: RoleMonitoring, Day: 7, Number: 2, Elsewhere: "laboratory", Target: MustDate("2025-01-07"), Earliest: MustDate("2025-01-07"), Latest: MustDate("2025-01-07"),
		State: StatePlanned, Result: "low", Verdict: VerdictOK,
	}
	assert.Equal(t, `{"id":"abcdefghijklmnop","name":"count","role":"monitoring","day":7,"number":2,"elsewhere":"laboratory","target":"2025-01-07","state":"planned","result":"low","verdict":"ok"}`,
		writtenRow(func(f *objectFields) { visitFields(f, &count) }))
}
