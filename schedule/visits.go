package schedule

import (
	"cmp"
	"crypto/sha256"
	"iter"
	"slices"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A VisitRole says what another visit than a session belongs to. The zero
// VisitRole is invalid.
type VisitRole uint8

// The roles.
const (
	RoleCompanion VisitRole = iota + 1 // accompanies a session
	RoleFollowUp                       // follows the last session
)

// String returns "companion" or "follow-up".
func (r VisitRole) String() string {
	switch r {
	case RoleCompanion:
		return "companion"
	case RoleFollowUp:
		return "follow-up"
	default:
		return "%!VisitRole(" + strconv.Itoa(int(r)) + ")"
	}
}

// ParseVisitRole reads what [VisitRole.String] writes. Anything else is a
// [*ParseError].
func ParseVisitRole(s string) (VisitRole, error) {
	return parseNamed("role of a visit", s, RoleCompanion, RoleFollowUp)
}

// MarshalText returns what [VisitRole.String] returns. The error is a
// [*ParseError] for a value that is no role.
func (r VisitRole) MarshalText() ([]byte, error) { return marshalNamed(r, ParseVisitRole) }

// UnmarshalText reads what [ParseVisitRole] reads.
func (r *VisitRole) UnmarshalText(text []byte) error { return unmarshalText(r, text, ParseVisitRole) }

// An OtherVisit is a companion of a session, or a follow-up of the last one. It gives
// no drug and is no session: gaps and counts do not concern it.
type OtherVisit struct {
	// ID names the visit for as long as its plan lives.
	ID ID
	// Name is the protocol's, and Kind what that says the visit is for, zero where
	// it says nothing.
	Name string
	Kind protocol.VisitKind
	// Role says whether it accompanies a session or follows the last one.
	Role VisitRole
	// Session is the number of the session that the visit belongs to, counted
	// from 1, and SessionID its id.
	Session   int
	SessionID ID
	// Day is the day of a follow-up in the protocol, counted from the last session.
	// It is 0 for a companion.
	Day int
	// Target is the day that is asked for; Earliest and Latest are the window,
	// both included.
	Target, Earliest, Latest date.Date
	// Date is the day of the visit, zero where its window has no possible one.
	Date date.Date
	// Start and End are times on the clinic's clock, and EndDate the day of End:
	// Date, or the day after where the visit lasts past midnight.
	Start, End clinic.TimeOfDay
	EndDate    date.Date
	// State is [StateGiven] or [StateMissed] in the plan of a [Record]. Otherwise it
	// is that of the session, [StatePlanned] or [StateProvisional], where it
	// is to come, [StatePlanned] after a session that was given, and
	// [StateCancelled] where the session that the visit belonged to no longer
	// takes place or asks for it on another day.
	State State
	// Lost says in words why the day or the time of a visit to come no longer holds, as
	// [Session.Lost] does, "" where it does. The visit keeps its day until somebody
	// decides.
	Lost string
	// Revision is how often the date, time or state has changed, whether it was lost,
	// and the target while there is no date. It is 0 for a visit that never had a date.
	Revision int

	serial uint32 // of the session
	// by and told are as in a slot.
	by   int32
	told *told
}

// Placed reports whether the visit has a date.
func (v OtherVisit) Placed() bool { return v.Date != 0 }

// OtherVisits returns the companions of the sessions and the follow-ups, by the date
// they have or would have, and then by name. A companion is on the possible day
// nearest to its session, a follow-up on the one nearest to its target, of two
// that are as near on the later. On the day of a session a visit starts after it.
func (p *Plan) OtherVisits() iter.Seq[OtherVisit] {
	return func(yield func(OtherVisit) bool) {
		for _, v := range p.visits {
			if v.Lost = p.visitLost(&v); !yield(v) {
				return
			}
		}
	}
}

// plannedVisit is what a companion or a follow-up asks for.
type plannedVisit struct {
	name                     string
	role                     VisitRole
	day                      int // of a follow-up
	visit                    protocol.Visit
	session                  int // position
	target, earliest, latest int32
}

// accompany places the companions and the follow-ups.
func (p *Plan) accompany() error {
	lastPlaced := -1
	for i := range p.slots {
		s := &p.slots[i]
		if !s.takesPlace() {
			continue
		}
		lastPlaced = i
		for _, c := range p.phases[s.Phase].Companions {
			// The day nearest to the session is the target.
			nearest := min(max(0, c.From), c.To)
			p.placeVisit(plannedVisit{
				name: c.Name, role: RoleCompanion, visit: c.Visit, session: i,
				target: s.day + int32(nearest), earliest: s.day + int32(c.From), latest: s.day + int32(c.To),
			})
		}
	}
	if lastPlaced >= 0 && !p.protocol.Cadence().Endless() {
		for _, f := range p.followUps {
			for _, day := range f.Days {
				target := p.slots[lastPlaced].day + int32(day)
				p.placeVisit(plannedVisit{
					name: f.Name, role: RoleFollowUp, day: day, visit: f.Visit, session: lastPlaced,
					target: target, earliest: target - int32(f.Window.Before), latest: target + int32(f.Window.After),
				})
			}
		}
	}
	p.sortVisits()
	return calendarError(p.calendar)
}

func (p *Plan) sortVisits() {
	slices.SortStableFunc(p.visits, func(a, b OtherVisit) int {
		return cmp.Or(cmp.Compare(a.when(), b.when()), cmp.Compare(a.Name, b.Name))
	})
}

// accompany places the companions and the follow-ups again. Those that are past
// stay as they were; those that nothing asks for any more stay as cancelled.
func (e *edit) accompany() error {
	p := e.plan
	if len(e.old.visits) == 0 && !p.accompanied {
		return nil
	}
	e.calendar()
	p.visits = nil
	if err := p.accompany(); err != nil {
		return e.refuse(err, "plan", "", err.Error())
	}
	now := make(map[ID]int, len(p.visits))
	for i := range p.visits {
		now[p.visits[i].ID] = i
	}
	session := make(map[uint32]int, len(p.slots))
	for i := range p.slots {
		session[p.slots[i].serial] = i + 1
	}
	for _, was := range e.old.visits {
		was.Session = session[was.serial]
		i, asked := now[was.ID]
		past := was.Placed() && was.State != StateCancelled && e.begun(&was)
		switch {
		case past && asked:
			lost := e.old.visitLost(&was)
			if was.State, p.visits[i].State = p.visits[i].State, was.State; was.State != p.visits[i].State || (p.visitLost(&was) == "") != (lost == "") {
				was.Revision++
			}
			p.visits[i] = was
		case asked:
			v := &p.visits[i]
			if p.stays(&was, v) {
				v.Date, v.Start, v.End, v.EndDate = was.Date, was.Start, was.End, was.EndDate
			}
			v.Revision = was.Revision
			changed := v.Date != was.Date || v.Start != was.Start || v.End != was.End || v.State != was.State ||
				(p.visitLost(v) == "") != (e.old.visitLost(&was) == "")
			if !v.Placed() && !was.Placed() {
				changed = was.Revision > 0 && v.Target != was.Target
			}
			if changed {
				v.Revision++
			}
		case past || was.State == StateCancelled:
			p.visits = append(p.visits, was)
		case was.Placed() || was.Revision > 0: // it may be in calendars
			was.State = StateCancelled
			was.Revision++
			p.visits = append(p.visits, was)
		}
	}
	e.keepTold()
	p.sortVisits()
	return nil
}

// stays reports whether a visit keeps its day and time as it is asked for now, even
// where the day is lost: nothing that it counts from has moved, and no session of its
// day ends after it begins.
func (p *Plan) stays(was, now *OtherVisit) bool {
	if !was.Placed() || was.State == StateCancelled || was.Target != now.Target || was.Earliest != now.Earliest || was.Latest != now.Latest {
		return false
	}
	ends, found := p.sessionEnds(civil.Day(was.Date))
	begins, _ := civil.NewZone(p.zone).Resolve(was.Date, was.Start.Minutes())
	return !found || ends <= begins
}

// sessionEnds returns the instant at which the session that a day may have ends, and
// false where it has none.
func (p *Plan) sessionEnds(day int32) (ends int64, found bool) {
	i, found := slices.BinarySearchFunc(p.byDay, day, func(i int, day int32) int { return cmp.Compare(p.slots[i].day, day) })
	if found {
		ends, _ = civil.NewZone(p.zone).Resolve(civil.Date(day), int(p.slots[p.byDay[i]].end))
	}
	return ends, found
}

// begun reports whether a visit with a date began before the as-of.
func (e *edit) begun(v *OtherVisit) bool {
	if v.Start.IsZero() {
		return civil.Day(v.Date) < e.today
	}
	return e.passed(civil.Day(v.Date), v.Start)
}

// keepTold keeps what was said of each visit before.
func (e *edit) keepTold() {
	before := make(map[ID]told, len(e.old.visits))
	for i := range e.old.visits {
		before[e.old.visits[i].ID] = e.old.saidOf(&e.old.visits[i])
	}
	by := int32(e.old.journal.len() + 1)
	for i := range e.plan.visits {
		v := &e.plan.visits[i]
		was, known := before[v.ID]
		now := e.plan.saidOf(v)
		switch {
		case !known:
			v.by, v.told = by, nil
		case now.same(&was):
			v.by, v.told = was.by, was.before
		default:
			v.by, v.told = by, &was
		}
	}
}

// end returns the minute at which a visit ends, counted from 00:00 of its date.
func (v *OtherVisit) end() int {
	return v.End.Minutes() + civil.Days(v.Date, v.EndDate)*civil.MinutesPerDay
}

// when returns the date of a visit, or its target where it has none.
func (v OtherVisit) when() date.Date {
	if v.Placed() {
		return v.Date
	}
	return v.Target
}

func (p *Plan) placeVisit(v plannedVisit) {
	state := StatePlanned
	if p.state(v.session) == StateProvisional {
		state = StateProvisional
	}
	placed := OtherVisit{
		Name: v.name, Kind: v.visit.Kind, Role: v.role, Session: v.session + 1, SessionID: p.id(v.session), Day: v.day,
		State: state, serial: p.slots[v.session].serial,
		Target: civil.Date(v.target), Earliest: civil.Date(v.earliest), Latest: civil.Date(v.latest),
	}
	minutes := int(v.visit.LengthOf(1) / time.Minute)
	best := int32(-1)
	for day := max(v.earliest, civil.Day(p.start)); day <= v.latest && civil.InRange(civil.Date(day)); day++ {
		start, end, ok := p.timesBeside(day, minutes)
		if !ok || !p.patient.suitsDay(civil.Date(day)) {
			continue
		}
		if distance := max(day-v.target, v.target-day); best < 0 || distance <= best {
			best = distance
			placed.Date = civil.Date(day)
			placed.Start, placed.End = timeOf(int16(start)), timeOf(int16(end))
			placed.EndDate = endDate(placed.Date, int16(end))
		}
	}
	placed.ID = visitID(p.key, v.role, v.name, int(placed.serial), int(v.target-p.slots[v.session].day))
	p.visits = append(p.visits, placed)
}

// timesBeside returns the times of a visit on a day, after the session that the
// day may have.
func (p *Plan) timesBeside(day int32, minutes int) (start, end int, ok bool) {
	need := p.need(minutes)
	if ends, found := p.sessionEnds(day); found {
		need.NotBefore = max(need.NotBefore, ends)
	}
	return p.calendar.Times(civil.Date(day), need)
}

// visitID derives the id of a visit from what it is, so that it stays when dates
// move. The prefixes keep it apart from the ids of sessions.
func visitID(key Key, role VisitRole, name string, serial, offset int) ID {
	prefix := "regimen/companion/1\x00"
	if role == RoleFollowUp {
		prefix = "regimen/follow-up/1\x00"
	}
	text := append(append([]byte(prefix), key[:]...), 0)
	text = append(text, byte(serial>>8), byte(serial), byte(offset>>8), byte(offset))
	sum := sha256.Sum256(append(text, name...))
	return ID{hash: [10]byte(sum[:10])}
}
