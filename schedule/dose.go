package schedule

import (
	"errors"
	"slices"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
)

// A workedDose is what a rule comes to for one body in one phase. It never changes,
// and plans share it.
type workedDose struct {
	// of is the rule, which the delivery has too where there is one.
	of       *dose.Rule
	delivery dose.Delivery
	// ordered and delivered are those of the delivery, which is large, and soft reports
	// that it passes a soft limit: they are asked for again and again.
	ordered, delivered dose.Mass
	soft               bool
	// parts are those of a dose in parts, of which delivery is the whole.
	parts []dose.PartDelivery
	level dose.Level
	// longer reports that giving it takes longer than the visit has for it, in whole
	// minutes: a pump that rounds the flow down makes it so.
	longer bool
}

// give makes the dose one that is given in a way.
func (w *workedDose) give(d dose.Delivery) {
	w.delivery, w.ordered, w.delivered, w.soft = d, d.Dose(), d.Delivered(), passesSoft(d)
}

// A plannedDose is a dose that one or more sessions of a phase share.
type plannedDose struct {
	*workedDose
	phase uint16
	// weighed is the weighing it was computed from, zero where there was none. It
	// stays the same where that weighing is put right later.
	weighed Weighing
	// height is what the patient measured then, zero where that is not known.
	height dose.Height
	// err is why there is no dose: a limit that it would pass, a weight that is
	// not there. It only happens in a plan that lives on.
	err error
	// bySum says that it is the sum of the doses of a period which would pass a
	// limit. That says nothing of other sessions.
	bySum bool
}

// rule returns the rule that the dose follows.
func (d *plannedDose) rule() dose.Rule { return d.delivery.Calculation().Rule() }

// follows reports whether it is that of a rule.
func (d *plannedDose) follows(rule *dose.Rule) bool { return d.of == rule || *d.of == *rule }

// same reports whether two doses are one that was worked out twice, and came to the same:
// by other rules it may not have.
func (d *plannedDose) same(other *plannedDose) bool {
	return d.phase == other.phase && d.weighed == other.weighed && d.height == other.height && d.level == other.level &&
		d.err == nil && other.err == nil && !d.bySum && !other.bySum && d.follows(other.of) && d.delivery == other.delivery &&
		slices.EqualFunc(d.parts, other.parts, func(a, b dose.PartDelivery) bool { return a.Delivery == b.Delivery })
}

// is reports whether a dose that was given is the planned one: what was ordered,
// or what the syringe or the devices deliver of it.
func (d *plannedDose) is(given dose.Mass) bool {
	return d.err == nil && (given == d.delivered || given == d.ordered)
}

// dose computes the dose of every session of a new plan, each from the latest
// weighing dated on or before it.
func (p *Plan) dose(worked *workedDoses) error {
	t := titration{plan: p}
	var before *slot
	var was prescription
	for i := range p.slots {
		s := &p.slots[i]
		if s.left {
			continue
		}
		again := before != nil && before.Phase == s.Phase && p.weighedBy(before.day)
		if again && p.prescribedOnce(s.Phase) {
			s.dose, before = before.dose, s
			continue
		}
		r := t.prescribe(i)
		if again && r.same(&was) {
			s.dose = before.dose
		} else if err := p.prescribe(i, r, worked); err != nil {
			return &DoseError{Ordinal: i + 1, Phase: p.phases[s.Phase].Name, Date: civil.Date(s.day), Err: err}
		}
		before, was = s, r
	}
	return p.cumulative()
}

// prescribedOnce reports whether all sessions of a phase of a new plan, in which nobody has
// chosen anything, are prescribed the same: by most protocols they are.
func (p *Plan) prescribedOnce(phase uint16) bool {
	of := &p.phases[phase]
	return len(of.Steps) == 0 && of.Follows != protocol.FollowsLastGiven
}

// weighedBy reports whether nobody was weighed after a day or at a session, so that the
// doses of a new plan which are the same on that day stay so.
func (p *Plan) weighedBy(day int32) bool {
	n := p.weighings.len()
	return n == 0 || p.atSessions == 0 && civil.Day(p.weighings.at(n-1).Date) <= day
}

// dosePending computes the doses of the sessions to come. A dose that cannot be
// computed or passes a hard limit is none, which the checks report: what made it
// so, such as a new weight, is true all the same.
func (p *Plan) dosePending() {
	t := titration{plan: p}
	for i := range p.slots {
		t.begin(i)
		if s := &p.slots[i]; s.pending() || s.state == StateHeld {
			_ = p.prescribe(i, t.prescribe(i), nil)
		}
		t.end(i)
	}
	p.cumulativePending()
}

// prescribe gives a session the dose of a prescription, which it may share with
// others, and returns why there is none. What was worked out before it takes from
// there.
func (p *Plan) prescribe(i int, r prescription, worked *workedDoses) error {
	s := &p.slots[i]
	phase := &p.phases[s.Phase]
	if phase.Dose.IsZero() {
		return nil
	}
	weighed, height := p.weighingFor(i), p.heightOn(s.day)
	same := func(d *plannedDose) bool {
		return d.phase == s.Phase && d.weighed == weighed && d.height == height && d.level == r.level && (d.err != nil || d.follows(r.rule)) && !d.bySum
	}
	if s.dose >= 0 && same(p.doses.at(s.dose)) {
		return p.doses.at(s.dose).err
	}
	// Most often the dose is that of the session before, which is one of the last.
	// A plan that was weighed often has many more than it needs now.
	last := int32(p.doses.len()) - 1
	for at := last; at >= max(0, last-2*int32(len(p.slots))); at-- {
		if d := p.doses.at(at); d.err == nil && same(d) {
			s.dose = at
			return nil
		}
	}
	d := plannedDose{phase: s.Phase, weighed: weighed, height: height}
	d.workedDose, d.err = worked.of(p, phase, &r, p.body(weighed, s.day))
	s.dose = p.doses.add(d)
	return d.err
}

