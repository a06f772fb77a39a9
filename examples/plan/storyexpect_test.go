package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
)

// invariants holds a step to what is true of every one: no session vanishes, no
// revision falls or stays where something changed, what is past stays, and nothing
// is planned in the past or up to the latest day on which anything was given.
func (r *storyRun) invariants(before, now, step object) {
	entries := objectsIn(step, "do")
	var corrected, renumbers, adds bool
	for _, e := range entries {
		kind := textIn(e, "kind")
		corrected = corrected || kind == "corrected"
		renumbers = renumbers || kind == "switched" || kind == "adopted"
		adds = adds || kind == "given" || kind == "added"
	}
	named, _ := json.Marshal(entries)
	asOf, err := time.Parse(time.RFC3339Nano, textIn(entries[len(entries)-1], "asOf"))
	if err != nil {
		r.bad("%v", err)
	}
	here := asOf.In(r.zone)
	last := ""
	is := map[string]object{}
	for _, s := range sessionsIn(now) {
		is[textIn(s, "id")] = s
		if textIn(s, "state") == "given" && textIn(objectIn(s, "given"), "dose") != "0 mg" {
			last = max(last, textIn(s, "date"))
		}
	}
	was := map[string]object{}
	for _, o := range sessionsIn(before) {
		was[textIn(o, "id")] = o
		if is[textIn(o, "id")] == nil {
			r.bad("session %v vanished", o["date"])
		}
	}
	for _, s := range sessionsIn(now) {
		o := was[textIn(s, "id")]
		if o != nil {
			r.changed(o, s, corrected || renumbers || r.levels())
			if textIn(o, "state") == "given" && !corrected && !strings.Contains(string(named), textIn(s, "id")) {
				for _, f := range []string{"date", "given", "phase", "drug"} {
					if !reflect.DeepEqual(s[f], o[f]) {
						r.bad("session %v was given, and its %s changed", o["date"], f)
					}
				}
			}
		}
		state, date, start := textIn(s, "state"), textIn(s, "date"), textIn(s, "start")
		planned := (state == "planned" || state == "provisional") && date != "" && !corrected
		if !planned || o != nil && textIn(o, "date") == date && textIn(o, "start") == start {
			continue
		}
		if start == "" {
			start = "99"
		}
		if date+" "+start < here.Format("2006-01-02 15:04") {
			r.bad("a session was planned in the past: %s %s as of %v", date, start, here)
		}
		if last != "" && date <= last && (o != nil || !adds) {
			r.bad("a session was planned on %s, not after the latest day on which anything was given, %s", date, last)
		}
	}
}

// changed compares the revision of a session with what changed.
func (r *storyRun) changed(o, s object, mayRise bool) {
	from, to := o["revision"].(float64), s["revision"].(float64)
	var moved []string
	for _, f := range []string{"date", "start", "end", "state"} {
		if !reflect.DeepEqual(o[f], s[f]) {
			moved = append(moved, f)
		}
	}
	if (o["lost"] == nil) != (s["lost"] == nil) {
		moved = append(moved, "being lost")
	}
	switch {
	case to < from:
		r.bad("the revision of session %v fell from %v to %v", s["date"], from, to)
	case len(moved) > 0 && o["date"] != nil && to == from:
		r.bad("%v of session %v changed, its revision did not", moved, o["date"])
	case len(moved) == 0 && !mayRise && to != from:
		r.bad("the revision of session %v rose and nothing changed", s["date"])
	}
}

// levels reports whether a protocol of the story has a choice of doses: a planned
// level may then change with nothing else.
func (r *storyRun) levels() bool {
	protocols := []object{objectIn(r.story, "protocol")}
	for _, p := range objectIn(r.story, "protocols") {
		protocols = append(protocols, p.(object))
	}
	for _, p := range protocols {
		for _, phase := range objectsIn(p, "phases") {
			if strings.Contains(textIn(phase, "dose"), ", or ") {
				return true
			}
		}
	}
	return false
}

// toCome are the states of sessions to come, and how a story marks them.
var toCome = map[string]string{"planned": "", "provisional": "v", "held": "h"}

func coming(plan object) string {
	var list [][2]string
	for _, s := range sessionsIn(plan) {
		if mark, ok := toCome[textIn(s, "state")]; ok && s["date"] != nil {
			list = append(list, [2]string{textIn(s, "date"), mark})
		}
	}
	return compact(list)
}

func given(plan object) string {
	var list [][2]string
	for _, s := range sessionsIn(plan) {
		if textIn(s, "state") == "given" {
			list = append(list, [2]string{textIn(s, "date")})
		}
	}
	return compact(list)
}

