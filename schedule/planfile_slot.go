package schedule

import (
	"slices"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/internal/document"
)

// How many entries, levels and doses the numbers of a state may be.
const maxEntries = 1<<31 - 1

// askedFields are what a cadence asks for once.
func askedFields(f *objectFields, s, base *course.Session) {
	if f.in == nil && *s == *base {
		return // nothing of it is written
	}
	intOr(f, "phase", &s.Phase, base.Phase, 0, 1<<16-1)
	intOr(f, "number", &s.Number, base.Number, 0, 1<<16-1)
	dayOr(f, "target", &s.Target, base.Target)
	// The window may end after the last day that there are dates of.
	early, late := s.Target-s.Earliest, s.Latest-s.Target
	intOr(f, "daysBefore", &early, base.Target-base.Earliest, -maxDays, maxDays)
	intOr(f, "daysAfter", &late, base.Latest-base.Target, -maxDays, maxDays)
	if f.in != nil {
		s.Earliest, s.Latest = s.Target-early, s.Target+late
	}
	intOr(f, "minutes", &s.Minutes, base.Minutes, 0, 1<<16-1)
	segment, none := int32(s.Segment), int32(base.Segment)
	if s.Segment == course.NoSegment {
		segment = -1
	}
	if base.Segment == course.NoSegment {
		none = -1
	}
	if intOr(f, "segment", &segment, none, -1, course.NoSegment-1); f.in != nil {
		if s.Segment = uint16(segment); segment < 0 {
			s.Segment = course.NoSegment
		}
	}
	dayOr(f, "origin", &s.Origin, base.Origin)
	intOr(f, "steps", &s.Steps, base.Steps, -1<<15, 1<<15-1)
	intOr(f, "count", &s.Count, base.Count, 0, 255)
	intOr(f, "inWeek", &s.InWeek, base.InWeek, 0, 255)
	intOr(f, "turned", &s.Turned, base.Turned, 0, 6)
	intOr(f, "postponed", &s.Moved, base.Moved, 0, 255)
	intOr(f, "wish", &s.Wish, base.Wish, 0, course.MaxWishes)
	intOr(f, "tag", &s.Tag, base.Tag, -1<<15, 1<<15-1)
	flagOr(f, "extra", &s.Extra, base.Extra)
	flagOr(f, "again", &s.Again, base.Again)
}

// maxDays is how many days the range of dates has at most.
const maxDays = 120_000

// placingFields are what decisions have set of a session.
func placingFields(f *objectFields, s, base *placing) {
	askedFields(f, &s.Session, &base.Session)
	dayOr(f, "date", &s.day, base.day)
	minuteOr(f, "start", &s.start, base.start)
	minuteOr(f, "end", &s.end, base.end)
	stateOr(f, "state", &s.state, base.state)
	flagOr(f, "leftOut", &s.left, base.left)
	dayOr(f, "decidedFor", &s.fixed, base.fixed)
	flagOr(f, "replaced", &s.replaced, base.replaced)
	flagOr(f, "withdrawn", &s.withdrawn, base.withdrawn)
	intOr(f, "makesUpFor", &s.makesUp, base.makesUp, 0, maxSerial)
}

// maxSerial is the largest serial: more than a plan may have sessions, since those that
// it had once keep theirs.
const maxSerial = 1<<31 - 1

// noPlacing is the base of a session's row.
func noPlacing() placing { return placing{start: -1, end: -1} }

// A stateWriter writes the state of a plan, and numbers the doses in the order in which
// rows name them: the numbers do not depend on which doses a plan had meanwhile.
type stateWriter struct {
	plan  *Plan
	zone  civil.Zone
	doses doseNumbers
}

// dose is the number, from 1, of a dose by its position.
func (w *stateWriter) dose(f *objectFields, key string, at int32) {
	if n := w.doses.number(w.plan, at); n > 0 {
		f.out.number(key, n)
	}
}

// slotRow writes the row of a session.
func (w *stateWriter) slotRow(f *objectFields, i int) {
	s, base := &w.plan.slots[i], noPlacing()
	f.out.b = appendID(f.key("id"), w.plan.id(i))
	numberOr(f, "serial", s.serial, 0)
	placingFields(f, &s.placing, &base)
	utc := w.plan.utc(&w.zone, i)
	utcOf(f, "utc", &utc)
	w.dose(f, "dose", s.dose)
	slotFields(f, s)
	w.told(f, s.told)
	if s.set != nil {
		w.settings(f, s)
	}
}

// slotFields are what a slot has beside its placing and its doses.
func slotFields(f *objectFields, s *slot) {
	intOr(f, "revision", &s.revision, 0, 0, maxEntries)
	intOr(f, "by", &s.by, 0, 0, maxEntries)
	flagOr(f, "nothing", &s.nothing, false)
	flagOr(f, "onHold", &s.onHold, false)
	dayOr(f, "agreed", &s.agreed, 0)
	stepOf(f, "madeBy", "madeByItem", &s.made)
}

