package plan

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/bench"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/fhir"
)

// Files are what a program keeps of one patient and one clinic, written by regimen.
type Files struct {
	Protocol, Clinic, Plan, Events, Record []byte

	prescribed *protocol.Protocol
	source     schedule.PlanSource
	plan       *schedule.Plan
	events     int
}

// NewFiles returns the files of a calendar of which n sessions were given. Without so
// many sessions the rest of the events are weighings.
func NewFiles(c Calendar, n int) *Files {
	planner := NewPlanner(c, Options{Doses: true})
	p := planner.Build(0)
	request := planner.Request(0)
	f := &Files{prescribed: request.Protocol, source: schedule.PlanSource{
		Protocols: []*protocol.Protocol{request.Protocol}, Opening: request.Opening,
	}, events: n}

	var record strings.Builder
	fmt.Fprintf(&record, `{"format": %q, "zone": "UTC", "start": "%s", "asOf": "2030-01-01T00:00:00Z", "given": [`, schedule.RecordFormat, p.Start())
	var entries []schedule.Entry
	at := p.Start().MidnightUTC()
	for i, s := range p.All() {
		if i == n {
			break
		}
		given := schedule.Given{Session: s.ID(), Date: s.Date(), Start: s.Start(), End: s.End(), Dose: s.Dose().Dose()}
		at = s.Date().MidnightUTC().Add(20 * time.Hour)
		entries = append(entries, schedule.Entry{AsOf: at, Event: schedule.Event{ID: fmt.Sprintf("given-%d", i+1), What: given}})
		if i > 0 {
			record.WriteByte(',')
		}
		fmt.Fprintf(&record, "\n  {%q: \"%s\", %q: \"%s\", %q: \"%s\", %q: \"%s\"}", "date", s.Date(), "start", s.Start(), "end", s.End(), "dose", given.Dose)
	}
	f.Record = []byte(record.String() + "]}\n")
	for i := len(entries); i < n; i++ {
		at = at.Add(time.Minute)
		weighed := schedule.Weighed{Date: p.Start(), Weight: dose.MustWeight("80 kg")}
		entries = append(entries, schedule.Entry{AsOf: at, Event: schedule.Event{ID: fmt.Sprintf("weighed-%d", i+1), What: weighed}})
	}
	p, err := p.Replay(entries...)
	must(err)
	f.plan = p
	f.Plan, f.Events = schedule.FormatPlan(p), schedule.FormatEvents(p)
	f.Protocol = protocol.Format(request.Protocol.Spec())
	f.Clinic = []byte(`{"format": "regimen-clinic/1", "zone": "Europe/Berlin", "weekly": {"Mon": ["08:00-17:00"], "Tue": ["08:00-17:00"], "Wed": ["08:00-17:00"]}, "closed": [{"from": "2025-08-04", "to": "2025-08-15", "reason": "summer break"}, {"date": "2025-01-20", "reason": "holiday"}]}`)
	return f
}

// generic is what programs do who know nothing of a file.
func generic(src []byte) func() {
	return func() {
		var v any
		must(json.Unmarshal(src, &v))
	}
}

// filePairs compares reading files with encoding/json, which only makes maps of them.
func filePairs() []bench.Pair {
	f := NewFiles(K1(), 10)
	pair := func(name string, src []byte, run func()) bench.Pair {
		return bench.Pair{
			Group: "files",
			A:     bench.Side{Name: name, Run: repeat(run)},
			B:     bench.Side{Name: "json.Unmarshal for " + name, Run: repeat(generic(src))},
		}
	}
	pairs := []bench.Pair{
		pair("protocol.Parse", f.Protocol, func() { _, err := protocol.Parse("", f.Protocol); must(err) }),
		pair("clinic.Parse", f.Clinic, func() { _, err := clinic.Parse("", f.Clinic, time.LoadLocation); must(err) }),
		pair("ParseEvents, 10 events", f.Events, func() { _, err := schedule.ParseEvents("", f.Events, f.prescribed); must(err) }),
		pair("ParseRecord, 10 given", f.Record, func() { _, err := schedule.ParseRecord("", f.Record, time.LoadLocation); must(err) }),
		pair("ParsePlan, 10 events", f.Plan, func() { _, err := schedule.ParsePlan("", f.Plan, f.source); must(err) }),
	}
	pairs = append(pairs,
		yamlPair("protocol.Parse", f.Protocol, func() { _, err := protocol.Parse("", f.Protocol); must(err) }),
		yamlPair("clinic.Parse", f.Clinic, func() { _, err := clinic.Parse("", f.Clinic, time.LoadLocation); must(err) }),
	)
	return append(append(pairs, bundles(f)...), writing(f)...)
}

