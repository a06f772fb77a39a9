package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// An object is a JSON object; a story and a plan are kept as they are written.
type object = map[string]any

// A storyRun sends the lines of a story to the command and compares the answers
// with what the story expects.
type storyRun struct {
	in    *io.PipeWriter
	out   *bufio.Reader
	story object
	zone  *time.Location

	ids      []string // of sessions, in the order in which they were created
	digests  object
	plan     object   // the plan now, nil before there is one
	states   []object // the plan after each line, the first after none
	step     string
	asked    []byte // every line that was asked
	problems []string
}

// linesDir names the environment variable of a folder that gets the lines which each
// story came to, for others who want to try them.
const linesDir = "REGIMEN_STORY_LINES"

// runStory returns every difference between what a story expects and what the
// command does.
func runStory(file string) ([]string, error) {
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	r := &storyRun{}
	if err := json.Unmarshal(src, &r.story); err != nil {
		return nil, err
	}
	clinic := r.story["clinic"].(object)
	if r.zone, err = time.LoadLocation(clinic["zone"].(string)); err != nil {
		return nil, err
	}
	ask, in := io.Pipe()
	out, answers := io.Pipe()
	done := make(chan int, 1)
	var stderr bytes.Buffer
	go func() {
		code := command([]string{"run"}, ask, answers, &stderr)
		answers.Close()
		done <- code
	}()
	r.in, r.out = in, bufio.NewReader(out)
	err = r.run()
	in.Close()
	if dir := os.Getenv(linesDir); dir != "" && err == nil {
		err = os.WriteFile(filepath.Join(dir, filepath.Base(file)), r.asked, 0o644)
	}
	if code := <-done; code != exitDone || stderr.Len() > 0 {
		r.bad("exit code %d: %s", code, &stderr)
	}
	return r.problems, err
}

func (r *storyRun) bad(format string, args ...any) {
	r.problems = append(r.problems, "step "+r.step+": "+fmt.Sprintf(format, args...))
}

func (r *storyRun) ask(q object) (object, error) {
	text, err := json.Marshal(q)
	if err != nil {
		return nil, err
	}
	r.asked = append(append(r.asked, text...), '\n')
	if _, err := r.in.Write(append(text, '\n')); err != nil {
		return nil, err
	}
	text, err = r.out.ReadBytes('\n')
	if err != nil {
		return nil, err
	}
	var a object
	return a, json.Unmarshal(text, &a)
}

func (r *storyRun) run() error {
	r.step = "0"
	first := object{}
	for _, key := range []string{"protocol", "protocols", "clinic", "request"} {
		if v, ok := r.story[key]; ok {
			first[key] = v
		}
	}
	a, err := r.ask(first)
	if err != nil {
		return err
	}
	want := objectIn(r.story, "expect")
	r.after(a, want, nil)
	if a["ok"] != true {
		return nil
	}
	r.digests = objectIn(a, "digests")
	for i, s := range listIn(r.story, "steps") {
		r.step = strconv.Itoa(i + 1)
		step, q := s.(object), object{}
		for k, v := range step {
			if k != "say" && k != "expect" {
				q[k] = v
			}
		}
		resolved, err := r.resolve(q, "")
		if err != nil {
			r.bad("refers: %v", err)
			r.states = append(r.states, r.plan)
			continue
		}
		if a, err = r.ask(resolved.(object)); err != nil {
			return err
		}
		r.after(a, objectIn(step, "expect"), resolved.(object))
	}
	r.step = "reload"
	if a, err = r.ask(object{"reload": true}); err != nil {
		return err
	}
	switch {
	case a["ok"] != true:
		r.bad("refused: %v", a["refusal"])
	case !reflect.DeepEqual(a["plan"], any(r.plan)):
		r.bad("the plan read from its own file differs")
	case len(listIn(a, "verify")) > 0:
		r.bad("verify: %v", a["verify"])
	}
	return nil
}

// after compares an answer with what is expected.
func (r *storyRun) after(a, want, step object) {
	before := r.plan
	refusal, _ := json.Marshal(a["refusal"])
	mentions, refused := want["refused"]
	_, does := step["do"]
	defer func() {
		state, ok := a["plan"].(object)
		if !ok {
			state = r.plan
		}
		r.states = append(r.states, state)
	}()
	if plan, ok := a["plan"].(object); ok && (step == nil || does) {
		r.learn(plan)
		r.plan = plan
	}
	switch {
	case refused && a["ok"] == true:
		r.bad("was not refused, want a refusal that mentions %v", mentions)
		return
	case refused:
		text := strings.ToLower(string(refusal))
		for _, w := range mentions.([]any) {
			if !slices.ContainsFunc(strings.Split(strings.ToLower(w.(string)), "|"), func(alt string) bool { return strings.Contains(text, alt) }) {
				r.bad("the refusal does not mention %q: %s", w, text)
			}
		}
		for _, e := range listIn(want, "lists") {
			if !slices.Contains(listIn(objectIn(a, "refusal"), "entries"), e) {
				r.bad("the refusal does not list entry %q: %s", e, text)
			}
		}
		return
	case a["ok"] != true:
		r.bad("refused: %s", refusal)
		return
	}
	if before != nil && does {
		r.invariants(before, r.plan, step)
	}
	plan := r.plan
	if p, ok := a["plan"].(object); ok {
		plan = p
	}
	for key, v := range want {
		if err := r.compare(key, v, plan, before, a); err != nil {
			r.bad("%s: %v", key, err)
		}
	}
}