// told writes what was said before, from the first on.
func (w *stateWriter) told(f *objectFields, last *told) {
	if last == nil {
		return
	}
	var room [4]*told
	list := room[:0]
	for t := last; t != nil; t = t.before {
		list = append(list, t)
	}
	b := append(f.key("told"), '[')
	for k, t := range slices.Backward(list) {
		if k < len(list)-1 {
			b = append(b, ',')
		}
		b = f.appendObject(b, func(f *objectFields) {
			toldFields(f, t)
			w.dose(f, "dose", t.dose)
		})
	}
	f.out.b = append(b, ']')
}

// toldFields are what was said, but for the dose.
func toldFields(f *objectFields, t *told) {
	intOr(f, "by", &t.by, 0, 0, maxEntries)
	dayOr(f, "date", &t.day, 0)
	minuteOr(f, "start", &t.start, -1)
	minuteOr(f, "end", &t.end, -1)
	intOr(f, "minutes", &t.minutes, 0, 0, 1<<16-1)
	stateOr(f, "state", &t.state, 0)
	flagOr(f, "noDate", &t.left, false)
	flagOr(f, "lost", &t.lost, false)
	intOr(f, "revision", &t.revision, 0, 0, maxEntries)
	intOr(f, "version", &t.version, 0, 0, 1<<16-1)
}

// settings writes what was set of a session from the first setting on, each as far as it
// differs from what the session is.
func (w *stateWriter) settings(f *objectFields, s *slot) {
	var room [1]*setting // as many as nearly all have that have some
	list := settingsOf(room[:0], s.set)
	var number map[*setting]int32
	if len(list) > 1 {
		number = make(map[*setting]int32, len(list))
	}
	b := append(f.key("set"), '[')
	for k, t := range list {
		if k > 0 {
			b = append(b, ',')
		}
		b = f.appendObject(b, func(f *objectFields) {
			stepOf(f, "by", "item", &t.at)
			placingFields(f, &t.placing, &s.placing)
			numberOr(f, "after", number[t.before], int32(k))
			numberOr(f, "like", number[t.like], 0)
		})
		if number != nil {
			number[t] = int32(k + 1)
		}
	}
	f.out.b = append(b, ']')
}

// settingsOf appends a setting and all that it refers to, those first, to an empty list.
func settingsOf(list []*setting, last *setting) []*setting {
	if last.before == nil && last.like == nil {
		return append(list, last)
	}
	return chainOf(last)
}

// chainOf is settingsOf a setting that refers to others.
func chainOf(last *setting) (list []*setting) {
	seen := make(map[*setting]bool)
	var add func(*setting)
	add = func(last *setting) {
		var chain []*setting
		for t := last; t != nil && !seen[t]; t = t.before {
			seen[t], chain = true, append(chain, t)
		}
		for _, t := range slices.Backward(chain) {
			if t.like != nil {
				add(t.like)
			}
			list = append(list, t)
		}
	}
	add(last)
	return list
}

// slot reads the row of a session.
func (r *stateReader) slot(in *document.Fields) slot {
	s, base, f := slot{dose: noDose}, noPlacing(), r.fields(in)
	row := &r.rows[len(r.rows)-1]
	row.id = in.Required("id")
	in.Required("serial")
	intOr(f, "serial", &s.serial, 0, 1, maxSerial)
	placingFields(f, &s.placing, &base)
	utcOf(f, "utc", &row.utc)
	s.dose = r.dose(in)
	slotFields(f, &s)
	s.told = r.told(in, s.by, s.revision)
	if n := in.Optional("set"); n.Exists() {
		s.set = r.settings(n, &s)
	}
	return s
}

// told reads what was said before.
func (r *stateReader) told(in *document.Fields, by int32, revision uint32) (last *told) {
	list := in.Optional("told")
	if !list.Exists() {
		return nil
	}
	for _, n := range list.Items() {
		t := document.Object(n, func(in *document.Fields) *told {
			t, f := &told{before: last}, r.fields(in)
			toldFields(f, t)
			t.dose = r.dose(in)
			if t.dose >= 0 {
				t.level = r.doses[t.dose].level
			}
			return t
		})
		switch {
		case t == nil:
			continue
		case last != nil && (t.by <= last.by || t.revision < last.revision):
			n.Refuse(codeState, "what was said after entry "+itoa(last.by)+" with a revision that is not below "+itoa(last.revision))
		}
		last = t
	}
	if last != nil && (last.by >= by || last.revision > revision) {
		list.Refuse(codeState, "what was said before entry "+itoa(by)+" with a revision of at most "+itoa(revision))
	}
	return last
}

// settings reads what was set of a session.
func (r *stateReader) settings(n document.Node, s *slot) *setting {
	var list []*setting
	for k, item := range n.Items() {
		t := document.Object(item, func(in *document.Fields) *setting {
			t, f := new(setting), r.fields(in)
			stepOf(f, "by", "item", &t.at)
			placingFields(f, &t.placing, &s.placing)
			var before, like int32
			intOr(f, "after", &before, int32(k), 0, k)
			intOr(f, "like", &like, 0, 0, k)
			if before > 0 && int(before) <= len(list) {
				t.before = list[before-1]
			}
			if like > 0 && int(like) <= len(list) {
				t.like = list[like-1]
			}
			r.step(in.Node(), t.at)
			r.phase(in.Node(), t.Phase)
			return t
		})
		list = append(list, t)
	}
	if len(list) == 0 {
		return nil
	}
	return list[len(list)-1]
}
