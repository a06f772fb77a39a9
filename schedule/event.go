package schedule

import (
	"bytes"
	"errors"
	"iter"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
)

// An Event is something that happened to a plan. [Plan.Apply] makes the plan that
// is true after it.
type Event struct {
	// ID names the event: 1 to 64 ASCII letters, digits and "-_.:", unique in
	// the plan. An event that is sent twice is recognised by it.
	ID string
	// What happened.
	What Happening
	// RecordedBy says who recorded it, in the app's own words, "" where that is
	// not kept: up to 256 bytes. It is not who decided, and tells no event from
	// another.
	RecordedBy string
}

// An Entry is one line of a plan's history: an event and the instant as of which
// it was applied.
type Entry struct {
	Event Event
	AsOf  time.Time
}

// String returns the day on which it became known, what happened and why, and the
// id of the event. The day is that of UTC.
func (e Entry) String() string { return e.in(time.UTC) }

// in is String with the day by the clock of a zone.
func (e Entry) in(zone *time.Location) string {
	if e.Event.What == nil {
		return "no event"
	}
	return civil.Format(civil.Of(e.AsOf, zone)) + ": " + e.Event.String() + ", event " + strconv.Quote(e.Event.ID)
}

// String returns what happened and why, in words, without the id and who recorded it: "missed
// (ill)". For which sessions, [Event.About] says.
func (e Event) String() string {
	if e.What == nil {
		return "no event"
	}
	text := e.What.describe()
	if reason := reasonOf(e.What); reason != "" {
		text += " (" + reason + ")"
	}
	return text
}

// Kind returns what files call the event, one of [EventKinds]: "stepped-back"; "" for an event
// that says nothing.
func (e Event) Kind() string {
	if e.What == nil {
		return ""
	}
	return e.What.kind()
}

// About returns the ids of the sessions and visits that the event names, in the order of its
// fields; none for one that is about the patient, the clinic or the course.
func (e Event) About() []ID {
	if e.What == nil {
		return nil
	}
	return about(e.What)
}

// History returns the events that made the plan out of the one that [Build]
// returned, in the order in which they were applied.
func (p *Plan) History() iter.Seq[Entry] { return slices.Values(p.journal.since(0)) }

// Apply returns the plan after an event. The plan itself does not change, and
// what is past does not either: a session that was given, missed or cancelled
// stays as it is, whatever comes after. Only what the event names changes;
// nothing else is moved to make room. What no longer fits together is a finding,
// and [Plan.Repairs] has the ways on.
//
// AsOf is the instant as of which the event is known. It must not be before that
// of the plan, and nothing can have happened after it.
//
// An event whose id the plan has is not applied again: the same event gives the
// same plan, another one is refused. Every refusal is an [*EventError].
func (p *Plan) Apply(e Event, asOf time.Time) (*Plan, error) {
	if err := checkEventID(e.ID); err != nil {
		return nil, err
	}
	if err := checkRecorder(e.RecordedBy); err != nil {
		return nil, err
	}
	if !isHappening(e.What) {
		return nil, nothingHappened(e.ID)
	}
	if known, ok := p.journal.find(e.ID); ok {
		if bytes.Equal(appendEvent(nil, known.Event), appendEvent(nil, e)) {
			return p, nil
		}
		return nil, &EventError{
			Event: e.ID, Kind: e.What.kind(), Field: "ID", Value: e.ID,
			Want: "want an id of its own: the plan has another event with this one", Err: ErrEventTwice,
		}
	}
	edit, err := p.edit(e, asOf)
	if err != nil {
		return nil, err
	}
	if err := edit.refuseStopped(e.What); err != nil {
		return nil, edit.name(err)
	}
	if err := e.What.apply(edit); err != nil {
		return nil, edit.name(err)
	}
	if err := edit.finish(); err != nil {
		return nil, edit.name(err)
	}
	return edit.plan, nil
}

func nothingHappened(id string) error {
	return &EventError{Event: id, Field: "What", Want: "want what happened: one of the types of Happening, not a pointer to one", Err: ErrEvent}
}

// Replay applies entries one after another. Applied to the plan that [Build]
// returned, the history of a plan gives that plan again.
func (p *Plan) Replay(entries ...Entry) (*Plan, error) {
	for _, entry := range entries {
		next, err := p.Apply(entry.Event, entry.AsOf)
		if err != nil {
			return nil, err
		}
		p = next
	}
	return p, nil
}

