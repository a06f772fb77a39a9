package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/lint"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A question is what the page has in its fields.
type question struct {
	Protocol, Clinic, Events string
	// Values are those of the protocol's parameters, by name.
	Values map[string]string
	// Start and Until are days, AsOf is an RFC 3339 instant; Weight, Height and Sex are in
	// the library's words. Until, Weight, Height and Sex may be empty.
	Start, Until, Weight, Height, Sex, AsOf string
	// Locale is one of the tags of package sheet.
	Locale string
	// Forms are those that the plan is written in: calendar, sheet, sessions, findings,
	// ics, csv, json, fhir, file. The page asks for the one that is seen.
	Forms []string
}

// A problem is one thing wrong with a question, and where.
type problem struct {
	// In is the field: protocol, clinic, events, a parameter as "value NAME", or start,
	// until, weight, height, sex, asOf, locale; "plan" where all of them can be read.
	In string `json:"in"`
	// Line and Column are from 1 and in characters, 0 where the field is no text.
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Text     string `json:"text"`
}

// A parameter is one of the protocol, to be asked for.
type parameter struct {
	Name       string   `json:"name"`
	Doc        string   `json:"doc"`
	Choices    []string `json:"choices"`
	Low        string   `json:"low"`
	High       string   `json:"high"`
	MultipleOf string   `json:"multipleOf"`
	Value      string   `json:"value"`
}

// An answer is what the library makes of a question.
type answer struct {
	Problems   []problem   `json:"problems"`
	Parameters []parameter `json:"parameters"`
	// Plan is null while there is none.
	Plan *planAnswer `json:"plan"`
	// Examples are events that can be added now.
	Examples []example `json:"examples"`
}

// An example is an event to add, with its title.
type example struct {
	Title string          `json:"title"`
	Entry json.RawMessage `json:"entry"`
}

// An asking makes an answer.
type asking struct {
	question
	answer
	failed bool
}

// answerTo answers a question, whatever is in it.
func answerTo(q question) answer {
	a := asking{question: q, answer: answer{Problems: []problem{}, Parameters: []parameter{}, Examples: []example{}}}
	a.run()
	return a.answer
}

func (a *asking) report(in, severity, code, text string, line, column int) {
	a.failed = a.failed || severity == "error"
	a.Problems = append(a.Problems, problem{in, line, column, severity, code, text})
}

// read reads a field; an empty one stays as it is.
func read[T any](a *asking, in, text string, parse func(string) (T, error), into *T) {
	if text == "" {
		return
	}
	value, err := parse(text)
	if err != nil {
		a.report(in, "error", "value", err.Error(), 0, 0)
		return
	}
	*into = value
}

func (a *asking) run() {
	request := schedule.Request{Key: schedule.Key{'p', 'l', 'a', 'y'}, Protocol: a.protocol()}
	opening := a.clinic()
	read(a, "start", a.Start, schedule.ParseDate, &request.Start)
	read(a, "until", a.Until, schedule.ParseDate, &request.Until)
	read(a, "height", a.Height, dose.ParseHeight, &request.Height)
	read(a, "sex", a.Sex, dose.ParseSex, &request.Sex)
	read(a, "asOf", a.AsOf, func(s string) (time.Time, error) { return time.Parse(time.RFC3339, s) }, &request.AsOf)
	var weight dose.Weight
	read(a, "weight", a.Weight, dose.ParseWeight, &weight)
	if a.failed || request.Protocol == nil || opening == nil {
		return
	}
	request.Opening = opening
	if !weight.IsZero() {
		// The weight is known when the plan is made.
		day, err := schedule.ParseDate(request.AsOf.In(opening.Zone()).Format(time.DateOnly))
		if err != nil {
			a.told("asOf", "value", err)
			return
		}
		request.Weighings = []schedule.Weighing{{Date: min(request.Start, day), Weight: weight}}
	}
	plan, err := schedule.Build(request)
	if err != nil {
		a.told("plan", "build", err)
		return
	}
	plan = a.live(plan)
	a.Examples = examplesOf(plan)
	a.Plan = a.write(plan)
}

