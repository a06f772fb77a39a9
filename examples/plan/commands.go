package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/regimen-go/regimen/schedule"
)

// asked is what a command line asks for.
type asked struct {
	command string
	stdout  io.Writer
	files   []string

	protocols, sessions          texts
	clinic, request, out, format string
	asKnown, asOf                string
	dryRun, strict               bool
}

// texts is a flag that may be repeated.
type texts []string

func (t *texts) String() string     { return strings.Join(*t, ", ") }
func (t *texts) Set(s string) error { *t = append(*t, s); return nil }

// parse reads the flags of the command, before its files and after them.
func (a *asked) parse(args []string) error {
	f := flag.NewFlagSet(a.command, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&a.format, "format", "text", "")
	takes := func(commands ...string) bool { return slices.Contains(commands, a.command) }
	if takes("new") {
		f.Var(&a.protocols, "protocol", "")
		f.StringVar(&a.request, "request", "", "")
	}
	if takes("new", "check") {
		f.StringVar(&a.clinic, "clinic", "", "")
	}
	if takes("new", "apply") {
		f.StringVar(&a.out, "o", "", "")
	}
	if takes("new", "apply", "show") {
		f.BoolVar(&a.strict, "strict", false, "")
	}
	if takes("apply") {
		f.BoolVar(&a.dryRun, "dry-run", false, "")
	}
	if takes("show") {
		f.StringVar(&a.asKnown, "as-known", "", "")
	}
	if takes("repairs") {
		f.Var(&a.sessions, "session", "")
		f.StringVar(&a.asOf, "as-of", "", "")
	}
	for len(args) > 0 {
		if err := f.Parse(args); err != nil {
			return &wrongUse{a.command + ": " + err.Error()}
		}
		if args = f.Args(); len(args) > 0 {
			a.files, args = append(a.files, args[0]), args[1:]
		}
	}
	return a.check()
}

// check refuses a command line that lacks something, or has too much.
func (a *asked) check() error {
	files := map[string][]string{"new": {}, "apply": {"PLAN", "EVENTS"}, "show": {"PLAN"}, "repairs": {"PLAN"}, "diff": {"OLD", "NEW"}, "check": {"PLAN"}}[a.command]
	formats := []string{"text", "json"}
	if a.command == "show" {
		formats = append(formats, "ics", "html", "csv")
	}
	want := ""
	switch {
	case len(a.files) != len(files) && len(files) == 0:
		want = "want flags only, not " + strconv.Quote(a.files[0])
	case len(a.files) != len(files):
		want = "want " + strings.Join(files, " and ")
	case !slices.Contains(formats, a.format):
		want = "-format: want one of " + strings.Join(formats, ", ") + ", not " + strconv.Quote(a.format)
	case a.command == "new" && (len(a.protocols) == 0 || a.clinic == "" || a.request == "" || a.out == ""):
		want = "want -protocol, -clinic, -request and -o"
	case a.command == "apply" && (a.out == "") != a.dryRun:
		want = "want -o or -dry-run"
	case a.command == "check" && a.clinic == "":
		want = "want -clinic"
	case a.command == "repairs" && (len(a.sessions) == 0 || a.asOf == ""):
		want = "want -session and -as-of"
	default:
		return nil
	}
	return &wrongUse{a.command + ": " + want}
}

// instant reads an instant that a flag states.
func instant(flag, text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return t, &wrongUse{"-" + flag + ": want an instant such as 2025-01-06T08:00:00Z, not " + strconv.Quote(text)}
	}
	return t, nil
}

func newPlan(a *asked) error {
	var k keeping
	for _, name := range a.protocols {
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := k.protocol(name, src); err != nil {
			return err
		}
	}
	src, err := os.ReadFile(a.clinic)
	if err != nil {
		return err
	}
	if err := k.clinic(a.clinic, src); err != nil {
		return err
	}
	if src, err = os.ReadFile(a.request); err != nil {
		return err
	}
	request, err := schedule.ParseRequest(a.request, src, schedule.PlanSource{Protocols: k.protocols[:1], Opening: k.opening})
	if err != nil {
		return err
	}
	if k.plan, err = schedule.Build(request); err != nil {
		return err
	}
	if err := k.save(a.out); err != nil {
		return err
	}
	return a.show(k.plan)
}

