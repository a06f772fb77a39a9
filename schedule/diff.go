package schedule

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A Snapshot is what a plan says of a session at one time. Snapshots are
// comparable with ==. The zero Snapshot is none.
type Snapshot struct {
	ID      ID
	Ordinal int
	Phase   string
	// Target, Earliest and Latest are the target and its window.
	Target, Earliest, Latest date.Date
	// Date, Start and End are zero where there are none.
	Date       date.Date
	Start, End clinic.TimeOfDay
	// Amount is what was given or is planned, zero where there is neither.
	Amount dose.Mass
	// Level is the level that is planned, zero where there is none.
	Level    dose.Level
	State    State
	Revision int
}

// Snapshot returns what the plan says of the session.
func (s Session) Snapshot() Snapshot {
	said := s.unnamed()
	said.ID = s.ID()
	return said
}

// unnamed returns what the plan says of the session but for its id.
func (s Session) unnamed() Snapshot {
	return Snapshot{
		Ordinal: s.Ordinal(), Phase: s.Phase(), Target: s.Target(), Earliest: s.Earliest(), Latest: s.Latest(),
		Date: s.Date(), Start: s.Start(), End: s.End(), Amount: s.Amount(), Level: s.Level(), State: s.State(), Revision: s.Revision(),
	}
}

// Snapshots returns what the plan says of its sessions, in order.
func (p *Plan) Snapshots() []Snapshot {
	list := make([]Snapshot, 0, len(p.slots))
	for _, s := range p.All() {
		list = append(list, s.Snapshot())
	}
	return list
}

// A Change is what a [Diff] says of one session.
type Change struct {
	// Before and After are the session in the two plans; one of them is zero
	// where only the other plan has it.
	Before, After Snapshot
}

// Added reports whether only the new plan has the session.
func (c Change) Added() bool { return c.Before.ID.IsZero() }

// Removed reports whether only the old plan has the session.
func (c Change) Removed() bool { return c.After.ID.IsZero() }

// Moved reports whether the date or the time differs.
func (c Change) Moved() bool {
	return c.both() && (c.Before.Date != c.After.Date || c.Before.Start != c.After.Start || c.Before.End != c.After.End)
}

// Redosed reports whether the dose differs.
func (c Change) Redosed() bool { return c.both() && c.Before.Amount != c.After.Amount }

// Restated reports whether the state differs.
func (c Change) Restated() bool { return c.both() && c.Before.State != c.After.State }

// Retargeted reports whether the phase, the target or the window differs.
func (c Change) Retargeted() bool {
	return c.both() && (c.Before.Phase != c.After.Phase || c.Before.Target != c.After.Target || c.Before.Earliest != c.After.Earliest ||
		c.Before.Latest != c.After.Latest)
}

// Quiet reports whether nothing differs but the number and the revision, which
// nobody has to be told of.
func (c Change) Quiet() bool {
	return c.both() && !c.Moved() && !c.Redosed() && !c.Restated() && !c.Retargeted()
}

func (c Change) both() bool { return !c.Added() && !c.Removed() }

// A Diff is how one plan differs from another. The zero Diff says that they do
// not.
type Diff struct {
	// Changes are the sessions that differ, in the order of the new plan, those
	// that only the old one has at the end.
	Changes []Change
	// Events are those that make the new plan out of the old one, where its
	// history goes on from that of the old one; otherwise there are none.
	Events []Entry
}

// Diff returns how another plan differs from this one.
func (p *Plan) Diff(other *Plan) Diff {
	var d Diff
	before := p.positions(other)
	for i, s := range other.All() {
		now, was := s.unnamed(), Snapshot{}
		at := before[s.slot().serial]
		if before[s.slot().serial] = 0; at > 0 {
			if was = (Session{p, int(at - 1)}).unnamed(); was == now {
				continue
			}
			was.ID = other.id(i)
		}
		now.ID = other.id(i)
		d.Changes = append(d.Changes, Change{was, now})
	}
	for _, s := range p.All() {
		if before[s.slot().serial] > 0 || p.key != other.key {
			d.Changes = append(d.Changes, Change{Before: s.Snapshot()})
		}
	}
	if p.follows(other) {
		d.Events = other.journal.since(p.journal.len())
	}
	return d
}

