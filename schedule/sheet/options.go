package sheet

import (
	"strconv"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// Options says what a sheet has. Only Locale is required.
type Options struct {
	// Locale has the words and the form of dates.
	Locale Locale
	// Form is what the page is made for. [StaffSheet] has names, drugs, doses, all tasks
	// and, in English, worksheets, without being asked for each.
	Form Form
	// Sessions is how many of the sessions to come a staff sheet has. 0: all.
	Sessions int
	// Title is the heading. Empty: that of the locale, "Your visits".
	Title string
	// Contacts are whom to call and to write to. None: the sheet says to ask the clinic.
	Contacts []Contact
	// Details are what holds for all visits: where, what to bring, what else to know, who
	// takes the patient home after a session.
	Details Details
	// DetailsOf, if not nil, returns what holds for one visit that is to come. It is asked
	// once for each. A place and a way home stand for those of all visits; what to bring and
	// notes are added to them.
	DetailsOf func(id schedule.ID) Details
	// Escort says that somebody has to take the patient home after each session: where no
	// [Details.Home] says who, the sheet says that this is still open and, on paper, has
	// a line to write it on.
	Escort bool
	// Since, if not nil, is an earlier state of the same plan, such as that of the sheet
	// before. What has changed stands at the top and at the visit.
	Since *schedule.Plan
	// Today, if not zero, is marked, and what is past is that which is before it or the
	// plan's as-of, whichever is later.
	Today date.Date
	// Movable says at each visit to come to which days it can be moved, and to call for
	// that.
	Movable bool
	// ZoneName is what people call the clinic's zone, in words that follow "Times are".
	// Empty: the time of its city, "New York time".
	ZoneName string
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
	// Spreadsheet makes CSV that the spreadsheets of the locale open by themselves.
	Spreadsheet bool
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
	if o.Form == StaffSheet {
		o.For, o.Names, o.Drug, o.Doses = protocol.ForStaff, true, true, true
		o.Worksheets = o.Worksheets || o.Locale.english()
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
	if o.Form > StaffSheet {
		found.add("Form", o.Form.String(), wantForm)
	}
	if o.Sessions < 0 {
		found.add("Sessions", strconv.Itoa(o.Sessions), "want 0 for all, or how many")
	}
	found.text("Title", o.Title)
	if isLine(o.Title) && o.Title != "" && strings.TrimSpace(o.Title) == "" {
		found.add("Title", o.Title, "want words, or nothing for those of the locale")
	}
	found.text("ZoneName", o.ZoneName)
	for i := range o.Contacts {
		o.Contacts[i].check("Contact "+strconv.Itoa(i+1), found)
	}
	o.Details.check("Details", found)
	if o.Since != nil && o.Since.Protocol() == nil {
		found.add("Since", "", "want a plan made by schedule.Build")
	}
	if o.Worksheets && !o.Locale.english() && o.Locale.Tag != "" {
		found.add("Worksheets", o.Locale.Tag, "want an English locale: the lines of a worksheet are English")
	}
}
