package scheduletest

import (
	"errors"
	"fmt"
	"slices"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// TestOpening checks that an Opening keeps what [schedule.Build] relies on, on
// each day from one to another, both included:
//
//   - it does not panic;
//   - hours close after they open, are in order and do not overlap;
//   - a reason is given only for a day without hours, since nobody would see it;
//   - asked again, and in another order, it gives the same answer, whatever was
//     done to the hours that it returned before.
//
// The error joins one for each day on which that is not so, at most the first
// twenty.
func TestOpening(opening clinic.Opening, from, to date.Date) error {
	if err := checkOpening(opening, from, to); err != nil {
		return err
	}
	var errs []error
	answers := make([]answer, 0, civil.Days(from, to)+1)
	for d := from; d <= to; d++ {
		a := ask(opening, d)
		answers = append(answers, a)
		if err := a.check(); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", dayText(d), err))
		}
	}
	for d := to; d >= from; d-- {
		first := &answers[d-from]
		if err := first.compare(ask(opening, d)); err != nil {
			errs = append(errs, fmt.Errorf("%s: asked again: %w", dayText(d), err))
		}
	}
	return joined(errs)
}

// TestSharedOpening is [TestOpening], and checks that the Opening gives the same
// answers to several goroutines that ask at once, as an app that plans for many
// patients would. Run it with the race detector: go test -race.
func TestSharedOpening(opening clinic.Opening, from, to date.Date) error {
	if err := TestOpening(opening, from, to); err != nil {
		return err
	}
	answers := make([]answer, 0, civil.Days(from, to)+1)
	for d := from; d <= to; d++ {
		answers = append(answers, ask(opening, d))
	}
	const askers = 4
	results := make(chan error, askers)
	for asker := range askers {
		go func() {
			var errs []error
			for i := range answers {
				// Each begins elsewhere, so that they do not wait for one another.
				at := (i + asker*len(answers)/askers) % len(answers)
				if err := answers[at].compare(ask(opening, answers[at].day)); err != nil {
					errs = append(errs, fmt.Errorf("%s: asked by several at once: %w", dayText(answers[at].day), err))
				}
			}
			results <- joined(errs)
		}()
	}
	var errs []error
	for range askers {
		if err := <-results; err != nil {
			errs = append(errs, err)
		}
	}
	return joined(errs)
}

func checkOpening(opening clinic.Opening, from, to date.Date) error {
	switch office, isClinic := opening.(*clinic.Clinic); {
	case opening == nil || isClinic && office == nil:
		return errors.New("testing an opening: want one, got nil")
	case !civil.InRange(from) || !civil.InRange(to):
		return fmt.Errorf("testing an opening: want dates from 1900-01-01 to 2200-12-31, got %s and %s", civil.Format(from), civil.Format(to))
	case from > to:
		return fmt.Errorf("testing an opening: want a last day that is not before the first, got %s and %s", civil.Format(from), civil.Format(to))
	}
	return nil
}

// joined joins errors, the first few of them.
func joined(errs []error) error {
	const most = 20
	if len(errs) > most {
		more := len(errs) - most
		errs = append(slices.Clip(errs[:most]), fmt.Errorf("and %d more", more))
	}
	return errors.Join(errs...)
}

// An answer is what an Opening said about a day.
type answer struct {
	day    date.Date
	hours  []clinic.Hours // a copy
	reason string
	failed error // the panic
}

// ask asks an Opening and spoils the hours that it returned: they are the
// caller's.
func ask(opening clinic.Opening, d date.Date) (a answer) {
	defer func() {
		if r := recover(); r != nil {
			a = answer{day: d, failed: fmt.Errorf("it panicked: %v", r)}
		}
	}()
	hours, reason := opening.Open(d)
	a = answer{day: d, hours: slices.Clone(hours), reason: reason}
	clear(hours)
	return a
}

// check returns what is wrong with the answer itself.
func (a answer) check() error {
	if a.failed != nil {
		return a.failed
	}
	for i, h := range a.hours {
		switch {
		case h.From.IsZero() || h.To.IsZero():
			return fmt.Errorf("hours %d have no beginning or no end", i+1)
		case h.From.Compare(h.To) >= 0:
			return fmt.Errorf("hours %s: want hours that close after they open", h)
		case i > 0 && h.From.Compare(a.hours[i-1].To) < 0:
			return fmt.Errorf("hours %s after %s: want hours in order that do not overlap", h, a.hours[i-1])
		}
	}
	if len(a.hours) > 0 && a.reason != "" {
		return fmt.Errorf("it is open %s and gives the reason %q: want a reason only where it is closed", hoursText(a.hours), a.reason)
	}
	return nil
}

// compare returns how another answer for the day differs.
func (a answer) compare(b answer) error {
	switch {
	case a.failed != nil: // said already
		return nil
	case b.failed != nil:
		return b.failed
	case !slices.Equal(a.hours, b.hours):
		return fmt.Errorf("hours %s, before %s", hoursText(b.hours), hoursText(a.hours))
	case a.reason != b.reason:
		return fmt.Errorf("reason %q, before %q", b.reason, a.reason)
	}
	return nil
}

func hoursText(hours []clinic.Hours) string {
	if len(hours) == 0 {
		return "none"
	}
	return fmt.Sprint(hours)
}
