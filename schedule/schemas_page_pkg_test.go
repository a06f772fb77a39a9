package schedule

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

const jsonPage = "../docs/JSON.md"

// A laidOut value is JSON on as few lines as are read well.
func laidOut(t *testing.T, src []byte, elided map[string]bool) string {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(src))
	d.UseNumber()
	var write func(indent string, place string) string
	next := func() json.Token {
		token, err := d.Token()
		require.NoError(t, err)
		return token
	}
	plain := func(v any) string {
		text, err := json.Marshal(v)
		require.NoError(t, err)
		return string(text)
	}
	write = func(indent, place string) string {
		token := next()
		open, ok := token.(json.Delim)
		if !ok {
			return plain(token)
		}
		shut := map[json.Delim]string{'{': "}", '[': "]"}[open]
		var items []string
		for d.More() {
			key, inside := "", place
			if open == '{' {
				name := next().(string)
				key, inside = plain(name)+": ", name
			}
			items = append(items, key+write(indent+"  ", inside))
		}
		next()
		if elided[place] && len(items) > 0 {
			return open.String() + " ... " + shut
		}
		line := open.String() + strings.Join(items, ", ") + shut
		if !strings.Contains(line, "\n") && utf8.RuneCountInString(indent+line) <= 150 {
			return line
		}
		// Members without members share lines.
		var b strings.Builder
		b.WriteString(open.String())
		column := 1000
		for i, item := range items {
			if width := utf8.RuneCountInString(item); column+width+2 > 150 || strings.ContainsAny(item, "\n") || strings.Contains(item, ": {") || strings.Contains(item, ": [{") || open == '[' {
				b.WriteString("\n" + indent + "  ")
				column = len(indent) + 2 + width
			} else {
				b.WriteString(" ")
				column += width + 1
			}
			b.WriteString(item)
			if i < len(items)-1 {
				b.WriteString(",")
				column++
			}
			if strings.Contains(item, "\n") {
				column = 1000
			}
		}
		return b.String() + "\n" + indent + shut
	}
	return write("", "")
}

// pagePlan is a plan of two sessions of which the first was given and the second missed.
func pagePlan(t *testing.T) (p, before *Plan) {
	t.Helper()
	spec, err := protocol.Parse("protocol.json", []byte(`{
		"format": "regimen/1", "id": "example", "version": "1", "drug": "ketamine (racemic)", "route": "intravenous",
		"phases": [{"name": "weekly", "cadence": "1/wk x2", "visit": {"administration": "40 min", "observation": "2 h"}, "dose": "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 60 mg", "minGap": "2 days"}],
		"gates": [{"name": "response", "phase": "weekly", "after": 1, "assess": "whether it helps", "outcomes": [{"when": "it helps", "then": "continue"}, {"when": "it does not", "then": "stop"}]}]
	}`))
	require.NoError(t, err)
	prescribed, err := spec.Compile()
	require.NoError(t, err)
	office, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday)})
	require.NoError(t, err)
	before, err = Build(Request{
		Protocol: prescribed, Start: MustDate("2025-01-06"), Opening: office, Key: Key{1, 35, 69, 103, 137, 171, 205, 239, 1, 35, 69, 103, 137, 171, 205, 239},
		AsOf: time.Date(2025, 1, 3, 16, 0, 0, 0, time.UTC), Weighings: []Weighing{{Date: MustDate("2025-01-03"), Weight: dose.MustWeight("82 kg")}},
	})
	require.NoError(t, err)
	var ids []ID
	for _, s := range before.All() {
		ids = append(ids, s.ID())
	}
	p, err = before.Replay(
		Entry{AsOf: time.Date(2025, 1, 6, 17, 0, 0, 0, time.UTC), Event: Event{ID: "e1", RecordedBy: "nurse-7", What: Given{Session: ids[0], Date: MustDate("2025-01-06"), Dose: dose.MustMass("41 mg")}}},
		Entry{AsOf: time.Date(2025, 1, 13, 17, 0, 0, 0, time.UTC), Event: Event{ID: "e2", What: Missed{Session: ids[1], Reason: "ill"}}},
	)
	require.NoError(t, err)
	return p, before
}

