package catalog_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
)

// The page about the catalogue says what the entries say, in words.
func TestPage(t *testing.T) {
	text := page(t)
	for _, code := range []string{"%!", "Basis(", "<nil>"} {
		assert.NotContains(t, text, code)
	}
	golden(t, "../../docs/CATALOG.md", text)
}

// A pageWriter writes Markdown.
type pageWriter struct{ strings.Builder }

func (w *pageWriter) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// list writes a heading and items, or nothing without items.
func (w *pageWriter) list(heading string, items []string) {
	if len(items) == 0 {
		return
	}
	w.line("**%s**\n", heading)
	for _, item := range items {
		w.line("* %s", item)
	}
	w.line("")
}

// leftOut is a protocol that is no entry, and why.
type leftOut struct{ What, Source, Why string }

func page(t *testing.T) string {
	t.Helper()
	var w pageWriter
	w.line("<!-- Generated from the entries by a test of protocol/catalog; change those and run it with -update. -->\n")
	w.line("# The catalogue\n")
	w.line("The protocols that ship with this module. An entry states what its sources state; what they leave open is a parameter, which has to be")
	w.line("set before the entry compiles. Nothing here is a recommendation or a default, and no entry replaces the label or the paper it names.\n")
	w.line("Facts are *primary* (the text of the document was read), *secondary* (a page that restates it was read) or *unverified* (known from the")
	w.line("literature and not read again: check before use). Wording in quotation marks is the source's own.\n")
	w.line("The facts of an entry are counted by grade. What is not verified has its place in the entry's own part below, and so has what the entry leaves out.")
	w.line("Protocols and statements that are left out altogether are [at the end](#left-out), with the reason, and so are the findings of the rules over")
	w.line("protocol files that [are meant as they are](#accepted-findings).\n")
	w.line("| entry | cadence | dose | open | sources | facts | not verified | left out |")
	w.line("| --- | --- | --- | --- | --- | --- | --- | --- |")
	for s := range catalog.All() {
		var names []string
		for _, p := range s.Parameters {
			names = append(names, p.Name)
		}
		keys, facts, unverified := sourcesOf(s)
		w.line("| [%s](#%s) | %s | %s | %s | %s | %s | %s | %s |", s.ID, s.ID, cadenceOf(s), doseOf(s), strings.Join(names, ", "),
			keys, facts, strings.Join(unverified, "; "), strings.Join(leftOutOf(s), "; "))
	}
	w.line("")
	for s := range catalog.All() {
		w.entry(s)
	}
	w.atTheEnd(t)
	return strings.TrimRight(w.String(), "\n") + "\n"
}

// sourcesOf returns the keys of the sources, how many facts have which grade, and
// what the unverified ones say.
func sourcesOf(s protocol.Spec) (keys, counts string, unverified []string) {
	var names, parts []string
	n := map[protocol.Grade]int{}
	for _, source := range s.Sources {
		names = append(names, source.Key)
		for _, f := range source.Facts {
			if n[f.Grade]++; f.Grade == protocol.Unverified {
				unverified = append(unverified, f.Says)
			}
		}
	}
	for grade := protocol.Primary; grade <= protocol.Unverified; grade++ {
		if n[grade] > 0 {
			parts = append(parts, strconv.Itoa(n[grade])+" "+grade.String())
		}
	}
	return strings.Join(names, ", "), strings.Join(parts, ", "), slices.Compact(unverified)
}

// leftOutOf returns what an entry's notes say that it leaves out, and why.
func leftOutOf(s protocol.Spec) (list []string) {
	for _, note := range s.Notes {
		if what, ok := strings.CutPrefix(note, "Left out: "); ok {
			list = append(list, strings.TrimSuffix(what, "."))
		}
	}
	return list
}

// atTheEnd writes what is left out altogether and what is accepted.
func (w *pageWriter) atTheEnd(t *testing.T) {
	t.Helper()
	var protocols []leftOut
	readTestdata(t, "left-out.json", &protocols)
	w.line("## Left out\n")
	w.line("Protocols that are no entry.\n")
	w.line("| what | source | why |")
	w.line("| --- | --- | --- |")
	for _, l := range protocols {
		w.line("| %s | %s | %s |", l.What, l.Source, l.Why)
	}
	w.line("\nStatements of the articles on which no entry rests.\n")
	w.line("| statement | why |")
	w.line("| --- | --- |")
	for _, st := range statements(t) {
		if st.LeftOut != "" {
			w.line("| \"%s\" | %s |", st.Quote, st.LeftOut)
		}
	}
	w.line("\n## Accepted findings\n")
	w.line("The entries pass the [rules over protocol files](LINT.md), but for these findings, which are meant as they are.\n")
	w.line("| entry | finding | place | why |")
	w.line("| --- | --- | --- | --- |")
	_, accepted := collection(t)
	for _, a := range accepted {
		w.line("| %s | %s | `%s` | %s |", a.Protocol, a.Code, a.Place, a.Reason)
	}
}

