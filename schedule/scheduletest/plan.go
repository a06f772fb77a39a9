package scheduletest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

var errNoPlan = errors.New("want a plan, got nil")

// TestPlan checks what is true of every plan, whatever events it has been
// through:
//
//   - sessions are numbered from 1 and ids are unique;
//   - no window begins before the plan's start, or ends before it begins; a
//     session that is still to take place is inside its own;
//   - what was given was given on its date;
//   - a dose is what its rule, or its parts, make of the body that it was computed for,
//     and of a weighing that is not later than the session;
//   - the target follows from the explanation, and in a plan without events the
//     date and, by [TestPlaced], the gaps and the opening too;
//   - its JSON is valid, and the file that [schedule.FormatPlan] writes gives the
//     plan again, without asking the clinic;
//   - what it ever said of a session or visit ends with what it says now, was said
//     by entries of its history in their order, and each revision is one higher
//     than the one before it, or the same;
//   - how it stands on any day adds up, and no standard check panics.
//
// It returns an error that joins everything that is not so. [TestFindings] looks
// at the findings.
func TestPlan(p *schedule.Plan) error {
	return guarded("testing a plan", func() error {
		if p == nil {
			return errNoPlan
		}
		errs := []error{testSessions(p), testVisits(p), testForms(p), testTold(p), testStatus(p), testExplanations(p)}
		if !changed(p) {
			errs = append(errs, testFresh(p), TestPlaced(p))
		}
		for _, f := range schedule.Validate(p) {
			if f.Code == schedule.CheckFailed || f.Text == "" {
				errs = append(errs, fmt.Errorf("finding: %s", f))
			}
		}
		return errors.Join(errs...)
	})
}

// TestFindings returns an error that joins every finding which is more severe than
// one severity and that nobody has accepted: [schedule.Info] lets only those pass
// that are worth knowing, zero none. The checks are those of [schedule.Validate]:
// the standard ones where none are given.
func TestFindings(p *schedule.Plan, most schedule.Severity, checks ...schedule.Check) error {
	return guarded("looking for findings", func() error {
		if p == nil {
			return errNoPlan
		}
		var errs []error
		for _, f := range schedule.Validate(p, checks...) {
			if f.Severity > most && f.Accepted == (schedule.Acceptance{}) {
				errs = append(errs, errors.New(f.String()))
			}
		}
		return errors.Join(errs...)
	})
}

// guarded turns a panic into an error: a plan that nobody built has no fields.
func guarded(what string, f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: it panicked: %v", what, r)
		}
	}()
	return f()
}

// changed reports whether events have changed the plan.
func changed(p *schedule.Plan) bool {
	for range p.History() {
		return true
	}
	return false
}

// pending reports whether a session is still to take place.
func pending(s schedule.Session) bool { return toTakePlace(s.Snapshot()) }

func toTakePlace(s schedule.Snapshot) bool {
	return s.Date != 0 && (s.State == schedule.StatePlanned || s.State == schedule.StateProvisional)
}

func testSessions(p *schedule.Plan) error {
	errs := []error{testSnapshots(p.FirstDay(), p.Len(), p.Snapshots())}
	for i, s := range p.All() {
		if again, ok := p.Session(s.ID()); !ok || again.Snapshot() != s.Snapshot() || s.Ordinal() != i+1 {
			errs = append(errs, fmt.Errorf("session %d: the plan does not have it by its id %s", i+1, s.ID()))
		}
		if !s.Placed() {
			continue
		}
		if s.ShiftDays() != civil.Days(s.Target(), s.Date()) {
			errs = append(errs, fmt.Errorf("session %d: shift %+d of %s from %s", i+1, s.ShiftDays(), dayText(s.Date()), dayText(s.Target())))
		}
		if given, ok := s.Given(); ok != (s.State() == schedule.StateGiven) || ok && given.Date != s.Date() {
			errs = append(errs, fmt.Errorf("session %d: it is %s on %s, and was given on %s", i+1, s.State(), dayText(s.Date()), civil.Format(given.Date)))
		}
		if err := testDose(s); err != nil {
			errs = append(errs, fmt.Errorf("session %d: %w", i+1, err))
		}
	}
	return errors.Join(errs...)
}

