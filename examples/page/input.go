package main

import (
	_ "embed" // for the example
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/sheet"
)

//go:embed example.json
var example []byte

// An input is what the flags say.
type input struct {
	spec    protocol.Spec
	start   date.Date
	until   date.Date
	weight  dose.Weight
	zone    *time.Location
	options sheet.Options
	out     string
}

// list is a flag that may be given more than once.
type list []string

func (l *list) String() string { return strings.Join(*l, ", ") }

func (l *list) Set(s string) error {
	*l = append(*l, s)
	return nil
}

func parse(args []string, stdout io.Writer) (*input, error) {
	var in input
	var set, contacts, bring, notes list
	flags := flag.NewFlagSet("page", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	prescribed := flags.String("protocol", "", "a protocol `file`, or the id of an entry of the catalogue")
	flags.Var(&set, "set", "the value of a parameter, as `NAME=VALUE`; may be repeated")
	start := flags.String("start", "2027-03-01", "the `date` of the first visit")
	until := flags.String("until", "", "the last `date` of a plan without end")
	weight := flags.String("weight", "72 kg", "the weight of the example patient")
	zone := flags.String("zone", "America/New_York", "the clinic's IANA time zone")
	tag := flags.String("locale", "en-US", "en-US, en-GB, de, es or ar")
	words := flags.String("words", "", "a JSON `file` with words for the texts of the protocol")
	flags.Var(&contacts, "contact", "whom to call, as `PURPOSE: PART; PART`, see readContact; may be repeated")
	form := flags.String("form", "full", "full, one-page or staff")
	flags.IntVar(&in.options.Sessions, "sessions", 0, "how many sessions a staff sheet has, 0 for all")
	flags.StringVar(&in.options.Details.Place, "place", "", "where the visits are")
	flags.Var(&bring, "bring", "a `thing` to bring; may be repeated")
	flags.Var(&notes, "note", "a `line` to know; may be repeated")
	flags.StringVar(&in.options.Details.Home, "home", "", "who takes the patient home")
	flags.BoolVar(&in.options.Escort, "escort", false, "somebody has to take the patient home")
	flags.BoolVar(&in.options.Movable, "movable", false, "say to which days a visit can be moved")
	today := flags.String("today", "", "the `date` that is marked")
	flags.StringVar(&in.options.ZoneName, "zone-name", "", "what people call the zone")
	flags.StringVar(&in.options.Title, "title", "", "the heading")
	flags.BoolVar(&in.options.Names, "names", false, "show the names of phases, visits and decisions")
	flags.BoolVar(&in.options.During, "during", false, "show what is done during a visit")
	flags.BoolVar(&in.options.Drug, "drug", false, "show what is given and by which route")
	flags.BoolVar(&in.options.Doses, "doses", false, "show doses")
	flags.BoolVar(&in.options.Worksheets, "worksheets", false, "show dose worksheets")
	flags.StringVar(&in.out, "out", ".", "the `folder` to write to")

	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		flags.SetOutput(stdout)
		flags.Usage()
		return nil, flag.ErrHelp
	case err != nil:
		return nil, err
	case flags.NArg() > 0:
		return nil, fmt.Errorf("want flags only, got %q", flags.Arg(0))
	}
	var known bool
	if in.options.Locale, known = sheet.LocaleOf(*tag); !known {
		return nil, fmt.Errorf("-locale: want en-US, en-GB, de, es or ar, got %q", *tag)
	}
	in.options.Details.Bring, in.options.Details.Notes = bring, notes
	return &in, errors.Join(
		in.readProtocol(*prescribed, set),
		in.readWords(*words),
		in.readContacts(contacts),
		read("form", *form, sheet.ParseForm, &in.options.Form),
		read("today", *today, schedule.ParseDate, &in.options.Today),
		read("start", *start, schedule.ParseDate, &in.start),
		read("until", *until, schedule.ParseDate, &in.until),
		read("weight", *weight, dose.ParseWeight, &in.weight),
		read("zone", *zone, time.LoadLocation, &in.zone),
	)
}

// read reads the value of a flag; an empty one stays as it is.
func read[T any](name, text string, parse func(string) (T, error), into *T) error {
	if text == "" {
		return nil
	}
	value, err := parse(text)
	if err != nil {
		return fmt.Errorf("-%s: %w", name, err)
	}
	*into = value
	return nil
}

func (in *input) readProtocol(name string, set []string) (err error) {
	var found bool
	if in.spec, found = catalog.Lookup(name); !found {
		source := example
		if name == "" {
			name = "example.json"
		} else if source, err = os.ReadFile(name); errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("-protocol %q is no file and no entry of the catalogue", name)
		} else if err != nil {
			return err
		}
		if in.spec, err = protocol.Parse(name, source); err != nil {
			return err
		}
	}
	for _, pair := range set {
		parameter, value, _ := strings.Cut(pair, "=")
		if in.spec, err = in.spec.Set(parameter, value); err != nil {
			return fmt.Errorf("-set: %w", err)
		}
	}
	return nil
}

func (in *input) readWords(name string) error {
	if name == "" {
		return nil
	}
	source, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	words := map[string]string{}
	if err := json.Unmarshal(source, &words); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	in.options.Text = func(text string) (string, bool) {
		shown, known := words[text]
		return shown, known
	}
	return nil
}

// plan builds the plan of the example patient.
func (in *input) plan() (*schedule.Plan, error) {
	prescribed, err := in.spec.Compile()
	if err != nil {
		return nil, err
	}
	hours := clinic.OpenOn(clinic.MustHours(clinicHours), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)
	office, err := clinic.New(clinic.Spec{Zone: in.zone, Weekly: hours})
	if err != nil {
		return nil, err
	}
	year, month, day := in.start.Date()
	return schedule.Build(schedule.Request{
		Protocol: prescribed, Start: in.start, Until: in.until, Opening: office,
		Weighings: []schedule.Weighing{{Date: in.start, Weight: in.weight}},
		// A real plan's key is random and kept.
		Key:  schedule.Key{0: 0xE7, 1: 0x5A, 15: 0x1D},
		AsOf: time.Date(year, month, day, 0, 0, 0, 0, in.zone).Add(asOf),
	})
}
