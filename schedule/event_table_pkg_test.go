package schedule

import (
	"encoding"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/document"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Every type that an event can say is in the table: those are the types that
// apply themselves to an edit.
func TestEveryEventIsInTheTable(t *testing.T) {
	var inTable, kinds []string
	for _, row := range happenings() {
		inTable = append(inTable, strings.TrimPrefix(fmt.Sprintf("%T", row.zero()), "schedule."))
		kind := row.zero().kind()
		assert.NotContains(t, kinds, kind, "two events of a kind")
		assert.Regexp(t, `^[a-z]+(-[a-z]+)*$`, kind)
		assert.Equal(t, row.zero(), happeningOf(kind))
		kinds = append(kinds, kind)
	}
	assert.Equal(t, kinds, EventKinds())
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, file := range files {
		if !strings.HasSuffix(file.Name(), ".go") || strings.HasSuffix(file.Name(), "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file.Name(), nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, decl := range parsed.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv == nil || f.Name.Name != "apply" || len(f.Type.Params.List) != 1 {
				continue
			}
			name, ok := f.Recv.List[0].Type.(*ast.Ident)
			require.True(t, ok, "%s: an event is a value", file.Name())
			assert.Contains(t, inTable, name.Name, "%s: the table of events lacks this one", file.Name())
		}
	}
}

// sample returns the nth value of a type: both are such as a file can have.
func sample(t *testing.T, of reflect.Type, n int) reflect.Value {
	t.Helper()
	v := reflect.New(of)
	switch p := v.Interface().(type) {
	case *string, *Code:
		v.Elem().SetString([]string{"one", "another"}[n])
	case *int:
		v.Elem().SetInt(int64(n + 2))
	case *bool:
		v.Elem().SetBool(n == 0)
	case *date.Date:
		*p = MustDate([]string{"2025-01-07", "2025-01-09"}[n])
	case *[]ClinicDay:
		closed := ClinicDay{Date: MustDate("2025-01-09"), Reason: "storm"}
		*p = [][]ClinicDay{{{Date: MustDate("2025-01-07"), Hours: []clinic.Hours{clinic.MustHours("08:00-12:00"), clinic.MustHours("20:00-02:00")}}, closed}, {closed}}[n]
	case *[]ID:
		*p = [][]ID{{sampleID(t, "abcdefghijklmnop"), sampleID(t, "ponmlkjihgfedcba")}, {sampleID(t, "ponmlkjihgfedcba")}}[n]
	case *Happening:
		*p = []Happening{Held{Session: sample(t, reflect.TypeFor[ID](), 0).Interface().(ID)}, Resumed{Reason: "well"}}[n]
	case *[]MedicineGiven:
		*p = [][]MedicineGiven{
			{
				{Name: "ondansetron", Dose: dose.MustMass("8 mg"), Date: MustDate("2025-01-07"), Start: clinic.MustHours("08:00-12:00").From, During: dose.MustDuration("15 min"), Reason: "one", Who: "two"},
				{Name: "paracetamol", NotGiven: true},
			},
			{{Name: "saline"}},
		}[n]
	case *[]Correction:
		*p = [][]Correction{{{Of: "e1"}, {Of: "e2", Instead: Resumed{}}}, {{Of: "e3"}}}[n]
	case *[]GivenPart:
		*p = [][]GivenPart{
			{{Name: "bolus", Dose: dose.MustMass("41 mg"), Start: sampleClock(t, "08:30"), End: sampleClock(t, "08:35")}, {Name: "infusion", Nothing: true}},
			{{Name: "rate", During: dose.MustDuration("2 h")}},
		}[n]
	case *map[string]string:
		*p = []map[string]string{{"one": "two", "three": "four"}, {"another": "one"}}[n]
	case *protocol.Audience:
		*p = []protocol.Audience{protocol.ForStaff, protocol.ForPatient}[n]
	case *protocol.Stage:
		*p = []protocol.Stage{protocol.AfterVisit, protocol.BeforeVisit}[n]
	case *Wishes:
		*p = []Wishes{
			{Absences: []Absence{{From: MustDate("2025-01-07"), Reason: "trip"}}, Weekdays: []protocol.DaySet{protocol.OnDays(time.Monday, time.Thursday)}},
			{Never: protocol.OnDays(time.Monday), Appointments: []Appointment{{Ordinal: 2, Date: MustDate("2025-01-09")}}},
		}[n]
	case *[]string:
		*p = [][]string{{"one", "two"}, {"another"}}[n]
	case **protocol.Protocol:
		spec := protocol.Spec{Phases: []protocol.Phase{{Name: "a", Cadence: protocol.MustCadence([]string{"1/wk x2", "1/wk x3"}[n]), MinGap: 1}}}
		compiled, err := spec.Compile()
		require.NoError(t, err)
		*p = compiled
	case encoding.TextUnmarshaler:
		// The nth of some texts that the type reads.
		for _, text := range []string{
			"abcdefghijklmnop", "ponmlkjihgfedcba", "08:30", "09:45", "41 mg", "0.2 mg", "81.5 kg", "72 kg", "40 min", "17 min", "172 cm", "174 cm",
			"14 days", "21 days", "patient", "clinic", "continue", "stop", "planned", "missed", "info", "violation", "monitoring", "follow-up", "ok", "not ok", "dosing", "assessment", "closed", "past", "Sun", "Fri", "active", "stopped", "staff", "before", "during",
		} {
			if p.UnmarshalText([]byte(text)) == nil {
				if n == 0 {
					return v.Elem()
				}
				n--
			}
		}
		t.Fatalf("no sample of a %s: add a text of it", of)
	default:
		t.Fatalf("no sample of a %s: add one", of)
	}
	return v.Elem()
}

