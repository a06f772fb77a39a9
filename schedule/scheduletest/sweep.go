package scheduletest

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A Sweep tries a property on every combination of seven starts, one for each day
// of the week, sets of closures, and weights in whole kilograms.
type Sweep struct {
	// Request is what is planned. Its Start is the first of the seven; its
	// weighings are replaced by one on the day of the start. As with [New], a zero
	// Key or AsOf need not be said.
	Request schedule.Request
	// Days are the days of the week to start on; the empty set stands for all.
	Days protocol.DaySet
	// From is the Go expression that gives the request in the test, as the
	// counterexample prints it; "" stands for "request(t)".
	From string
	// Closures are sets of closures. Each is tried alone, on top of what the
	// Opening of the request says. None stands for a single empty set.
	Closures [][]clinic.Closure
	// Lightest and Heaviest are weights in kg. Both zero stand for 40 and 150. A
	// protocol that gives no drug is tried without a weight.
	Lightest, Heaviest int
	// MayBlock lets closures leave a session without a possible day: such a
	// combination has no plan, and is passed over. Otherwise it is a
	// counterexample. A dose that cannot be computed always is.
	MayBlock bool
}

// A Counterexample is a combination for which a property does not hold, as small
// as it was found: no closure can be taken away or made shorter, and with these
// closures no earlier start and no lower weight fails.
type Counterexample struct {
	// Property is its name in the test, and From where the request is from.
	Property, From string
	Start          date.Date
	// Weight is zero where the protocol gives no drug.
	Weight   dose.Weight
	Closures []clinic.Closure
	// Request is what the plan was to be made from, and Plan the plan, nil where
	// there is none.
	Request schedule.Request
	Plan    *schedule.Plan
	// Err is what the property returned, or why there is no plan.
	Err error
}

// Run builds the plan of every combination and calls the property with it. Name
// is how the test calls the property: an identifier, with its package if that is
// another one. Combinations that start on a day on which the clinic is closed are
// passed over.
//
// Where the property returns an error or panics, or there is no plan, Run returns
// a *[Counterexample], which prints itself as a test. It returns another error
// where the sweep cannot be run: a value is out of range, the request is refused,
// or no combination has a plan, so that nothing was tested.
func (s Sweep) Run(name string, property func(*schedule.Plan) error) error {
	sweeper, err := s.sweeper(name, property)
	if err != nil {
		return err
	}
	found, err := sweeper.first()
	if err != nil {
		return err
	}
	if found == nil {
		if sweeper.plans == 0 {
			return fmt.Errorf("sweeping %s: no combination has a plan: nothing was tested", name)
		}
		return nil
	}
	found, err = sweeper.minimise(found)
	if err != nil {
		return err
	}
	return found
}

// A sweeper runs a sweep.
type sweeper struct {
	Sweep
	name     string
	property func(*schedule.Plan) error
	sets     [][]clinic.Closure
	weights  []dose.Weight
	plans    int
}

func (s Sweep) sweeper(name string, property func(*schedule.Plan) error) (*sweeper, error) {
	if s.Lightest == 0 && s.Heaviest == 0 {
		s.Lightest, s.Heaviest = 40, 150
	}
	if s.From == "" {
		s.From = "request(t)"
	}
	switch {
	case !isName(name):
		return nil, fmt.Errorf("sweeping: want the name of the property in the test, such as keepsItsGap, got %q", name)
	case property == nil:
		return nil, fmt.Errorf("sweeping %s: want a property, got nil", name)
	case s.Lightest < 1 || s.Heaviest > dose.MaxWeight || s.Lightest > s.Heaviest:
		return nil, fmt.Errorf("sweeping %s: want weights from 1 to %d kg, the lightest first, got %d to %d", name, dose.MaxWeight, s.Lightest, s.Heaviest)
	case !civil.InRange(s.Request.Start):
		return nil, fmt.Errorf("sweeping %s: want a start from 1900-01-01 to 2200-12-31", name)
	case s.Request.Protocol == nil:
		return nil, fmt.Errorf("sweeping %s: want a protocol made by Spec.Compile", name)
	}
	sets := slices.Clone(s.Closures)
	if len(sets) == 0 {
		sets = [][]clinic.Closure{nil}
	}
	// The smallest first: what fails without a closure is not blamed on one.
	slices.SortStableFunc(sets, func(a, b []clinic.Closure) int { return closedDays(a) - closedDays(b) })
	w := &sweeper{Sweep: s, name: name, property: property, sets: sets}
	if !givesDrug(s.Request.Protocol) {
		w.weights = []dose.Weight{{}}
		return w, nil
	}
	for kg := s.Lightest; kg <= s.Heaviest; kg++ {
		weight, err := dose.ParseWeight(strconv.Itoa(kg) + " kg")
		if err != nil {
			return nil, err
		}
		w.weights = append(w.weights, weight)
	}
	return w, nil
}

