package schedule

import (
	"errors"
	"fmt"
	"slices"
)

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

// Moved reports whether the date or the time differs: also where there is none before
// or after.
func (c Change) Moved() bool {
	return c.both() && (c.Before.Date != c.After.Date || c.Before.Start != c.After.Start || c.Before.End != c.After.End || c.Before.EndDate != c.After.EndDate)
}

// Undated reports whether the session had a date and has none any more, and Dated
// whether it had none and has one.
func (c Change) Undated() bool { return c.both() && c.Before.Date != 0 && c.After.Date == 0 }

// Dated reports whether the session had no date and has one.
func (c Change) Dated() bool { return c.both() && c.Before.Date == 0 && c.After.Date != 0 }

// Redosed reports whether the dose differs.
func (c Change) Redosed() bool { return c.both() && c.Before.Amount != c.After.Amount }

// Restated reports whether the state differs.
func (c Change) Restated() bool { return c.both() && c.Before.State != c.After.State }

// Retargeted reports whether the phase, the target or the window differs.
func (c Change) Retargeted() bool {
	return c.both() && (c.Before.Phase != c.After.Phase || c.Before.Target != c.After.Target || c.Before.Earliest != c.After.Earliest ||
		c.Before.Latest != c.After.Latest)
}

// Lost reports whether the day or the time held and does no longer.
func (c Change) Lost() bool { return c.both() && c.Before.Lost == "" && c.After.Lost != "" }

// Found reports whether the day or the time was lost and is no longer.
func (c Change) Found() bool { return c.both() && c.Before.Lost != "" && c.After.Lost == "" }

// Quiet reports whether nothing differs but the revision, which nobody has to be told
// of but calendars.
func (c Change) Quiet() bool {
	c.Before.Revision = c.After.Revision
	return c.both() && c.Before == c.After
}

func (c Change) both() bool { return !c.Added() && !c.Removed() }

// A VisitChange is what a [Diff] says of a companion or a follow-up.
type VisitChange struct {
	// Before and After are the visit in the two plans; one of them is zero where only
	// the other plan has it.
	Before, After OtherVisit
}

// Added reports whether only the new plan has the visit.
func (c VisitChange) Added() bool { return c.Before.ID.IsZero() }

// Removed reports whether only the old plan has the visit.
func (c VisitChange) Removed() bool { return c.After.ID.IsZero() }

// A CheckpointChange is what a [Diff] says of a checkpoint.
type CheckpointChange struct {
	// Before and After are the checkpoint in the two plans; one of them is zero where
	// only the other plan has it.
	Before, After CheckpointSnapshot
}

// A Treatment is what a plan says of the treatment as a whole at one time. Treatments
// are comparable with ==.
type Treatment struct {
	Standing Standing
	// Of is how many sessions the plan has, 0 where the cadence has no end.
	Of int
	// Protocol is the digest of the protocol that holds, and Versions how many have held
	// so far.
	Protocol string
	Versions int
}

// treatment returns what the plan says of the treatment as a whole.
func (p *Plan) treatment() Treatment {
	t := Treatment{Standing: p.Standing(), Of: len(p.slots), Protocol: p.protocol.Digest().String(), Versions: len(p.tenures)}
	if p.protocol.Cadence().Endless() {
		t.Of = 0
	}
	return t
}

// A Diff is how one plan differs from another in what it shows to people and their
// calendars. The zero Diff says that they do not.
type Diff struct {
	// Changes are the sessions that differ, in the order of the new plan, those
	// that only the old one has at the end.
	Changes []Change
	// Visits are the companions and follow-ups that differ, and Checkpoints the
	// checkpoints, in the same order.
	Visits      []VisitChange
	Checkpoints []CheckpointChange
	// Before and After are what the two plans say of the treatment as a whole, both zero
	// where that is the same.
	Before, After Treatment
	// Events are those that make the new plan out of the old one, where its
	// history goes on from that of the old one; otherwise there are none.
	Events []Entry
}

// Diff returns how another plan differs from this one.
func (p *Plan) Diff(other *Plan) Diff {
	var d Diff
	d.sessions(p, other)
	d.visits(p, other)
	d.checkpoints(p, other)
	if was, now := p.treatment(), other.treatment(); was != now {
		d.Before, d.After = was, now
	}
	if p.follows(other) {
		d.Events = other.journal.since(p.journal.len())
	}
	return d
}