func sampleID(t *testing.T, text string) ID {
	t.Helper()
	id, err := ParseID(text)
	require.NoError(t, err)
	return id
}

// What is written of an event is read again, whatever its values are, and says
// every field: one that the fields method of a type lacks is lost here.
func TestEveryFieldOfEveryEvent(t *testing.T) {
	for _, row := range happenings() {
		kind := row.zero().kind()
		t.Run(kind, func(t *testing.T) {
			full := reflect.New(reflect.TypeOf(row.zero())).Elem()
			for _, field := range full.Fields() {
				field.Set(sample(t, field.Type(), 0))
			}
			if kind == "given" { // that nothing was given is a dose of 0 mg in files
				full.FieldByName("Nothing").SetBool(false)
			}
			written := checkEvent(t, full.Interface().(Happening))
			for i := range full.NumField() {
				name := full.Type().Field(i).Name
				if name == "Nothing" {
					continue
				}
				other := reflect.New(full.Type()).Elem()
				other.Set(full)
				other.Field(i).Set(sample(t, full.Type().Field(i).Type, 1))
				assert.NotEqual(t, written, checkEvent(t, other.Interface().(Happening)), "%s is not written", name)
				var keys map[string]json.RawMessage
				require.NoError(t, json.Unmarshal([]byte(written), &keys))
				assert.Contains(t, keys, strings.ToLower(name[:1])+name[1:], "the name of the field with a small first letter")
				switch v := full.Field(i).Interface().(type) {
				case ID:
					assert.Contains(t, about(full.Interface().(Happening)), v)
				case string:
					if name == "Reason" {
						assert.Equal(t, v, reasonOf(full.Interface().(Happening)))
					}
				case []ID:
					assert.Subset(t, about(full.Interface().(Happening)), v)
					copied := cloneEvent(Event{What: full.Interface().(Happening)}).What
					first := v[0]
					v[0] = v[1]
					assert.NotEqual(t, full.Interface(), copied, "%s is shared", name)
					v[0] = first
				case []string:
					copied := cloneEvent(Event{What: full.Interface().(Happening)}).What
					v[0] = "changed"
					assert.NotEqual(t, full.Interface(), copied, "%s is shared", name)
					v[0] = "one"
				case []ClinicDay:
					copied := cloneEvent(Event{What: full.Interface().(Happening)}).What
					v[0].Hours[0], v[0].Reason = clinic.MustHours("09:00-10:00"), "changed"
					assert.NotEqual(t, full.Interface(), copied, "%s is shared", name)
					assert.Equal(t, "08:00-12:00", copied.(ClinicChanged).Days[0].Hours[0].String())
					v[0].Hours[0], v[0].Reason = clinic.MustHours("08:00-12:00"), ""
				}
			}
			checkByItself(t, full)
			assert.NotEmpty(t, full.Interface().(Happening).describe())
			assert.NotPanics(t, func() { row.zero().describe() })
		})
	}
}

