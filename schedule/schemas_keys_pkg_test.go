package schedule

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A keyCheck compares the keys of JSON with those of the schemas, and keeps which of
// these were there.
type keyCheck struct {
	t    *testing.T
	defs map[string]any
	seen map[string]bool // "session.date"
}

func newKeyCheck(t *testing.T) *keyCheck {
	src, err := json.Marshal(definitions())
	require.NoError(t, err)
	c := &keyCheck{t: t, seen: map[string]bool{}}
	require.NoError(t, json.Unmarshal(src, &c.defs))
	return c
}

func (c *keyCheck) text(def string, src []byte) {
	var v any
	require.NoError(c.t, json.Unmarshal(src, &v))
	c.value(def, c.defs[def].(map[string]any), v)
}

// value compares a value with a schema, whose place is named by the definition that it
// is in.
func (c *keyCheck) value(place string, s map[string]any, v any) {
	if r, ok := s["$ref"].(string); ok {
		name := strings.TrimPrefix(r, "#/$defs/")
		c.value(name, c.defs[name].(map[string]any), v)
		return
	}
	if either, ok := s["anyOf"].([]any); ok && s["properties"] == nil {
		if v != nil {
			c.value(place, either[0].(map[string]any), v)
		}
		return
	}
	switch v := v.(type) {
	case map[string]any:
		properties, _ := s["properties"].(map[string]any)
		if s["additionalProperties"] != false {
			return // what happened: TestSchemas has those of each kind
		}
		for key, value := range v {
			require.Contains(c.t, properties, key, "%s is written with a key that the schema lacks", place)
			c.seen[place+"."+key] = true
			c.value(place+"."+key, properties[key].(map[string]any), value)
		}
		required, _ := s["required"].([]any)
		for _, key := range required {
			require.Contains(c.t, v, key, "%s is written without a key that the schema wants", place)
		}
	case []any:
		for _, item := range v {
			c.value(place+"[]", s["items"].(map[string]any), item)
		}
	}
}

// unseen returns the keys of a definition that no sample had.
func (c *keyCheck) unseen(def string) (keys []string) {
	var walk func(place string, s map[string]any)
	walk = func(place string, s map[string]any) {
		properties, _ := s["properties"].(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(properties)) {
			if !c.seen[place+"."+key] {
				keys = append(keys, place+"."+key)
			}
			walk(place+"."+key, properties[key].(map[string]any))
		}
		if items, ok := s["items"].(map[string]any); ok {
			walk(place+"[]", items)
		}
	}
	walk(def, c.defs[def].(map[string]any))
	return keys
}

// TestViewKeys writes everything that a plan of some months can be seen in: the keys are
// those of the schemas, all of them.
// givenBeside is a plan with medicines beside its drug, of which some were given.
func givenBeside(office clinic.Opening) (*Plan, error) {
	const file = "../protocol/testdata/beside/gemcitabine-carboplatin-q21.json"
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	spec, err := protocol.Parse(file, src)
	if err != nil {
		return nil, err
	}
	prescribed, err := spec.Compile()
	if err != nil {
		return nil, err
	}
	first := MustDate("2025-01-06")
	p, err := Build(Request{
		Protocol: prescribed, Start: first, Opening: office, Key: Key{3}, AsOf: first.MidnightUTC().Add(-48 * time.Hour), Height: dose.MustHeight("162 cm"),
		Weighings: []Weighing{{Date: first - 3, Weight: dose.MustWeight("72 kg")}},
	})
	if err != nil {
		return nil, err
	}
	what := Given{Session: p.id(0), Date: first, Dose: dose.MustMass("1800 mg"), Beside: []MedicineGiven{
		{Name: "ondansetron", NotGiven: true, Reason: "refused it", Who: "ward 2"},
		{Name: "carboplatin", Dose: dose.MustMass("450 mg"), Date: first, Start: clinic.MustHours("10:45-11:45").From, During: dose.MustDuration("60 min")},
	}}
	return p.Replay(Entry{AsOf: first.MidnightUTC().Add(23 * time.Hour), Event: Event{ID: "given", What: what}})
}

