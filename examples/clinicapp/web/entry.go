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
		value := f.member()
		if value == nil || f.Name == "" {
			continue
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

// member is the value that a field has in JSON, nil for none.
func (f field) member() any {
	switch {
	case strings.HasPrefix(f.Name, parameterPrefix):
		return nil // of the protocol
	case f.Type == fieldChecks:
		if len(f.Values) > 0 {
			return f.Values
		}
		return nil
	case f.Value == "":
		return nil
	case f.Type == fieldCheck:
		return true
	case f.Type == fieldNumber || f.Type == fieldDays:
		n, err := strconv.Atoi(f.Value)
		switch {
		case err != nil:
			return f.Value // the reader says what it wants
		case f.Type == fieldDays:
			return protocol.FormatDays(n)
		default:
			return n
		}
	default:
		return f.Value
	}
}

// said reports whether a field has something that somebody has said.
func (f field) said() bool { return f.Type != fieldHidden && f.member() != nil }

// settle gives the fields of lists, "parts/2/dose", the numbers that they have where what nobody
// has said anything of is left out, and returns for each field the name that it has then.
func settle(fields []field) (names map[string]string) {
	names = map[string]string{}
	kept, at := map[string]bool{}, map[string]int{}
	for _, f := range fields {
		if list, n, _, ok := listed(f.Name); ok && f.said() {
			kept[list+"/"+n] = true
		}
	}
	seen := map[string]int{}
	for _, f := range fields {
		list, n, rest, ok := listed(f.Name)
		if !ok {
			names[f.Name] = f.Name
			continue
		}
		if !kept[list+"/"+n] {
			continue
		}
		if _, known := seen[list+"/"+n]; !known {
			seen[list+"/"+n] = at[list]
			at[list]++
		}
		names[f.Name] = list + "/" + strconv.Itoa(seen[list+"/"+n]) + "/" + rest
	}
	return names
}

// listed takes the name of a field of a list apart: "instead/parts", "2", "dose".
func listed(name string) (list, n, rest string, ok bool) {
	path := strings.Split(name, "/")
	for i := 1; i+1 < len(path); i++ {
		if _, err := strconv.Atoi(path[i]); err == nil {
			return strings.Join(path[:i], "/"), path[i], strings.Join(path[i+1:], "/"), true
		}
	}
	return "", "", "", false
}

// given makes what the fields of something given say what files say: that nothing was given is the
// dose "0 mg", and lists are lists.
func given(made map[string]any) {
	if made["nothing"] == true {
		made["dose"] = "0 mg"
		delete(made, "parts")
	}
	delete(made, "nothing")
	for _, key := range []string{"parts", "beside"} {
		byNumber, ok := made[key].(map[string]any)
		if !ok {
			continue
		}
		list := make([]any, len(byNumber))
		for n, one := range byNumber {
			i, err := strconv.Atoi(n)
			if inner, ok := one.(map[string]any); ok && err == nil && i < len(list) {
				given(inner)
				list[i] = inner
			}
		}
		made[key] = list
	}
}

// readEvent reads the event that a form is, with the reader of package schedule: what it
// refuses comes back as errors of fields.
func readEvent(kind, id, by string, now time.Time, fields []field, known []*protocol.Protocol) (schedule.Event, error) {
	named := slices.Clone(fields)
	names := settle(fields)
	for i := range named {
		named[i].Name = names[named[i].Name]
	}
	made := object(named)
	maps.Copy(made, map[string]any{"asOf": now.UTC().Format(time.RFC3339), "id": id, "kind": kind})
	given(made)
	if kind == "corrected" && made["way"] != "replace" {
		delete(made, "instead")
	}
	delete(made, "way")
	if inside, ok := made["instead"].(map[string]any); ok {
		given(inside)
	}
	src, err := json.Marshal([]any{made})
	if err != nil {
		return schedule.Event{}, err
	}
	entries, err := schedule.ParseEntries("form", src, known...)
	if err != nil {
		return schedule.Event{}, err
	}
	e := entries[0].Event
	e.RecordedBy = by
	return e, nil
}

// explain puts what was refused beside the fields that it is about, and returns the rest.
func explain(fields []field, err error) (rest []string) {
	names := settle(fields)
	at := func(name, text string) bool {
		name = strings.ToLower(strings.ReplaceAll(name, ".", "/"))
		for _, exact := range []bool{true, false} {
			for i := range fields {
				f := &fields[i]
				own := strings.ToLower(names[f.Name])
				if own != "" && f.Type != fieldHidden && (own == name || !exact && name != "" && own == "instead/"+name) {
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
	if said["parts"] != nil && said["dose"] != "0 mg" {
		delete(said, "dose") // their sum, which follows from what is put right
	}
	// The entries of lists are known by their names: each of a name once.
	entries := map[string]map[string]any{}
	for _, f := range fields {
		list, n, rest, ok := listed(f.Name)
		if !ok || rest != "name" || f.Value == "" {
			continue
		}
		all, _ := said[list].([]any)
		for i, one := range all {
			if entry, ok := one.(map[string]any); ok && strings.EqualFold(fmt.Sprint(entry["name"]), f.Value) {
				entries[list+"/"+n], all[i] = entry, nil
				break
			}
		}
	}
	for i := range fields {
		f := &fields[i]
		from, key := said, f.Name
		if list, n, rest, ok := listed(f.Name); ok {
			from, key = entries[list+"/"+n], rest
		}
		value, ok := from[key]
		if key == "nothing" {
			value, ok = true, from["dose"] == "0 mg"
		}
		name := f.Name
		f.Name = prefix + f.Name
		if _, _, rest, list := listed(name); list && rest == "name" {
			continue // by which it is known
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
		if key == "dose" && f.Value == "0 mg" {
			f.Value = "" // the box beside it says so
		}
	}
	return fields, nil
}