// TestJSONPage compares docs/JSON.md with what the code writes.
func TestJSONPage(t *testing.T) {
	p, before := pagePlan(t)
	marshal := func(v any) []byte {
		text, err := json.Marshal(v)
		require.NoError(t, err)
		return text
	}
	var second Session
	for _, s := range p.All() {
		second = s
	}
	repairs, err := p.Repairs(p.AsOf(), second.ID())
	require.NoError(t, err)
	explanation, err := p.Explain(second.ID())
	require.NoError(t, err)
	record, err := os.ReadFile("../examples/record/testdata/clean.json")
	require.NoError(t, err)
	entries := p.journal.since(0)
	verification := p.Verify()
	examples := map[string][]byte{
		"plan": p.AppendJSON(nil), "session": marshal(second), "status": marshal(p.On(MustDate("2025-01-13"))),
		"repairs": marshal(repairs[:1]), "findings": marshal(Validate(p)), "diff": marshal(before.Diff(p)),
		"explanation": marshal(explanation), "entries": marshal(entries), "events": FormatEvents(p),
		"request": marshal(p.built), "record": record, "plan-file": FormatPlan(p),
		"row": marshal(p.Row()), "visit-rows": marshal(p.AppendVisitRows(nil, nil)), "verification": marshal(verification),
	}
	elided := map[string]map[string]bool{
		"repairs": {"plan": true, "diff": true}, "status": {"overdue": true, "upcoming": true, "due": true}, "diff": {"events": true},
		"plan-file": {"protocol": true, "state": true, "request": true, "journal": true},
	}
	var b strings.Builder
	b.WriteString(`<!-- Generated from package schedule by its tests; change that and run TestJSONPage with -update-json. -->

# JSON

One of each form in which the library writes JSON or reads it, from one small treatment: two sessions, the first given, the second missed. The schemas
(JSON Schema, draft 2020-12) are in [schedule/schemas](../schedule/schemas), [schedule/clinic/schema.json](../schedule/clinic/schema.json) and
[protocol/schema.json](../protocol/schema.json). They are made of the fields that the code reads and writes; [internal/schema/check.sh](../internal/schema/check.sh) compares
them by ajv with every plan of every story, makes TypeScript types of them and reads a plan by these.

In all of it:

- names are camelCase, enumerations are words, quantities texts with their unit ("41 mg", "81.5 kg", "14 days"), dates YYYY-MM-DD, times of day HH:MM on the clinic's
  clock, instants RFC 3339;
- what programs write for programs leaves no key out: what there is none of is null. Files, which people write too, leave it out;
- a session has one form, wherever it is shown, and so has a finding, a checkpoint, an entry of the journal;
- what MarshalJSON writes, UnmarshalJSON reads, or refuses with what to use instead: views of a plan (a plan, a session, a status, a repair, an explanation, a checkpoint)
  are not read back, since they lack what the plan was made from. FormatPlan and ParsePlan keep plans;
- what is read is read strictly: a key that is not known, or twice, a value of another type, null in a file are refused, all at once and each with its place.

A file may have so many bytes, levels, members and elements (` + "`MaxFileSize`, `MaxRecordSize`, `MaxFileDepth`, `MaxFileMembers`, `MaxFileElements`" + ` of package schedule, and those
of protocol and clinic): beyond that it is refused before anything in it is decoded, by a problem with the code ` + "`json-size`, `json-depth` or `json-count`" + `. Reading takes time
and memory linear in the size.
`)
	for _, s := range ship() {
		example := examples[s.file]
		require.NotNil(t, example, s.file)
		fmt.Fprintf(&b, "\n## %s\n\n%s Schema: [%s.json](../schedule/schemas/%s.json).", s.title, s.text, s.file, s.file)
		if elided[s.file] != nil {
			b.WriteString(" What stands elsewhere on this page is cut here.")
		}
		fmt.Fprintf(&b, "\n\n```\n%s\n```\n", laidOut(t, example, elided[s.file]))
	}
	b.WriteString(togetherPage(t))
	if *updateJSON {
		require.NoError(t, os.WriteFile(jsonPage, []byte(b.String()), 0o644))
	}
	got, err := os.ReadFile(jsonPage)
	require.NoError(t, err)
	require.Equal(t, b.String(), string(got), "run TestJSONPage with -update-json and look at the difference")
}

var updateJSON = flag.Bool("update-json", false, "write docs/JSON.md")
