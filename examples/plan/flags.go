package main

import (
	"errors"
	"flag"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// asked is what a command line asks for.
type asked struct {
	command string
	stdout  io.Writer
	stderr  io.Writer
	files   []string

	protocols, sessions                      texts
	clinic, request, out, asKnown, asOf, day text
	format                                   text
	dryRun, strict                           bool
}

// A text is a flag that may be stated once.
type text struct{ value string }

func (t *text) String() string { return t.value }

func (t *text) Set(s string) error {
	switch {
	case s == "":
		return errors.New("want something")
	case t.value != "":
		return errors.New("stated twice")
	}
	t.value = s
	return nil
}

// texts is a flag that may be repeated.
type texts []string

func (t *texts) String() string { return strings.Join(*t, ", ") }

func (t *texts) Set(s string) error {
	if s == "" {
		return errors.New("want something")
	}
	*t = append(*t, s)
	return nil
}

// A form of a command says which files and flags it takes.
type form struct {
	files   []string
	formats []string
	flags   string // names with spaces between them
	do      func(*asked) error
}

// forms returns the commands by their names.
func forms() map[string]form {
	said, shown := []string{"text", "json"}, []string{"text", "json", "ics", "html", "csv"}
	return map[string]form{
		"new":     {nil, said, "protocol clinic request o strict", newPlan},
		"apply":   {[]string{"PLAN", "EVENTS"}, said, "o dry-run strict", applyEvents},
		"show":    {[]string{"PLAN"}, shown, "as-known strict", showPlan},
		"repairs": {[]string{"PLAN"}, said, "session as-of", listRepairs},
		"diff":    {[]string{"OLD", "NEW"}, said, "", diffPlans},
		"verify":  {[]string{"PLAN"}, said, "", verifyPlan},
		"check":   {[]string{"PLAN"}, said, "clinic", checkPlan},
		"due":     {[]string{"DIR"}, said, "on", listDue},
	}
}

// parse reads the flags of the command, before its files and after them.
func (a *asked) parse(args []string, of form) error {
	f := flag.NewFlagSet(a.command, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Var(&a.format, "format", "")
	for name := range strings.FieldsSeq(of.flags) {
		switch name {
		case "protocol":
			f.Var(&a.protocols, name, "")
		case "session":
			f.Var(&a.sessions, name, "")
		case "strict":
			f.BoolVar(&a.strict, name, false, "")
		case "dry-run":
			f.BoolVar(&a.dryRun, name, false, "")
		default:
			f.Var(map[string]*text{
				"clinic": &a.clinic, "request": &a.request, "o": &a.out, "as-known": &a.asKnown, "as-of": &a.asOf, "on": &a.day,
			}[name], name, "")
		}
	}
	for len(args) > 0 {
		if err := f.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return err
			}
			return &wrongUse{a.command + ": " + err.Error()}
		}
		if args = f.Args(); len(args) > 0 {
			a.files, args = append(a.files, args[0]), args[1:]
		}
	}
	if a.format.value == "" {
		a.format.value = "text"
	}
	return a.check(of)
}

// check refuses a command line that lacks something, or has too much.
func (a *asked) check(of form) error {
	want := ""
	switch {
	case len(a.files) != len(of.files) && len(of.files) == 0:
		want = "want flags only, not " + strconv.Quote(a.files[0])
	case len(a.files) > len(of.files):
		want = "want " + strings.Join(of.files, " and ") + ", not " + strconv.Quote(a.files[len(of.files)]) + " too"
	case len(a.files) != len(of.files):
		want = "want " + strings.Join(of.files, " and ")
	case !slices.Contains(of.formats, a.format.value):
		want = "-format: want one of " + strings.Join(of.formats, ", ") + ", not " + strconv.Quote(a.format.value)
	case a.command == "new" && (len(a.protocols) == 0 || a.clinic.value == "" || a.request.value == "" || a.out.value == ""):
		want = "want -protocol, -clinic, -request and -o"
	case a.command == "apply" && (a.out.value == "") != a.dryRun:
		want = "want -o or -dry-run"
	case a.command == "check" && a.clinic.value == "":
		want = "want -clinic"
	case a.command == "repairs" && (len(a.sessions) == 0 || a.asOf.value == ""):
		want = "want -session and -as-of"
	case a.command == "due" && a.day.value == "":
		want = "want -on"
	default:
		return nil
	}
	return &wrongUse{a.command + ": " + want}
}

// json reports whether the answer is to be JSON.
func (a *asked) json() bool { return a.format.value == "json" }

// instant reads an instant that a flag states.
func instant(flag, text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return t, &wrongUse{"-" + flag + ": want an instant such as 2025-01-06T08:00:00Z, not " + strconv.Quote(text)}
	}
	return t, nil
}
