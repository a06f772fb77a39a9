package schedule

import (
	"iter"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A Plan is the patient's calendar of sessions. It is immutable and safe to
// share between goroutines. [Build] makes one, [Plan.Apply] the next, and
// [ParsePlan] that of a file; the zero Plan is not valid.
//
// It consists of what it was made from, of the journal of what was recorded since,
// of the state that both come to, and of what follows from the state and is made
// again after every event. Nothing that follows from something else is state.
type Plan struct {
	*origin
	journal journal
	planState
	derived
}

// An origin is what a plan was made from. It never changes: all plans that events
// make of the first share it.
type origin struct {
	built     *Request // the request, nil in the plan of a record
	request   Request  // that cannot change any more
	start     date.Date
	zone      *time.Location
	grid      time.Duration // 0 in the plan of a record, whose times nobody chose
	shortWeek ShortWeek
	sex       dose.Sex
	plausible *dose.Plausibility
	earlier   []GivenBefore   // in the order of their dates
	weighed   chunk[Weighing] // the weighings of the request
	// builtBy is the number of the rules by which the plan was built. kept reports that
	// a file had the state of it: that of any other is what its journal comes to.
	builtBy int
	kept    bool
	// notices are what was noticed when the plan was read from a file.
	notices []notice
	// visitsNoted reports that the record, of which the plan is, says which visits beside
	// the sessions took place.
	visitsNoted bool
}

// A planState is what a plan's origin and journal come to. After every event:
//
//   - slots are in the order of their days, what is to come after everything that
//     was given; serials are unique, at most serials, and never used again;
//   - given has what was given, in the order in which it was recorded, and reached
//     the level that each counts as; a slot is given if and only if it says which;
//   - doses are never changed, and shared by slots and by plans; a slot that gives no
//     drug, or was left out before there was a dose, has none;
//   - weighings are in the order of their dates, and on one day as they were recorded;
//     the list shares those of the request;
//   - a slot, and a visit, says by which entry it is as it is, and holds what was
//     said of it before: entries decrease, and so do revisions, by one where what a
//     calendar shows changed and by none elsewhere.
type planState struct {
	protocol   *protocol.Protocol // that holds
	tenures    []tenure           // of the versions of the course
	asOf       time.Time
	known      // from facts
	slots      []slot
	visits     []OtherVisit
	serials    uint32 // how many sessions were ever planned
	given      []Given
	reached    []dose.Level // the levels that the doses given count as
	gave       []gave       // by which entries and in which sessions they were given
	doses      growing[plannedDose]
	chosen     []chosenDose
	decided    []decision
	accepted   list[Acceptance]
	appointees *appointee
	afterwards []afterAll
	// corrections are the numbers of the entries that are corrections, and words what
	// they say that holds.
	corrections []int32
	words       words
	unrestored  []unrestored
	once        *onceGiven // the last that was given until it was put right or withdrawn
	courses     *courseSetting
	carried     []course.Carried
	course      course.Course // of the protocols, the start, the last day and the wishes
}

// derived is what follows from a planState.
type derived struct {
	*rules              // of the protocols
	patient     patient // whom which days suit
	idsBySerial []ID    // from serial 1 on, as far as they were computed
	byDay       []int   // the sessions that have a date, in order
	undecided   int32   // the first session that a gate follows
	lastDosed   int32   // the last day of a session at which anything was given
	over        map[overSum]*besideLimit
	// judged are the sessions whose dose has to be looked at: at all others the planned
	// one was given.
	judged []int
}

// rule makes again what follows from the protocols and the wishes.
func (p *Plan) rule() {
	p.rules = newRules(p.tenures, &p.course)
	p.patient = newPatient(&p.wishes)
}

// derive makes again what follows from the sessions.
func (p *Plan) derive() {
	p.byDay = p.daysTaken()
	p.noteShortcuts()
	p.addBeside()
}

// noteShortcuts notes what spares questions about the sessions a look at all of them.
func (p *Plan) noteShortcuts() {
	p.undecided, p.lastDosed, p.judged = int32(p.firstGate()), 0, p.toJudge()
	for i := range p.slots {
		if s := &p.slots[i]; s.dosed() {
			p.lastDosed = max(p.lastDosed, s.day)
		}
	}
}

// Protocol returns the protocol that holds: the one that the plan was built from
// or the last that was adopted or switched to since.
func (p *Plan) Protocol() *protocol.Protocol { return p.protocol }

// BuiltFrom returns the protocol that the plan was built from.
func (p *Plan) BuiltFrom() *protocol.Protocol {
	if p.recorded() {
		return p.protocol
	}
	return p.built.Protocol
}

// Start returns day 1 of the treatment that holds: that of the plan or, where it
// was switched to another protocol, the day on which that begins.
func (p *Plan) Start() date.Date { return civil.Date(p.course.Start) }

// FirstDay returns day 1 of the plan, whatever it was switched to since.
func (p *Plan) FirstDay() date.Date { return p.start }

// ShortWeek returns what was done about sessions without room.
func (p *Plan) ShortWeek() ShortWeek { return p.shortWeek }

// Until returns the last day of targets that holds, zero where none was asked for.
func (p *Plan) Until() date.Date { return civil.Date(p.course.Until) }

// Zone returns the clinic's time zone, nil for a zero Plan.
func (p *Plan) Zone() *time.Location {
	if p.origin == nil {
		return nil
	}
	return p.zone
}

// AsOf returns the instant as of which the plan is true: that of its last event, or
// that at which it was made.
func (p *Plan) AsOf() time.Time { return p.asOf }

// Len returns the number of sessions.
func (p *Plan) Len() int { return len(p.slots) }

// All returns the sessions in order with their positions from 0.
func (p *Plan) All() iter.Seq2[int, Session] {
	return func(yield func(int, Session) bool) {
		for i := range p.slots {
			if !yield(i, Session{p, i}) {
				return
			}
		}
	}
}

// At returns the session with a number, counted from 1, and false where the plan
// has none.
func (p *Plan) At(ordinal int) (Session, bool) {
	if ordinal < 1 || ordinal > len(p.slots) {
		return Session{}, false
	}
	return Session{p, ordinal - 1}, true
}

// Session returns the session with the id, and false where the plan has none.
func (p *Plan) Session(id ID) (Session, bool) {
	if i := p.named(id); i >= 0 {
		return Session{p, i}, true
	}
	return Session{}, false
}

// A Session is one dated visit of one patient: a view of its [Plan]. The zero
// Session belongs to no plan, and only IsZero may be called on it.
type Session struct {
	plan  *Plan
	index int
}

func (s Session) slot() *slot { return &s.plan.slots[s.index] }

// IsZero reports whether s belongs to no plan.
func (s Session) IsZero() bool { return s.plan == nil }

// ID returns the id, which stays whatever happens to the session.
func (s Session) ID() ID { return s.plan.id(s.index) }

// Ordinal returns the number of the session in its plan, counted from 1. It
// changes when an event puts another session before it; the id does not.
func (s Session) Ordinal() int { return s.index + 1 }

// Phase returns the name of the phase.
func (s Session) Phase() string { return s.plan.phases[s.slot().Phase].Name }

// Week returns the treatment week of the target: the seven days counted from
// the start of the session's treatment, the first being week 1: that of the plan, or
// the day on which its protocol was switched to. It is never the calendar week. A day
// before the start is in week 0 or before.
func (s Session) Week() int {
	slot := s.slot()
	return int(weekOf(slot.Target, s.plan.dayOne(slot.Phase))) + 1
}

// weekOf returns the number of the treatment week of a day, counted from 0 on day 1.
func weekOf(day, dayOne int32) int32 {
	if day < dayOne {
		return (day-dayOne+1)/7 - 1
	}
	return (day - dayOne) / 7
}

// Target returns the date that the protocol asks for.
func (s Session) Target() date.Date { return civil.Date(s.slot().Target) }

// Earliest returns the first day of the window.
func (s Session) Earliest() date.Date { return civil.Date(s.slot().Earliest) }

// Latest returns the last day of the window, which is included.
func (s Session) Latest() date.Date { return civil.Date(s.slot().Latest) }

// Placed reports whether the session has a date. One that was left out has none.
func (s Session) Placed() bool { return !s.slot().left }

// Date returns the day on which the session is to take place, zero where it was
// left out.
func (s Session) Date() date.Date {
	if !s.Placed() {
		return 0
	}
	return civil.Date(s.slot().day)
}

// ShiftDays returns the days from the target to the date: negative when the date is
// earlier, 0 where there is none.
func (s Session) ShiftDays() int {
	if !s.Placed() {
		return 0
	}
	return int(s.slot().day - s.slot().Target)
}

// Start returns the time on the clinic's clock at which the visit begins, zero
// where the session was left out.
func (s Session) Start() clinic.TimeOfDay { return s.time(s.slot().start) }

// End returns the time on the clinic's clock at which it ends: administration
// and observation, in real time, after its start. It ends on [Session.EndDate],
// at 24:00 if with the day.
func (s Session) End() clinic.TimeOfDay { return s.time(s.slot().end) }

// EndDate returns the day on which it ends: that of its start, or the day after
// where it lasts past midnight. It is zero where there is no date.
func (s Session) EndDate() date.Date {
	if !s.Placed() {
		return 0
	}
	return endDate(s.Date(), s.slot().end)
}

func (s Session) time(minute int16) clinic.TimeOfDay {
	if !s.Placed() {
		return clinic.TimeOfDay{}
	}
	return timeOf(minute)
}

// timeOf returns the reading of the clock at a minute counted from 00:00 of a day:
// none for -1, where no time is known, and 24:00 for 1440.
func timeOf(minute int16) clinic.TimeOfDay {
	if minute > civil.MinutesPerDay {
		minute = (minute-1)%civil.MinutesPerDay + 1
	}
	t, _ := clinic.NewTimeOfDay(int(minute))
	return t
}

// endDate returns the day of a minute counted from 00:00 of a day, 1440 being the
// end of that day itself.
func endDate(d date.Date, minute int16) date.Date {
	return civil.AddDays(d, max(0, int(minute)-1)/civil.MinutesPerDay)
}

// State returns what has become of the session.
func (s Session) State() State { return s.plan.state(s.index) }

func (p *Plan) state(index int) State {
	switch s := &p.slots[index]; {
	case s.state != 0:
		return s.state
	case s.left:
		return StateLeftOut
	case index > int(p.undecided):
		return StateProvisional
	default:
		return StatePlanned
	}
}

// Revision returns how often the date, time, length or state of the session has
// changed, and its target while it was left out: 0 in a new plan, and for a session
// that never had a date. A plan is of one place.
func (s Session) Revision() int { return int(s.slot().revision) }

// String returns the ordinal, the date, the start and the state unless it is
// planned, and the dose: what was given, or is planned where nothing was.
func (s Session) String() string {
	text := strconv.Itoa(s.Ordinal())
	if s.Placed() {
		text += " " + dayText(s.Date())
	}
	if start := s.Start(); !start.IsZero() {
		text += " " + start.String()
	}
	if state := s.State(); state != StatePlanned {
		text += " " + state.String()
	}
	if amount := s.Amount(); !amount.IsZero() {
		text += " " + amount.String()
	}
	return text
}

// Amount returns what was given at the session, or is planned where it was not
// given; zero where there is neither. [Session.Dose] has what was planned, and
// [Session.Given] all that was recorded.
func (s Session) Amount() dose.Mass {
	if at := s.slot().given; at > 0 {
		return s.plan.given[at-1].Dose
	}
	return s.ordered()
}
