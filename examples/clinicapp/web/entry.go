package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// object returns the JSON object that fields make. What is empty is left out: whether it is
// needed, and what anything means, package schedule says when it reads the object.
func object(fields []field) map[string]any {
	made := map[string]any{}
	for _, f := range fields {
		var value any
		switch {
		case strings.HasPrefix(f.Name, parameterPrefix):
			continue // of the protocol
		case f.Type == fieldChecks && len(f.Values) > 0:
			value = f.Values
		case f.Value == "" || f.Type == fieldChecks:
			continue
		case f.Type == fieldCheck:
			value = true
		case f.Type == fieldNumber:
			value = json.Number(f.Value)
			if n, err := strconv.Atoi(f.Value); err == nil {
				value = n
			} else {
				value = f.Value // the reader says what it wants
			}
		case f.Type == fieldDays:
			value = f.Value
			if n, err := strconv.Atoi(f.Value); err == nil {
				value = protocol.FormatDays(n)
			}
		default:
			value = f.Value
		}
		into, path := made, strings.Split(f.Name, "/")
		for _, key := range path[:len(path)-1] {
			inner, ok := into[key].(map[string]any)
			if !ok {
				inner = map[string]any{}
				into[key] = inner
			}
			into = inner
		}
		into[path[len(path)-1]] = value
	}
	return made
}

// readEvent reads the event that a form is, with the reader of package schedule: what it
// refuses comes back as errors of fields.
func readEvent(kind, id, by string, now time.Time, fields []field, known map[string]*protocol.Protocol) (schedule.Event, error) {
	made := object(fields)
	maps.Copy(made, map[string]any{"asOf": now.UTC().Format(time.RFC3339), "id": id, "kind": kind})
	if kind == "given" && made["nothing"] == true {
		made["dose"] = "0 mg"
	}
	delete(made, "nothing")
	if kind == "corrected" && made["way"] != "replace" {
		delete(made, "instead")
	}
	delete(made, "way")
	if inside, ok := made["instead"].(map[string]any); ok {
		if inside["nothing"] == true {
			inside["dose"] = "0 mg"
		}
		delete(inside, "nothing")
	}
	src, err := json.Marshal([]any{made})
	if err != nil {
		return schedule.Event{}, err
	}
	entries, err := schedule.ParseEntries("form", src, slices.Collect(maps.Values(known))...)
	if err != nil {
		return schedule.Event{}, err
	}
	e := entries[0].Event
	e.RecordedBy = by
	return e, nil
}

// explain puts what was refused beside the fields that it is about, and returns the rest.
func explain(fields []field, err error) (rest []string) {
	at := func(name, text string) bool {
		name = strings.ToLower(strings.ReplaceAll(name, ".", "/"))
		for _, exact := range []bool{true, false} {
			for i := range fields {
				f := &fields[i]
				own := strings.ToLower(f.Name)
				if f.Type != fieldHidden && (own == name || !exact && name != "" && own == "instead/"+name) {
					f.Error = strings.TrimSpace(f.Error + " " + text)
					return true
				}
			}
		}
		return false
	}
	if problems, ok := errors.AsType[*schedule.FileProblems](err); ok {
		for _, p := range problems.Kept() {
			text := "Wanted: " + p.Want + "."
			if p.Want == "" && p.Err != nil {
				text = "This is not understood: " + p.Err.Error() + "."
			}
			if p.Found != "" {
				text += " Found: " + p.Found + "."
			}
			if !at(strings.TrimPrefix(p.Pointer, "/0/"), text) {
				rest = append(rest, text)
			}
		}
		return rest
	}
	if refused, ok := errors.AsType[*schedule.EventError](err); ok {
		text := sentence(refused)
		if errors.Is(err, schedule.ErrEventTwice) {
			text = "You have sent this form before, with other values: those were recorded. Open the plan to see them."
		}
		if !at(refused.Field, text) {
			rest = append(rest, text)
		}
		return rest
	}
	return []string{err.Error()}
}

// sentence words why an event was refused.
func sentence(e *schedule.EventError) string {
	text := "This is not possible: " + e.Want + "."
	if want, ok := strings.CutPrefix(e.Want, "want "); ok {
		text = "Wanted: " + want + "."
	}
	if e.Value != "" {
		text += " Found: " + e.Value + "."
	}
	return text
}

// fieldsFrom returns fields with the values that an entry has, to be put right.
func fieldsFrom(fields []field, prefix string, e schedule.Event) ([]field, error) {
	src, err := e.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var said map[string]any
	if err := json.Unmarshal(src, &said); err != nil {
		return nil, err
	}
	for i := range fields {
		f := &fields[i]
		value, ok := said[f.Name]
		if f.Name == "nothing" {
			value, ok = true, said["dose"] == "0 mg"
		}
		f.Value, f.Values = "", nil
		switch v := value.(type) {
		case string:
			f.Value = v
			if f.Type == fieldDays {
				f.Value = strings.TrimSuffix(strings.TrimSuffix(v, " days"), " day")
			}
		case bool:
			if v && ok {
				f.Value = "true"
			}
		case float64:
			f.Value = strconv.Itoa(int(v))
		case []any:
			for _, one := range v {
				f.Values = append(f.Values, fmt.Sprint(one))
			}
		}
		f.Name = prefix + f.Name
	}
	return fields, nil
}
