package schedule_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// refusals returns what is wrong with a file, each problem with its pointer, in order.
func refusals(t *testing.T, file string, source schedule.PlanSource) (list []string) {
	t.Helper()
	plan, err := schedule.ParsePlan("x", []byte(file), source)
	require.Equal(t, err == nil, plan != nil, "a plan or a reason")
	return problemsOf(t, err)
}

// problemsOf returns the problems of a file without where in it they are, none for no error.
func problemsOf(t *testing.T, err error) (list []string) {
	t.Helper()
	if err == nil {
		return nil
	}
	problems, ok := errors.AsType[*schedule.FileProblems](err)
	require.True(t, ok, "%v", err)
	for _, p := range problems.Kept() {
		list = append(list, strings.SplitN(p.Error(), ": ", 2)[1])
	}
	return list
}

// A state that cannot be is refused by the place, whatever the digests say: each row of what
// docs/FILES.md says of the state is held against the journal, the protocols and the other
// rows.
func TestStatesThatCannotBe(t *testing.T) {
	s, source := longStory(t)
	file := string(schedule.FormatPlan(s.plan))
	require.Empty(t, refusals(t, file, source))
	const asOf = `"state":{"asOf":"2025-01-14T12:00:00Z",`
	noEntry := func(at, number string) string {
		return at + ": want the numbers of entries of the journal, up to 6, not " + number + " [refers]"
	}
	for _, tt := range []struct{ from, to, want string }{
		// The course.
		{`{"protocol":0,"start":"2025-01-06","until":"2025-03-10"},`, `7,`, "/state/tenures/0: want an object, got 7 [json-type]"},
		{`{"protocol":0,"start":"2025-01-06"`, `{"protocol":0,"start":""`, `/state/tenures/0/start: want a day, got "" [state]`},
		{`{"protocol":0,"start":"2025-01-06",`, `{"protocol":0,`, `/state/tenures/0: want the key "start" [missing-key]`},
		{`{"protocol":0,"start":"2025-01-06"`, `{"start":"2025-01-06"`, `/state/tenures/0: want the key "protocol" [missing-key]`},
		{`{"protocol":0,"start":"2025-01-06"`, `{"protocol":1,"start":"2025-01-06"`, `/state/tenures/0/protocol: want protocols in the order in which they came to hold, of which the next is 0, got 1 [state]`},
		{`{"protocol":1,"start":"2025-01-06"`, `{"protocol":0,"start":"2025-01-06"`, `/state/tenures: want one of each protocol, 2 [state]`},
		{`{"protocol":1,"start":"2025-01-06"`, `{"protocol":1,"gap":3651,"start":"2025-01-06"`, `/state/tenures/1/gap: want a whole number from 0 to 3650, got 3651 [range]`},
		{`{"protocol":1,"start":"2025-01-06"`, `{"protocol":1,"goesOnFrom":1,"start":"2025-01-06"`, `/state/tenures/1/goesOnFrom: want a whole number from 0 to 0, got 1 [range]`},
		{`{"protocol":1,"start":"2025-01-06"`, `{"protocol":1,"treatment":-1,"start":"2025-01-06"`, `/state/tenures/1/treatment: want a whole number from 0 to 2147483647, got -1 [range]`},
		{`"goesOn":[[0,2],[1,3]]`, `"goesOn":[[0,2],[1]]`, `/state/tenures/1/goesOn/1: want a phase and the one that goes on with it [state]`},
		{`"goesOn":[[0,2],[1,3]]`, `"goesOn":[[0,2],[1,3,3]]`, `/state/tenures/1/goesOn/1: want a phase and the one that goes on with it [state]`},
		{`"goesOn":[[0,2],[1,3]]`, `"goesOn":[[0,2],[2,3]]`, `/state/tenures: want phases that go on with those before them [state]`},
		{`"goesOn":[[0,2],[1,3]]`, `"goesOn":[[0,1],[1,3]]`, `/state/tenures: want phases that go on with those before them [state]`},
		{`"goesOn":[[0,2],[1,3]]`, `"goesOn":[[0,2],[1,4]]`, `/state/tenures: want phases that go on with those before them [state]`},
		{`"goesOn":[[0,2],[1,3]]`, `"goesOn":[[0,2],[1,65536]]`, `/state/tenures/1/goesOn/1/1: want a whole number from 0 to 65535, got 65536 [range]`},
		{`"holds":1,`, `"holds":2,`, `/state/holds: want a whole number from 0 to 1, got 2 [range]`},
		{`"weekdays":["Mon,Thu"],` + "\n\"tenures\"", `"weekdays":["Mon,Thu","Tue,Fri"],` + "\n\"tenures\"", `/state: /weekdays/1 "Tue,Fri": want one set for each number of sessions [state]`},
		{`"weekdays":["Mon,Thu"],` + "\n\"tenures\"", `"wished":[{"weekdays":["Mon","Tue"]}],` + "\n\"tenures\"", `/state: /weekdays/1 "Tue": want one set for each number of sessions [state]`},
		{`{"version":1,"start"`, `{"version":2,"start"`, `/state/courses/1: want a version that there is [state]`},
		{`{"version":1,"start"`, `{"like":2,"start"`, `/state/courses/1/like: want a whole number from 0 to 1, got 2 [range]`},
		{`"until":"2025-03-10","by":6}],`, `"until":"2025-03-10","by":7}],`, noEntry("/state/courses/1", "7")},
		{`"until":"2025-03-10","by":6}],`, `"until":"2025-03-10","by":6,"item":1}],`, `/state/courses/1: want what an entry corrects, up to 0, not 1 [refers]`},
		{`"courses":[` + "\n" + `{"start":"2025-01-06","until":"2025-03-10"},`, `"courses":[` + "\n3,", `/state/courses/0: want an object, got 3 [json-type]`},
		{asOf, asOf + `"carried":[{"weeks":-1}],`, `/state/carried/0/weeks: want a whole number from 0 to 65535, got -1 [range]`},

		// What is known.
		{asOf, asOf + `"heights":[{"date":"2025-01-08","height":"170 cm"},{"date":"2025-01-07","height":"171 cm"}],`, `/state/heights: want heights in the order of their dates [state]`},
		{asOf, asOf + `"heights":[{"date":"","height":"170 cm"}],`, `/state/heights/0/date: want a day, got "" [state]`},
		{asOf, asOf + `"heights":[{"height":"170 cm"}],`, `/state/heights/0: want the key "date" [missing-key]`},
		{`{"date":"2025-01-06","weight":"72 kg"},` + "\n", `{"date":"2025-01-08","weight":"72 kg"},` + "\n", `/state/weighings: want weighings in the order of their dates [state]`},
		{`"wishes":{"absences":[{"from":"2025-02-10","to":"2025-02-12"`, `"wishes":{"absences":[{"from":"2025-02-10","to":"2025-02-09"`, `/state/wishes: Absences "2025-02-09": want a last day that is not before the first, 2025-02-10 [state]`},
		{`"appointments":[{"session":2,"date":"2025-01-10"}]},` + "\n\"changes\"", `"appointments":[{"session":2,"date":"2025-01-10"},{"session":2,"date":"2025-01-10"}]},` + "\n\"changes\"", `/state/wishes: Appointments "2": want one date for a session [state]`},
		{`},` + "\n\"changes\"", `},"wishedBy":7,` + "\n\"changes\"", noEntry("/state", "7")},
		{`"on":["2025-02-03/2025-02-04"]`, `"on":["2026-02-03"]`, `/state/changes: want days that the clinic has answered for, not 2026-02-03 [refers]`},
		{asOf, asOf + `"attendance":[{"visit":"qnygemmuauhxmqmc","entry":7,"missed":true}],`, noEntry("/state/attendance/0", "7")},
		{asOf, asOf + `"attendance":[{"visit":"qnygemmuauhxmqmc","entry":1}],`, `/state/attendance/0: want the key "date" [missing-key]`},

		// Sessions.
		{`{"id":"cogrtahqdnxcjr6c","serial":1,`, `{"id":"cogrtahqdnxcjr6c",`, `/state/sessions/0: want the key "serial" [missing-key]`},
		{`{"id":"cogrtahqdnxcjr6c","serial":1,`, `{"serial":1,`, `/state/sessions/0: want the key "id" [missing-key]`},
		{`"phase":2,"number":3`, `"phase":4,"number":3`, `/state/sessions/2: want a phase of the protocols, 0 to 3 [refers]`},
		{`"utc":"+00:00","dose":3,"revision":1,"by":6,`, `"utc":"+00:00","dose":3,"revision":1,"by":7,`, noEntry("/state/sessions/2", "7")},
		{`"utc":"+00:00","dose":3,"revision":1,"by":6,`, `"utc":"+00:00","dose":3,"revision":1,"by":6,"madeBy":7,`, noEntry("/state/sessions/2", "7")},
		{`"utc":"+00:00","dose":3,"revision":1,"by":6,`, `"utc":"+00:00","dose":3,"revision":1,"by":6,"madeBy":6,"madeByItem":1,`, `/state/sessions/2: want what an entry corrects, up to 0, not 1 [refers]`},
		{`"utc":"+00:00","dose":3,"revision":1,"by":6,`, `"utc":"+00:00","dose":3,"revision":1,"by":6,"madeByItem":1,`, `/state/sessions/2: want what an entry corrects, up to 0, not 1 [refers]`},
		{`"serial":11,`, `"serial":12,`, `/state/sessions/10: want a serial of its own, 1 to 11 [twice]`},
		{`"weekdays":["Mon,Thu"],` + "\n\"tenures\"", `"weekdays":["Mun"],` + "\n\"tenures\"", `/state/weekdays/0: `},
		{`"serials":11,`, ``, `/state/sessions/0: want a serial of its own, 1 to 0 [twice]`},
		{`"serials":11,`, `"serials":0,`, `/state/serials: want a whole number from 1 to 2147483647, got 0 [range]`},
		{`"serials":11,`, `"serials":12,`, `/state: want as many serials as there are sessions, 11, and at most 20000 [state]`},
		{`"number":3,"target":"2025-01-13"`, `"number":3,"target":""`, `/state/sessions/2: want a session with a target [state]`},
		{`"date":"2025-01-14","start":"12:00"`, `"start":"12:00"`, `/state/sessions/2: want a session with a date [state]`},
		{`"date":"2025-01-06","start":"09:05","end":"10:00","state"`, `"state"`, `/state/sessions/0: want a session with a date [state]`},
		{`"state":"missed","decidedFor"`, `"state":"planned","decidedFor"`, `/state/sessions/1: want given, missed, cancelled, held or none as the state of a session [state]`},
		{`"state":"missed","decidedFor"`, `"state":"left out","decidedFor"`, `/state/sessions/1: want given, missed, cancelled, held or none as the state of a session [state]`},
		{`"utc":"+00:00","dose":3,"revision":1`, `"utc":"+00:00","dose":2,"revision":1`, `/state/sessions/2: want a dose of the session's phase [state]`},
		{`"date":"2025-01-14","start":"12:00","end"`, `"date":"2025-01-14","end"`, `/state/sessions/2: want a start where there is an end [state]`},

		// What was said before, and what was set.
		{`"dose":1},{"by":2,"date":"2025-01-10"`, `"dose":1},{"date":"2025-01-10"`, `/state/sessions/1/told/1: want what was said after entry 0 with a revision that is not below 0 [state]`},
		{`"told":[{"date":"2025-01-10"`, `"told":[{"revision":1,"date":"2025-01-10"`, `/state/sessions/1/told/1: want what was said after entry 0 with a revision that is not below 1 [state]`},
		{`"dose":1},{"by":2,"date":"2025-01-10"`, `"dose":1},{"by":3,"date":"2025-01-10"`, `/state/sessions/1/told: want what was said before entry 3 with a revision of at most 1 [state]`},
		{`"dose":1},{"by":2,"date":"2025-01-10"`, `"dose":1},{"by":2,"revision":2,"date":"2025-01-10"`, `/state/sessions/1/told: want what was said before entry 3 with a revision of at most 1 [state]`},
		{`"told":[{"date":"2025-01-10"`, `"told":[5,{"date":"2025-01-10"`, `/state/sessions/1/told/0: want an object, got 5 [json-type]`},
		{`"set":[{"state":""}]},` + "\n" + `{"id":"6g`, `"set":[{"by":7}]},` + "\n" + `{"id":"6g`, noEntry("/state/sessions/1/set/0", "7")},
		{`"set":[{"state":""}]},` + "\n" + `{"id":"6g`, `"set":[{"phase":4}]},` + "\n" + `{"id":"6g`, `/state/sessions/1/set/0: want a phase of the protocols, 0 to 3 [refers]`},
		{`"set":[{"state":""}]},` + "\n" + `{"id":"6g`, `"set":[{"after":1}]},` + "\n" + `{"id":"6g`, `/state/sessions/1/set/0/after: want a whole number from 0 to 0, got 1 [range]`},
		{`"set":[{"state":""}]},` + "\n" + `{"id":"6g`, `"set":[{"like":1}]},` + "\n" + `{"id":"6g`, `/state/sessions/1/set/0/like: want a whole number from 0 to 0, got 1 [range]`},
		{`"set":[{"state":""}]},` + "\n" + `{"id":"6g`, `"set":[5,{"after":1,"like":1}]},` + "\n" + `{"id":"6g`, `/state/sessions/1/set/0: want an object, got 5 [json-type]`},

		// Visits.
		{`{"id":"p2yisgrshadhblzg"`, `{"id":"qnygemmuauhxmqmc"`, `/state/visits/1: want an id of its own [twice]`},
		{`"minutes":60,"state":"planned","utc":"+00:00"},`, `"minutes":60,"state":"","utc":"+00:00"},`, `/state/visits/0/state: want planned, provisional, held, done, missed or cancelled as the state of a visit, got "" [state]`},
		{`"minutes":60,"state":"planned","utc":"+00:00"},`, `"minutes":60,"state":"given","utc":"+00:00"},`, `/state/visits/0/state: want planned, provisional, held, done, missed or cancelled as the state of a visit, got "given" [state]`},
		{`"minutes":60,"state":"planned","utc":"+00:00"},`, `"minutes":60,"state":"left out","utc":"+00:00"},`, `/state/visits/0/state: want planned, provisional, held, done, missed or cancelled as the state of a visit, got "left out" [state]`},
		{`"minutes":60,"state":"planned","utc":"+00:00"},`, `"minutes":60,"utc":"+00:00"},`, `/state/visits/0: want the key "state" [missing-key]`},
		{`"minutes":60,"state":"planned","utc":"+00:00"},`, `"minutes":60,"state":"planned","by":7},`, noEntry("/state/visits/0", "7")},
		{`"minutes":60,"state":"planned","utc":"+00:00"},`, `"minutes":60,"state":"planned","decidedBy":7},`, noEntry("/state/visits/0", "7")},
		{`"role":"companion","serial":1`, `"role":"companion","serial":12`, `/state/visits/0: want the serial of a session, not 12 [refers]`},
		{`"told":[{"date":"2025-01-13","start":"13:00"`, `"told":[{"by":3,"date":"2025-01-13","start":"13:00"`, `/state/visits/1/told: want what was said before entry 3 with a revision of at most 1 [state]`},

		// What was given.
		{`{"at":1,"serial":1,"level"`, `{"at":1,"by":7,"serial":1,"level"`, noEntry("/state/given/0", "7")},
		{`{"at":1,"serial":1,"level"`, `{"at":1,"item":1,"serial":1,"level"`, `/state/given/0: want what an entry corrects, up to 0, not 1 [refers]`},
		{`{"at":1,"serial":1,"level"`, `{"serial":1,"level"`, `/state/given/0: want an entry that says what was given [refers]`},
		{`{"at":1,"serial":1,"level"`, `{"at":1,"serial":12,"level"`, `/state/given/0: want a session that was given, once [state]`},
		{`{"at":1,"serial":1,"level"`, `{"at":1,"serial":2,"level"`, `/state/given/0: want a session that was given, once [state]`},
		{`{"at":1,"serial":1,"level"`, `{"at":1,"serial":1},{"at":1,"serial":1,"level"`, `/state/given/1: want a session that was given, once [state]`},
		{`{"at":1,"serial":1,"level":"0.5 mg/kg of ideal weight"}`, ``, `/state/sessions/0: want what was given at a session that was [state]`},
		{asOf, asOf + `"once":[{"at":7,"serial":1}],`, noEntry("/state/once/0", "7")},
		{asOf, asOf + `"once":[{"at":1,"by":7,"serial":1}],`, noEntry("/state/once/0", "7")},
		{asOf, asOf + `"once":[{"at":1,"item":1,"serial":1}],`, `/state/once/0: want what an entry corrects, up to 0, not 1 [refers]`},
		{asOf, asOf + `"once":[{"at":1,"serial":12}],`, `/state/once/0: want the serial of a session, not 12 [refers]`},
		{asOf, asOf + `"once":[{"at":1,"serial":1,"phase":4}],`, `/state/once/0: want a phase of the protocols, 0 to 3 [refers]`},
		{asOf, asOf + `"once":[{"at":1,"serial":1,"dose":7}],`, `/state/once/0/dose: want a whole number from 1 to 6, got 7 [range]`},

		// What refers to sessions and entries.
		{asOf, asOf + `"chosen":[{"serial":12,"level":"36 mg"}],`, `/state/chosen/0: want the serial of a session, not 12 [refers]`},
		{asOf, asOf + `"decided":[{"gate":"response","serial":12,"then":"stop"}],`, `/state/decided/0: want the serial of a session, not 12 [refers]`},
		{asOf, asOf + `"decided":[{"gate":"response","serial":1,"then":"stop","by":7}],`, noEntry("/state/decided/0", "7")},
		{asOf, asOf + `"decided":[{"gate":"response","serial":1}],`, `/state/decided/0: want the key "then" [missing-key]`},
		{asOf, asOf + `"appointees":[{"by":7,"ordinal":1,"serial":1}],`, noEntry("/state/appointees/0", "7")},
		{asOf, asOf + `"afterwards":[{"entry":7,"by":1}],`, noEntry("/state/afterwards/0", "7")},
		{asOf, asOf + `"afterwards":[{"entry":1,"by":7}],`, noEntry("/state/afterwards/0", "7")},
		{asOf, asOf + `"unrestored":[{"at":7,"by":1,"serial":1}],`, noEntry("/state/unrestored/0", "7")},
		{asOf, asOf + `"unrestored":[{"at":1,"by":7,"serial":1}],`, noEntry("/state/unrestored/0", "7")},
		{asOf, asOf + `"notices":[{"text":"x"}],`, `/state/notices/0: want the key "code" [missing-key]`},

		// Doses.
		{`{"phase":2,"rule":`, `{"phase":4,"rule":`, `/state/doses/2: want a phase of the protocols, 0 to 3 [refers]`},
		{`{"phase":2,"rule":`, `{"phase":2,"rules":`, `/state/doses/2/rules: want the key "rule", got "rules" [unknown-key]`},
		{`"level":"0.5 mg/kg of actual weight","weighed":{"date":"2025-01-07"`, `"level":"some","weighed":{"date":"2025-01-07"`, `/state/doses/3/level: `},
		{`"weighed":{"date":"2025-01-07","weight":"71.5 kg"},"height":"170 cm"`, `"weighed":{"weight":"71.5 kg"},"height":"170 cm"`, `/state/doses/1/weighed: want the key "date" [missing-key]`},
		{`"weighed":{"date":"2025-01-06","weight":"72 kg"},"height":"170 cm"`, `"height":"17 feet"`, `/state/doses/0/height: `},
		{`"past":["soft max of the dose"]`, `"past":["soft of the dose"]`, `/state/doses/0/past/0: `},
		{`"past":["soft max of the dose"]`, `"past":["soft max of the day"]`, `/state/doses/0/past/0: `},
		{`"computedPast":["soft max of the dose"]`, `"computedPast":[1]`, `/state/doses/0/computedPast/0: want text in double quotes, got 1 [json-type]`},
		{`"rule":"0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg"`, `"rule":"0.5 mg/kg of actual weight, hard max 200 mg, hard min 300 mg"`, `/state/doses/3/rule: `},
	} {
		require.Contains(t, file, tt.from)
		changed := strings.Replace(file, tt.from, tt.to, 1)
		if strings.HasPrefix(tt.want, "/state: ") { // where its digest would be what is wrong
			changed = string(sealed([]byte(changed)))
		}
		found := strings.Join(refusals(t, changed, source), "\n") + "\n"
		if strings.HasSuffix(tt.want, ": ") {
			assert.Contains(t, found, tt.want, tt.to)
		} else {
			assert.Contains(t, "\n"+found, "\n"+tt.want+"\n", tt.to)
		}
	}

	// Whole lists.
	list := func(key, to string) string {
		return regexp.MustCompile(`(?s)"`+key+`":\[\n.*?\}\](,\n")`).ReplaceAllString(file, `"`+key+`":`+to+`$1`)
	}
	for key, want := range map[string]string{
		"tenures":  "/state/tenures: want at least one [state]",
		"sessions": "/journal/0: want sessions that the plan has, not cogrtahqdnxcjr6c [refers]",
	} {
		assert.Contains(t, refusals(t, list(key, "[]"), source), want)
	}
	for _, key := range []string{"tenures", "sessions", "doses", "visits", "given", "courses", "weighings", "changes"} {
		assert.Contains(t, refusals(t, list(key, "5"), source), "/state/"+key+": want a list, got 5 [json-type]")
	}
	assert.Contains(t, refusals(t, strings.Replace(file, asOf, asOf+`"wished":[`+strings.Repeat("{},", 65535)+"{}],", 1), source),
		"/state/wished: want at most 65535 times that weekdays were asked for before [state]")
}

// What a file says twice is refused where it says it again, whatever follows from it: also a
// correction with the id of another entry, and a protocol that is there already.
func TestSaidTwiceInAFile(t *testing.T) {
	s, source := longStory(t)
	file := string(schedule.FormatPlan(s.plan))
	added := strings.Replace(file, "}],\n\"state\"", "},\n"+`{"rules":1,"asOf":"2025-01-14T12:00:00Z","id":"e:2025-01-06","kind":"corrected","of":"e:2025-01-07","reason":"r","who":"w"}],`+"\n\"state\"", 1)
	assert.Contains(t, refusals(t, added, source), `/journal/6/id: want an id of its own, got "e:2025-01-06" [twice]`)
	protocols := regexp.MustCompile(`(?s)"protocols":\[\n(.*?),\n`).FindStringSubmatch(file)
	added = strings.Replace(file, protocols[0], protocols[0]+protocols[1]+",\n", 1)
	assert.Contains(t, refusals(t, added, source), `/protocols/1: want each protocol once [twice]`)
}