func applyEvents(a *asked) error {
	k, err := open(a.files[0])
	if err != nil {
		return err
	}
	src, err := os.ReadFile(a.files[1])
	if err != nil {
		return err
	}
	var entries []schedule.Entry
	if bytes.HasPrefix(bytes.TrimSpace(src), []byte("[")) {
		entries, err = schedule.ParseEntries(a.files[1], src, k.protocols...)
	} else {
		entries, err = schedule.ParseEvents(a.files[1], src, k.plan.BuiltFrom(), k.protocols...)
	}
	if err != nil {
		return err
	}
	before := k.plan
	if k.plan, err = before.Replay(entries...); err != nil {
		return err
	}
	if !a.dryRun {
		if err := k.save(a.out); err != nil {
			return err
		}
	}
	if err := a.diff(before.Diff(k.plan)); err != nil {
		return err
	}
	return a.open(k.plan)
}

func showPlan(a *asked) error {
	k, err := open(a.files[0])
	if err != nil {
		return err
	}
	if a.asKnown != "" {
		at, err := instant("as-known", a.asKnown)
		if err != nil {
			return err
		}
		if k.plan, err = k.plan.AsKnown(at); err != nil {
			return err
		}
	}
	return a.show(k.plan)
}

// show writes a plan, and says what is open in it where that is asked for.
func (a *asked) show(plan *schedule.Plan) error {
	if a.format == "json" {
		if _, err := a.stdout.Write(append(plan.AppendJSON(nil), '\n')); err != nil {
			return err
		}
		return a.open(plan)
	}
	if err := write(a.stdout, plan, a.format); err != nil {
		return err
	}
	return a.open(plan)
}

// open refuses a plan in which something is open, where that is asked for.
func (a *asked) open(plan *schedule.Plan) error {
	if !a.strict {
		return nil
	}
	var found []string
	for _, f := range schedule.Validate(plan) {
		if f.Open() {
			found = append(found, f.String())
		}
	}
	if len(found) == 0 {
		return nil
	}
	return &notice{"strict: open findings:\n  " + strings.Join(found, "\n  ")}
}

// diff writes what changes.
func (a *asked) diff(d schedule.Diff) error {
	if a.format == "json" {
		_, err := a.stdout.Write(append(d.AppendJSON(nil), '\n'))
		return err
	}
	_, err := fmt.Fprintln(a.stdout, d)
	return err
}

func listRepairs(a *asked) error {
	k, err := open(a.files[0])
	if err != nil {
		return err
	}
	var ids []schedule.ID
	for _, text := range a.sessions {
		id, err := schedule.ParseID(text)
		if err != nil {
			return &wrongUse{"-session: " + err.Error()}
		}
		ids = append(ids, id)
	}
	at, err := instant("as-of", a.asOf)
	if err != nil {
		return err
	}
	ways, err := k.plan.Repairs(at, ids...)
	if err != nil {
		return err
	}
	if a.format == "json" {
		_, err := a.stdout.Write(append(appendRepairs(nil, ways), '\n'))
		return err
	}
	for _, way := range ways {
		if _, err := fmt.Fprint(a.stdout, way); err != nil {
			return err
		}
	}
	return nil
}

func diffPlans(a *asked) error {
	old, err := open(a.files[0])
	if err != nil {
		return err
	}
	other, err := open(a.files[1])
	if err != nil {
		return err
	}
	d := old.plan.Diff(other.plan)
	if err := a.diff(d); err != nil {
		return err
	}
	if !d.Empty() {
		return &notice{"the plans differ"}
	}
	return nil
}

func checkPlan(a *asked) error {
	k, err := open(a.files[0])
	if err != nil {
		return err
	}
	src, err := os.ReadFile(a.clinic)
	if err != nil {
		return err
	}
	now, err := clinicOf(a.clinic, src)
	if err != nil {
		return err
	}
	found := k.plan.Check(now)
	if a.format == "json" {
		text, err := json.Marshal(append([]schedule.Finding{}, found...))
		if err != nil {
			return err
		}
		if _, err := a.stdout.Write(append(text, '\n')); err != nil {
			return err
		}
	} else {
		for _, f := range found {
			if _, err := fmt.Fprintln(a.stdout, f); err != nil {
				return err
			}
		}
	}
	if len(found) > 0 {
		return &notice{"the clinic says something else than the plan was told"}
	}
	return nil
}
