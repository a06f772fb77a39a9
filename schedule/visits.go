package schedule

import (
	"cmp"
	"crypto/sha256"
	"iter"
	"slices"
	"strconv"

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
	RoleCompanion  VisitRole = iota + 1 // accompanies a session
	RoleFollowUp                        // follows the last session
	RoleMonitoring                      // has a cadence of its own
)

// String returns "companion", "follow-up" or "monitoring".
func (r VisitRole) String() string {
	switch r {
	case RoleCompanion:
		return "companion"
	case RoleFollowUp:
		return "follow-up"
	case RoleMonitoring:
		return "monitoring"
	default:
		return "%!VisitRole(" + strconv.Itoa(int(r)) + ")"
	}
}

// ParseVisitRole reads what [VisitRole.String] writes. Anything else is a
// [*ParseError].
func ParseVisitRole(s string) (VisitRole, error) {
	return parseNamed("role of a visit", s, RoleCompanion, RoleMonitoring)
}

// MarshalText returns what [VisitRole.String] returns. The error is a
// [*ParseError] for a value that is no role.
func (r VisitRole) MarshalText() ([]byte, error) { return marshalNamed(r, ParseVisitRole) }

// UnmarshalText reads what [ParseVisitRole] reads.
func (r *VisitRole) UnmarshalText(text []byte) error { return unmarshalText(r, text, ParseVisitRole) }

// An OtherVisit is a companion of a session, a follow-up of the last one, or a visit of a
// monitoring. It gives no drug and is no session: gaps and counts do not concern it.
type OtherVisit struct {
	// ID names the visit for as long as its plan lives.
	ID ID
	// Name is the protocol's, and Kind what that says the visit is for, zero where
	// it says nothing.
	Name string
	Kind protocol.VisitKind
	// Role says whether it accompanies a session, follows the last one, or has a
	// cadence of its own.
	Role VisitRole
	// Session is the number of the session that the visit belongs to, counted
	// from 1, and SessionID its id. Both are zero for a monitoring.
	Session   int
	SessionID ID
	// Day is the day of a follow-up in the protocol, counted from the last session.
	// It is 0 for any other.
	Day int
	// Number is that of a visit of a monitoring, counted from 1, and 0 for any other.
	// Elsewhere says where it takes place if not at the clinic: then it has no time
	// before it took place.
	Number    int
	Elsewhere string
	// Target is the day that is asked for; Earliest and Latest are the window,
	// both included.
	Target, Earliest, Latest date.Date
	// Date is the day of the visit, zero where its window has no possible one.
	Date date.Date
	// Start and End are times on the clinic's clock, and EndDate the day of End:
	// Date, or the day after where the visit lasts past midnight.
	Start, End clinic.TimeOfDay
	EndDate    date.Date
	// State is [StateDone] once it took place and [StateMissed] where it did not. One
	// to come has the state of its session: [StatePlanned], also after that was given,
	// [StateProvisional] or [StateHeld]. Follow-ups are held while any session to come
	// is, and provisional while any is. It is [StateCancelled] where the session that
	// the visit belongs to does not take place or is not the last any more.
	State State
	// Lost says in words why the day or the time of a visit to come no longer holds, as
	// [Session.Lost] does, or that a session is at that time; "" where it holds. The
	// visit keeps its day until somebody decides.
	Lost string
	// NotDone are the tasks that were not done at a visit that took place, and Reason
	// why, or why it was missed.
	NotDone []string
	Reason  string
	// Result and Verdict are what somebody said of the result of a visit of a monitoring
	// that took place: "" and zero where nobody did.
	Result  string
	Verdict Verdict
	// Revision is how often the date, the time, the state or being lost has changed, and
	// the target while there is no date. It is 0 for a visit that never had a date.
	Revision int

	serial  uint32 // of the session
	minutes uint16 // that it is planned to take
	// unasked reports that nothing asks for a visit of a record.
	unasked bool
	// decided is the number of the entry by which somebody chose its day, 0 where
	// nobody did.
	decided int32
	// by and told are as in a slot.
	by   int32
	told *told
}

// Placed reports whether the visit has a date.
func (v OtherVisit) Placed() bool { return v.Date != 0 }

// ahead reports whether the visit is to take place.
func (v *OtherVisit) ahead() bool { return v.State == StatePlanned || v.State == StateProvisional }

// settled reports whether somebody said what became of the visit.
func (v *OtherVisit) settled() bool { return v.State == StateDone || v.State == StateMissed }

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

// put gives the visit a day and times, minutes counted from 00:00 of it, -1 for one
// that is not known.
func (v *OtherVisit) put(d date.Date, start, end int) {
	v.Date, v.Start, v.End, v.EndDate = d, timeOf(int16(start)), timeOf(int16(end)), endDate(d, int16(end))
}

// OtherVisits returns the companions of the sessions and the follow-ups, by the date
// they have or would have, and then by name. Each was put on a day once its session
// had one: a companion on the possible day nearest to its session, a follow-up on the
// one nearest to its target, of two that are as near on the later; never in the past.
// On the day of a session a visit starts after it. It keeps its day until its session
// has another, or somebody moves it.
//
// Follow-ups count from the latest session that took place, is to or is held. While
// a cadence without end goes on there is no last one, and no follow-up.
//
// The visits of a monitoring are counted from day 1 of the treatment, or from the target of
// the first session of a phase, whatever becomes of the sessions since. They are put on
// days like sessions: the least sum of squared shifts and, among equals, the later days, no
// two of one monitoring on one day. At the clinic they come before the sessions of a day
// that need their result where the hours leave room for that, and after the others.
func (p *Plan) OtherVisits() iter.Seq[OtherVisit] {
	return func(yield func(OtherVisit) bool) {
		for i := range p.visits {
			if !yield(p.visit(i)) {
				return
			}
		}
	}
}

// OtherVisit returns the companion or follow-up with an id, and false where the plan
// has none.
func (p *Plan) OtherVisit(id ID) (OtherVisit, bool) {
	if i := p.visitAt(id); i >= 0 {
		return p.visit(i), true
	}
	return OtherVisit{}, false
}

// visit returns the visit at a position, with what follows from the plan.
func (p *Plan) visit(i int) OtherVisit {
	v := p.visits[i]
	v.Lost, v.NotDone = p.visitLost(&v), slices.Clone(v.NotDone)
	return v
}

// visitAt returns the position of the visit with an id, -1 for none.
func (p *Plan) visitAt(id ID) int {
	return slices.IndexFunc(p.visits, func(v OtherVisit) bool { return v.ID == id })
}

func sortVisits(visits []OtherVisit) {
	slices.SortStableFunc(visits, func(a, b OtherVisit) int {
		return cmp.Or(cmp.Compare(a.when(), b.when()), cmp.Compare(a.Name, b.Name))
	})
}

// visitID derives the id of a visit from what it is, so that it stays when dates
// move. The prefixes keep it apart from the ids of sessions.
func visitID(key Key, role VisitRole, name string, serial, offset int) ID {
	prefix := "regimen/" + role.String() + "/1\x00"
	text := append(append([]byte(prefix), key[:]...), 0)
	text = append(text, byte(serial>>8), byte(serial), byte(offset>>8), byte(offset))
	sum := sha256.Sum256(append(text, name...))
	return ID{hash: [10]byte(sum[:10])}
}