// work works out a prescription for a body. What it returns knows the level also where
// there is no dose.
func (p *Plan) work(phase *protocol.Phase, r *prescription, b dose.Body) (*workedDose, error) {
	w := &workedDose{of: r.rule, level: r.level}
	if inParts(phase) {
		whole, parts, err := phase.Sequence().For(b)
		w.parts = parts
		w.give(whole)
		w.longer = partsLonger(phase, w.parts)
		return w, p.unweighed(err)
	}
	d, err := p.deliver(phase, r.rule, r.choice, b)
	w.give(d)
	if has := phase.Visit.Administration; has > 0 && !phase.RunsOn && !d.Flow().IsZero() {
		w.longer = time.Duration(d.Minutes())*time.Minute > has
	}
	return w, err
}

// deliver returns how what a rule computes, or a choice, is given to a body.
func (p *Plan) deliver(phase *protocol.Phase, rule *dose.Rule, choice dose.Mass, b dose.Body) (dose.Delivery, error) {
	d, err := deliver(phase, rule, choice, b)
	return d, p.unweighed(err)
}

// unweighed returns an error about a weight that is missing with when the first was
// measured, where there is one.
func (p *Plan) unweighed(err error) error {
	if errors.Is(err, dose.ErrNoWeight) && p.weighings.len() > 0 {
		err = errors.Join(err, errors.New("the first weighing is dated "+civil.Format(p.weighings.at(0).Date)))
	}
	return err
}

// body returns what is known of the patient's body on a day, at a weighing, zero for
// none.
func (p *Plan) body(weighed Weighing, day int32) dose.Body {
	return dose.Body{Weight: weighed.Weight, Height: p.heightOn(day), Sex: p.sex}
}

// weighingFor returns the weighing that holds for a session: one measured at it,
// else the one that holds on its day, zero for none.
func (p *Plan) weighingFor(i int) Weighing {
	s := &p.slots[i]
	last := p.weighingOn(s.day)
	if last < 0 {
		return Weighing{}
	}
	if p.atSessions > 0 {
		for at := last; at >= 0; at-- {
			w := p.weighings.at(at)
			if civil.Day(w.Date) != s.day {
				break
			}
			if !w.Session.IsZero() && w.Session == p.idOf(s.serial) {
				return *w
			}
		}
	}
	return *p.weighings.at(last)
}

// planned returns the dose that a session shares, nil where it has none.
func (s Session) planned() *plannedDose {
	if i := s.slot().dose; i >= 0 {
		return s.plan.doses.at(i)
	}
	return nil
}

// ordered returns the dose that is planned, zero where there is none.
func (s Session) ordered() dose.Mass {
	if d := s.planned(); d != nil {
		return d.ordered
	}
	return dose.Mass{}
}

// Delivery returns what is planned to be given: the dose, how it is drawn up, over
// which real time it is given, and what of it is really delivered. It is zero in a
// phase that gives no drug, for a session that was left out, and where there is no
// dose.
func (s Session) Delivery() dose.Delivery {
	if d := s.planned(); d != nil {
		return d.delivery
	}
	return dose.Delivery{}
}

// Dose returns what to give with each step of how it was computed. It is zero
// in a phase that gives no drug, and for a session that was left out.
func (s Session) Dose() dose.Calculation { return s.Delivery().Calculation() }

// Level returns the level that is planned: the amount of the rule that the dose
// follows, or the choice that it is, also where no dose can be computed from it.
// It is zero where [Session.Dose] has none to begin with.
func (s Session) Level() dose.Level {
	if d := s.planned(); d != nil {
		return d.level
	}
	return dose.Level{}
}

// DoseError returns why the session has no dose though its phase gives a drug,
// nil where it has one: since the plan was made a weight or a dose that was given
// would make it pass a hard limit, or it cannot be computed. [Build] would have
// refused it.
func (s Session) DoseError() error {
	if d := s.planned(); d != nil {
		return d.err
	}
	return nil
}

// Worksheet returns how to prepare the dose: what to draw up, the rate of the
// pump, what is delivered and wasted. It is zero where the protocol states no
// preparation.
func (s Session) Worksheet() dose.Worksheet { return s.Delivery().Worksheet() }

// Weighing returns the latest weighing dated on or before the session, from
// which its dose was computed, and false where there is none.
func (s Session) Weighing() (Weighing, bool) {
	if d := s.planned(); d != nil && d.weighed != (Weighing{}) {
		return d.weighed, true
	}
	return Weighing{}, false
}

// deliveryText says what is really delivered and over which time, where that is not
// the dose over the time that the protocol states.
func (s Session) deliveryText() (lines []string) {
	d := s.Delivery()
	if d.Calculation().Rule().Amount.IsSum() && d.Delivered() != d.Dose() {
		return []string{"drawn up and delivered of all parts: " + d.Delivered().String()}
	}
	return deliveredText(d)
}

// deliveredText is deliveryText for a dose, or a part of one.
func deliveredText(d dose.Delivery) (lines []string) {
	if d.Delivered() != d.Dose() {
		lines = append(lines, "drawn up and delivered: "+d.Delivered().String())
	}
	if stated := d.Order().Time().String(); !d.Flow().IsZero() && d.Time() != stated {
		lines = append(lines, "given in "+d.Time()+" instead of "+stated+", since the pump is set to "+d.Flow().String())
	}
	return lines
}
