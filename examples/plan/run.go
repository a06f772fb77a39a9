package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"time"

	"github.com/regimen-go/regimen/schedule"
)

// A line is what one line asks for.
type line struct {
	// The first line.
	Protocol  json.RawMessage            `json:"protocol"`
	Protocols map[string]json.RawMessage `json:"protocols"`
	Clinic    json.RawMessage            `json:"clinic"`
	Request   json.RawMessage            `json:"request"`

	// Every other line has one of these.
	Do      json.RawMessage `json:"do"`
	Show    *string         `json:"show"`
	Repairs []schedule.ID   `json:"repairs"`
	AsOf    *time.Time      `json:"asOf"`
	AsKnown *time.Time      `json:"asKnown"`
	Check   json.RawMessage `json:"check"`
	Reload  bool            `json:"reload"`
}

// run answers lines until they end.
func run(in io.Reader, out io.Writer) error {
	lines := bufio.NewReader(in)
	var t treatment
	for {
		text, err := lines.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return err
		}
		if len(bytes.TrimSpace(text)) > 0 {
			if _, err := out.Write(t.answer(text)); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// answer answers one line.
func (t *treatment) answer(text []byte) []byte {
	var asked line
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&asked); err != nil {
		return refusal(&misuse{"line", "want one JSON object that the documentation of the command has: " + err.Error()})
	}
	if d.More() {
		return refusal(&misuse{"line", "want one JSON object a line"})
	}
	b, err := t.do(&asked)
	if err != nil {
		return refusal(err)
	}
	return append(append([]byte(`{"ok":true`), b...), "}\n"...)
}

// do does what a line asks for and returns the fields of the answer.
func (t *treatment) do(asked *line) ([]byte, error) {
	switch {
	case t.plan == nil:
		return t.begin(asked)
	case asked.Do != nil:
		return t.apply(asked.Do)
	case asked.Show != nil:
		return t.show(*asked.Show)
	case asked.Repairs != nil:
		return t.repairs(asked.Repairs, asked.AsOf)
	case asked.AsKnown != nil:
		plan, err := t.plan.AsKnown(*asked.AsKnown)
		if err != nil {
			return nil, err
		}
		return plan.AppendJSON([]byte(`,"plan":`)), nil
	case asked.Check != nil:
		return t.check(asked.Check)
	case asked.Reload:
		return t.reload()
	default:
		return nil, &misuse{"line", "want do, show, repairs, asKnown, check or reload"}
	}
}

// A misuse is a line that asks for nothing that there is.
type misuse struct{ code, want string }

func (m *misuse) Error() string { return m.want }

// refusal returns the answer to what was refused: a code, what was wrong, and the
// entries that stand in the way.
func refusal(err error) []byte {
	var entries []string
	if refused, ok := errors.AsType[*schedule.EventError](err); ok && refused.Event != "" {
		entries = append(entries, refused.Entries...)
		if len(entries) == 0 {
			entries = append(entries, refused.Event)
		}
	}
	text, _ := json.Marshal(map[string]any{
		"ok": false, "refusal": map[string]any{"code": codeOf(err), "message": err.Error(), "entries": append([]string{}, entries...)},
	})
	return append(text, '\n')
}

// codeOf returns what kind of refusal an error is.
func codeOf(err error) string {
	if m, ok := errors.AsType[*misuse](err); ok {
		return m.code
	}
	for _, known := range []struct {
		err  error
		code string
	}{
		{schedule.ErrUnknownSession, "unknown-session"},
		{schedule.ErrUnknownVisit, "unknown-visit"},
		{schedule.ErrUnknownEvent, "unknown-event"},
		{schedule.ErrDependants, "dependants"},
		{schedule.ErrEventTwice, "event-twice"},
		{schedule.ErrSettled, "settled"},
		{schedule.ErrOrder, "out-of-order"},
		{schedule.ErrFuture, "future"},
		{schedule.ErrBeforeStart, "before-start"},
		{schedule.ErrStopped, "stopped"},
		{schedule.ErrNoDay, "no-day"},
		{schedule.ErrEvent, "event"},
	} {
		if errors.Is(err, known.err) {
			return known.code
		}
	}
	if _, ok := errors.AsType[*schedule.EventError](err); ok {
		return "event"
	}
	if _, ok := errors.AsType[*schedule.BuildError](err); ok {
		return "no-day"
	}
	if _, ok := errors.AsType[*schedule.StartError](err); ok {
		return "start-closed"
	}
	if _, ok := errors.AsType[*schedule.DoseError](err); ok {
		return "dose"
	}
	if _, ok := errors.AsType[*schedule.RequestError](err); ok {
		return "request"
	}
	return "file"
}
