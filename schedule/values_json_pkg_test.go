package schedule

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// filled sets the fields of a value to samples, all of them the nth, and leaves
// those that no other package can set.
func filled(t *testing.T, v reflect.Value, n int) {
	t.Helper()
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		v.Field(i).Set(sampleOf(t, f.Type, n))
	}
}

func sampleOf(t *testing.T, of reflect.Type, n int) reflect.Value {
	t.Helper()
	switch of {
	case reflect.TypeFor[Acceptance](), reflect.TypeFor[Snapshot](), reflect.TypeFor[Move]():
		v := reflect.New(of).Elem()
		filled(t, v, n)
		return v
	case reflect.TypeFor[[]Change](), reflect.TypeFor[[]Absence](), reflect.TypeFor[[]Appointment](), reflect.TypeFor[[]Move](), reflect.TypeFor[[]protocol.DaySet]():
		v := reflect.MakeSlice(of, n+1, n+1)
		for i := range n + 1 {
			if of.Elem().Kind() == reflect.Struct && of.Elem() != reflect.TypeFor[protocol.DaySet]() {
				filled(t, v.Index(i), i)
			} else {
				v.Index(i).Set(sample(t, of.Elem(), i))
			}
		}
		return v
	case reflect.TypeFor[time.Time]():
		return reflect.ValueOf(time.Date(2025, 1, 6+n, 8, 0, 0, 0, time.UTC))
	case reflect.TypeFor[[]Entry]():
		return reflect.ValueOf([]Entry{{AsOf: time.Date(2025, 1, 6+n, 8, 0, 0, 0, time.UTC), Event: Event{ID: "e", What: Resumed{}}}})
	}
	return sample(t, of, n)
}

// Every value that is marshalled is read back, whatever it holds, with camelCase
// names; another key and another type are refused.
func TestValuesAreReadBack(t *testing.T) {
	for _, of := range []reflect.Type{
		reflect.TypeFor[Snapshot](), reflect.TypeFor[Change](), reflect.TypeFor[CheckpointSnapshot](), reflect.TypeFor[Treatment](), reflect.TypeFor[Finding](), reflect.TypeFor[OtherVisit](), reflect.TypeFor[TimedTask](),
		reflect.TypeFor[Weighing](), reflect.TypeFor[Acceptance](), reflect.TypeFor[Wishes](), reflect.TypeFor[Absence](), reflect.TypeFor[Appointment](),
		reflect.TypeFor[Candidate](), reflect.TypeFor[Move](), reflect.TypeFor[Alternative](), reflect.TypeFor[Row](), reflect.TypeFor[VisitRow](),
	} {
		t.Run(of.Name(), func(t *testing.T) {
			full := reflect.New(of)
			filled(t, full.Elem(), 0)
			if f, ok := full.Interface().(*Finding); ok {
				f.Accepted.Session, f.Accepted.Code = f.Session, f.Code
			}
			written := checkValue(t, full)
			for i := range of.NumField() {
				field := of.Field(i)
				if !field.IsExported() {
					continue
				}
				other := reflect.New(of)
				other.Elem().Set(full.Elem())
				other.Elem().Field(i).Set(sampleOf(t, field.Type, 1))
				switch v := other.Interface().(type) {
				case *Finding:
					v.Accepted.Session, v.Accepted.Code = v.Session, v.Code
				case *OtherVisit:
					if v.Role != RoleMonitoring {
						v.Number, v.Elsewhere, v.Result, v.Verdict = 0, "", "", 0
					}
				case *Change:
					v.Before.ID, v.After.ID = full.Interface().(*Change).Before.ID, full.Interface().(*Change).Before.ID
				}
				assert.NotEqual(t, written, checkValue(t, other), "%s is not written", field.Name)
			}
			read := reflect.New(of).Interface()
			for _, src := range []string{`null`, `[]`, `1`, `{"noSuchKey":1}`, strings.Replace(written, "{", `{"Session":1,`, 1), written + "{}", written[:len(written)-1]} {
				assert.Error(t, json.Unmarshal([]byte(src), read), src)
				if u, ok := read.(json.Unmarshaler); assert.True(t, ok) {
					assert.Error(t, u.UnmarshalJSON([]byte(src)), src)
				}
			}
		})
	}
}