// testSnapshots checks what a plan that starts on a day says of its sessions.
func testSnapshots(start date.Date, n int, list []schedule.Snapshot) error {
	var errs []error
	if n != len(list) {
		errs = append(errs, fmt.Errorf("the plan has %d sessions and says %d", len(list), n))
	}
	ids := make(map[schedule.ID]int, len(list))
	for i, s := range list {
		wrong := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("session %d: "+format, append([]any{i + 1}, args...)...))
		}
		if s.Ordinal != i+1 {
			wrong("its number is %d", s.Ordinal)
		}
		if other, taken := ids[s.ID]; s.ID.IsZero() {
			wrong("it has no id")
		} else if taken {
			wrong("its id %s is that of session %d", s.ID, other)
		}
		ids[s.ID] = i + 1
		if s.Earliest > s.Latest || s.Earliest < start {
			wrong("its window is %s to %s, the plan starts on %s", dayText(s.Earliest), dayText(s.Latest), dayText(start))
		}
		if toTakePlace(s) && (s.Date < s.Earliest || s.Date > s.Latest) {
			wrong("%s is outside its window %s to %s", dayText(s.Date), dayText(s.Earliest), dayText(s.Latest))
		}
	}
	return errors.Join(errs...)
}

// testDose computes a dose again.
func testDose(s schedule.Session) error {
	c := s.Dose()
	if c.IsZero() {
		return nil
	}
	test := testCalculation(c)
	if c.Rule().Amount.IsSum() {
		test = testParts(s)
	}
	if test != nil {
		return test
	}
	if w, ok := s.Weighing(); ok {
		return testWeighing(w, s.Date(), c.Body().Weight)
	}
	return nil
}

// phaseOf returns the phase of a session, as its protocol has it.
func phaseOf(s schedule.Session) protocol.Phase {
	for _, phase := range s.Protocol().Phases() {
		if phase.Name == s.Phase() {
			return phase
		}
	}
	return protocol.Phase{}
}

// testParts computes a dose in parts again.
func testParts(s schedule.Session) error {
	c := s.Dose()
	whole, parts, err := phaseOf(s).Sequence().For(c.Body())
	switch {
	case err != nil:
		return fmt.Errorf("its parts have no dose for %s: %w", c.Body().Weight, err)
	case whole.Dose() != c.Dose():
		return fmt.Errorf("its dose is %s, and its parts make %s of the same body", c.Dose(), whole.Dose())
	}
	i := 0
	for part := range s.Parts() {
		if i >= len(parts) || part.Delivery.Dose() != parts[i].Delivery.Dose() || part.Part.Name != parts[i].Part.Name {
			return fmt.Errorf("its part %q is %s, and the protocol makes something else of the same body", part.Part.Name, part.Delivery.Dose())
		}
		i++
	}
	if i != len(parts) {
		return fmt.Errorf("it has %d parts, and the protocol has %d", i, len(parts))
	}
	return nil
}

func testCalculation(c dose.Calculation) error {
	if c.Chosen() {
		if !c.Rule().Or.Has(c.Dose()) {
			return fmt.Errorf("its dose is %s, which its rule does not leave open", c.Dose())
		}
		return nil
	}
	again, err := c.Rule().Calculate(c.Body())
	if err != nil {
		return fmt.Errorf("its rule has no dose for %s: %w", c.Body().Weight, err)
	}
	if again.Dose() != c.Dose() || again.String() != c.String() {
		return fmt.Errorf("its dose is %s, and its rule makes %s of the same body", c, again)
	}
	return nil
}

