package schedule

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var updateSchemas = flag.Bool("update-schemas", false, "write the schemas that the code gives")

const schemaDir = "schemas"

// A schema is a JSON object whose members stay in order.
type schema []schemaMember

type schemaMember struct {
	key   string
	value any
}

func (s schema) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range s {
		if i > 0 {
			b.WriteByte(',')
		}
		key, _ := json.Marshal(m.key)
		b.Write(append(key, ':'))
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(m.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func (s schema) get(key string) any {
	for _, m := range s {
		if m.key == key {
			return m.value
		}
	}
	return nil
}

// with returns the schema with one more member.
func (s schema) with(key string, value any) schema {
	return append(slices.Clone(s), schemaMember{key, value})
}

func ref(name string) schema { return schema{{"$ref", "#/$defs/" + name}} }

func constant(s string) schema { return schema{{"const", s}} }

func enum(words ...string) schema { return schema{{"enum", words}} }

func listOf(item schema) schema { return schema{{"type", "array"}, {"items", item}} }

func wholeFrom(least int) schema { return schema{{"type", "integer"}, {"minimum", least}} }

var (
	textSchema  = schema{{"type", "string"}}
	flagSchema  = schema{{"type", "boolean"}}
	wholeSchema = schema{{"type", "integer"}}
)

// orNull also accepts null.
func orNull(s schema) schema { return schema{{"anyOf", []schema{s, {{"type", "null"}}}}} }

// A property is a member that an object has.
type property struct {
	key    string
	value  schema
	leaves bool // it may be left out
}

func has(key string, value schema) property { return property{key: key, value: value} }

func mayHave(key string, value schema) property { return property{key, value, true} }

// objectOf is an object with these members and no others.
func objectOf(properties ...property) schema {
	return openObject(properties...).with("additionalProperties", false)
}

// openObject is an object with these members, among others.
func openObject(properties ...property) schema {
	all := schema{}
	required := []string{}
	for _, p := range properties {
		all = all.with(p.key, p.value)
		if !p.leaves {
			required = append(required, p.key)
		}
	}
	s := schema{{"type", "object"}, {"properties", all}}
	if len(required) > 0 {
		s = s.with("required", required)
	}
	return s
}

// schemaOf is the schema of what stands under a key. In JSON that programs write for
// programs, everything is there and null stands for none.
func schemaOf(f fieldForm, nulls bool) schema {
	switch f.is {
	case formText:
		if f.need == must {
			return textSchema.with("minLength", 1)
		}
		return textSchema
	case formTexts:
		return listOf(textSchema)
	case formIDs:
		return listOf(ref("id"))
	case formHours:
		return listOf(ref("hours"))
	case formPairs:
		return schema{{"type", "object"}, {"additionalProperties", textSchema}}
	case formFlag:
		return flagSchema
	case formWord:
		return enum(f.words...)
	case formNumber:
		s := wholeFrom(f.least)
		if f.most > 0 {
			s = s.with("maximum", f.most)
		}
		return s
	case formInstead:
		return ref("instead")
	case formObject, formObjects:
		var s schema
		switch {
		case f.of == nil:
			s = ref("entry")
		case !nulls:
			s = objectSchema(f.of, false)
		default:
			s = objectSchema(f.of, true)
			for _, named := range derivedForms() {
				if named.form.name == f.of.name && sameSchema(s, objectSchema(named.form, true)) {
					s = ref(named.name)
				}
			}
		}
		if f.is == formObjects {
			return listOf(s)
		}
		return s
	default:
		return ref(string(f.is))
	}
}

func sameSchema(a, b schema) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return bytes.Equal(x, y)
}

// properties are those of an object that fields write.
func (o *objectForm) properties(nulls bool) []property {
	var list []property
	for _, f := range o.fields {
		s := schemaOf(f, nulls)
		always := f.is == formTexts || f.is == formFlag || f.is == formObjects || f.is == formHours || f.is == formNumber && f.least == 0
		switch {
		case !nulls:
			list = append(list, property{f.key, s, f.need == may})
		case f.sparse:
			list = append(list, property{f.key, orNull(s), true})
		case f.need == may && !always:
			list = append(list, has(f.key, orNull(s)))
		default:
			list = append(list, has(f.key, s))
		}
	}
	return list
}

func objectSchema(o *objectForm, nulls bool) schema { return objectOf(o.properties(nulls)...) }

// A derivedForm is a type whose JSON is told by its fields.
type derivedForm struct {
	name string
	form *objectForm
}

// derivedForms are the types whose JSON is told by their fields, each with null for none.
func derivedForms() []derivedForm {
	return []derivedForm{
		{"givenBefore", formOf((*GivenBefore).fields)},
		{"visit", formOf((*OtherVisit).fields)},
		{"task", formOf((*TimedTask).fields)},
		{"givenPart", formOf((*GivenPart).fields)},
		{"plannedMedicine", formOf((*PlannedMedicine).fields)},
		{"medicineGiven", formOf((*MedicineGiven).fields)},
		{"weighing", formOf((*Weighing).fields)},
		{"acceptance", formOf((*Acceptance).fields)},
		{"finding", formOf((*Finding).fields)},
		{"snapshot", formOf((*Snapshot).fields)},
		{"change", formOf((*Change).fields)},
		{"visitChange", formOf((*VisitChange).fields)},
		{"checkpointSnapshot", formOf((*CheckpointSnapshot).fields)},
		{"checkpointChange", formOf((*CheckpointChange).fields)},
		{"treatment", formOf((*Treatment).fields)},
		{"diff", formOf((*Diff).fields)},
		{"candidate", formOf((*Candidate).fields)},
		{"move", formOf((*Move).fields)},
		{"alternative", formOf((*Alternative).fields)},
		{"wishes", formOf((*Wishes).fields)},
		{"row", formOf((*Row).fields)},
		{"visitRow", formOf((*VisitRow).fields)},
		{"resultDue", formOf((*ResultDue).fields)},
		{"difference", formOf((*Difference).fields)},
	}
}

// definitions are all that a schema can refer to.
func definitions() schema {
	defs := notations()
	for _, d := range derivedForms() {
		if d.name != "move" && d.name != "alternative" && d.name != "wishes" && d.name != "weighing" && d.name != "acceptance" {
			defs = defs.with(d.name, objectSchema(d.form, true))
		}
	}
	return append(append(defs, events()...), views()...)
}

// events are what happens, by kind, and what holds it.
func events() schema {
	var defs schema
	var all, instead []schema
	for _, row := range happenings() {
		kind := row.zero().kind()
		form := &objectForm{name: kind}
		row.zero().fields(&objectFields{form: form})
		name := "what-" + kind
		properties := append([]property{has("kind", constant(kind))}, form.properties(false)...)
		s := openObject(properties...)
		if kind == (Shifted{}).kind() {
			s = s.with("anyOf", []schema{{{"required", []string{"session"}}}, {{"required", []string{"sessions"}}}})
		}
		defs = defs.with(name, s)
		all = append(all, ref(name))
		if kind != (Corrected{}).kind() {
			instead = append(instead, ref(name))
		}
	}
	head := []property{
		has("asOf", ref("instant")), has("id", ref("eventID")), mayHave("recordedBy", textSchema),
	}
	entry := func(extra ...property) schema {
		return openObject(append(slices.Clone(head), extra...)...).with("allOf", []schema{ref("what")}).with("unevaluatedProperties", false)
	}
	return append(defs,
		schemaMember{"what", schema{{"description", "What happened or was decided, by its kind."}, {"oneOf", all}}},
		schemaMember{"instead", schema{
			{"description", "What is true, or decided, instead of an entry."}, {"type", "object"}, {"oneOf", instead}, {"unevaluatedProperties", false},
		}},
		schemaMember{"entry", entry().with("description", "An entry of the journal.")},
		schemaMember{"fileEntry", entry(has("rules", wholeFrom(0))).with("description", "An entry of the journal, with the number of the rules by which it was applied.")},
		schemaMember{"journalEntry", entry(mayHave("correctedBy", ref("eventID"))).with("description", "An entry of the journal, with the correction that holds, if any.")},
	)
}

// notations are the texts that have a form of their own.
func notations() schema {
	described := func(s schema, text string) schema { return append(schema{{"description", text}}, s...) }
	pattern := func(text, pattern string) schema {
		return described(schema{{"type", "string"}, {"pattern", pattern}}, text)
	}
	const number = `(0|[1-9][0-9]*)(\.[0-9]+)?`
	return schema{
		{"id", pattern("Names a session or another visit as long as its plan lives.", `^[a-z2-7]{16}$`)},
		{"eventID", described(schema{{"type", "string"}, {"minLength", 1}}, "Names an entry, chosen by the app.")},
		{"civilDate", pattern("A civil date, YYYY-MM-DD.", `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)},
		{"clockTime", pattern("A reading of the clinic's clock.", `^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$`)},
		{"hours", pattern("From when to when a clinic is open; past midnight where it ends before it begins.", `^([01][0-9]|2[0-4]):[0-5][0-9]-([01][0-9]|2[0-4]):[0-5][0-9]$`)},
		{"instant", pattern("An instant in UTC.", `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z$`)},
		{"digest", pattern("The digest of a protocol or of a plan.", `^sha256:[0-9a-f]{64}$`)},
		{"mass", pattern("A mass.", `^`+number+` (mg|mcg|g)$`)},
		{"weight", pattern("A weight.", `^`+number+` kg$`)},
		{"height", pattern("A height.", `^`+number+` cm$`)},
		{"duration", pattern("How long.", `^`+number+` (s|min|h)$`)},
		{"days", pattern("A number of days.", `^(1 day|0 days|[2-9] days|[1-9][0-9]+ days)$`)},
		{"level", described(textSchema, "A dose as the protocol names it: 56 mg, 0.5 mg/kg, 75 %.")},
	}
}

// A shipped schema is one of the files of the folder.
type shipped struct {
	file, title, text string
	root              schema
}

// ship are the schemas of the folder.
func ship() []shipped {
	return []shipped{
		{"plan", "Plan", "What Plan.MarshalJSON writes: a report, with what the standard checks find. It is not read back; plan files are.", ref("plan")},
		{"session", "Session", "What Session.MarshalJSON writes, here and wherever a session is shown.", ref("session")},
		{"status", "Status", "What Status.MarshalJSON writes: how a plan stands on a day.", ref("status")},
		{"repairs", "Repairs", "A list of what Repair.MarshalJSON writes: the ways on from sessions that were missed, lost, early, late or held.", listOf(ref("repair"))},
		{"findings", "Findings", "A list of what Finding.MarshalJSON writes.", listOf(ref("finding"))},
		{"diff", "Diff", "What Diff.MarshalJSON writes: what an event changed.", ref("diff")},
		{"explanation", "Explanation", "What Explanation.MarshalJSON writes: how a date and a dose come about.", ref("explanation")},
		{"entries", "Entries", "A list of entries, as ParseEntries reads and Entry.MarshalJSON writes them.", listOf(ref("entry"))},
		{"events", "EventFile", "What FormatEvents writes and ParseEvents reads.", objectOf(
			has("format", constant(EventsFormat)), has("protocol", ref("digest")), has("events", listOf(ref("entry"))),
		)},
		{"plan-file", "PlanFile", "What FormatPlan writes and ParsePlan reads, format 2. docs/FILES.md has the rows of the state, key by key.", ref("planFile")},
		{"row", "Row", "What Row.MarshalJSON writes: what a table of plans has of one.", ref("row")},
		{"visit-rows", "VisitRows", "A list of what VisitRow.MarshalJSON writes: what a table of visits has of each.", listOf(ref("visitRow"))},
		{"verification", "Verification", "What Verification.MarshalJSON writes: where a plan and its journal part.", ref("verification")},
		{"request", "Request", "What ParseRequest reads: what a plan is made from, but for protocol and clinic.", ref("request")},
		{"record", "RecordFile", "What ParseRecord reads: what happened to a patient, to be compared with a protocol.", ref("record")},
	}
}

// file returns a schema with the definitions that it needs.
func (s shipped) write(t *testing.T) []byte {
	t.Helper()
	all := definitions()
	needed := map[string]bool{}
	var look func(v any)
	look = func(v any) {
		text, err := json.Marshal(v)
		require.NoError(t, err)
		for _, part := range strings.Split(string(text), `"$ref":"#/$defs/`)[1:] {
			name, _, _ := strings.Cut(part, `"`)
			if !needed[name] {
				needed[name] = true
				require.NotNil(t, all.get(name), name)
				look(all.get(name))
			}
		}
	}
	look(s.root)
	file := schema{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"$id", "https://github.com/regimen-go/regimen/schedule/schemas/" + s.file + ".json"},
		{"title", s.title},
		{"description", s.text},
	}
	file = append(file, s.root...)
	var defs schema
	for _, d := range all {
		if needed[d.key] {
			defs = append(defs, d)
		}
	}
	file = file.with("$defs", defs)
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	require.NoError(t, encoder.Encode(file))
	return b.Bytes()
}

// TestSchemas compares the schemas that are shipped with what the code gives.
func TestSchemas(t *testing.T) {
	var names []string
	for _, s := range ship() {
		path := filepath.Join(schemaDir, s.file+".json")
		names = append(names, path)
		want := s.write(t)
		if *updateSchemas {
			require.NoError(t, os.WriteFile(path, want, 0o644))
		}
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), "run TestSchemas with -update-schemas and look at the difference")
	}
	files, err := filepath.Glob(schemaDir + "/*.json")
	require.NoError(t, err)
	require.ElementsMatch(t, names, files)
}