func TestViewKeys(t *testing.T) {
	read := func(path string) []byte {
		src, err := os.ReadFile(path)
		require.NoError(t, err)
		return src
	}
	spec, err := protocol.Parse("protocol.json", read("../examples/living/testdata/protocol.json"))
	require.NoError(t, err)
	prescribed, err := spec.Compile()
	require.NoError(t, err)
	hours, err := clinic.Parse("clinic.json", read("../examples/living/testdata/clinic.json"), time.LoadLocation)
	require.NoError(t, err)
	office, err := clinic.New(hours)
	require.NoError(t, err)
	at := func(day string, hour int) time.Time {
		return MustDate(day).MidnightUTC().Add(time.Duration(hour) * time.Hour)
	}
	p, err := Build(Request{
		Protocol: prescribed, Start: MustDate("2025-01-06"), Opening: office, Key: Key{1}, AsOf: at("2025-01-03", 20),
		Weighings:   []Weighing{{Date: MustDate("2025-01-03"), Weight: dose.MustWeight("80 kg")}},
		GivenBefore: []GivenBefore{{Date: MustDate("2024-12-03"), Drug: "esketamine", Dose: dose.MustMass("84 mg")}},
		Height:      dose.MustHeight("175 cm"), Sex: dose.Female,
	})
	require.NoError(t, err)
	before := p
	for i, s := range p.All() {
		what := Happening(Given{Session: s.ID(), Date: s.Date(), Dose: s.Dose().Dose()})
		if i == 3 {
			what = Missed{Session: s.ID()}
		}
		if i == 5 {
			break
		}
		p, err = p.Replay(Entry{AsOf: s.Date().MidnightUTC().Add(23 * time.Hour), Event: Event{ID: fmt.Sprint("e", i), What: what}})
		require.NoError(t, err)
	}
	p, err = p.Replay(
		Entry{AsOf: p.AsOf(), Event: Event{ID: "wrong", What: Weighed{Date: MustDate("2025-01-07"), Weight: dose.MustWeight("81 kg")}}},
		Entry{AsOf: p.AsOf(), Event: Event{ID: "right", What: Corrected{Of: "wrong", Reason: "another patient", Who: "ward 2"}}},
	)
	require.NoError(t, err)

	c := newKeyCheck(t)
	c.text("plan", p.AppendJSON(nil))
	marshal := func(v any) []byte {
		text, err := json.Marshal(v)
		require.NoError(t, err)
		return text
	}
	c.text("status", marshal(p.On(MustDate("2025-01-16"))))
	c.text("diff", marshal(before.Diff(p)))
	c.text("row", marshal(p.Row()))
	c.text("verification", marshal(p.Verify()))
	c.text("planFile", FormatPlan(p))
	var missed ID
	for i, s := range p.All() {
		if i == 3 {
			missed = s.ID()
		}
	}
	repairs, err := p.Repairs(p.AsOf(), missed)
	require.NoError(t, err)
	for _, r := range repairs {
		c.text("repair", marshal(r))
	}
	for e := range p.Explanations() {
		c.text("explanation", marshal(e))
	}
	src, err := p.built.MarshalJSON()
	require.NoError(t, err)
	c.text("request", src)
	// Levels, and what is drawn up, other protocols have.
	for file, until := range map[string]string{"../examples/living/testdata/spray.json": "2025-03-03", "../protocol/catalog/natalizumab.json": "2025-06-02"} {
		spec, err := protocol.Parse(file, read(file))
		require.NoError(t, err)
		for name, value := range map[string]string{"min-gap": "14 days", "later-observation": "1 h"} {
			if strings.HasSuffix(file, "natalizumab.json") {
				spec, err = spec.Set(name, value)
				require.NoError(t, err)
			}
		}
		spec.Phases[0].MissedDoses = []protocol.MissedDose{{From: 50, Then: protocol.AskPrescriber}}
		prescribed, err := spec.Compile()
		require.NoError(t, err)
		p, err := Build(Request{
			Protocol: prescribed, Start: MustDate("2025-01-06"), Until: MustDate(until), Opening: office, Key: Key{2}, AsOf: at("2025-01-03", 20),
			GivenBefore: []GivenBefore{{Date: MustDate("2024-11-04"), Drug: spec.Drug, Dose: dose.MustMass("56 mg")}},
		})
		require.NoError(t, err)
		c.text("plan", p.AppendJSON(nil))
		for e := range p.Explanations() {
			c.text("explanation", marshal(e))
		}
	}
	// What is due of a monitoring, and of results.
	monitored, err := protocol.Spec{
		Phases:     []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 1}},
		Monitoring: []protocol.Monitoring{{Name: "count", Cadence: protocol.MustCadence("1/wk x3"), Before: []protocol.ResultNeeded{{Within: 7}}}},
	}.Compile()
	require.NoError(t, err)
	counted, err := Build(Request{Protocol: monitored, Start: MustDate("2025-01-06"), Opening: office, Key: Key{2}, AsOf: at("2025-01-03", 20)})
	require.NoError(t, err)
	c.text("plan", counted.AppendJSON(nil))
	c.text("status", marshal(counted.On(MustDate("2025-01-13"))))
	c.text("row", marshal(counted.Row()))
	for e := range counted.Explanations() {
		c.text("explanation", marshal(e))
	}
	// A dose in parts, one of which cannot be given to this patient.
	in := protocol.Spec{Phases: []protocol.Phase{{
		Name: "all", Cadence: protocol.MustCadence("1"), MinGap: 1, Visit: protocol.Visit{Administration: time.Hour}, Dose: dose.MustRule("sum of parts, hard max 60 mg"),
		Parts: []dose.Part{
			{Name: "first", Rule: dose.MustRule("0.5 mg/kg of actual weight, hard max 60 mg"), During: dose.MustDuration("20 min")},
			{Name: "second", Rule: dose.MustRule("25 mg"), Condition: "no effect"},
		},
	}}}
	prescribed, err = in.Compile()
	require.NoError(t, err)
	p, err = Build(Request{
		Protocol: prescribed, Start: MustDate("2025-01-06"), Opening: office, Key: Key{3}, AsOf: at("2025-01-03", 20),
		Weighings: []Weighing{{Date: MustDate("2025-01-03"), Weight: dose.MustWeight("80 kg")}},
	})
	require.NoError(t, err)
	for e := range p.Explanations() {
		c.text("explanation", marshal(e))
	}
	for _, s := range p.All() {
		p, err = p.Replay(Entry{AsOf: s.Date().MidnightUTC().Add(23 * time.Hour), Event: Event{ID: "g", What: Given{Session: s.ID(), Date: s.Date(), Parts: []GivenPart{{Name: "first", Dose: dose.MustMass("40 mg")}}}}})
		require.NoError(t, err)
	}
	c.text("plan", p.AppendJSON(nil))
	given, err := givenBeside(office)
	require.NoError(t, err)
	c.text("plan", given.AppendJSON(nil))
	for e := range given.Explanations() {
		c.text("explanation", marshal(e))
	}
	c.text("diff", marshal(p.Diff(given)))
	for _, def := range []string{"plan", "session", "given", "part", "givenPart", "plannedMedicine", "medicineGiven", "checkpoint", "protocol", "protocolName", "status", "adherence", "repair", "explanation", "verification"} {
		require.Empty(t, c.unseen(def), "keys of the schema that nothing has")
	}
}