// checkByItself writes what an event says without the event, which has the same keys
// but for those of the event, and reads it back.
func checkByItself(t *testing.T, full reflect.Value) {
	t.Helper()
	text, err := json.Marshal(full.Interface())
	require.NoError(t, err)
	within, err := json.Marshal(Event{ID: "e", What: full.Interface().(Happening)})
	require.NoError(t, err)
	require.Equal(t, string(within), strings.Replace(string(text), "{", `{"id":"e",`, 1), "a file event_values.go has the JSON of every event")
	read := reflect.New(full.Type())
	if err := json.Unmarshal(text, read.Interface()); full.Type() == reflect.TypeFor[Adopted]() || full.Type() == reflect.TypeFor[Switched]() {
		require.ErrorContains(t, err, "ParseEvents is given those", "a protocol is named by its digest only")
	} else {
		require.NoError(t, err)
		require.Equal(t, full.Interface(), read.Elem().Interface())
	}
	require.Error(t, json.Unmarshal([]byte(`{"kind":"no-such-kind"}`), read.Interface()))
	require.Error(t, json.Unmarshal([]byte(`{"Session":1}`), read.Interface()))
}

// checkEvent writes an event and an entry, reads them back and returns the event.
func checkEvent(t *testing.T, h Happening) string {
	t.Helper()
	e := Event{ID: "e1", RecordedBy: "nurse-7", What: h}
	var known []*protocol.Protocol
	if s, ok := h.(Switched); ok {
		h = Adopted{Protocol: s.Protocol}
	}
	if a, ok := h.(Adopted); ok {
		known = append(known, a.Protocol)
	}
	text, err := json.Marshal(e)
	require.NoError(t, err)
	entry := Entry{Event: e, AsOf: time.Date(2025, 1, 6, 8, 0, 0, 5, time.UTC)}
	whole, err := json.Marshal(entry)
	require.NoError(t, err)
	assert.Equal(t, `{"asOf":"2025-01-06T08:00:00.000000005Z",`+string(text[1:]), string(whole))
	if known != nil {
		// JSON alone has no protocol to adopt.
		require.ErrorContains(t, json.Unmarshal(text, new(Event)), "ParseEvents is given those that events adopt")
		require.ErrorContains(t, json.Unmarshal(whole, new(Entry)), "ParseEvents is given those that events adopt")
		read, err := readObject(whole, (&eventReader{protocols: known}).entry)
		require.NoError(t, err)
		assert.Equal(t, entry, read)
		return string(text)
	}
	var event Event
	require.NoError(t, json.Unmarshal(text, &event))
	assert.Equal(t, e, event)
	var read Entry
	require.NoError(t, json.Unmarshal(whole, &read))
	assert.Equal(t, entry, read)
	more := strings.TrimSuffix(string(text), "}") + `,"noSuchKey":1}`
	require.ErrorContains(t, json.Unmarshal([]byte(more), &event), `noSuchKey`)
	return string(text)
}