func givesDrug(p *protocol.Protocol) bool {
	for _, phase := range p.Phases() {
		if !phase.Dose.IsZero() {
			return true
		}
	}
	return false
}

// closedDays returns how many days closures have.
func closedDays(closures []clinic.Closure) (n int) {
	for _, c := range closures {
		n += civil.Days(c.Date, max(c.Date, c.To)) + 1
	}
	return n
}

// first returns the first combination that fails, nil where none does.
func (w *sweeper) first() (*Counterexample, error) {
	for _, set := range w.sets {
		if found, err := w.within(set, nil); found != nil || err != nil {
			return found, err
		}
	}
	return nil, nil
}

// within returns the first combination with a set of closures that fails, in the
// same manner as another one where that is given: the earliest start, and with it
// the lowest weight.
func (w *sweeper) within(set []clinic.Closure, like *Counterexample) (*Counterexample, error) {
	weights, property := w.weights, w.property
	if like != nil && like.manner() == blocked {
		// Dates do not depend on weights.
		weights, property = weights[:1], nil
	}
	for start := w.Request.Start; start < w.Request.Start+7; start++ {
		if w.Days.Len() > 0 && !w.Days.Has(start.Weekday()) {
			continue
		}
		for _, weight := range weights {
			c, err := w.try(set, start, weight, property)
			if isStart(err) {
				break // so with every weight
			}
			if err != nil {
				return nil, err
			}
			if c != nil && (like == nil || c.manner() == like.manner()) {
				return c, nil
			}
		}
	}
	return nil, nil
}

func isStart(err error) bool {
	_, ok := errors.AsType[*schedule.StartError](err)
	return ok
}

// try tries one combination, where there is no property only whether it has a
// plan. The error is why it cannot be tried.
func (w *sweeper) try(set []clinic.Closure, start date.Date, weight dose.Weight, property func(*schedule.Plan) error) (*Counterexample, error) {
	c := &Counterexample{Property: w.name, From: w.From, Start: start, Weight: weight, Closures: set, Request: Case(w.Request, start, weight, set...)}
	c.Plan, c.Err = schedule.Build(c.Request)
	if c.Err != nil {
		switch c.manner() {
		case blocked:
			if w.MayBlock {
				return nil, nil
			}
			return c, nil
		case undosed:
			return c, nil
		default:
			return nil, fmt.Errorf("sweeping %s: starting %s: %w", w.name, dayText(start), c.Err)
		}
	}
	w.plans++
	if property == nil {
		return nil, nil
	}
	if c.Err = guarded(w.name, func() error { return property(c.Plan) }); c.Err == nil {
		return nil, nil
	}
	return c, nil
}

// A manner is how a combination fails. The zero manner is that it cannot be tried.
type manner int

const (
	unmet   manner = iota + 1 // the property does not hold
	blocked                   // a session has no possible day
	undosed                   // a dose cannot be computed
)

// manner returns how the combination fails.
func (c *Counterexample) manner() manner {
	if c.Plan != nil {
		return unmet
	}
	if _, ok := errors.AsType[*schedule.BuildError](c.Err); ok {
		return blocked
	}
	if _, ok := errors.AsType[*schedule.DoseError](c.Err); ok {
		return undosed
	}
	return 0
}

// minimise takes closures away, and makes them shorter, as long as something
// still fails in the same manner.
func (w *sweeper) minimise(found *Counterexample) (*Counterexample, error) {
	for {
		smaller, err := w.smaller(found)
		if smaller == nil || err != nil {
			return found, err
		}
		found = smaller
	}
}

// smaller returns a counterexample with fewer days closed, nil where there is
// none.
func (w *sweeper) smaller(found *Counterexample) (*Counterexample, error) {
	for i, c := range found.Closures {
		var attempts [][]clinic.Closure
		attempts = append(attempts, slices.Delete(slices.Clone(found.Closures), i, i+1))
		if c.To > c.Date {
			// Halves first, so that a long stretch is cut quickly.
			middle := c.Date + (c.To-c.Date)/2
			for _, part := range [][2]date.Date{{c.Date, middle}, {middle + 1, c.To}, {c.Date, c.To - 1}, {c.Date + 1, c.To}} {
				shorter := slices.Clone(found.Closures)
				shorter[i].Date, shorter[i].To = part[0], part[1]
				if part[0] == part[1] {
					shorter[i].To = 0
				}
				attempts = append(attempts, shorter)
			}
		}
		for _, attempt := range attempts {
			if again, err := w.within(attempt, found); again != nil || err != nil {
				return again, err
			}
		}
	}
	return nil, nil
}