// keysRead returns the keys that functions of a file ask a JSON object for.
func keysRead(t *testing.T, keys map[string]bool, file string, functions ...string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	require.NoError(t, err)
	for _, d := range parsed.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || len(functions) > 0 && !slices.Contains(functions, f.Name.Name) {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name := ""
			switch of := call.Fun.(type) {
			case *ast.SelectorExpr:
				name = of.Sel.Name
			case *ast.Ident:
				name = of.Name
			}
			if slices.Contains([]string{"Required", "Optional", "optional", "optionalDate", "nestedList", "doseGiven"}, name) {
				for _, arg := range call.Args {
					if text, ok := arg.(*ast.BasicLit); ok && text.Kind == token.STRING {
						key, err := strconv.Unquote(text.Value)
						require.NoError(t, err)
						keys[key] = true
					}
				}
			}
			return true
		})
	}
}

// keysOf returns the keys of all objects in a schema.
func keysOf(s schema) map[string]bool {
	keys := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []schema:
			for _, s := range v {
				walk(s)
			}
		case schema:
			for _, m := range v {
				if m.key == "properties" {
					for _, p := range m.value.(schema) {
						keys[p.key] = true
						walk(p.value)
					}
				} else {
					walk(m.value)
				}
			}
		}
	}
	walk(s)
	return keys
}

// TestReaderKeys compares the schemas of what is read key by key with the keys that the
// readers ask for.
func TestReaderKeys(t *testing.T) {
	fields := func(keys map[string]bool, forms ...*objectForm) {
		for _, form := range forms {
			for key := range keysOf(objectSchema(form, false)) {
				keys[key] = true
			}
		}
	}
	record := map[string]bool{}
	keysRead(t, record, "recordfile.go")
	fields(record, formOf((*GivenBefore).fields), formOf(func(g *Given, f *objectFields) { g.weighedIn(f, parseWeight) }))
	require.Equal(t, slices.Sorted(maps.Keys(record)), slices.Sorted(maps.Keys(keysOf(recordSchema()))))

	request := map[string]bool{}
	keysRead(t, request, requestReader, "request", "plausibilityIn")
	fields(request, formOf((*GivenBefore).fields), formOf((*Wishes).fields))
	require.Equal(t, slices.Sorted(maps.Keys(request)), slices.Sorted(maps.Keys(keysOf(requestSchema()))))

	written := map[string]bool{"tenures": true}
	src, err := os.ReadFile("planfile_state.go")
	require.NoError(t, err)
	for _, m := range regexp.MustCompile(`\brows\(f, "(\w+)"`).FindAllStringSubmatch(string(src), -1) {
		written[m[1]] = true
	}
	require.Equal(t, slices.Sorted(maps.Keys(written)), slices.Sorted(slices.Values(stateRows())))

	events := map[string]bool{}
	keysRead(t, events, "event_read.go", "entry", "event")
	keysRead(t, events, "event_corrected.go")
	require.Equal(t, []string{"also", "asOf", "id", "kind", "recordedBy"}, slices.Sorted(maps.Keys(events)))
}

// requestReader is the file that reads requests.
const requestReader = "planfile_request.go"
