// Command write writes JSON in every form that the library has, for check.sh to be
// looked at by a validator of somebody else: of the treatments that the stories of
// examples/plan tell, at every step of them.
//
//	write LINES OUT
//
// LINES is a folder with the lines that each story came to. OUT gets a file for each
// schema, with a document on each line.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(lines, out string) error {
	stories, err := filepath.Glob(filepath.Join(lines, "*.json"))
	if err != nil {
		return err
	}
	if len(stories) == 0 {
		return errors.New("want the lines of stories in " + lines)
	}
	w := writer{files: map[string]*bytes.Buffer{}}
	for _, path := range stories {
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := w.story(bytes.Split(bytes.TrimSpace(src), []byte("\n"))); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	for name, file := range w.files {
		if err := os.WriteFile(filepath.Join(out, name+".ndjson"), file.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// A line is one of those that examples/plan documents.
type line struct {
	Protocol, Clinic, Request, Do json.RawMessage
	Protocols                     map[string]json.RawMessage
	Repairs                       []schedule.ID
	AsOf                          time.Time
}

type writer struct{ files map[string]*bytes.Buffer }

// text adds a document of a schema.
func (w *writer) text(name string, src []byte) error {
	b := w.files[name]
	if b == nil {
		b = new(bytes.Buffer)
		w.files[name] = b
	}
	if err := json.Compact(b, src); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	b.WriteByte('\n')
	return nil
}

// value adds a document that is marshalled.
func (w *writer) value(name string, v any) error {
	src, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return w.text(name, src)
}

func (w *writer) story(lines [][]byte) error {
	var first line
	if err := json.Unmarshal(lines[0], &first); err != nil {
		return err
	}
	var protocols []*protocol.Protocol
	for _, src := range append([]json.RawMessage{first.Protocol}, named(first.Protocols)...) {
		if err := w.text("protocol", src); err != nil {
			return err
		}
		spec, err := protocol.Parse("protocol", src)
		if err != nil {
			return err
		}
		p, err := spec.Compile()
		if err != nil {
			return err
		}
		protocols = append(protocols, p)
	}
	if err := w.text("clinic", first.Clinic); err != nil {
		return err
	}
	hours, err := clinic.Parse("clinic", first.Clinic, time.LoadLocation)
	if err != nil {
		return err
	}
	office, err := clinic.New(hours)
	if err != nil {
		return err
	}
	if err := w.text("request", first.Request); err != nil {
		return err
	}
	request, err := schedule.ParseRequest("request", first.Request, schedule.PlanSource{Protocols: protocols[:1], Opening: office})
	if err != nil {
		return err
	}
	request.Opening = office
	if err := w.value("request", request); err != nil {
		return err
	}
	plan, err := schedule.Build(request)
	if err != nil {
		return nil // the story says so
	}
	if err := w.plan(plan); err != nil {
		return err
	}
	for _, src := range lines[1:] {
		var asked line
		if json.Unmarshal(src, &asked) != nil {
			continue // a line of another form
		}
		switch {
		case asked.Do != nil:
			entries, err := schedule.ParseEntries("do", asked.Do, protocols...)
			if err != nil {
				continue // the story says so
			}
			if err := w.value("entries", entries); err != nil {
				return err
			}
			next, err := plan.Replay(entries...)
			if err != nil {
				continue
			}
			if err := w.value("diff", plan.Diff(next)); err != nil {
				return err
			}
			plan = next
			if err := w.plan(plan); err != nil {
				return err
			}
		case asked.Repairs != nil:
			repairs, err := plan.Repairs(asked.AsOf, asked.Repairs...)
			if err != nil {
				continue
			}
			if err := w.value("repairs", repairs); err != nil {
				return err
			}
		}
	}
	return nil
}

func named(protocols map[string]json.RawMessage) (list []json.RawMessage) {
	for _, src := range protocols {
		list = append(list, src)
	}
	return list
}

// plan adds a plan in every form.
func (w *writer) plan(p *schedule.Plan) error {
	errs := []error{
		w.text("plan", p.AppendJSON(nil)),
		w.text("events", schedule.FormatEvents(p)),
		w.text("plan-file", schedule.FormatPlan(p)),
		w.value("row", p.Row()),
		w.value("visit-rows", p.AppendVisitRows(nil, nil)),
		w.value("verification", p.Verify()),
		w.value("findings", append([]schedule.Finding{}, schedule.Validate(p)...)),
		w.value("status", p.On(schedule.MustDate(p.AsOf().In(p.Zone()).Format(time.DateOnly)))),
	}
	for i, s := range p.All() {
		if i%4 == 0 {
			errs = append(errs, w.value("session", s))
			if e, err := p.Explain(s.ID()); err == nil {
				errs = append(errs, w.value("explanation", e))
			}
		}
	}
	return errors.Join(errs...)
}
