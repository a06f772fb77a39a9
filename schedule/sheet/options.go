package sheet

import (
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// Options says what a sheet has. Only Locale is required.
type Options struct {
	// Locale has the words and the form of dates.
	Locale Locale
	// Title is the heading. Empty: that of the locale, "Your visits".
	Title string
	// Contact are lines about whom to ask: an address, a telephone number.
	// None: no contact box.
	Contact []string
	// Text returns the words of the sheet for a text of the protocol, and
	// false where it has none. An empty text leaves it out. It is asked once
	// for each text that is shown. Nil: English locales show the texts of the
	// protocol.
	Text func(text string) (shown string, ok bool)
	// For is whom the sheet is for. Zero stands for the patient, who is not told of the
	// tasks of the staff; the staff is told of all.
	For protocol.Audience
	// During adds the tasks between arrival and departure of which the protocol does not
	// say for whom they are: most often they are those of the staff.
	During bool
	// Names adds what the protocol calls phases, other visits and decisions.
	Names bool
	// Drug adds what is given at each session and by which route, by the session's
	// own protocol: what was given before another drug was adopted keeps its name.
	Drug bool
	// Doses adds doses: of a session that is to come what is planned and what
	// else is allowed, and of one that took place what was given.
	Doses bool
	// Worksheets adds the dose worksheet of each session that is still to
	// come. Locale must be an English one: the lines of a worksheet are
	// English.
	Worksheets bool
}

// A Sheet is a plan for people. It is immutable and safe to share between
// goroutines. Only [New] makes one.
type Sheet struct{ view *view }

// New reads a plan. The error joins every problem: an [*OptionError] for each
// missing plan, text that is refused and locale that is not complete, and an
// [*UntranslatedError].
func New(plan *schedule.Plan, o Options) (*Sheet, error) {
	var found problems
	if plan == nil || plan.Protocol() == nil {
		found.add("Plan", "", "want a plan made by schedule.Build")
	}
	o.check(&found)
	if len(found) > 0 {
		return nil, found.err()
	}
	v, err := read(plan, o)
	if err != nil {
		return nil, err
	}
	return &Sheet{v}, nil
}

func (o *Options) check(found *problems) {
	o.Locale.check(found)
	if _, err := o.For.MarshalText(); err != nil {
		found.add("For", o.For.String(), "want patient, staff or both")
	}
	found.text("Title", o.Title)
	if isLine(o.Title) && o.Title != "" && strings.TrimSpace(o.Title) == "" {
		found.add("Title", o.Title, "want words, or nothing for those of the locale")
	}
	for i, line := range o.Contact {
		found.text("Contact, line "+strconv.Itoa(i+1), line)
	}
	if o.Worksheets && !o.Locale.english() && o.Locale.Tag != "" {
		found.add("Worksheets", o.Locale.Tag, "want an English locale: the lines of a worksheet are English")
	}
}
