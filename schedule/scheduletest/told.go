package scheduletest

import (
	"errors"
	"fmt"

	"github.com/regimen-go/regimen/schedule"
)

// testTold checks what a plan has ever said of its sessions and visits.
func testTold(p *schedule.Plan) error {
	var errs []error
	numbers := map[string]int{"": 0}
	for entry := range p.History() {
		numbers[entry.Event.ID] = len(numbers)
	}
	for _, s := range p.All() {
		now := schedule.Telling{Date: s.Date(), Start: s.Start(), End: s.End(), State: s.State(), Lost: s.Lost() != "", Level: s.Level(), Dose: s.Dose().Dose(), Revision: s.Revision()}
		if err := testTellings(p.Told(s.ID()), now, numbers); err != nil {
			errs = append(errs, fmt.Errorf("session %d: %w", s.Ordinal(), err))
		}
	}
	for v := range p.OtherVisits() {
		now := schedule.Telling{Date: v.Date, Start: v.Start, End: v.End, State: v.State, Lost: v.Lost != "", Revision: v.Revision}
		if err := testTellings(p.Told(v.ID), now, numbers); err != nil {
			errs = append(errs, fmt.Errorf("%s of session %d: %w", v.Name, v.Session, err))
		}
	}
	return errors.Join(errs...)
}

// testTellings checks what was said of one session or visit against what is said
// of it now.
func testTellings(said []schedule.Telling, now schedule.Telling, numbers map[string]int) error {
	if len(said) == 0 {
		return errors.New("nothing was ever said of it")
	}
	last := said[len(said)-1]
	now.Event, now.AsOf = last.Event, last.AsOf
	if last != now {
		return fmt.Errorf("%+v was said last, want %+v", last, now)
	}
	for i, t := range said {
		number, known := numbers[t.Event]
		switch {
		case !known:
			return fmt.Errorf("event %q is not in the history", t.Event)
		case i == 0 && t.Revision != 0:
			return fmt.Errorf("revision %d was said first, want 0", t.Revision)
		case i == 0:
		case number <= numbers[said[i-1].Event]:
			return fmt.Errorf("event %q comes after %q, which is later", t.Event, said[i-1].Event)
		case t.Revision < said[i-1].Revision || t.Revision > said[i-1].Revision+1:
			return fmt.Errorf("revision %d comes after %d", t.Revision, said[i-1].Revision)
		}
	}
	return nil
}