// positions returns, by serial, the positions from 1 of the sessions that another plan
// may have too: those of plans with one key. Such plans are compared without their ids,
// which follow from key and serial.
func (p *Plan) positions(other *Plan) []int32 {
	at := make([]int32, max(p.serials, other.serials)+1)
	if p.key == other.key {
		for i := range p.slots {
			at[p.slots[i].serial] = int32(i + 1)
		}
	}
	return at
}

// follows reports whether the history of another plan begins with that of this
// one.
func (p *Plan) follows(other *Plan) bool {
	if p.recorded() || other.recorded() || p.key != other.key || p.built.Protocol.Digest() != other.built.Protocol.Digest() || other.journal.len() < p.journal.len() {
		return false
	}
	if p.journal.shares(other.journal) {
		return true
	}
	theirs := other.journal.since(0)
	for i, a := range p.journal.all() {
		if b := theirs[i]; !a.AsOf.Equal(b.AsOf) || string(appendEvent(nil, a.Event)) != string(appendEvent(nil, b.Event)) {
			return false
		}
	}
	return true
}

// Empty reports whether nothing differs but numbers and revisions.
func (d Diff) Empty() bool {
	return !slices.ContainsFunc(d.Changes, func(c Change) bool { return !c.Quiet() })
}

// ErrDiff says that a [Diff] is not one of the plan it was to be applied to.
var ErrDiff = errors.New("the difference is not one from this plan")

// Patch returns what the new plan says of its sessions, from what the old one
// does. It returns [ErrDiff] where a session is not as the diff has it before.
func (d Diff) Patch(old []Snapshot) ([]Snapshot, error) {
	after := make(map[ID]Snapshot, len(old))
	for _, s := range old {
		after[s.ID] = s
	}
	for _, c := range d.Changes {
		if was := after[c.Before.ID]; c.Added() && after[c.After.ID] != (Snapshot{}) || !c.Added() && was != c.Before {
			id := c.Before.ID
			if c.Added() {
				id = c.After.ID
			}
			return nil, fmt.Errorf("session %s: %w", id, ErrDiff)
		}
		if c.Removed() {
			delete(after, c.Before.ID)
		} else {
			after[c.After.ID] = c.After
		}
	}
	list := make([]Snapshot, 0, len(after))
	for _, s := range after {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b Snapshot) int { return a.Ordinal - b.Ordinal })
	return list, nil
}

// Apply returns the new plan from the old one by applying the diff's events. It
// returns [ErrDiff] where the plan is not the old one, or where the new one does
// not follow from it.
func (d Diff) Apply(old *Plan) (*Plan, error) {
	want, err := d.Patch(old.Snapshots())
	if err != nil {
		return nil, err
	}
	plan, err := old.Replay(d.Events...)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(plan.Snapshots(), want) {
		return nil, fmt.Errorf("its events give another plan: %w", ErrDiff)
	}
	return plan, nil
}

// String returns the diff in one sentence.
func (d Diff) String() string {
	var added, removed, redosed int
	var later, earlier, retimed moves
	states := map[State]int{}
	for _, c := range d.Changes {
		switch {
		case c.Added():
			added++
			continue
		case c.Removed():
			removed++
			continue
		}
		if c.Redosed() {
			redosed++
		}
		if c.Restated() {
			states[c.After.State]++
		}
		switch shift := int(c.After.Date - c.Before.Date); {
		case !c.Moved() || c.Before.Date == 0 || c.After.Date == 0:
		case shift > 0:
			later.add(shift)
		case shift < 0:
			earlier.add(-shift)
		default:
			retimed.add(0)
		}
	}
	var parts []string
	part := func(n int, what string) {
		if n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+what)
		}
	}
	for state := StatePlanned; state <= StateLeftOut; state++ {
		part(states[state], state.String())
	}
	part(added, "added")
	part(removed, "removed")
	part(later.n, "moved "+later.String()+" later")
	part(earlier.n, "moved "+earlier.String()+" earlier")
	part(retimed.n, "moved to another time")
	part(redosed, "with another dose")
	if len(parts) == 0 {
		return "nothing changes"
	}
	return "sessions: " + strings.Join(parts, ", ")
}

// moves are the days that sessions move by.
type moves struct{ n, least, most int }

func (m *moves) add(days int) {
	if m.n == 0 || days < m.least {
		m.least = days
	}
	m.n, m.most = m.n+1, max(m.most, days)
}

func (m moves) String() string {
	if m.least == m.most {
		return plural(m.most, "day")
	}
	return strconv.Itoa(m.least) + " to " + plural(m.most, "day")
}
