package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule"
)

// writeJSON writes the plan as the library does, with what this program adds to
// each session, and with it what the plan was made from. A program that only
// needs the plan marshals it as it is.
func writeJSON(out *bytes.Buffer, in input) {
	sessions := []json.RawMessage{}
	for _, s := range in.plan.All() {
		sessions = append(sessions, sessionJSON(s))
	}
	b := in.plan.AppendJSON(nil)
	b = member(b, "sessions", sessions)
	b = member(b, "findings", findings(in.plan))
	b = member(b, "parameters", in.parameters)
	if len(in.notes) > 0 {
		b = member(b, "notes", in.notes)
	}
	if in.explain {
		b = member(b, "explanations", slices.Collect(in.plan.Explanations()))
	}
	indent(out, b)
}

// sessionJSON returns a session as the library writes it, with how its dose is
// given.
func sessionJSON(s schedule.Session) json.RawMessage {
	b := s.AppendJSON(nil)
	b = member(b, "dose", nil)
	if given, ok := givenText(s); ok {
		b = member(b, "given", given)
	}
	if p, ok := planned(s); ok {
		text, _ := json.Marshal(p)
		more := allowed(s)
		b = member(members(b, text), "level", p.Level)
		b = member(b, "allowed", more)
		if len(more) > 0 {
			b = member(b, "allowedLevels", levelNotes(more))
		}
	}
	return b
}

// members gives an object the members of another.
func members(object, more []byte) []byte {
	d := json.NewDecoder(bytes.NewReader(more))
	_, _ = d.Token()
	for d.More() {
		name, _ := d.Token()
		var value json.RawMessage
		_ = d.Decode(&value)
		object = member(object, fmt.Sprint(name), value)
	}
	return object
}

// member gives a member of an object its value: where it has one already, that is
// replaced, else it is added at the end.
func member(object []byte, name string, value any) []byte {
	text, _ := json.Marshal(value)
	key, _ := json.Marshal(name)
	d := json.NewDecoder(bytes.NewReader(object))
	_, _ = d.Token()
	for d.More() {
		found, _ := d.Token()
		begins := d.InputOffset()
		var old json.RawMessage
		_ = d.Decode(&old)
		if ends := d.InputOffset(); found == name {
			return slices.Concat(object[:begins], []byte(":"), text, object[ends:])
		}
	}
	separator := ","
	if len(object) == len("{}") {
		separator = ""
	}
	return slices.Concat(object[:len(object)-1], []byte(separator), key, []byte(":"), text, []byte("}"))
}

// indent writes a line for each value: these objects are read by people too.
func indent(out *bytes.Buffer, b []byte) {
	_ = json.Indent(out, b, "", "  ")
	out.WriteByte('\n')
}

// A finding is a schedule.Finding as JSON.
type finding struct {
	Code     schedule.Code `json:"code"`
	Severity string        `json:"severity"`
	// Session is left out of a finding about the plan as a whole.
	Session int    `json:"session,omitempty"`
	Text    string `json:"text"`
}

func findings(plan *schedule.Plan) []finding {
	list := []finding{}
	for _, f := range schedule.Validate(plan) {
		list = append(list, finding{f.Code, f.Severity.String(), f.Session, f.Text})
	}
	return list
}

// A day is a date that is null where there is none.
type day date.Date

// MarshalJSON returns the day as YYYY-MM-DD, or null.
func (d day) MarshalJSON() ([]byte, error) {
	if d == 0 {
		return []byte("null"), nil
	}
	return []byte(`"` + date.Date(d).String() + `"`), nil
}

// A blocked session is why there is no plan.
type blocked struct {
	Code     string   `json:"code"`
	Ordinal  int      `json:"ordinal"`
	Phase    string   `json:"phase"`
	Target   day      `json:"target"`
	Earliest day      `json:"earliest"`
	Latest   day      `json:"latest"`
	Reasons  []reason `json:"reasons"`
	Message  string   `json:"message"`
}

type reason struct {
	Date   day            `json:"date"`
	Cause  schedule.Cause `json:"cause"`
	Detail string         `json:"detail"`
}

// A closedStart is why there is no plan, where the clinic is closed on its first
// day.
type closedStart struct {
	Code     string `json:"code"`
	Start    day    `json:"start"`
	NextOpen day    `json:"nextOpen"`
	Message  string `json:"message"`
}

// writeFailure writes why there is no plan.
func writeFailure(out *bytes.Buffer, err error) {
	var failure any
	if e, ok := errors.AsType[*schedule.BuildError](err); ok {
		b := blocked{
			Code: "blocked", Ordinal: e.Ordinal, Phase: e.Phase,
			Target: day(e.Target), Earliest: day(e.Earliest), Latest: day(e.Latest), Message: e.Error(),
		}
		for _, d := range e.Days {
			b.Reasons = append(b.Reasons, reason{day(d.Date), d.Cause, d.Detail})
		}
		failure = b
	} else if e, ok := errors.AsType[*schedule.StartError](err); ok {
		failure = closedStart{"closed-start", day(e.Start), day(e.NextOpen), e.Error()}
	}
	b, _ := json.Marshal(map[string]any{"error": failure})
	indent(out, b)
}