// sessions compares the sessions.
func (d *Diff) sessions(p, other *Plan) {
	type pair struct{ at, in int } // the positions in the two plans, -1 for none
	var pairs []pair
	before, same := p.positions(other), p.sameSessions(other)
	for i := range other.slots {
		serial := other.slots[i].serial
		at := int(before[serial]) - 1
		if before[serial] = 0; at != i || !same(i) {
			pairs = append(pairs, pair{at, i})
		}
	}
	for i := range p.slots {
		if before[p.slots[i].serial] > 0 || p.request.Key != other.request.Key {
			pairs = append(pairs, pair{i, -1})
		}
	}
	if len(pairs) == 0 {
		return
	}
	d.Changes = make([]Change, 0, len(pairs)) // a change is large, and most of these are some
	var sheets worksheets
	for _, c := range pairs {
		was, now := Session{p, c.at}, Session{other, c.in}
		switch {
		case c.at < 0:
			d.Changes = append(d.Changes, Change{After: now.snapshot(&sheets)})
		case c.in < 0:
			d.Changes = append(d.Changes, Change{Before: was.snapshot(&sheets)})
		default:
			if was, now := was.unnamed(&sheets), now.unnamed(&sheets); was != now {
				was.ID = other.id(c.in)
				now.ID = was.ID
				d.Changes = append(d.Changes, Change{was, now})
			}
		}
	}
	if len(d.Changes) == 0 {
		d.Changes = nil
	}
}

// positions returns, by serial, the positions from 1 of the sessions that another plan
// may have too: those of plans with one key. Such plans are compared without their ids,
// which follow from key and serial.
func (p *Plan) positions(other *Plan) []int32 {
	at := make([]int32, max(p.serials, other.serials)+1)
	if p.request.Key == other.request.Key {
		for i := range p.slots {
			at[p.slots[i].serial] = int32(i + 1)
		}
	}
	return at
}

// sameSessions returns a function that reports whether the session at a position is the
// same in two plans without a look at everything that they say of it, which is right
// where it says so.
func (p *Plan) sameSessions(other *Plan) func(i int) bool {
	if p.recorded() || other.recorded() || p.protocol != other.protocol || len(p.tenures) != len(other.tenures) || !p.journal.shares(other.journal) {
		return func(int) bool { return false }
	}
	return func(i int) bool {
		phase := &p.phases[p.slots[i].Phase]
		return p.slots[i] == other.slots[i] && oneLevel(phase) && p.state(i) == other.state(i) && p.lost(i) == other.lost(i) &&
			(len(phase.Beside) == 0 || !p.slots[i].toCome()) && p.sameGiven(other, i)
	}
}

// sameGiven reports whether what was given at a session, which stands at one position in
// both plans, is the same: a correction changes it there. Medicines beside the drug that are
// to come depend on weighings and on what was given at other sessions.
func (p *Plan) sameGiven(other *Plan, i int) bool {
	at := p.slots[i].given
	if at == 0 {
		return true
	}
	a, b := &p.given[at-1], &other.given[at-1]
	return a == b || a.Dose == b.Dose && slices.Equal(a.Parts, b.Parts) && slices.Equal(a.Beside, b.Beside)
}

// visits compares the companions and follow-ups.
func (d *Diff) visits(p, other *Plan) {
	before := map[ID]OtherVisit{}
	for v := range p.OtherVisits() {
		before[v.ID] = v.shown()
	}
	for v := range other.OtherVisits() {
		was, known := before[v.ID]
		delete(before, v.ID)
		if now := v.shown(); !known || !was.same(&now) {
			d.Visits = append(d.Visits, VisitChange{was, now})
		}
	}
	for v := range p.OtherVisits() {
		if was, left := before[v.ID]; left {
			d.Visits = append(d.Visits, VisitChange{Before: was})
		}
	}
}

// checkpoints compares the checkpoints.
func (d *Diff) checkpoints(p, other *Plan) {
	type key struct {
		gate string
		id   ID
	}
	before := map[key]CheckpointSnapshot{}
	for c := range p.Checkpoints() {
		before[key{c.Gate.Name, c.SessionID}] = c.Snapshot()
	}
	for c := range other.Checkpoints() {
		at := key{c.Gate.Name, c.SessionID}
		if was, now := before[at], c.Snapshot(); was != now {
			d.Checkpoints = append(d.Checkpoints, CheckpointChange{was, now})
		}
		delete(before, at)
	}
	for c := range p.Checkpoints() {
		if was, left := before[key{c.Gate.Name, c.SessionID}]; left {
			d.Checkpoints = append(d.Checkpoints, CheckpointChange{Before: was})
		}
	}
}

// follows reports whether the history of another plan begins with that of this
// one.
func (p *Plan) follows(other *Plan) bool {
	if p.recorded() || other.recorded() || p.request.Key != other.request.Key || p.built.Protocol.Digest() != other.built.Protocol.Digest() || other.journal.len() < p.journal.len() {
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

// Empty reports whether nothing differs: calendars, pages, texts and tables of the two
// plans are then the same but for the as-of, and what follows from that alone, such as
// which visit is the next.
func (d Diff) Empty() bool {
	return len(d.Changes) == 0 && len(d.Visits) == 0 && len(d.Checkpoints) == 0 && d.Before == d.After
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
