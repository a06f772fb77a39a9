package schedule

import (
	"slices"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// visitsGoBack lets companions and follow-ups to come go back to the days that they had
// before moves which do not hold any more, and to those of moves that hold again. One that
// did not take place after all goes back also where that is past, like a session.
func (w *withdrawal) visitsGoBack() {
	type move struct {
		visit ID
		by    int32
	}
	holds := make(map[move]bool)
	moved, again := make(map[ID]int32), make(map[ID]bool) // by the last entry that does
	for i := range w.effects {
		x := &w.effects[i]
		if m, ok := x.what.(VisitMoved); ok && int(x.at.entry) <= w.old.journal.len() {
			moved[m.Visit], again[m.Visit] = x.at.entry, w.changed(x)
			holds[move{m.Visit, x.at.entry}] = true
		}
	}
	p := w.plan
	known := p.attendances()
	p.visits = slices.Clone(p.visits)
	for i := range p.visits {
		v := &p.visits[i]
		by, took, now := moved[v.ID], v.State == StateDone, known[v.ID]
		// A move that was withdrawn once the visit had taken place does not hold either.
		stays := v.decided == 0 || holds[move{v.ID, v.decided}]
		if by == v.decided || stays && !again[v.ID] || took && now != nil && !now.missed {
			continue
		}
		was := v.unsettled()
		said := w.toldBy(&was, by)
		if said != nil && said.left { // it is put on a day again, where there is one
			v.State, v.decided = was.State, by
			v.Date, v.Start, v.End, v.EndDate = 0, clinic.TimeOfDay{}, clinic.TimeOfDay{}, 0
			continue
		}
		if said == nil {
			w.keepsItsDay(v, by)
			continue
		}
		back := was
		back.put(civil.Date(said.day), int(said.start), int(said.end))
		back.decided = by
		missed := now.of(&back) // on the day that it had then, which is past
		if missed || took || back.Date == was.Date && back.Start == was.Start || w.visitFits(&back) {
			*v = back
			continue
		}
		w.keepsItsDay(v, by)
	}
}

// keepsItsDay notes that a visit could not go back to the day that it had by an entry.
func (w *withdrawal) keepsItsDay(v *OtherVisit, by int32) {
	p, at := w.plan, step{entry: max(v.decided, by)}
	p.unrestored = append(slices.Clip(p.unrestored), unrestored{at: at, by: step{entry: int32(w.number())}, visit: v.ID})
	v.decided = by
}

// toldBy returns what was said of a visit once an entry had moved it or, for none, before
// it was moved; nil where that is not known.
func (w *withdrawal) toldBy(v *OtherVisit, entry int32) *told {
	now := told{before: v.told, by: v.by, left: !v.Placed()}
	if v.Placed() {
		now.day, now.start, now.end = civil.Day(v.Date), int16(v.Start.Minutes()), int16(v.end())
	}
	t := &now
	if entry > 0 {
		for t != nil && t.by > entry {
			t = t.before
		}
		return t
	}
	for t != nil && (t.by >= v.decided || w.byMove(v.ID, t)) {
		t = t.before
	}
	return t
}

// byMove reports whether a visit was told to be where a move had put it, also by a
// correction that let it go back there.
func (w *withdrawal) byMove(visit ID, t *told) bool {
	if t.by == 0 {
		return false
	}
	switch what := w.whole.at(int(t.by)).Event.What.(type) {
	case VisitMoved:
		return what.Visit == visit
	case Corrected:
		for _, c := range what.all() {
			if m, ok := c.Instead.(VisitMoved); ok && m.Visit == visit {
				return true
			}
		}
		for u := t.before; u != nil; u = u.before {
			if u.day == t.day && u.start == t.start {
				return w.byMove(visit, u)
			}
		}
	}
	return false
}

// visitFits reports whether a visit could be planned where it is: in its window, not in
// the past, on a day that is open at its time and suits, with no session at that time.
func (w *withdrawal) visitFits(v *OtherVisit) bool {
	p, day := w.plan, civil.Day(v.Date)
	if v.Date < v.Earliest || v.Date > v.Latest || day < w.today || w.passed(day, v.Start) || !p.patient.suitsDay(v.Date) {
		return false
	}
	end, ok := w.calendar().At(v.Date, int(v.minutes), v.Start.Minutes())
	return ok && p.sessionDuring(day, v.Start.Minutes(), end) < 0
}
