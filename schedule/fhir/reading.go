package fhir

import (
	"slices"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
)

// MaxOccurrences is how many occurrences an expansion has at most, and a list of
// phases in all.
const MaxOccurrences = 20_000

// A reading is a Timing on its way to dates. Each step judges what it reads, in the
// order of the documentation, so that a Timing with two faults is refused for the
// first.
type reading struct {
	Options
	timing *Timing
	rule   Repeat // with what the code says, and with ranges decided
	once   bool   // count 1 and no period
	listed bool   // events
	bounds bounds
	bound  *bound // the length that was chosen, nil without one

	start Moment // in the zone
	limit limit

	days, months int   // the period
	seconds      int64 // the period, where it is elapsed time
	clocks       []int // seconds of the day, in order
	week         int   // sessions of a week whose days the library chooses, 0 elsewhere

	result Expansion
}

// Expand returns the days, clock times or instants of a Timing. A Timing is read whole
// or refused: nothing in it is skipped. The error is a [*Refusal].
func (t *Timing) Expand(o Options) (Expansion, error) {
	r, err := t.read(o)
	if err != nil {
		return Expansion{}, err
	}
	return r.result, nil
}

// read expands a Timing and keeps how.
func (t *Timing) read(o Options) (*reading, error) {
	r := &reading{Options: o, timing: t}
	if err := o.check(); err != nil {
		return nil, err
	}
	if t.Repeat == nil && t.Code == nil && len(t.Event) == 0 && t.ID == "" {
		return nil, refuse(Empty, "Timing", "")
	}
	var err error
	if t.Repeat != nil {
		r.rule = *t.Repeat
		if err := r.rule.shape(); err != nil {
			return nil, err
		}
		if r.bounds, err = r.rule.readBounds(); err != nil {
			return nil, err
		}
	}
	events, err := t.readEvents()
	if err != nil {
		return nil, err
	}
	if len(events) > 0 {
		return r, r.list(events)
	}
	a, known, err := t.readCode()
	if err != nil {
		return nil, err
	}
	institution := false
	if known {
		_, stated := r.rule.often()
		institution = a.institution && !stated
		r.rule.state(a)
	}
	for _, step := range []func() error{r.decideRanges, r.repetition, r.duration, r.startAndEnd} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	if institution {
		return nil, refuse(TimesNotStated, "repeat.period", a.code)
	}
	if err := r.period(); err != nil {
		return nil, err
	}
	if r.seconds > 0 {
		if err := r.elapsedAlone(); err != nil {
			return nil, err
		}
		return r, r.expandElapsed()
	}
	days, err := r.pattern()
	if err != nil {
		return nil, err
	}
	if err := r.expand(days); err != nil {
		return nil, err
	}
	r.result.Cadence = r.cadence()
	return r, nil
}

// decideRanges replaces every range by the end that the caller chose.
func (r *reading) decideRanges() error {
	for _, n := range []struct {
		name      string
		low, high *int
	}{{"count", &r.rule.Count, &r.rule.CountMax}, {"frequency", &r.rule.Frequency, &r.rule.FrequencyMax}} {
		if *n.high == 0 || *n.high == *n.low {
			continue
		}
		switch r.Ranges {
		case NoChoice:
			return refuse(RangeNotChosen, "repeat."+n.name+"Max", strconv.Itoa(*n.low)+" to "+strconv.Itoa(*n.high))
		case High:
			*n.low = *n.high
		}
	}
	if high := r.rule.PeriodMax; high != (Decimal{}) && high != r.rule.Period {
		switch r.Ranges {
		case NoChoice:
			return refuse(RangeNotChosen, "repeat.periodMax", r.rule.Period.String()+" to "+high.String())
		case High:
			r.rule.Period = high
		}
	}
	if high := r.rule.DurationMax; high != nil && r.Ranges == High {
		r.rule.Duration = high
	}
	r.bound = r.bounds.low
	if b := r.bounds; b.low != nil && b.high != b.low {
		switch {
		case b.high != nil && b.high.months == b.low.months && b.high.compare(b.low.length) == 0:
		case r.Ranges == NoChoice || r.Ranges == High && b.high == nil:
			return refuse(RangeNotChosen, boundsRangePath, "")
		case r.Ranges == High:
			r.bound = b.high
		}
	}
	return nil
}

