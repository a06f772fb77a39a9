package schedule

import (
	"strconv"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Missed says that a session did not take place and nobody had cancelled it: where
// somebody said that it was cancelled, or missed, that is corrected.
type Missed struct {
	Session ID
	// Reason is shown to people. It may be empty.
	Reason string
}

func (Missed) kind() string { return "missed" }

func (m Missed) fields(f *objectFields) Happening {
	f.session("session", &m.Session, must)
	f.reason(&m.Reason, may)
	return unlessWritten(f, m)
}

func (Missed) describe() string { return "missed" }

func (m Missed) apply(e *edit) error {
	i, err := e.find("Session", m.Session)
	if err != nil {
		return err
	}
	s := &e.plan.slots[i]
	if s.took() {
		_, err := e.pending("Session", m.Session)
		return err
	}
	if err := m.begun(e, i); err != nil {
		return err
	}
	if s.state == StateMissed || s.state == StateCancelled {
		e.afterAll(m.Session, m.Session, notTaken)
	}
	s.state = StateMissed
	return nil
}

func (m Missed) check(e *edit) error {
	_, err := e.find("Session", m.Session)
	return err
}

func (Missed) know(*known) {}

// begun refuses to have missed what has not begun, or was never to: what was left out.
func (m Missed) begun(e *edit, i int) error {
	s := &e.plan.slots[i]
	if s.left {
		_, err := e.pending("Session", m.Session)
		return err
	}
	if e.begins(s) > e.entry.AsOf.Unix() {
		return e.refuse(ErrFuture, "Session", m.Session.String(), "want a session that can have been missed: session "+strconv.Itoa(i+1)+
			" is on "+dayText(civil.Date(s.day))+" "+clockText(s.start)+", the as-of is "+e.asOfText())
	}
	return nil
}

// A Canceller says who cancelled a session. The zero Canceller is invalid.
type Canceller uint8

// Who can cancel.
const (
	ByPatient  Canceller = iota + 1
	ByProvider           // whoever treats the patient cannot
	ByClinic             // the clinic cannot: a closure, a machine
	ByClinical           // for a clinical reason
)

// String returns "patient", "provider", "clinic" or "clinical".
func (c Canceller) String() string {
	switch c {
	case ByPatient:
		return "patient"
	case ByProvider:
		return "provider"
	case ByClinic:
		return "clinic"
	case ByClinical:
		return "clinical"
	default:
		return "%!Canceller(" + strconv.Itoa(int(c)) + ")"
	}
}

// ParseCanceller reads what [Canceller.String] writes. Anything else is a
// [*ParseError].
func ParseCanceller(s string) (Canceller, error) {
	return parseNamed("canceller", s, ByPatient, ByClinical)
}

// MarshalText returns what [Canceller.String] returns. The error is a
// [*ParseError] for a value that is none of them.
func (c Canceller) MarshalText() ([]byte, error) { return marshalNamed(c, ParseCanceller) }

// UnmarshalText reads what [ParseCanceller] reads.
func (c *Canceller) UnmarshalText(text []byte) error { return unmarshalText(c, text, ParseCanceller) }

// Cancelled says that a session will not take place, and with Rest that none
// after it will.
type Cancelled struct {
	Session ID
	// By is required.
	By Canceller
	// Reason is shown to people. It may be empty.
	Reason string
	// Rest cancels every session after it too: the treatment ends.
	Rest bool
}

func (Cancelled) kind() string { return "cancelled" }

func (c Cancelled) fields(f *objectFields) Happening {
	f.session("session", &c.Session, must)
	oneOf(f, "by", &c.By, ParseCanceller)
	f.reason(&c.Reason, may)
	f.flag("rest", &c.Rest)
	return unlessWritten(f, c)
}

func (c Cancelled) describe() string {
	text := "cancelled"
	if c.Rest {
		text += " with every session after it"
	}
	if c.By == ByClinical {
		return text + " for a clinical reason"
	}
	return text + " by the " + c.By.String()
}

func (c Cancelled) apply(e *edit) error {
	if c.By < ByPatient || c.By > ByClinical {
		return e.refuse(ErrEvent, "By", "", "want who cancelled it: the patient, the provider, the clinic, or a clinical reason")
	}
	i, err := e.find("Session", c.Session)
	if err != nil {
		return err
	}
	if e.plan.slots[i].state != StateHeld {
		if _, err := e.pending("Session", c.Session); err != nil {
			return err
		}
	}
	e.plan.slots[i].state = StateCancelled
	if c.Rest {
		e.cancelFrom(i + 1)
	}
	return nil
}

// cancelFrom cancels every session from a position on that has not been settled.
func (e *edit) cancelFrom(i int) {
	for ; i < len(e.plan.slots); i++ {
		if s := &e.plan.slots[i]; s.pending() || s.state == StateHeld {
			s.state = StateCancelled
		}
	}
}

// Moved gives a session another date, or another time. Every rule of the plan
// holds: the clinic is open, the day suits, the gaps are kept. No other session
// moves. A date outside the window is somebody's decision: it needs a reason and who
// decided, and is found as [DecidedOutside].
type Moved struct {
	Session ID
	Date    date.Date
	// Start is when the visit begins; zero chooses the start as [Build] does.
	Start clinic.TimeOfDay
	// Reason is shown to people, and Who says who decided. Both may be empty where the
	// date is in the session's window.
	Reason, Who string
}

func (Moved) kind() string { return "moved" }

func (m Moved) fields(f *objectFields) Happening {
	f.session("session", &m.Session, must)
	f.date("date", &m.Date, must)
	f.clock("start", &m.Start)
	f.reason(&m.Reason, may)
	f.text("who", &m.Who, may)
	return unlessWritten(f, m)
}

func (m Moved) describe() string {
	return "moved to" + strings.TrimPrefix(onDay(m.Date, m.Start), " on")
}

func (m Moved) apply(e *edit) error {
	i, err := e.pending("Session", m.Session)
	if err != nil {
		return err
	}
	if err := e.coming("Date", m.Date); err != nil {
		return err
	}
	s, day := &e.plan.slots[i], civil.Day(m.Date)
	if (day < s.Earliest || day > s.Latest) && (m.Reason == "" || m.Who == "") {
		return e.refuse(ErrNoDay, "Date", civil.Format(m.Date), "want a day in the window of session "+strconv.Itoa(i+1)+", "+s.window()+
			", or a reason and who decided for one outside it")
	}
	if err := e.fits(i, day, m.Start); err != nil {
		return err
	}
	if s.day, s.fixed = day, day; s.agreed != day {
		s.agreed = 0
	}
	e.sort()
	return nil
}

// fits sets the times of a session on a day, or says why the day will not do:
// closed, too short, unsuitable or too close to the sessions beside it.
func (e *edit) fits(i int, day int32, start clinic.TimeOfDay) error {
	p := e.plan
	s := &p.slots[i]
	calendar := e.calendar()
	if start.Minutes() == civil.MinutesPerDay {
		return e.refuse(ErrEvent, "Start", start.String(), "want a time before 24:00")
	}
	if !start.IsZero() && e.passed(day, start) {
		return e.refuse(ErrOrder, "Start", start.String(), "want a time that is not before the as-of one, "+e.asOfText())
	}
	placer := p.placer(p.slots[i : i+1])
	value := civil.Format(civil.Date(day))
	placer.placement.Slots[0].Fixed = 0
	reason := placer.placement.Refusal(&placer.placement.Slots[0], day)
	if err := calendarError(calendar); err != nil {
		return e.refuse(err, "Date", value, err.Error())
	}
	if reason != 0 {
		_, why := placer.why(0, day, reason, -1, 0)
		return e.refuse(ErrNoDay, "Date", value, "want another day: "+why)
	}
	for j := range p.slots {
		if other := &p.slots[j]; j != i && other.keepsApart() {
			if j < i && other.day >= day || j > i && other.day <= day {
				return e.refuse(ErrNoDay, "Date", value, "want a day that keeps the order of the sessions: session "+strconv.Itoa(e.numberOf(j))+" is on "+
					dayText(civil.Date(other.day)))
			}
			if gap, near := p.tooNear(s, day, other); near {
				return e.refuse(ErrNoDay, "Date", value, "want a day at least "+plural(gap, "day")+" from session "+strconv.Itoa(e.numberOf(j))+" on "+
					dayText(civil.Date(other.day)))
			}
		}
	}
	on := *s
	on.day = day
	from, to := p.timesAfter(&on, p.need(int(s.Minutes)), p.slots[:i], p.slots[i+1:])
	if !start.IsZero() {
		var ok bool
		from = start.Minutes()
		if to, ok = calendar.At(civil.Date(day), int(s.Minutes), from); !ok {
			return e.refuse(ErrNoDay, "Start", start.String(), "want a time at which an opening of the clinic holds "+plural(int(s.Minutes), "minute")+" on "+
				dayText(civil.Date(day)))
		}
	}
	s.start, s.end = int16(from), int16(to)
	return nil
}

// numberOf returns the number that the session at a position has in the plan as it is
// before the event: what the event adds has none there.
func (e *edit) numberOf(i int) int {
	if at, known := e.before(e.plan.slots[i].serial); known {
		return at + 1
	}
	return i + 1
}

// passed reports whether a time of a day is before the as-of.
func (e *edit) passed(day int32, t clinic.TimeOfDay) bool {
	at, _ := civil.NewZone(e.plan.zone).Resolve(civil.Date(day), t.Minutes())
	return at < e.plan.now()
}