// checkValue writes the value that a pointer points to and reads it back.
func checkValue(t *testing.T, pointer reflect.Value) string {
	t.Helper()
	text, err := json.Marshal(pointer.Elem().Interface())
	require.NoError(t, err)
	read := reflect.New(pointer.Type().Elem())
	require.NoError(t, json.Unmarshal(text, read.Interface()), "%s", text)
	assert.Equal(t, pointer.Elem().Interface(), read.Elem().Interface(), "%s", text)
	var keys map[string]any
	require.NoError(t, json.Unmarshal(text, &keys))
	for key := range keys {
		assert.Regexp(t, `^[a-z][A-Za-z]*$`, key)
	}
	return string(text)
}

// A state, a severity or a way that is none is not written.
func TestValuesWithoutAName(t *testing.T) {
	for _, v := range []any{Snapshot{}, Change{After: Snapshot{ID: ID{[10]byte{1}}}}, Finding{}, OtherVisit{}, Repair{}, Diff{Changes: []Change{{Before: Snapshot{ID: ID{[10]byte{1}}}}}}} {
		text, err := json.Marshal(v)
		refused := new(ParseError)
		assert.ErrorAs(t, err, &refused, "%s", text)
	}
}

func TestDiffJSON(t *testing.T) {
	id, err := ParseID("abcdefghijklmnop")
	require.NoError(t, err)
	eight, err := clinic.ParseTimeOfDay("08:00")
	require.NoError(t, err)
	nine, err := clinic.ParseTimeOfDay("09:10")
	require.NoError(t, err)
	before := Snapshot{
		ID: id, Ordinal: 2, Phase: "taper", Drug: "examplamine", Route: "intravenous", Target: MustDate("2025-01-08"), Earliest: MustDate("2025-01-06"), Latest: MustDate("2025-01-12"),
		Date: MustDate("2025-01-08"), Start: eight, End: nine, EndDate: MustDate("2025-01-08"), Amount: dose.MustMass("41 mg"), Level: dose.MustLevel("41 mg"), State: StatePlanned,
		Tasks: "no food: 2025-01-08 07:00",
	}
	after := before
	after.State, after.Amount, after.Revision = StateGiven, dose.MustMass("17.3 mg"), 1
	lost := before
	lost.Date, lost.Start, lost.End, lost.EndDate, lost.Amount, lost.Level, lost.State = 0, clinic.TimeOfDay{}, clinic.TimeOfDay{}, 0, dose.Mass{}, dose.Level{}, StateLeftOut
	visit := OtherVisit{
		ID: id, Name: "talk", Role: RoleCompanion, Session: 2, SessionID: id, Target: MustDate("2025-01-09"), Earliest: MustDate("2025-01-09"), Latest: MustDate("2025-01-09"),
		State: StatePlanned,
	}
	point := CheckpointSnapshot{Gate: "benefit", Assess: "whether it helps", Session: 2, SessionID: id, Date: MustDate("2025-01-08")}
	made := point
	made.Decision = protocol.Continue
	d := Diff{
		Changes: []Change{{before, after}, {Snapshot{}, lost}}, Visits: []VisitChange{{After: visit}}, Checkpoints: []CheckpointChange{{point, made}},
		Before: Treatment{Active, 8, "sha256:a", 1}, After: Treatment{OnHold, 0, "sha256:b", 2}, Events: []Entry{{Event: Event{ID: "e", What: Resumed{Reason: "well"}}, AsOf: time.Date(2025, 1, 6, 8, 0, 0, 0, time.UTC)}},
	}
	const session = `"id":"abcdefghijklmnop","ordinal":2,"phase":"taper","drug":"examplamine","route":"intravenous",` +
		`"target":"2025-01-08","earliest":"2025-01-06","latest":"2025-01-12",`
	const rest = `"lost":null,"allowed":null,"tasks":"no food: 2025-01-08 07:00","worksheet":null,`
	const checkpoint = `"gate":"benefit","session":"abcdefghijklmnop","ordinal":2,"date":"2025-01-08","assess":"whether it helps","decision":`
	want := `{"summary":"sessions: 1 given, 1 added, 1 with another dose; visits: 1 added; decisions: 1 made; treatment: on hold instead of active, another protocol",` +
		`"changes":[` +
		`{"before":{` + session + `"date":"2025-01-08","start":"08:00","end":"09:10","endDate":"2025-01-08","amount":"41 mg","level":"41 mg","state":"planned",` + rest + `"revision":0},` +
		`"after":{` + session + `"date":"2025-01-08","start":"08:00","end":"09:10","endDate":"2025-01-08","amount":"17.3 mg","level":"41 mg","state":"given",` + rest + `"revision":1}},` +
		`{"before":null,"after":{` + session + `"date":null,"start":null,"end":null,"endDate":null,"amount":null,"level":null,"state":"left out",` + rest + `"revision":0}}],` +
		`"visits":[{"before":null,"after":` + string(appendValue(nil, visit.fields)) + `}],` +
		`"checkpoints":[{"before":{` + checkpoint + `null},"after":{` + checkpoint + `"continue"}}],` +
		`"before":{"standing":"active","of":8,"protocol":"sha256:a","versions":1},"after":{"standing":"on hold","of":null,"protocol":"sha256:b","versions":2},` +
		`"events":[{"asOf":"2025-01-06T08:00:00Z","id":"e","kind":"resumed","reason":"well"}]}`
	text, err := json.Marshal(d)
	require.NoError(t, err)
	assert.Equal(t, want, string(text))
	assert.Equal(t, want, string(d.AppendJSON(nil)))
	var read Diff
	require.NoError(t, json.Unmarshal(text, &read))
	assert.Equal(t, d, read)
	for _, tt := range []struct{ from, to, want string }{
		{"1 given", "2 given", `the summary of the difference is "sessions: 2 given, 1 added, 1 with another dose; visits: 1 added; decisions: 1 made; treatment: on hold instead of active, another protocol": want that of its changes, "sessions: 1 given`},
		{`"before":null,"after":{`, `"after":{"x":1,`, `/changes/1/after/x`},
		{`"ordinal":2`, `"ordinal":0`, "/changes/0/before/ordinal: want a whole number from 1"},
		{`"state":"given"`, `"state":"over"`, "/changes/0/after/state: want planned, provisional, given"},
		{`"2025-01-08","start"`, `"2025-02-30","start"`, "/changes/0/before/date: want"},
		{`"decision":"continue"`, `"decision":null`, "/checkpoints/0: want a checkpoint before, after, or two that differ"},
		{`"standing":"on hold"`, `"standing":"over"`, "/after/standing: want"},
		{`"abcdefghijklmnop"`, `"ponmlkjihgfedcba"`, "/changes/0: want a session before, after, or both"},
		{`"kind":"resumed"`, `"kind":"rested"`, "/events/0/kind"},
	} {
		wrong := strings.Replace(want, tt.from, tt.to, 1)
		require.NotEqual(t, want, wrong)
		kept := d
		require.ErrorContains(t, json.Unmarshal([]byte(wrong), &kept), tt.want)
		assert.Equal(t, d, kept)
	}
}

// What is a view of a plan says so when it is to be read.
func TestViewsAreNotRead(t *testing.T) {
	for _, v := range []json.Unmarshaler{new(Plan), new(Session), new(Status), new(Adherence), new(Repair), new(Explanation), new(Checkpoint)} {
		err := json.Unmarshal([]byte(`{}`), v)
		require.ErrorAs(t, err, new(writtenOnly))
		assert.Contains(t, err.Error(), "is a view of a plan, which its JSON cannot hold: ")
	}
	text, err := json.Marshal(Session{})
	require.NoError(t, err)
	assert.Equal(t, "null", string(text))
	_, err = json.Marshal(&Plan{})
	require.ErrorContains(t, err, "want a plan made by Build, ParsePlan or Record.Plan")
}
