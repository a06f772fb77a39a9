package main

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/schedule"
)

// writeJSON writes the plan as the library does, and with it what it was made
// from. A program that only needs the plan marshals it as it is.
func writeJSON(out *bytes.Buffer, in input) {
	b := in.plan.AppendJSON(nil)
	b = member(b, "parameters", in.parameters)
	if len(in.notes) > 0 {
		b = member(b, "notes", in.notes)
	}
	if in.explain {
		b = member(b, "explanations", explanations(in.plan))
	}
	indent(out, b)
}

// member adds a member at the end of an object.
func member(object []byte, name string, value any) []byte {
	b, _ := json.Marshal(map[string]any{name: value})
	object[len(object)-1] = ','
	return append(object, b[1:]...)
}

// indent writes a line for each value: these objects are read by people too.
func indent(out *bytes.Buffer, b []byte) {
	_ = json.Indent(out, b, "", "  ")
	out.WriteByte('\n')
}

// An explanation is a schedule.Explanation as JSON.
type explanation struct {
	ID         schedule.ID `json:"id"`
	Ordinal    int         `json:"ordinal"`
	TargetRule string      `json:"targetRule"`
	WindowRule string      `json:"windowRule"`
	MinGap     int         `json:"minGap"`
	Candidates []candidate `json:"candidates"`
	Dose       []string    `json:"dose"`
}

type candidate struct {
	Date   day            `json:"date"`
	Chosen bool           `json:"chosen"`
	Cause  schedule.Cause `json:"cause,omitempty"`
	Detail string         `json:"detail,omitempty"`
	// Squared and Total are left out where the session cannot be on the day.
	Squared *int `json:"squared,omitempty"`
	Total   *int `json:"total,omitempty"`
}

func explanations(plan *schedule.Plan) []explanation {
	list := []explanation{}
	for _, s := range plan.All() {
		e, err := plan.Explain(s.ID())
		if err != nil {
			continue
		}
		x := explanation{
			ID: s.ID(), Ordinal: s.Ordinal(), TargetRule: e.TargetRule, WindowRule: e.WindowRule, MinGap: e.MinGap,
			Candidates: []candidate{}, Dose: e.Dose,
		}
		for _, c := range e.Candidates {
			y := candidate{Date: day(c.Date), Chosen: c.Chosen, Cause: c.Cause, Detail: c.Detail}
			if c.Cause == "" {
				y.Squared, y.Total = &c.Squared, &c.Total
			}
			x.Candidates = append(x.Candidates, y)
		}
		list = append(list, x)
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
