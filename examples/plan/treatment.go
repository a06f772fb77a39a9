package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/ical"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// A treatment is a plan, and what its file does not hold.
type treatment struct {
	protocols []*protocol.Protocol // the first is the one it was made from
	opening   *clinic.Clinic
	plan      *schedule.Plan
}

// protocolOf reads a protocol file and compiles it.
func protocolOf(name string, src []byte) (*protocol.Protocol, error) {
	spec, err := protocol.Parse(name, src)
	if err != nil {
		return nil, err
	}
	p, err := spec.Compile()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}

// begin makes the plan of the first line.
func (t *treatment) begin(asked *line) ([]byte, error) {
	if asked.Protocol == nil || asked.Clinic == nil || asked.Request == nil {
		return nil, &misuse{"line", "want a first line with protocol, clinic and request"}
	}
	digests := map[string]string{}
	var protocols []*protocol.Protocol
	read := func(name string, src []byte) error {
		compiled, err := protocolOf("protocol "+strconv.Quote(name), src)
		if err != nil {
			return err
		}
		protocols = append(protocols, compiled)
		digests[name] = compiled.Digest().String()
		return nil
	}
	if err := read("", asked.Protocol); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(asked.Protocols)) {
		if err := read(name, asked.Protocols[name]); err != nil {
			return nil, err
		}
	}
	opening, err := clinicOf("clinic", asked.Clinic)
	if err != nil {
		return nil, err
	}
	request, err := schedule.ParseRequest("request", asked.Request, schedule.PlanSource{Protocols: protocols[:1], Opening: opening})
	if err != nil {
		return nil, err
	}
	plan, err := schedule.Build(request)
	if err != nil {
		return nil, err
	}
	*t = treatment{protocols, opening, plan}
	b := plan.AppendJSON([]byte(`,"plan":`))
	names, err := json.Marshal(digests)
	return append(append(b, `,"digests":`...), names...), err
}

func clinicOf(name string, src []byte) (*clinic.Clinic, error) {
	spec, err := clinic.Parse(name, src, time.LoadLocation)
	if err != nil {
		return nil, err
	}
	opening, err := clinic.New(spec)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return opening, nil
}

// apply applies entries: all of them, or none.
func (t *treatment) apply(src []byte) ([]byte, error) {
	entries, err := schedule.ParseEntries("do", src, t.protocols...)
	if err != nil {
		return nil, err
	}
	next, err := t.plan.Replay(entries...)
	if err != nil {
		return nil, err
	}
	t.plan = next
	return next.AppendJSON([]byte(`,"plan":`)), nil
}

// columns is how wide text is.
const columns = 80

// show answers with the plan for people and their calendars.
func (t *treatment) show(form string) ([]byte, error) {
	var out bytes.Buffer
	if err := write(&out, t.plan, form); err != nil {
		return nil, err
	}
	text, err := json.Marshal(out.String())
	return append([]byte(`,"text":`), text...), err
}

// write writes a plan for people and their calendars.
func write(out io.Writer, plan *schedule.Plan, form string) error {
	locale, _ := sheet.LocaleOf("en-US")
	page, err := sheet.New(plan, sheet.Options{Locale: locale})
	if err != nil {
		return err
	}
	switch form {
	case "ics":
		return ical.Write(out, plan, ical.Options{})
	case "text":
		return page.WriteText(out, columns)
	case "html":
		return page.WriteHTML(out)
	case "csv":
		return page.WriteCSV(out)
	default:
		return &misuse{"form", "want ics, text, html or csv, not " + strconv.Quote(form)}
	}
}

// repairs lists the ways on.
func (t *treatment) repairs(sessions []schedule.ID, asOf *time.Time) ([]byte, error) {
	if asOf == nil || len(sessions) == 0 {
		return nil, &misuse{"line", "want the ids of sessions and asOf, the instant as of which repairs are asked for"}
	}
	ways, err := t.plan.Repairs(*asOf, sessions...)
	if err != nil {
		return nil, err
	}
	return appendRepairs([]byte(`,"repairs":`), ways), nil
}

// appendRepairs appends the ways on as a list.
func appendRepairs(b []byte, ways []schedule.Repair) []byte {
	b = append(b, '[')
	for i, way := range ways {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendRepair(b, way)
	}
	return append(b, ']')
}

// appendRepair appends one way on, the whole plan after it included.
func appendRepair(b []byte, r schedule.Repair) []byte {
	field := func(key string, value any) {
		text, _ := json.Marshal(value)
		b = append(append(append(append(b, '"'), key...), `":`...), text...)
		b = append(b, ',')
	}
	b = append(b, '{')
	field("way", r.Way.String())
	field("possible", r.Possible())
	var why any
	if r.Err != nil {
		why = r.Err.Error()
	}
	field("why", why)
	field("text", r.Text)
	field("condition", r.Condition)
	field("source", r.Source)
	field("entries", append([]schedule.Entry{}, r.Entries...))
	field("plan", r.Plan)
	field("findings", append([]schedule.Finding{}, r.Findings...))
	return append(b[:len(b)-1], '}')
}

// check compares what the plan was told with what a clinic says now.
func (t *treatment) check(src []byte) ([]byte, error) {
	opening, err := clinicOf("clinic", src)
	if err != nil {
		return nil, err
	}
	found, err := json.Marshal(append([]schedule.Finding{}, t.plan.Check(opening)...))
	return append([]byte(`,"findings":`), found...), err
}

// reload writes the plan to a file and goes on with what is read from that.
func (t *treatment) reload() ([]byte, error) {
	read, err := schedule.ParsePlan("plan", schedule.FormatPlan(t.plan), schedule.PlanSource{Protocols: t.protocols, Opening: t.opening})
	if err != nil {
		return nil, err
	}
	v := read.Verify()
	if v.Refused != nil {
		return nil, v.Refused
	}
	t.plan = read
	found, err := json.Marshal(append([]schedule.Difference{}, v.Differences...))
	return append(append(read.AppendJSON([]byte(`,"plan":`)), `,"verify":`...), found...), err
}