// compact writes dates with their marks, the year where it changes.
func compact(list [][2]string) string {
	slices.SortFunc(list, func(a, b [2]string) int { return strings.Compare(a[0]+a[1], b[0]+b[1]) })
	var out []string
	year := ""
	for _, d := range list {
		text := d[0]
		if text[:4] == year {
			text = text[5:]
		}
		year = d[0][:4]
		out = append(out, text+d[1])
	}
	return strings.Join(out, " ")
}

// compare holds an answer to one expectation.
func (r *storyRun) compare(key string, want any, plan, before, a object) error {
	equal := func(got any) {
		if !reflect.DeepEqual(got, want) {
			r.bad("%s is %v, want %v", key, got, want)
		}
	}
	switch key {
	case "coming":
		equal(coming(plan))
	case "given":
		equal(given(plan))
	case "standing", "until":
		equal(plan[key])
	case "sessions":
		return r.compareSessions(want.(object), plan, before)
	case "leftOut":
		return r.compareRefs(key, want.([]any), plan, func(s object) bool { return s["date"] == nil })
	case "lost":
		return r.compareRefs(key, want.([]any), plan, func(s object) bool { return s["lost"] != nil })
	case "visits":
		for ref, fields := range want.(object) {
			v, err := r.visit(ref, plan)
			if err != nil {
				return err
			}
			for f, x := range fields.(object) {
				if !reflect.DeepEqual(v[f], x) {
					r.bad("visit %s: %s is %v, want %v", ref, f, v[f], x)
				}
			}
		}
	case "noVisitsBetween":
		between := want.([]any)
		for _, v := range objectsIn(plan, "visits") {
			state, date := textIn(v, "state"), textIn(v, "date")
			if (state == "planned" || state == "provisional") && date != "" && between[0].(string) <= date && date <= between[1].(string) {
				r.bad("visit %v is %s on %s", v["name"], state, date)
			}
		}
	case "checkpoints":
		got := []any{}
		for _, c := range objectsIn(plan, "checkpoints") {
			got = append(got, []any{c["gate"], c["date"], c["decision"]})
		}
		equal(got)
	case "findings":
		return r.compareFindings(want.(object), plan, a)
	case "journal":
		return r.compareJournal(want.(object), plan)
	case "unchanged":
		if !reflect.DeepEqual(plan["sessions"], before["sessions"]) || len(listIn(plan, "journal")) != len(listIn(before, "journal")) {
			r.bad("the sessions or the journal changed")
		}
	case "equals", "differs":
		r.compareState(key, want.(object), plan)
	case "contains", "lacks":
		text := folds.ReplaceAllString(textIn(a, "text"), "")
		for _, w := range want.([]any) {
			has := slices.ContainsFunc(strings.Split(w.(string), "|"), func(alt string) bool { return strings.Contains(text, alt) })
			if has != (key == "contains") {
				r.bad("the text %s %q: false", key, w)
			}
		}
	case "offers":
		r.compareOffers(want.([]any), a)
	case "neverPlans":
		r.compareNever(want.([]any), a)
	default:
		return errUnknownExpectation
	}
	return nil
}

// folds are where a calendar file folds its lines.
var folds = regexp.MustCompile(`\r?\n[ \t]`)

func (r *storyRun) compareSessions(want, plan, before object) error {
	for ref, fields := range want {
		s, err := r.session(ref, plan)
		if err != nil {
			return err
		}
		for f, v := range fields.(object) {
			var got any
			switch f {
			case "revision":
				was := s
				for _, o := range sessionsIn(before) {
					if o["id"] == s["id"] {
						was = o
					}
				}
				switch d := s["revision"].(float64) - was["revision"].(float64); {
				case d == 0:
					got = "same"
				case d == 1 && v == "rose by one":
					got = "rose by one"
				case d > 0:
					got = "rose"
				default:
					got = d
				}
			case "given":
				got = objectIn(s, "given")["dose"]
			case "during", "recordedBy":
				got = objectIn(s, "given")[f]
			case "lost":
				got = s["lost"] != nil
			case "allows":
				list := listIn(s, "allowed")
				if s["planned"] != nil {
					list = append(slices.Clone(list), s["planned"])
				}
				got, v = textsOf(list), textsOf(v.([]any))
			default:
				got = s[f]
			}
			if !reflect.DeepEqual(got, v) {
				r.bad("session %s: %s is %v, want %v", ref, f, got, v)
			}
		}
	}
	return nil
}

// textsOf returns texts in order, each once.
func textsOf(list []any) []string {
	var texts []string
	for _, v := range list {
		texts = append(texts, v.(string))
	}
	slices.Sort(texts)
	return slices.Compact(texts)
}