// The decisions that a caller can take on an [*EventError]: [errors.Is] tells
// them apart, and [ErrUnknownSession].
var (
	// ErrEvent: a value of the event is missing or cannot be right.
	ErrEvent = errors.New("not a possible event")
	// ErrUnknownVisit: the plan has no companion or follow-up with this id.
	ErrUnknownVisit = errors.New("the plan has no visit with this id")
	// ErrEventTwice: another event has this id.
	ErrEventTwice = errors.New("another event has this id")
	// ErrUnknownEvent: the plan has no entry with this id.
	ErrUnknownEvent = errors.New("no such event")
	// ErrDependants: something was given since in what the entry made.
	ErrDependants = errors.New("something was given since")
	// ErrSettled: something else became of the session before.
	ErrSettled = errors.New("the session is settled")
	// ErrOrder: something must be recorded before this.
	ErrOrder = errors.New("out of order")
	// ErrFuture: it would be after the as-of instant.
	ErrFuture = errors.New("after the as-of instant")
	// ErrBeforeStart: it would be before the plan's start.
	ErrBeforeStart = errors.New("before the plan's start")
	// ErrStopped: the treatment was stopped, and this would go on with it.
	ErrStopped = errors.New("the treatment was stopped")
	// ErrNoDay: a session would have no possible day, or not this one.
	ErrNoDay = errors.New("no possible day")
)

// An EventError is why a plan refuses an event. The plan is as it was.
type EventError struct {
	// Event is the id of the event, and Kind what it says: "given". Both are ""
	// for one that [Plan.Repairs] tried.
	Event, Kind string
	// Field names the value that was refused, such as "Date".
	Field string
	// Value is what was found, "" where nothing was given.
	Value string
	// Want says what was wanted.
	Want string
	// Entries are the ids of the events that stand in the way, none where it is
	// refused for another reason.
	Entries []string
	// Err is what the error unwraps to: one of the sentinels above, or the
	// error of what refused the value.
	Err error
}

// Error returns the event, the field, the value and what was wanted.
func (e *EventError) Error() string {
	s := e.Field
	if e.Event != "" || e.Kind != "" {
		s = "event " + strconv.Quote(document.Cut(e.Event))
		if e.Kind != "" {
			s += " (" + e.Kind + ")"
		}
		s += ": " + e.Field
	}
	if e.Value != "" {
		s += " " + strconv.Quote(document.Cut(e.Value))
	}
	return s + ": " + e.Want
}

// Unwrap returns Err.
func (e *EventError) Unwrap() error { return e.Err }

func checkEventID(id string) error {
	const longest = 64
	plain := id != "" && len(id) <= longest
	for i := 0; i < len(id) && plain; i++ {
		switch c := id[i]; {
		case '0' <= c && c <= '9', 'a' <= c|0x20 && c|0x20 <= 'z', c == '-', c == '_', c == '.', c == ':':
		default:
			plain = false
		}
	}
	if !plain {
		return &EventError{Event: id, Field: "ID", Value: id, Want: "want 1 to 64 letters, digits and -_.:", Err: ErrEvent}
	}
	return nil
}

// longestRecorder is how many bytes the name of who recorded an event may have.
const longestRecorder = 256

func checkRecorder(name string) error {
	if len(name) > longestRecorder || !utf8.ValidString(name) {
		return &EventError{Field: "RecordedBy", Value: name, Want: "want at most " + strconv.Itoa(longestRecorder) + " bytes of UTF-8", Err: ErrEvent}
	}
	return nil
}

// edit begins a plan that is to be true after an event.
func (p *Plan) edit(e Event, asOf time.Time) (*edit, error) {
	asOf = asOf.Round(0)
	switch {
	case p.recorded():
		return nil, &EventError{Event: e.ID, Kind: e.What.kind(), Field: "plan", Want: "want a plan that Build made, not that of a record", Err: ErrEvent}
	case asOf.IsZero():
		return nil, &EventError{Event: e.ID, Kind: e.What.kind(), Field: "as-of", Want: "want the instant as of which it is known", Err: ErrEvent}
	case asOf.Before(p.asOf) && !p.rightsClock(e, asOf):
		return nil, &EventError{
			Event: e.ID, Kind: e.What.kind(), Field: "as-of", Value: asOf.UTC().Format(time.RFC3339Nano),
			Want: "want an instant that is not before that of the plan, " + p.asOf.UTC().Format(time.RFC3339Nano), Err: ErrOrder,
		}
	}
	today := civil.Of(asOf, p.zone)
	if !civil.InRange(today) {
		return nil, &EventError{
			Event: e.ID, Kind: e.What.kind(), Field: "as-of", Value: asOf.UTC().Format(time.RFC3339Nano),
			Want: "want an instant in the years 1900 to 2200", Err: ErrEvent,
		}
	}
	return newEdit(p, Entry{Event: e, AsOf: asOf}, civil.Day(today)), nil
}
