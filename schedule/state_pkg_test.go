package schedule

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/regimen-go/regimen/internal/civil"
)

// CheckState returns what of the invariants of a plan's state does not hold.
func (p *Plan) CheckState() error {
	var errs []error
	fail := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }

	again := *p
	again.derived = derived{}
	again.rule()
	again.derive()
	if known := len(p.idsBySerial); known > 0 { // as many as anybody asked for
		again.name()
		again.idsBySerial = again.idsBySerial[:known]
	}
	if !reflect.DeepEqual(p.derived, again.derived) {
		fail("what follows from the state is another: %+v, want %+v", p.derived, again.derived)
	}
	if keys := p.order(); !slices.IsSorted(keys) {
		fail("sessions out of order: %v", keys)
	}
	if weighings := p.weighings.slice(); !slices.IsSortedFunc(weighings, func(a, b Weighing) int { return cmp.Compare(a.Date, b.Date) }) {
		fail("weighings out of order: %v", weighings)
	}
	if len(p.reached) != len(p.given) {
		fail("%d levels of %d doses", len(p.reached), len(p.given))
	}
	if !p.recorded() {
		for _, err := range p.checkFacts() {
			fail("%w", err)
		}
	}
	serials, given := map[uint32]bool{}, map[uint16]bool{}
	for i := range p.slots {
		s := &p.slots[i]
		if s.serial == 0 || s.serial > p.serials || serials[s.serial] {
			fail("session %d: serial %d of %d", i+1, s.serial, p.serials)
		}
		serials[s.serial] = true
		if (s.state == StateGiven) != (s.given > 0) || int(s.given) > len(p.given) || s.given > 0 && given[s.given] {
			fail("session %d: state %v, dose %d of %d", i+1, s.state, s.given, len(p.given))
		}
		given[s.given] = true
		if s.given > 0 && civil.Day(p.given[s.given-1].Date) != s.day {
			fail("session %d: on another day than it was given", i+1)
		}
		if int(s.dose) >= p.doses.len() || s.dose >= 0 && p.doses.at(s.dose).phase != s.Phase {
			fail("session %d: planned dose %d of %d", i+1, s.dose, p.doses.len())
		}
		if err := p.checkShortcuts(i); err != nil {
			fail("session %d: %w", i+1, err)
		}
		now := p.said(i)
		for _, err := range p.checkTold(&now) {
			fail("session %d: %w", i+1, err)
		}
	}
	for i := range p.visits {
		now := p.saidOf(&p.visits[i])
		for _, err := range p.checkTold(&now) {
			fail("visit %s of %v: %w", p.visits[i].Name, p.visits[i].when(), err)
		}
	}
	for i, entry := range p.journal.all() {
		if found, ok := p.journal.find(entry.Event.ID); !ok || !reflect.DeepEqual(found, entry) {
			fail("entry %d is not found by its id", i+1)
		}
	}
	return errors.Join(errs...)
}

// checkFacts checks that what is known is what the facts that hold come to when they
// are read again, and that what is set of a session is what it says.
func (p *Plan) checkFacts() (errs []error) {
	again := p.built.knows(p.calendar.Answered(), new(chunk[Weighing]))
	again.own = true
	given := 0
	for _, x := range p.words.holding(p.journal) {
		f, ok := x.what.(fact)
		if !ok {
			continue
		}
		again.entry = x.at.entry
		if g, ok := f.(Given); ok {
			if given == len(p.gave) || p.gave[given].at != x.at {
				return append(errs, fmt.Errorf("dose %d was not given by entry %d", given+1, x.at.entry))
			}
			f = g.in(p.idOf(p.gave[given].serial))
			given++
		}
		f.know(&again)
	}
	switch {
	case given != len(p.given):
		errs = append(errs, fmt.Errorf("%d doses are known, %d hold", len(p.given), given))
	case !slices.Equal(again.weighings.slice(), p.weighings.slice()) || again.atSessions != p.atSessions:
		errs = append(errs, fmt.Errorf("weighings are %v, want %v", p.weighings.slice(), again.weighings.slice()))
	case again.height != p.height:
		errs = append(errs, fmt.Errorf("height is %v, want %v", p.height, again.height))
	case fmt.Sprint(again.wishes) != fmt.Sprint(p.wishes):
		errs = append(errs, fmt.Errorf("wishes are %v, want %v", p.wishes, again.wishes))
	case fmt.Sprint(again.attendance) != fmt.Sprint(p.attendance):
		errs = append(errs, fmt.Errorf("attendance is %v, want %v", p.attendance, again.attendance))
	}
	for day := range p.calendar.Days() {
		if fmt.Sprint(p.calendar.Hours(day), p.calendar.Reason(day)) != fmt.Sprint(again.calendar.Hours(day), again.calendar.Reason(day)) {
			errs = append(errs, fmt.Errorf("%v is open %v, want %v", day, p.calendar.Hours(day), again.calendar.Hours(day)))
		}
	}
	for i := range p.slots {
		if s := &p.slots[i]; s.set != nil && !s.took() && s.state != StateMissed && s.set.placing != s.placing {
			errs = append(errs, fmt.Errorf("session %d is %+v, but set is %+v", i+1, s.placing, s.set.placing))
		}
	}
	return errs
}

// checkTold checks what was ever said of a session or visit.
func (p *Plan) checkTold(t *told) (errs []error) {
	for ; t != nil; t = t.before {
		if t.by < 0 || int(t.by) > p.journal.len() {
			errs = append(errs, fmt.Errorf("said by entry %d of %d", t.by, p.journal.len()))
		}
		b := t.before
		switch {
		case b == nil:
			if t.revision > 0 {
				errs = append(errs, fmt.Errorf("first said with revision %d", t.revision))
			}
		case b.by >= t.by:
			errs = append(errs, fmt.Errorf("entry %d came before %d", b.by, t.by))
		case t.revision < b.revision || t.revision > b.revision+1:
			errs = append(errs, fmt.Errorf("revision %d came before %d", b.revision, t.revision))
		case t.shows(b) && !(t.left && b.left) && t.revision == b.revision:
			errs = append(errs, fmt.Errorf("entry %d changed what a calendar shows, and no revision", t.by))
		}
	}
	return errs
}