// yamlPair compares reading a file with a YAML library that only makes maps of it: JSON is
// YAML too.
func yamlPair(name string, src []byte, run func()) bench.Pair {
	return bench.Pair{
		Group: "files",
		A: bench.Side{Name: "yaml.v3 for " + name, Run: repeat(func() {
			var v any
			must(yaml.Unmarshal(src, &v))
		})},
		B: bench.Side{Name: name, Run: repeat(run)},
	}
}

// bundles compares the FHIR form of a plan: reading it, with every name and type looked
// at, and making it.
func bundles(f *Files) []bench.Pair {
	export := func() []byte {
		b, err := fhir.NewBundle(f.plan, fhir.Export{Subject: fhir.Reference{Reference: "Patient/p1"}})
		must(err)
		src, err := json.Marshal(b)
		must(err)
		return src
	}
	src := export()
	return []bench.Pair{
		{
			Group: "files",
			A:     bench.Side{Name: "fhir.ParseBundle", Run: repeat(func() { _, err := fhir.ParseBundle(src); must(err) })},
			B:     bench.Side{Name: "json.Unmarshal for fhir.ParseBundle", Run: repeat(generic(src))},
		},
		{
			Group: "writing",
			A:     bench.Side{Name: "fhir.NewBundle and json.Marshal", Run: repeat(func() { used(len(export()) > 0) })},
			B:     bench.Side{Name: "the Bundle by hand", Run: byHand(src)},
		},
	}
}

// byHand writes what a document has by hand.
func byHand(src []byte) func(n int) {
	w := NewByHand(src)
	var b []byte
	return repeat(func() { b = w.Append(b[:0]) })
}

// writing compares writing with code by hand: what a program would write that has the
// values and knows the form.
func writing(f *Files) []bench.Pair {
	doc := f.plan.AppendJSON(nil)
	var b []byte
	return []bench.Pair{
		{
			Group: "writing",
			A:     bench.Side{Name: "AppendJSON, 10 events", Run: repeat(func() { b = f.plan.AppendJSON(b[:0]) })},
			B:     bench.Side{Name: "the JSON by hand", Run: byHand(doc)},
		},
		{
			Group: "writing",
			A:     bench.Side{Name: "Session.AppendJSON of all, 10 events", Run: repeat(func() { b = f.appendSessions(b[:0]) })},
			B:     bench.Side{Name: "the sessions by hand", Run: byHand(f.appendSessions(nil))},
		},
		{
			Group: "writing",
			A:     bench.Side{Name: "json.Marshal of maps of the JSON", Run: repeat(marshal(doc))},
			B:     bench.Side{Name: "AppendJSON, 10 events", Run: repeat(func() { b = f.plan.AppendJSON(b[:0]) })},
		},
		{
			Group: "writing",
			A:     bench.Side{Name: "FormatPlan, 10 events", Run: repeat(func() { used(len(schedule.FormatPlan(f.plan)) > 0) })},
			B:     bench.Side{Name: "the file by hand", Run: byHand(f.Plan)},
		},
		{
			Group: "writing",
			A:     bench.Side{Name: "SHA-256 of the file", Run: repeat(func() { used(sha256.Sum256(f.Plan) != [sha256.Size]byte{}) })},
			B:     bench.Side{Name: "the file by hand", Run: byHand(f.Plan)},
		},
		{
			Group: "writing",
			A:     bench.Side{Name: "json.Marshal of maps of the file", Run: repeat(marshal(f.Plan))},
			B:     bench.Side{Name: "FormatPlan, 10 events", Run: repeat(func() { used(len(schedule.FormatPlan(f.plan)) > 0) })},
		},
	}
}

// appendSessions appends the JSON of the plan's sessions.
func (f *Files) appendSessions(b []byte) []byte {
	for _, s := range f.plan.All() {
		b = s.AppendJSON(b)
	}
	return b
}

// marshal writes what programs have who know nothing of a file: maps.
func marshal(src []byte) func() {
	var v any
	must(json.Unmarshal(src, &v))
	return func() {
		_, err := json.Marshal(v)
		must(err)
	}
}