// protocol reads, looks at and compiles the protocol; nil if it cannot.
func (a *asking) protocol() *protocol.Protocol {
	src := []byte(a.Protocol)
	spec, err := protocol.Parse("protocol", src)
	if err != nil {
		a.protocolErrors(err)
		return nil
	}
	for _, p := range spec.Parameters {
		if value, ok := a.Values[p.Name]; ok && value != "" {
			if spec, err = spec.Set(p.Name, value); err != nil {
				a.protocolErrors(err)
			}
			p.Value = value
		}
		a.Parameters = append(a.Parameters, parameter{p.Name, p.Doc, append([]string{}, p.Choices...), p.Low, p.High, p.MultipleOf, p.Value})
	}
	for _, f := range lint.CheckFile(lint.File{Name: "protocol", Spec: spec, Source: src}, lint.Options{}) {
		severity := "info"
		if f.Severity != lint.Info {
			severity = "warning"
		}
		a.report("protocol", severity, string(f.Code), f.Text, f.Line, f.Column)
	}
	compiled, err := spec.Compile()
	if err != nil {
		a.protocolErrors(protocol.Locate("protocol", src, err))
		return nil
	}
	return compiled
}

// protocolErrors reports every error of a protocol. One about a parameter that has no
// value is that of its field.
func (a *asking) protocolErrors(err error) {
	list, ok := errors.AsType[protocol.ErrorList](err)
	if one, single := errors.AsType[*protocol.Error](err); !ok && single {
		list = protocol.ErrorList{one}
	}
	if list == nil {
		a.report("protocol", "error", "protocol", err.Error(), 1, 1)
		return
	}
	for _, e := range list {
		text := e.Want
		if e.Value != "" {
			text += ", got " + e.Value
		}
		if e.Want == "" && e.Err != nil {
			text = e.Err.Error()
		}
		in := "protocol"
		for i, p := range a.Parameters {
			place := fmt.Sprintf("/parameters/%d", i)
			if e.Place == place || strings.HasPrefix(e.Place, place+"/value") {
				in = "value " + p.Name
			}
		}
		a.report(in, "error", string(e.Code), text, max(e.Line, 1), max(e.Column, 1))
	}
}

// clinic reads the clinic; nil if it cannot.
func (a *asking) clinic() *clinic.Clinic {
	spec, err := clinic.Parse("clinic", []byte(a.Clinic), time.LoadLocation)
	if err == nil {
		var opening *clinic.Clinic
		if opening, err = clinic.New(spec); err == nil {
			return opening
		}
	}
	a.fileErrors("clinic", err)
	return nil
}

// fileErrors reports every problem of a file, or an error that has none.
func (a *asking) fileErrors(in string, err error) {
	problems, ok := errors.AsType[*schedule.FileProblems](err)
	if !ok {
		a.told(in, "value", err)
		return
	}
	for _, p := range problems.Kept() {
		text := "want " + p.Want
		if p.Found != "" {
			text += ", got " + p.Found
		}
		if p.Want == "" && p.Err != nil {
			text = p.Err.Error()
		}
		a.report(in, "error", p.Code, text, p.Line, p.Column)
	}
	if more := problems.More(); more > 0 {
		a.report(in, "error", "more", fmt.Sprintf("and %d more", more), 1, 1)
	}
}

// told reports an error that says all of it.
func (a *asking) told(in, code string, err error) {
	a.report(in, "error", code, err.Error(), 0, 0)
}

// live applies the events one after the other, up to the first that the plan refuses.
func (a *asking) live(plan *schedule.Plan) *schedule.Plan {
	if strings.TrimSpace(a.Events) == "" {
		return plan
	}
	src := []byte(a.Events)
	entries, err := schedule.ParseEntries("events", src)
	if err != nil {
		a.fileErrors("events", err)
		return plan
	}
	lines := linesOf(src)
	for i, entry := range entries {
		next, err := plan.Apply(entry.Event, entry.AsOf)
		if err != nil {
			line := 1
			if i < len(lines) {
				line = lines[i]
			}
			a.report("events", "error", "refused", err.Error(), line, 1)
			return plan
		}
		plan = next
	}
	return plan
}

// linesOf returns the line on which each element of a JSON list begins.
func linesOf(src []byte) (lines []int) {
	d := json.NewDecoder(bytes.NewReader(src))
	if _, err := d.Token(); err != nil {
		return nil
	}
	for d.More() {
		from := d.InputOffset()
		var value json.RawMessage
		if d.Decode(&value) != nil {
			return lines
		}
		begin := int(from) + bytes.IndexByte(src[from:], '{')
		lines = append(lines, 1+bytes.Count(src[:max(begin, 0)], []byte("\n")))
	}
	return lines
}
