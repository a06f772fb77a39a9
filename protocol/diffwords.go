package protocol

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/regimen-go/regimen/internal/document"
)

// changeText says that a value has become another; either may not be there.
func changeText(where []string, key string, a, b *tree) string {
	old, now := said(key, a), said(key, b)
	var parts []string
	switch {
	case key == "cadence" && a != nil && b != nil:
		parts = cadenceChange(a.text, b.text)
	case (key == "dose" || key == "limit") && a != nil && b != nil:
		parts = doseChange(plainKey(key), a.text, b.text)
	default:
		parts = []string{plainKey(key) + " " + old + " -> " + now}
	}
	for i := range parts {
		parts[i] = strings.Join(append(where[:len(where):len(where)], parts[i]), ", ")
	}
	return strings.Join(parts, "; ")
}

// addedText says that an object has a member that it had not.
func addedText(where []string, key string, b *tree) string {
	if b.kind != document.KindList {
		return changeText(where, key, nil, b)
	}
	var names []string
	for _, item := range b.items {
		names = append(names, memberName(key, item)+summary(key, item))
	}
	return strings.Join(append(where[:len(where):len(where)], cut(strings.Join(names, ", "))), ", ") + " added"
}

// said returns a value as messages have it.
func said(key string, t *tree) string {
	switch {
	case t == nil:
		return "none"
	case t.kind == document.KindText && !isNotation(key):
		return strconv.Quote(cut(t.text))
	case t.kind == document.KindText, t.kind == document.KindNumber:
		return cut(t.text)
	case t.kind == document.KindBool:
		return map[string]string{"true": "yes", "false": "no"}[t.text]
	case t.kind == document.KindObject:
		var parts []string
		for i, k := range t.keys {
			if t.items[i].kind == document.KindList {
				parts = append(parts, strconv.Itoa(len(t.items[i].items))+" "+plainKey(k))
				continue
			}
			parts = append(parts, plainKey(k)+" "+said(k, t.items[i]))
		}
		return cut(strings.Join(parts, ", "))
	default:
		var parts []string
		for _, item := range t.items {
			parts = append(parts, said(key, item))
		}
		return cut(strings.Join(parts, ", "))
	}
}

// isNotation reports whether the texts of a key are values rather than sentences.
func isNotation(key string) bool {
	switch key {
	case "title", "text", "note", "doc", "says", "quote", "citation", "assess", "when", "condition", "until", "indications", "notes", "name", "key", "source", "elsewhere":
		return false
	default:
		return true
	}
}

// cut returns the beginning of a text that is too long for a line.
func cut(s string) string {
	const most = 160
	s = strings.ReplaceAll(s, "\n", " ")
	if len(s) <= most {
		return s
	}
	end := most
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "..."
}

