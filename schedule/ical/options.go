package ical

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// ErrNoEvents says that nothing of the plan would be in the file. A calendar
// without any event is not well formed.
var ErrNoEvents = errors.New("the plan has no session to write")

// Options say what is written. The zero Options are neutral: they tell nobody
// what the visits are for.
type Options struct {
	// Title is the title of every visit: "" stands for "Clinic visit".
	Title string
	// NoCount leaves out of the titles which session of how many it is. For a
	// cadence without end only the number is written.
	NoCount bool
	// Cancelled, Missed and Held are put before the title of a visit that is so:
	// "" stands for "Cancelled: ", "Missed: " and "On hold: ".
	Cancelled, Missed, Held string
	// Lost is put before the title of a visit to come whose day or time no longer
	// holds, and of its tasks: "" stands for "Not confirmed: ". LostNote comes first in
	// their descriptions: "" stands for "This date no longer holds. Please do not come
	// unless the clinic confirms it: another may be named."
	Lost, LostNote string
	// Description and Location are written with every visit: what to do and
	// where to go. They may be empty. Calendars show both in notifications, and
	// the name of a clinic may say what it treats. Where there is a Location, a visit
	// that takes place elsewhere ([schedule.OtherVisit]) has that of the protocol instead.
	Description, Location string
	// Detail, if not nil, returns a text for the description of a session, after
	// that for all visits. It may be asked more than once and must answer the
	// same; "" adds nothing.
	Detail func(schedule.Session) string
	// ShowDrug, ShowDose and ShowNames add what is given and by which route, how
	// much, and the name of the phase, or of the companion or follow-up, to the
	// descriptions. All of it is by the session's own protocol, and of a session
	// that has been given it is what was given. Their labels are English;
	// with Detail an app says the same in any language.
	ShowDrug, ShowDose, ShowNames bool
	// Class says how private the events are, in CLASS: zero writes nothing, which is
	// right for a feed. Calendars on the web show a subscriber a private event as "Busy",
	// without its title, or not at all.
	Class Class
	// Categories are written with every event: nil stands for "Appointment".
	// Empty ones are left out.
	Categories []string

	// SessionsOnly leaves out the companions of the sessions, the follow-ups and the visits
	// of a monitoring.
	SessionsOnly bool
	// Tasks adds an event for each task of a session's visit that concerns the reader
	// and stands before or after the visit: "Do not eat from 05:30". It takes no time in
	// the calendar and has no alarm. One that stands before the visit though its own time
	// does not, such as transport home, is an event of the whole day.
	Tasks bool
	// For is whom the calendar is for. Zero stands for the patient, who is not told of the
	// tasks of the staff; the staff is told of all.
	For protocol.Audience
	// TaskTitle words a task; one for which it returns "" is left out. If nil,
	// the title is the text of the task and when it begins. It may be asked more
	// than once and must answer the same. A task that was in an earlier calendar and
	// is cancelled has no times.
	TaskTitle func(schedule.TimedTask) string
	// OnlyConfirmed leaves out every event that is tentative or cancelled. It is
	// for a file that is imported once, not for one that is read again.
	OnlyConfirmed bool
	// Alarms are how long before a visit the calendar reminds of it: whole
	// minutes up to 366 days. A visit that was cancelled, has no time, or is on a day that no longer
	// holds has none.
	Alarms []time.Duration

	// Final makes the last calendar to publish when a treatment ends or a feed is to be
	// withdrawn: everything that has not begun at the plan's as-of is CANCELLED, what is
	// past is as it was. A calendar that stops to be there is kept by most subscribers.
	Final bool
	// Changed is when that changed which is not in the plan: the options, or the rules of
	// the zone, which come with Go or the system. DTSTAMP and LAST-MODIFIED are never
	// before it. Zero: not known.
	Changed time.Time
	// Edition is added to every SEQUENCE. It is raised when what is not in the plan moves
	// events or changes their status, and when a feed goes on after a final calendar. It
	// is not negative, and never falls.
	Edition int
	// Observances writes times of a zone whose clock changes follow no yearly rule, such as
	// Africa/Casablanca, as they are on its clocks, with every change in the years of the
	// plan. Otherwise they are written in UTC. Calendars that read one rule only, as
	// Outlook does, are an hour wrong then; without it those are that keep the file while
	// a government changes the rules.
	Observances bool

	// Name is the name of the calendar: "" stands for "Clinic visits". It is
	// not written for a single event.
	Name string
	// Organizer is an address such as "mailto:visits@example.org", written with
	// every event. OrganizerName is shown for it.
	Organizer, OrganizerName string
	// Publish writes METHOD:PUBLISH, for calendars sent as mail. It needs an
	// Organizer. Files and feeds have no method.
	Publish bool
	// Refresh is how often a subscriber is asked to read the file again: whole
	// minutes up to 366 days. Zero asks for nothing.
	Refresh time.Duration
}

