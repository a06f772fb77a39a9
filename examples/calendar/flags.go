package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
)

// An option is a flag with a value. Those without a standard value are either
// required or off.
type option struct{ name, hint, standard, help string }

// exampleKey is the text "example-key-only". A program for patients draws 16
// random bytes for each plan and keeps them.
const exampleKey = "6578616d706c652d6b65792d6f6e6c79"

func options() []option {
	return []option{
		{"protocol", "text", "ketamine-iv-taper", `an entry of the catalogue, a cadence such as "3-2-1-1-1 then every 4w x3", or a protocol file: a name that ends in .json, or a path`},
		{"maintenance", "text", "every 4w", `what "once per month" means in the catalogue's entry: every 4w or every 1mo`},
		{"start", "date", "", "the first day, YYYY-MM-DD"},
		{"until", "date", "", "the last day of a cadence without end"},
		{"weight", "weight", "", `the patient's weight: "72 kg" or "158.7 lb"`},
		{"height", "height", "", `the patient's height: "170 cm"`},
		{"sex", "sex", "", "the patient's sex: female or male"},
		{"patient", "file", "", "a record file: weighings, height, sex, what was given and what was chosen, instead of -weight, -height and -sex"},
		{"rate", "mg/kg", "0.5 mg/kg", "the dose per kilogram of actual weight"},
		{"fixed", "mg", "", "a fixed dose instead of -rate"},
		{"max", "mg", "100 mg", "the hard maximum: no plan has a larger dose"},
		{"cap", "mg", "", "a cap: a larger dose becomes this one"},
		{"round", "mg", "0.1 mg", "the step to which a dose is rounded, or exact"},
		{"mode", "mode", "half up", "how it is rounded: half up, half even, down or up"},
		{"min-gap", "days", "2", "the least number of days from one session to the next"},
		{"administer", "time", "40m", "how long the drug is given"},
		{"observe", "time", "2h", "how long the patient is watched after that"},
		{"clinic", "file", "", "a clinic file, instead of -open, -hours, -closed and -zone"},
		{"open", "days", "Mon,Tue,Wed,Thu,Fri", `the weekdays on which the clinic is open, "" for none`},
		{"hours", "hours", "08:00-17:00", "its hours on these days, with commas between several"},
		{"closed", "dates", "", "days on which it is closed, with commas between them"},
		{"zone", "zone", "UTC", "its time zone, such as Europe/London"},
		{"short-week", "what", "refuse", "what to do when a session cannot be placed: refuse, drop, postpone or carry"},
		{"key", "key", exampleKey, "the plan's key, 32 hexadecimal digits"},
		{"format", "format", "text", "text or json"},
	}
}

// A text is the value of a flag and how often it was given.
type text struct {
	value string
	given int
}

// String and Set make a text a flag.Value.
func (t *text) String() string { return t.value }

func (t *text) Set(value string) error {
	t.value = value
	t.given++
	return nil
}

// A setting is a value for a parameter of a protocol, as -set gives it.
type setting struct{ name, value string }

// String returns the setting as it is written.
func (s setting) String() string { return s.name + "=" + s.value }

// settings are a flag that may be given again.
type settings []string

// String and Set make settings a flag.Value.
func (s *settings) String() string { return strings.Join(*s, ", ") }

func (s *settings) Set(value string) error {
	*s = append(*s, value)
	return nil
}

// A flagSet is what the command line says.
type flagSet struct {
	texts         map[string]*text
	sets          settings
	explain, help bool
}

// bare reports whether nothing is said about patient, protocol or clinic: only
// how the plan is shown.
func (f flagSet) bare() bool {
	if len(f.sets) > 0 {
		return false
	}
	for name, t := range f.texts {
		if t.given > 0 && name != "format" && name != "key" {
			return false
		}
	}
	return true
}

func parseFlags(args []string) (flagSet, problems) {
	f := flagSet{texts: map[string]*text{}}
	set := flag.NewFlagSet("calendar", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.Usage = func() {}
	for _, o := range options() {
		f.texts[o.name] = &text{value: o.standard}
		set.Var(f.texts[o.name], o.name, o.help)
	}
	set.Var(&f.sets, "set", "")
	set.BoolVar(&f.explain, "explain", false, "")
	var p problems
	err := set.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		f.help = true
		return f, nil
	}
	if err != nil {
		p.say("", oneLine(err.Error())+"; -h lists the flags")
	}
	for _, arg := range set.Args() {
		if err != nil {
			break
		}
		p.say("", quote(arg)+": want flags only; a value with a space in it needs quotes around it")
	}
	for _, o := range options() {
		if f.texts[o.name].given > 1 {
			p.say(o.name, "-"+o.name+" is given "+fmt.Sprint(f.texts[o.name].given)+" times: want it once")
		}
	}
	return f, p
}

// flagList returns flags as a sentence has them.
func flagList(flags []string) string {
	last := len(flags) - 1
	return "-" + strings.Join(flags[:last], ", -") + " and -" + flags[last]
}

func writeUsage(out io.Writer) {
	lines := []string{
		"calendar prints the dated, dosed plan of a treatment protocol.", "",
		"Without flags it shows an example patient of " + exampleWeight + ", from next Monday, for half a year. " +
			"With any flag but -format, -explain and -key there is no example patient: " +
			"-start is required, -weight for a dose per kilogram, and -until for a cadence without end.", "",
		"The defaults are parameters of an example and nobody's recommendation.", "",
		"What a file says no flag says again: beside a protocol file, and beside -set, " + flagList(decidedByProtocol()) + " are refused.", "",
	}
	for _, line := range lines {
		for _, s := range wrap(line, width) {
			fmt.Fprintln(out, s)
		}
	}
	for _, o := range slices.Concat(options(), []option{
		{"set", "name=value", "", "the value of a parameter of a protocol file, or of an entry of the catalogue; may be given again"},
		{"explain", "", "", "say why each session is on its day and has its dose"},
	}) {
		help := o.help
		if o.standard != "" {
			help += " (default " + o.standard + ")"
		}
		left := "  -" + strings.TrimSpace(o.name+" "+o.hint)
		for i, s := range wrap(help, width-24) {
			if i > 0 {
				left = ""
			}
			fmt.Fprintf(out, "%-24s%s\n", left, s)
		}
	}
	fmt.Fprintf(out, "\nCatalogue: %s\n", strings.Join(entries(), ", "))
}