// plainKey returns a key in words.
func plainKey(key string) string {
	switch key {
	case "minGap":
		return "minimum gap"
	case "maxGap":
		return "maximum gap"
	case "followUps":
		return "follow-ups"
	case "runsOn":
		return "runs on"
	case "beside":
		return "medicines beside"
	case "staleAfter":
		return "weighing stale after"
	case "observedFrom":
		return "observed from"
	case "low", "high":
		return "range " + key
	}
	var b strings.Builder
	for _, r := range key {
		if r >= 'A' && r <= 'Z' {
			b.WriteByte(' ')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// memberKey returns what one member of a list is called.
func memberKey(list string) string {
	switch list {
	case "phases", "parameters", "gates", "companions", "sources", "contraindications", "labels", "parts", "steps", "tasks", "facts", "outcomes", "choices", "indications", "notes":
		return strings.TrimSuffix(list, "s")
	case "followUps":
		return "follow-up"
	case "later":
		return "observation"
	case "before":
		return "sessions that need its result"
	case "missed":
		return "rule about missed sessions"
	case "missedDoses":
		return "row about missed doses"
	case "cumulative":
		return "limit"
	case "days":
		return "day"
	case "beside":
		return "medicine"
	case "sessions":
		return "session"
	case "fills":
		return "place"
	default:
		return plainKey(list)
	}
}

// memberName names a member of a list: phase induction, task "no food".
func memberName(list string, t *tree) string {
	what := memberKey(list)
	switch {
	case t.kind != document.KindObject:
		return what + " " + said(list, t)
	case t.member("name") != nil:
		return what + " " + t.textOf("name")
	case t.member("key") != nil:
		return what + " " + t.textOf("key")
	}
	switch list {
	case "steps", "later":
		return what + " from session " + t.textOf("from")
	case "missedDoses":
		if t.member("to") == nil {
			return what + " from " + t.textOf("from") + " on"
		}
		return what + " from " + t.textOf("from") + " to " + t.textOf("to")
	case "labels":
		return what + " " + strings.TrimSpace(t.textOf("region")+" "+strconv.Quote(t.textOf("status")))
	case "missed", "before":
		if t.textOf("phase") == "" {
			return what
		}
		return what + " of " + t.textOf("phase")
	case "cumulative":
		return what + " per " + t.textOf("per")
	}
	for _, key := range []string{"when", "text", "says"} {
		if t.member(key) != nil {
			return what + " " + strconv.Quote(cut(t.textOf(key)))
		}
	}
	return what
}

// summary says of something new what matters most.
func summary(list string, t *tree) string {
	var parts []string
	for _, key := range map[string][]string{
		"phases": {"cadence", "dose"}, "parts": {"dose", "during", "start", "condition"}, "steps": {"dose", "condition"}, "later": {"observation"}, "gates": {"phase"}, "outcomes": {"then"},
		"tasks": {"from", "at"}, "cumulative": {"limit"}, "parameters": {"fills"}, "missed": {"then"}, "missedDoses": {"then", "phase", "dose", "date"}, "followUps": {"days"},
		"monitoring": {"cadence", "elsewhere"}, "before": {"within"},
		"beside": {"dose", "from", "at", "condition"},
	}[list] {
		if m := t.member(key); m != nil {
			parts = append(parts, plainKey(key)+" "+said(key, m))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// cadenceChange says what differs in two cadences: the number of sessions in a week,
// an interval; else the cadence as a whole.
func cadenceChange(old, now string) []string {
	whole := []string{"cadence " + old + " -> " + now}
	a, errA := ParseCadence(old)
	b, errB := ParseCadence(now)
	if errA != nil || errB != nil || a.Len() != b.Len() || a.asNeeded != b.asNeeded {
		return whole
	}
	var parts []string
	week := 0
	for i, s := range a.segments {
		t := b.segments[i]
		switch {
		case s.kind == Weekly && t.kind == Weekly && s.Weeks() == t.Weeks() && s.Weeks() > 0:
			for k := range s.Weeks() {
				if s.Count(k) != t.Count(k) {
					parts = append(parts, "week "+strconv.Itoa(week+k+1)+": "+sessions(s.Count(k))+" -> "+strconv.Itoa(t.Count(k)))
				}
			}
			week += s.Weeks()
		case s.kind == Every && t.kind == Every:
			if s.interval != t.interval {
				parts = append(parts, "interval "+s.interval.String()+" -> "+t.interval.String())
			}
			if s.low != t.low || s.high != t.high {
				parts = append(parts, "range "+rangeText(s)+" -> "+rangeText(t))
			}
			if s.times != t.times {
				parts = append(parts, "number of sessions "+timesText(s.times)+" -> "+timesText(t.times))
			}
			if s.from != t.from {
				parts = append(parts, "from week "+weekText(s.from)+" -> "+weekText(t.from))
			}
			week = -maxNumber * 10 // weeks after it are not counted
		case !s.Equal(t):
			return whole
		default:
			week = -maxNumber * 10
		}
	}
	const most = 3
	if len(parts) == 0 || len(parts) > most || week < 0 && strings.Contains(strings.Join(parts, ""), "week -") {
		return whole
	}
	return parts
}

func sessions(n int) string {
	if n == 1 {
		return "1 session"
	}
	return strconv.Itoa(n) + " sessions"
}

func rangeText(s Segment) string {
	if s.low.IsZero() {
		return "none"
	}
	return s.low.String() + ".." + s.high.String()
}

func timesText(n int) string {
	if n == 0 {
		return "without end"
	}
	return strconv.Itoa(n)
}

func weekText(n int) string {
	if n == 0 {
		return "none"
	}
	return strconv.Itoa(n)
}

// doseChange says what differs in two doses, clause by clause.
func doseChange(label, old, now string) []string {
	a, b := clausesOf(old), clausesOf(now)
	var parts []string
	for i, c := range a {
		if k := clauseNamed(b, c.name); k < 0 {
			parts = append(parts, label+c.name+" "+c.text+" -> none")
		} else if i >= 0 && b[k].text != c.text {
			parts = append(parts, label+c.name+" "+c.text+" -> "+b[k].text)
		}
	}
	for _, c := range b {
		if clauseNamed(a, c.name) < 0 {
			parts = append(parts, label+c.name+" none -> "+c.text)
		}
	}
	if len(parts) == 0 {
		return []string{label + " " + old + " -> " + now}
	}
	return parts
}

// A clause is a part of the text of a dose, with what it is called.
type clause struct{ name, text string }

// clausesOf splits the text of a dose. What has no name of its own belongs to the
// clause before it, and clauses of one name are one.
func clausesOf(s string) (list []clause) {
	for i, part := range strings.Split(s, amountEnd) {
		name, text := clauseName(part)
		switch at := clauseNamed(list, name); {
		case i > 0 && name == "":
			list[len(list)-1].text += amountEnd + text
		case at >= 0:
			list[at].text += amountEnd + text
		default:
			list = append(list, clause{name, text})
		}
	}
	return list
}

func clauseNamed(list []clause, name string) int {
	for i, c := range list {
		if c.name == name {
			return i
		}
	}
	return -1
}

// clauseName returns what a clause is called, with a space before, and its value.
func clauseName(part string) (name, text string) {
	for _, known := range []struct{ word, name string }{
		{"or ", " choices"},
		{"floor ", " floor"},
		{"cap ", " cap"},
		{"round ", " rounding"},
		{"max deviation ", " largest deviation"},
		{"hard max ", " hard max"},
		{"hard min ", " hard min"},
		{"soft max ", " soft max"},
		{"soft min ", " soft min"},
	} {
		if text, ok := strings.CutPrefix(part, known.word); ok {
			if strings.Contains(known.name, "hard") || strings.Contains(known.name, "soft") {
				if _, unit, ok := strings.Cut(text, " "); ok && unit != "mg" {
					return known.name + " (" + unit + ")", text
				}
			}
			return known.name, text
		}
	}
	return "", part
}