// What is no event is refused, and leaves what it was to be read into as it was.
func TestEventJSONRefused(t *testing.T) {
	id, err := ParseID("abcdefghijklmnop")
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, what := range []Happening{Missed{Session: id}, Held{Session: id}, Appended{Session: id}} {
		text, err := json.Marshal(Event{ID: "a", What: what})
		require.NoError(t, err)
		assert.False(t, seen[string(text)], "%s says its kind", text)
		seen[string(text)] = true
	}
	for _, tt := range []struct{ src, want string }{
		{`null`, "want"},
		{`{}`, `want the key "id"`},
		{`{"id":"a"}`, `want the key "kind"`},
		{`{"id":"a","kind":"rained"}`, `/kind: want "given", "missed"`},
		{`{"id":"a","kind":"missed"}`, `want the key "session"`},
		{`{"id":"a b","kind":"resumed"}`, `1 to 64 letters`},
		{`{"id":"a","kind":"missed","session":"abc"}`, `/session: want 16 letters a-z and digits 2-7, not all a, got "abc"`},
		{`{"id":"a","kind":"cancelled","session":"abcdefghijklmnop","by":"him"}`, `/by: want patient, provider, clinic or clinical, got "him"`},
		{`{"id":"a","kind":"decided","gate":"g","then":"go","who":"w"}`, `/then: want continue, stop, extend, step back or change, got "go"`},
		{`{"id":"a","kind":"shifted","session":"abcdefghijklmnop","weeks":521}`, `/weeks: want a whole number from 0 to 520`},
		{`{"id":"a","kind":"stepped-back","session":"abcdefghijklmnop","to":"a","sessions":0,"reason":"r"}`, `/sessions: want a whole number from 1 to 1000`},
		{`{"id":"a","kind":"resumed","who":"w"}`, `who`},
	} {
		kept := Event{ID: "kept", What: Resumed{}}
		err := kept.UnmarshalJSON([]byte(tt.src))
		require.ErrorContains(t, err, tt.want, tt.src)
		problems := new(document.Problems)
		require.ErrorAs(t, err, &problems, tt.src)
		assert.Equal(t, Event{ID: "kept", What: Resumed{}}, kept)
		entry := Entry{Event: kept}
		require.Error(t, entry.UnmarshalJSON([]byte(tt.src)))
		assert.Equal(t, Entry{Event: kept}, entry)
	}
	require.ErrorContains(t, new(Entry).UnmarshalJSON([]byte(`{"id":"a","kind":"resumed"}`)), `want the key "asOf"`)
	require.ErrorContains(t, new(Appointment).UnmarshalJSON([]byte(`{"date":"2025-01-06"}`)), `want the key "session"`)
	for _, none := range []any{Event{}, Entry{}, Event{ID: "a", What: &Missed{}}, Event{ID: "a", What: Cancelled{}}, Entry{Event: Event{ID: "a", What: Decided{}}}} {
		text, err := json.Marshal(none)
		refused := new(EventError)
		require.ErrorAs(t, err, &refused, "%s", text)
	}
}