// testWeighing checks the weighing that a dose on a day was computed from.
func testWeighing(w schedule.Weighing, d date.Date, used dose.Weight) error {
	if w.Date > d {
		return fmt.Errorf("its dose on %s is computed from the weighing of %s", dayText(d), dayText(w.Date))
	}
	if w.Weight != used {
		return fmt.Errorf("its dose is computed from %s, the weighing is %s", used, w.Weight)
	}
	return nil
}

func testVisits(p *schedule.Plan) error {
	var errs []error
	for v := range p.OtherVisits() {
		if v.Placed() && (v.State == schedule.StatePlanned || v.State == schedule.StateProvisional) && (v.Date < v.Earliest || v.Date > v.Latest) {
			errs = append(errs, fmt.Errorf("%s of session %d: %s is outside its window %s to %s", v.Name, v.Session, dayText(v.Date), dayText(v.Earliest), dayText(v.Latest)))
		}
	}
	return errors.Join(errs...)
}

// unasked is an Opening that remembers which day it was asked about: a plan file
// has every answer.
type unasked struct{ about date.Date }

func (u *unasked) Open(d date.Date) (hours []clinic.Hours, reason string) {
	u.about = d
	return nil, "not to be asked"
}

// testForms writes the plan and reads it back.
func testForms(p *schedule.Plan) error {
	text := p.AppendJSON(nil)
	if !json.Valid(text) {
		return errors.New("its JSON is not valid")
	}
	protocols := []*protocol.Protocol{p.BuiltFrom(), p.Protocol()}
	for entry := range p.History() {
		switch e := entry.Event.What.(type) {
		case schedule.Adopted:
			protocols = append(protocols, e.Protocol)
		case schedule.Switched:
			protocols = append(protocols, e.Protocol)
		}
	}
	file := schedule.FormatPlan(p)
	opening := new(unasked)
	again, err := schedule.ParsePlan("plan", file, schedule.PlanSource{Protocols: protocols, Opening: opening, Zone: p.Zone()})
	switch {
	case err != nil:
		return fmt.Errorf("its own file is refused: %w", err)
	case opening.about != 0:
		return fmt.Errorf("its file has no answer about %s", dayText(opening.about))
	case !bytes.Equal(text, again.AppendJSON(nil)) || !bytes.Equal(file, schedule.FormatPlan(again)):
		return errors.New("the plan of its file is another one")
	case !p.Diff(again).Empty():
		return fmt.Errorf("the plan of its file differs: %s", p.Diff(again))
	}
	return nil
}

// testStatus checks how the plan stands on the days on which something is
// planned, and the day after.
func testStatus(p *schedule.Plan) error {
	for _, s := range p.All() {
		if !s.Placed() {
			continue
		}
		for _, d := range []date.Date{s.Date(), s.Date() + 1} {
			if err := addsUp(p.On(d), p.Len()); err != nil {
				return fmt.Errorf("on %s %w", dayText(d), err)
			}
		}
	}
	return nil
}

// addsUp checks how a plan with so many sessions stands.
func addsUp(status schedule.Status, sessions int) error {
	a := status.Adherence
	switch {
	case status.Of > 0 && status.Completed > status.Of || status.Percent() < 0 || status.Percent() > 100:
		return fmt.Errorf("%d of %d sessions are completed", status.Completed, status.Of)
	case status.Completed+len(status.Due)+len(status.Overdue)+len(status.Upcoming)+len(status.Lost)+len(status.Held) > sessions:
		return fmt.Errorf("more sessions are given and to come than the plan has, which is %d", sessions)
	case a.Given != status.Completed:
		return fmt.Errorf("%d sessions are completed and %d given", status.Completed, a.Given)
	case a.Given-a.Extra+a.Missed-a.MadeUp+a.Cancelled+a.Overdue != a.Planned:
		return fmt.Errorf("%d sessions were planned, but %d given, %d missed and not made up for, %d cancelled and %d overdue",
			a.Planned, a.Given-a.Extra, a.Missed-a.MadeUp, a.Cancelled, a.Overdue)
	}
	return nil
}