// An OptionError is one value that cannot be written.
type OptionError struct {
	// Field names the value, such as "Organizer".
	Field string
	// Value is what was found, "" where nothing was given.
	Value string
	// Want says what was wanted.
	Want string
}

// Error returns the field, the value and what was wanted.
func (e *OptionError) Error() string {
	if e.Value == "" {
		return e.Field + ": " + e.Want
	}
	const most = 60
	value := e.Value
	if len(value) > most {
		value = value[:most] + "..."
	}
	return e.Field + " " + strconv.Quote(value) + ": " + e.Want
}

// check returns an error that joins an OptionError for each value that cannot
// be written.
func (o *Options) check() error {
	var errs []error
	refuse := func(bad bool, field, value, want string) {
		if bad {
			errs = append(errs, &OptionError{field, value, want})
		}
	}
	_, err := o.For.MarshalText()
	refuse(err != nil, "For", o.For.String(), "want patient, staff or both")
	refuse(o.Organizer != "" && !isURI(o.Organizer), "Organizer", o.Organizer, "want an address such as mailto:visits@example.org")
	refuse(o.OrganizerName != "" && o.Organizer == "", "OrganizerName", o.OrganizerName, "want an Organizer with it")
	refuse(o.Publish && o.Organizer == "", "Publish", "", "want an Organizer: a published calendar names one")
	_, err = o.Class.MarshalText()
	refuse(err != nil, "Class", o.Class.String(), wantClass)
	refuse(o.Edition < 0 || o.Edition > 1<<30, "Edition", strconv.Itoa(o.Edition), "want a number from 0 to 1073741824")
	refuse(o.Final && o.OnlyConfirmed, "Final", "", "want OnlyConfirmed unset: a last calendar says what is cancelled")
	refuse(!o.Changed.IsZero() && (o.Changed.UTC().Year() < 1900 || o.Changed.UTC().Year() > 2200), "Changed", o.Changed.UTC().Format(time.RFC3339), "want an instant in the years 1900 to 2200")
	const lengths = "want whole minutes up to 366 days"
	length := func(field string, d time.Duration) {
		if !isLength(d) {
			refuse(true, field, d.String(), lengths)
		}
	}
	for _, before := range o.Alarms {
		length("Alarms", before)
	}
	length("Refresh", o.Refresh)
	return errors.Join(errs...)
}

// audience returns whose tasks the calendar has.
func (o *Options) audience() protocol.Audience {
	if o.For == 0 || o.For == protocol.ForPatient {
		return protocol.ForPatient
	}
	return protocol.ForBoth
}

func isLength(d time.Duration) bool {
	return d >= 0 && d <= 366*24*time.Hour && d%time.Minute == 0
}

// isURI reports whether s is a scheme, a colon and something of the characters
// that RFC 3986 allows.
func isURI(s string) bool {
	scheme, rest, found := strings.Cut(s, ":")
	if !found || scheme == "" || rest == "" || !isLetter(scheme[0]) {
		return false
	}
	for i := range len(scheme) {
		if !isAlphanumeric(scheme[i]) && !strings.ContainsRune("+-.", rune(scheme[i])) {
			return false
		}
	}
	for i := range len(rest) {
		if !isAlphanumeric(rest[i]) && (rest[i] >= 0x80 || !strings.ContainsRune("-._~:/?#[]@!$&'()*+,;=%", rune(rest[i]))) {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isAlphanumeric(c byte) bool { return isLetter(c) || '0' <= c && c <= '9' }