// repetition refuses what does not say how often.
func (r *reading) repetition() error {
	stated := r.rule.Period != Decimal{} || len(r.rule.DayOfWeek)+len(r.rule.TimeOfDay)+len(r.rule.Extension) > 0
	r.once = !stated && r.rule.Count == 1 && r.rule.Frequency <= 1
	if !stated && !r.once {
		return refuse(NoRepetition, "repeat", "")
	}
	return nil
}

// duration refuses sessions that together are longer than their period.
func (r *reading) duration() error {
	if r.rule.Duration == nil || r.once {
		return nil
	}
	each, _ := newLength(*r.rule.Duration, r.rule.DurationUnit)
	n, period := max(1, r.rule.Frequency), (*length)(nil)
	if period, _ = r.rule.period(); period == nil {
		rate, _ := r.rule.often()
		n = rate.n
		unit := "d"
		if rate.months > 0 {
			unit = "mo"
		}
		l, _ := newLength(DecimalOf(max(rate.days, rate.months)), unit)
		period = &l
	}
	if each.times(n).compare(*period) > 0 {
		return refuse(DurationExceedsPeriod, "repeat.duration", r.rule.Duration.String()+" "+r.rule.DurationUnit)
	}
	return nil
}

// startAndEnd finds the start and the bounds' end.
func (r *reading) startAndEnd() error {
	outer, end := r.bounds.start.in(r.Zone), r.bounds.end.in(r.Zone)
	r.start = r.Start.in(r.Zone)
	switch {
	case r.start.IsZero() && outer.IsZero():
		return refuse(StartMissing, atStart, "")
	case r.start.IsZero():
		r.start = outer
	case outer.IsZero():
	case r.start.before(outer):
		return refuse(StartBeforeBounds, boundsPeriodPath+".start", r.start.String()+" before "+outer.String())
	case !r.start.Timed() && outer.Timed() && r.start.day == outer.day:
		r.start = outer // the day on which they begin: not before they do
	}
	switch {
	case !end.IsZero() && end.before(r.start):
		return refuse(StartAfterBounds, boundsPeriodPath+".end", r.start.String()+" after "+end.String())
	case !civil.InRange(r.start.day):
		return refuse(OutOfRange, atStart, r.start.String())
	case r.rule.Count == 0 && r.bound == nil && end.IsZero() && r.Until == 0:
		return refuse(NoEnd, atUntil, "")
	}
	r.limit = newLimit(r.start, end, r.bound)
	return nil
}

// period reads the period as days, months or elapsed seconds.
func (r *reading) period() error {
	const path = "repeat.period"
	period, text := r.rule.period()
	if period == nil {
		return nil
	}
	if byClock(r.rule.PeriodUnit) && r.start.Timed() {
		seconds, ok := period.seconds()
		if !ok {
			return refuse(FractionalPeriod, path, text)
		}
		r.seconds = seconds
		return nil
	}
	var ok bool
	r.days, r.months, ok = period.whole()
	day, _ := newLength(DecimalOf(1), "d")
	switch {
	case ok:
		return nil
	case byClock(r.rule.PeriodUnit) && period.compare(day) < 0:
		return refuse(TimesNotStated, path, text)
	default:
		return refuse(FractionalPeriod, path, text)
	}
}

// list expands events.
func (r *reading) list(events []Moment) error {
	const path = "event"
	if r.DaysOfCycle != nil {
		return refuse(CycleNotDays, path, "")
	}
	start := r.Start.in(r.Zone)
	r.result.By, r.listed, r.start = Spec, true, events[0].in(r.Zone)
	if events[0].Timed() {
		r.result.Instants = []time.Time{}
	} else {
		r.result.Dates = []date.Date{}
	}
	for _, event := range events {
		event = event.in(r.Zone)
		switch {
		case !civil.InRange(event.day):
			return refuse(OutOfRange, path, event.String())
		case !start.IsZero() && event.before(start):
			return refuse(EventBeforeStart, path, event.String())
		case r.Until != 0 && event.day > r.Until:
			r.result.Cut = true
			continue
		case len(r.result.Dates)+len(r.result.Instants) == MaxOccurrences:
			return refuse(TooMany, path, strconv.Itoa(len(events)))
		case event.Timed():
			r.result.Instants = append(r.result.Instants, event.at)
		default:
			r.result.Dates = append(r.result.Dates, event.day)
		}
	}
	return nil
}

// readClocks reads the clock times of a rule, which shape has judged.
func (r *reading) readClocks() {
	for _, clock := range r.rule.TimeOfDay {
		seconds, _ := parseTimeOfDay(clock)
		r.clocks = append(r.clocks, seconds)
	}
	slices.Sort(r.clocks)
}