func cadenceOf(s protocol.Spec) string {
	var parts []string
	for _, p := range s.Phases {
		parts = append(parts, stateOr(s, p, protocol.FieldCadence, p.Cadence.String()))
	}
	return strings.Join(parts, " then ")
}

func doseOf(s protocol.Spec) string {
	var parts []string
	for _, p := range s.Phases {
		text := ruleOf(s, p)
		if text != "" && (len(parts) == 0 || parts[len(parts)-1] != text) {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " then ")
}

// ruleOf returns the dose of a phase, "" where it gives no drug.
func ruleOf(s protocol.Spec, p protocol.Phase) string {
	if p.Dose.Amount.IsZero() {
		return stateOr(s, p, protocol.FieldAmount, "")
	}
	return textOf(p.Dose)
}

// textOf returns the text of a rule without the basis that a parameter fills.
func textOf(r dose.Rule) string {
	if rate, basis, ok := r.Amount.PerWeight(); ok && basis == 0 {
		return rate.String()
	}
	if rate, basis, during, ok := r.Amount.PerWeightOverTime(); ok && basis == 0 {
		return rate.String() + " for " + during.String()
	}
	return r.String()
}

// levelsOf says how the levels of the phases follow each other.
func levelsOf(s protocol.Spec) (items []string) {
	for _, p := range s.Phases {
		climb, follows := stateOr(s, p, protocol.FieldClimb, p.Climb.String()), stateOr(s, p, protocol.FieldFollows, p.Follows.String())
		if climb != "" || follows != "" {
			items = append(items, fmt.Sprintf("%s: climb %s; the plan follows %s", p.Name, climb, follows))
		}
	}
	return items
}

// stateOr returns the text of a field, or the parameter that fills it.
func stateOr(s protocol.Spec, p protocol.Phase, field protocol.Field, text string) string {
	if text != "" {
		return text
	}
	for _, param := range s.Parameters {
		for _, to := range param.Fills {
			if to.Field == field && (to.Phase == "" || to.Phase == p.Name) {
				return "*" + param.Name + "*"
			}
		}
	}
	return ""
}

func length(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return protocol.FormatDuration(d)
}

func (w *pageWriter) entry(s protocol.Spec) {
	w.line("## %s\n", s.ID)
	w.line("%s. Version %s.%s\n", s.Title, s.Version, drugAndRoute(s))
	w.phases(s)
	var items []string
	for _, l := range s.Labels {
		text := l.Status
		if l.Region != "" {
			text = l.Region + ": " + text
		}
		if l.Since != "" {
			text += ", since " + l.Since
		}
		items = append(items, text)
	}
	w.list("Label", items)
	w.list("For", s.Indications)
	items = nil
	for _, c := range s.Contraindications {
		text := c.Text
		if c.Hard {
			text += " (no exception)"
		}
		items = append(items, text)
	}
	w.list("Not with", items)
	w.course(s)
	items = nil
	for _, p := range s.Parameters {
		items = append(items, parameterText(p))
	}
	w.list("Open", items)
	w.facts(s)
	w.list("Notes", s.Notes)
}

func drugAndRoute(s protocol.Spec) string {
	switch {
	case s.Drug == "":
		return ""
	case s.Route == "":
		return " " + upper(s.Drug) + "."
	default:
		return " " + upper(s.Drug) + ", " + s.Route + "."
	}
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (w *pageWriter) phases(s protocol.Spec) {
	w.line("| phase | cadence | dose | administration | observation |")
	w.line("| --- | --- | --- | --- | --- |")
	for _, p := range s.Phases {
		var cadence strings.Builder
		cadence.WriteString(stateOr(s, p, protocol.FieldCadence, p.Cadence.String()))
		if p.Until != "" {
			cadence.WriteString(", until " + p.Until)
		}
		for _, set := range p.Weekdays {
			cadence.WriteString(", on " + set.String())
		}
		var observation strings.Builder
		observation.WriteString(stateOr(s, p, protocol.FieldObservation, length(p.Visit.Observation)))
		for _, later := range p.Visit.Later {
			fmt.Fprintf(&observation, "; from session %d: %s", later.From, later.Note)
		}
		w.line("| %s | %s | %s | %s | %s |", p.Name, cadence.String(), ruleOf(s, p),
			stateOr(s, p, protocol.FieldAdministration, length(p.Visit.Administration)), observation.String())
	}
	w.line("")
}

// course writes what else happens besides the sessions themselves.
func (w *pageWriter) course(s protocol.Spec) {
	var steps, tasks, companions []string
	for i, p := range s.Phases {
		for _, step := range p.Steps {
			text := fmt.Sprintf("%s, from session %d: %s", p.Name, step.From, textOf(step.Dose))
			if step.Condition != "" {
				text += ", if " + step.Condition
			}
			steps = append(steps, text)
		}
		for _, task := range p.Visit.Tasks {
			if i == 0 || len(s.Phases[0].Visit.Tasks) == 0 {
				tasks = append(tasks, taskText(task))
			}
		}
		for _, c := range p.Companions {
			companions = append(companions, fmt.Sprintf("%s: %s, day %s after each session", p.Name, c.Name, span(c)))
		}
		if !p.Preparation.IsZero() {
			companions = append(companions, fmt.Sprintf("%s: %s, %s, over %s", p.Name, p.Preparation.Product.Name, p.Preparation.Dilution, p.Preparation.During))
		}
	}
	w.list("Dose by session", steps)
	w.list("Levels of the dose", levelsOf(s))
	w.list("At each visit", tasks)
	w.list("With it", companions)
	var items []string
	for _, f := range s.FollowUps {
		items = append(items, fmt.Sprintf("%s: on days %s after the last session", f.Name, strings.Trim(strings.Join(strings.Fields(fmt.Sprint(f.Days)), ", "), "[]")))
	}
	w.list("Afterwards", items)
	items = nil
	for _, g := range s.Gates {
		text := fmt.Sprintf("%s, after the last session of %s: %s", g.Name, g.Phase, g.Assess)
		if g.After > 0 {
			text = fmt.Sprintf("%s, after session %d of %s: %s", g.Name, g.After, g.Phase, g.Assess)
		}
		for _, o := range g.Outcomes {
			text += "; " + o.When + ": " + o.Then.String()
			if o.Text != "" {
				text += " (" + o.Text + ")"
			}
		}
		items = append(items, text)
	}
	w.list("Decisions", items)
	items = nil
	for _, m := range s.Missed {
		text := m.Then.String()
		if m.To != "" {
			text += " to " + m.To
		}
		if m.Condition != "" {
			text = m.Condition + ": " + text
		}
		if m.Phase != "" {
			text = m.Phase + ", " + text
		}
		items = append(items, text)
	}
	w.list("Missed sessions", items)
}

func span(c protocol.Companion) string {
	if c.From == c.To {
		return strconv.Itoa(c.From)
	}
	return strconv.Itoa(c.From) + " to " + strconv.Itoa(c.To)
}

func taskText(t protocol.Task) string {
	at := t.From.String()
	switch {
	case t.At < 0:
		at = protocol.FormatDuration(-t.At) + " before " + at
	case t.At > 0:
		at = protocol.FormatDuration(t.At) + " after " + at
	}
	about := t.For.String()
	switch {
	case about == "":
	case t.Stage != 0:
		about = " (" + about + ", " + t.Stage.String() + " the visit)"
	default:
		about = " (" + about + ")"
	}
	switch {
	case t.Until == nil:
		return t.Text + about + ": " + at
	case *t.Until == 0:
		return t.Text + about + ": from " + at
	default:
		return t.Text + about + ": from " + at + " for " + protocol.FormatDuration(*t.Until-t.At)
	}
}

func parameterText(p protocol.Parameter) string {
	text := "*" + p.Name + "*: " + p.Doc
	switch {
	case len(p.Choices) > 0:
		text += ". One of " + strings.Join(p.Choices, ", ")
	case p.Low != "" && p.High != "":
		text += ". From " + p.Low + " to " + p.High
	case p.Low != "":
		text += ". At least " + p.Low
	case p.High != "":
		text += ". At most " + p.High
	}
	if p.MultipleOf != "" {
		text += ". A multiple of " + p.MultipleOf
	}
	return text
}

func (w *pageWriter) facts(s protocol.Spec) {
	var unverified []string
	for _, source := range s.Sources {
		var items []string
		for _, f := range source.Facts {
			text := f.Says
			if f.Quote != "" {
				text += ": \"" + f.Quote + "\""
			}
			if f.About != "" {
				text = "`" + f.About + "` " + text
			}
			items = append(items, text+" ("+f.Grade.String()+")")
			if f.Grade == protocol.Unverified {
				unverified = append(unverified, f.Says)
			}
		}
		address := ""
		if source.Address != "" {
			address = ", " + source.Address
		}
		w.list(source.Key+": "+source.Citation+address, items)
	}
	w.list("Unverified: check before use", unverified)
}