// compareRefs compares the sessions of which something is true with references.
func (r *storyRun) compareRefs(key string, want []any, plan object, is func(object) bool) error {
	got, wanted := []string{}, []string{}
	for _, s := range sessionsIn(plan) {
		if is(s) {
			got = append(got, textIn(s, "id"))
		}
	}
	for _, ref := range want {
		s, err := r.session(ref.(string), plan)
		if err != nil {
			return err
		}
		wanted = append(wanted, textIn(s, "id"))
	}
	slices.Sort(got)
	slices.Sort(wanted)
	if !slices.Equal(got, wanted) {
		r.bad("%s: %v, want %v, which are %v", key, got, want, wanted)
	}
	return nil
}

func (r *storyRun) compareFindings(want, plan, a object) error {
	found := objectsIn(plan, "findings")
	if _, own := a["findings"]; own {
		found = objectsIn(a, "findings")
	}
	for _, side := range []string{"has", "not"} {
		for _, spec := range listIn(want, side) {
			there := false
			// "a|b #3" is either code about the session, "a #3|b #3" says the same.
			alternatives := []string{spec.(string)}
			if strings.Count(spec.(string), "#") > 1 {
				alternatives = strings.Split(spec.(string), "|")
			}
			for _, alternative := range alternatives {
				codes, ref, about := strings.Cut(alternative, " ")
				var id any
				if about {
					s, err := r.session(ref, plan)
					if err != nil {
						return err
					}
					id = s["id"]
				}
				there = there || slices.ContainsFunc(found, func(f object) bool {
					return slices.Contains(strings.Split(codes, "|"), textIn(f, "code")) && (!about || f["session"] == id)
				})
			}
			if there != (side == "has") {
				r.bad("findings: %s %q, and there are %d", side, spec, len(found))
			}
		}
	}
	return nil
}

func (r *storyRun) compareJournal(want, plan object) error {
	for id, fields := range want {
		at := slices.IndexFunc(objectsIn(plan, "journal"), func(e object) bool { return e["id"] == id })
		if at < 0 {
			return fmt.Errorf("entry %q is not in the journal", id)
		}
		for f, v := range fields.(object) {
			if got := objectsIn(plan, "journal")[at][f]; !reflect.DeepEqual(got, v) {
				r.bad("entry %q: %s is %v, want %v", id, f, got, v)
			}
		}
	}
	return nil
}

// compareState compares the sessions with those after an earlier step, apart from
// fields, and with "cancelled" among them from sessions that are.
func (r *storyRun) compareState(key string, want, plan object) {
	other := r.states[int(want["step"].(float64))]
	if key == "differs" {
		if reflect.DeepEqual(plan["sessions"], other["sessions"]) {
			r.bad("equals step %v", want["step"])
		}
		return
	}
	but := listIn(want, "but")
	apart := slices.Contains(but, any("cancelled"))
	strip := func(p object) map[string]object {
		list := map[string]object{}
		for _, s := range sessionsIn(p) {
			if apart && textIn(s, "state") == "cancelled" {
				continue
			}
			kept := object{}
			for k, v := range s {
				if !slices.Contains(but, any(k)) {
					kept[k] = v
				}
			}
			list[textIn(s, "id")] = kept
		}
		return list
	}
	got, wanted := strip(plan), strip(other)
	for id, s := range got {
		if _, known := wanted[id]; apart && !known {
			continue
		}
		for k, v := range s {
			if !reflect.DeepEqual(v, wanted[id][k]) {
				r.bad("session %v: %s is %v, and was %v after step %v", s["date"], k, v, wanted[id][k], want["step"])
			}
		}
	}
	for id := range wanted {
		if got[id] == nil {
			r.bad("session %s is missing", id)
		}
	}
}

func (r *storyRun) compareOffers(want []any, a object) {
	for _, w := range want {
		o := w.(object)
		var got []string
		there := false
		for _, offer := range objectsIn(a, "repairs") {
			if offer["possible"] != true {
				continue
			}
			way, dates := textIn(offer, "way"), coming(objectIn(offer, "plan"))
			got = append(got, way+": "+dates)
			there = there || (o["way"] == nil || o["way"] == way) && (o["coming"] == nil || o["coming"] == dates)
		}
		if !there {
			r.bad("no way %v among %q", o, got)
		}
	}
}

// compareNever holds every offer to plan nothing new on some days.
func (r *storyRun) compareNever(want []any, a object) {
	now := map[string]any{}
	for _, s := range sessionsIn(r.plan) {
		now[textIn(s, "id")] = s["date"]
	}
	for _, offer := range objectsIn(a, "repairs") {
		if offer["possible"] != true {
			continue
		}
		for _, s := range sessionsIn(objectIn(offer, "plan")) {
			date := s["date"]
			if _, to := toCome[textIn(s, "state")]; to && slices.Contains(want, date) && now[textIn(s, "id")] != date {
				r.bad("%v plans a session on %v", offer["way"], date)
			}
		}
	}
}