// Every kind of event says in words what happened.
func TestDescriptions(t *testing.T) {
	id, err := ParseID("abcdefghijklmnop")
	require.NoError(t, err)
	eight, err := clinic.ParseTimeOfDay("08:30")
	require.NoError(t, err)
	day := MustDate("2025-01-06")
	spec := protocol.Spec{ID: "course", Version: "2", Phases: []protocol.Phase{{Name: "a", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 1}}}
	next, err := spec.Compile()
	require.NoError(t, err)
	for _, tt := range []struct {
		what Happening
		want string
	}{
		{Given{Date: day}, "given on Mon 2025-01-06"},
		{Given{Date: day, Start: eight, Dose: dose.MustMass("17.3 mg"), Reason: "stopped"}, "given on Mon 2025-01-06 08:30, 17.3 mg (stopped)"},
		{Missed{Session: id, Reason: "ill"}, "missed (ill)"},
		{Cancelled{By: ByPatient}, "cancelled by the patient"},
		{Cancelled{By: ByClinical, Rest: true, Reason: "remission"}, "cancelled with every session after it for a clinical reason (remission)"},
		{Moved{Date: day, Start: eight, Reason: "asked"}, "moved to Mon 2025-01-06 08:30 (asked)"},
		{Added{Date: day}, "added on Mon 2025-01-06"},
		{Added{Date: day, Phase: "taper"}, `added on Mon 2025-01-06 to "taper"`},
		{Added{Date: day, For: id}, "made up for on Mon 2025-01-06"},
		{Held{Reason: "flu"}, "held with every session after it (flu)"},
		{Resumed{Reason: "well"}, "resumed (well)"},
		{Shifted{Weeks: 1}, "shifted by 1 week with every session after it"},
		{Shifted{Weeks: 2, Sessions: []ID{id, id}}, "2 sessions shifted by 2 weeks with every session after the first of them"},
		{PlacedAgain{Sessions: []ID{id}, Reason: "storm"}, "placed again inside its window (storm)"},
		{PlacedAgain{Sessions: []ID{id, id}}, "2 sessions placed again inside their windows"},
		{Recomputed{Sessions: []ID{id}, Who: "attending", Reason: "newer rules"}, "recomputed, 1 session (newer rules)"},
		{Reanchored{}, "the sessions after it counted from the day it was given"},
		{Reanchored{Date: day, Reason: "asked"}, "counted again from Mon 2025-01-06 with every session after it (asked)"},
		{Appended{Reason: "missed"}, "made up for after the last session (missed)"},
		{Restarted{Date: day}, "its phase begun again on Mon 2025-01-06"},
		{Restarted{Date: day, Phase: "induction"}, `"induction" begun again on Mon 2025-01-06`},
		{SteppedBack{To: "weekly", Sessions: 2, Reason: "worse"}, `stepped back to "weekly" for 2 sessions (worse)`},
		{Decided{Gate: "benefit", Then: protocol.Continue}, `decided at "benefit": continue`},
		{Decided{Gate: "benefit", Then: protocol.StepBack, To: "weekly", Sessions: 1, Reason: "worse"}, `decided at "benefit": step back to "weekly" for 1 session (worse)`},
		{Weighed{Date: day, Weight: dose.MustWeight("71.5 kg")}, "weighed 71.5 kg on Mon 2025-01-06"},
		{ClinicClosed{From: day, Reason: "storm"}, "the clinic closed on Mon 2025-01-06 (storm)"},
		{Extended{Until: day, Reason: "goes on"}, "planned up to Mon 2025-01-06 (goes on)"},
		{ClinicChanged{}, "the hours of the clinic changed"},
		{ClinicChanged{Days: []ClinicDay{{Date: day, Hours: []clinic.Hours{clinic.MustHours("13:00-17:00")}, Reason: "meeting"}}}, "the hours of the clinic changed on Mon 2025-01-06: 13:00-17:00 (meeting)"},
		{ClinicChanged{Days: []ClinicDay{{Date: day + 2, Reason: "storm"}, {Date: day}}}, "the hours of the clinic changed on 2 days from Mon 2025-01-06 to Wed 2025-01-08"},
		{PatientAway{From: day, To: day + 1}, "the patient away from Mon 2025-01-06 to Tue 2025-01-07"},
		{Accepted{Code: SoftLimit, Who: "a nurse", Reason: "agreed"}, "the finding soft-limit accepted by a nurse (agreed)"},
		{Adopted{}, "another protocol adopted"},
		{Corrected{Of: "e1", Reason: "typing error", Who: "desk"}, `event "e1" withdrawn (typing error)`},
		{
			Corrected{Of: "e1", Instead: Missed{Session: id, Reason: "ill"}, Also: []Correction{{Of: "e2"}}, Reason: "mixed up"},
			`instead of event "e1": missed; event "e2" withdrawn (mixed up)`,
		},
		{Adopted{Protocol: next, Reason: "asked"}, `adopted "course 2" (asked)`},
	} {
		entry := Entry{Event: Event{ID: "e7", What: tt.what}, AsOf: time.Date(2025, 1, 6, 23, 30, 0, 0, time.UTC)}
		assert.Equal(t, "2025-01-06: "+tt.want+`, event "e7"`, entry.String())
		assert.Equal(t, "2025-01-07: "+tt.want+`, event "e7"`, entry.in(time.FixedZone("later", 3600)))
	}
	assert.Equal(t, "no event", Entry{}.String())
}

func sampleClock(t *testing.T, text string) clinic.TimeOfDay {
	t.Helper()
	at, err := clinic.ParseTimeOfDay(text)
	require.NoError(t, err)
	return at
}