// learn gives numbers to sessions that are new: in one answer by target.
func (r *storyRun) learn(plan object) {
	var added []object
	for _, s := range sessionsIn(plan) {
		if !slices.Contains(r.ids, textIn(s, "id")) {
			added = append(added, s)
		}
	}
	slices.SortStableFunc(added, func(a, b object) int {
		return cmp.Or(cmp.Compare(textIn(a, "target"), textIn(b, "target")), cmp.Compare(textIn(a, "date"), textIn(b, "date")))
	})
	for _, s := range added {
		r.ids = append(r.ids, textIn(s, "id"))
	}
}

var (
	created = regexp.MustCompile(`^#(\d+)$`)
	counted = regexp.MustCompile(`^.+ \d+$`)
	ofOne   = regexp.MustCompile(`^(.+) of (#\d+|.+ \d+)$`)
	ofDay   = regexp.MustCompile(`^(.+) day (\d+)$`)
)

// session returns the session that a reference names: "#3" the third ever
// created, "weekly 2" the second of its phase.
func (r *storyRun) session(ref string, plan object) (object, error) {
	if m := created.FindStringSubmatch(ref); m != nil {
		n, _ := strconv.Atoi(m[1])
		if n > len(r.ids) {
			return nil, fmt.Errorf("there is no session %s", ref)
		}
		for _, s := range sessionsIn(plan) {
			if textIn(s, "id") == r.ids[n-1] {
				return s, nil
			}
		}
		return nil, fmt.Errorf("session %s has vanished", ref)
	}
	at := strings.LastIndexByte(ref, ' ')
	number, err := strconv.Atoi(ref[at+1:])
	if err != nil {
		return nil, err
	}
	var found, alive object
	for _, s := range sessionsIn(plan) {
		if textIn(s, "phase") != ref[:at] || s["number"] != float64(number) {
			continue
		}
		found = s
		if state := textIn(s, "state"); state != "cancelled" && state != "missed" {
			alive = s
		}
	}
	if alive == nil {
		alive = found
	}
	if alive == nil {
		return nil, fmt.Errorf("there is no session %q", ref)
	}
	return alive, nil
}

// visit returns the visit that a reference names: "integration of #2", "check-in day 7" or
// "blood count 3", the third of a monitoring.
func (r *storyRun) visit(ref string, plan object) (object, error) {
	var found []object
	if m := ofOne.FindStringSubmatch(ref); m != nil {
		s, err := r.session(m[2], plan)
		if err != nil {
			return nil, err
		}
		for _, v := range objectsIn(plan, "visits") {
			if textIn(v, "name") == m[1] && v["session"] == s["id"] {
				found = append(found, v)
			}
		}
	} else if m := ofDay.FindStringSubmatch(ref); m != nil {
		for _, v := range objectsIn(plan, "visits") {
			if day, _ := v["day"].(float64); textIn(v, "name") == m[1] && strconv.Itoa(int(day)) == m[2] {
				found = append(found, v)
			}
		}
		slices.SortStableFunc(found, func(a, b object) int { return cmp.Compare(textIn(a, "target"), textIn(b, "target")) })
	} else if at := strings.LastIndexByte(ref, ' '); at > 0 {
		for _, v := range objectsIn(plan, "visits") {
			if number, _ := v["number"].(float64); textIn(v, "name") == ref[:at] && strconv.Itoa(int(number)) == ref[at+1:] {
				found = append(found, v)
			}
		}
	}
	for _, v := range found {
		if textIn(v, "state") != "cancelled" {
			return v, nil
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("there is no visit %q", ref)
	}
	return found[0], nil
}

// resolve puts what the command printed in the place of references.
func (r *storyRun) resolve(x any, key string) (any, error) {
	switch x := x.(type) {
	case object:
		out := object{}
		for k, v := range x {
			resolved, err := r.resolve(v, k)
			if err != nil {
				return nil, err
			}
			out[k] = resolved
		}
		return out, nil
	case []any:
		out := make([]any, len(x))
		for i, v := range x {
			resolved, err := r.resolve(v, key)
			if err != nil {
				return nil, err
			}
			out[i] = resolved
		}
		return out, nil
	case string:
		var named object
		var err error
		switch {
		case slices.Contains([]string{"session", "sessions", "for", "repairs"}, key) && (strings.HasPrefix(x, "#") || counted.MatchString(x)):
			named, err = r.session(x, r.plan)
		case key == "visit" && (strings.Contains(x, " of ") || strings.Contains(x, " day ") || counted.MatchString(x)):
			named, err = r.visit(x, r.plan)
		case key == "protocol" && strings.HasPrefix(x, "$"):
			return cmp.Or(textIn(r.digests, x[1:]), x), nil
		default:
			return x, nil
		}
		if err != nil {
			return nil, err
		}
		return named["id"], nil
	default:
		return x, nil
	}
}

func objectIn(o object, key string) object {
	v, _ := o[key].(object)
	return v
}

func listIn(o object, key string) []any {
	v, _ := o[key].([]any)
	return v
}

func textIn(o object, key string) string {
	v, _ := o[key].(string)
	return v
}

func objectsIn(o object, key string) []object {
	var list []object
	for _, v := range listIn(o, key) {
		list = append(list, v.(object))
	}
	return list
}

func sessionsIn(plan object) []object { return objectsIn(plan, "sessions") }

var errUnknownExpectation = errors.New("no such expectation")
