package fhir

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
)

// A Phase is one Dosage of several that follow each other.
type Phase struct {
	// Sequence is that of the Dosage, 0 where the only one states none. Index is its
	// place in the list that was read.
	Sequence, Index int
	// AsNeeded reports that nothing is scheduled. Such a phase is the last; it has no
	// start, and its expansion is the zero one.
	AsNeeded bool
	// Start is where the phase begins: a day, or an instant.
	Start Moment
	Expansion

	reading *reading
}

// MarshalJSON writes sequence, and the list or lists of the expansion or asNeeded.
func (p Phase) MarshalJSON() ([]byte, error) {
	form := struct {
		Sequence int       `json:"sequence"`
		AsNeeded bool      `json:"asNeeded,omitzero"`
		Dates    []string  `json:"dates,omitzero"`
		Times    []string  `json:"times,omitzero"`
		Instants []string  `json:"instants,omitzero"`
		Findings []Finding `json:"findings,omitempty"`
	}{Sequence: p.Sequence, AsNeeded: p.AsNeeded, Findings: p.Findings}
	form.Dates, form.Times, form.Instants = p.texts()
	return json.Marshal(form)
}

// UnmarshalJSON refuses: a phase is read from its Dosages.
func (p *Phase) UnmarshalJSON([]byte) error {
	return &Refusal{Code: BadType, At: "Phase", Want: "Dosages, whose phases are found again: what they came to is not read"}
}

// Phases returns the phases that a list of Dosages has, in the order of their
// sequence. Each begins at the start of its own bounds, or else when the bounds of the
// one before have ended; the first at the caller's start. The error is a [*Refusal].
func Phases(dosages []Dosage, o Options) ([]Phase, error) {
	if len(dosages) == 0 {
		return nil, refuse(Empty, dosagePath, "")
	}
	if o.DaysOfCycle != nil {
		return nil, refuse(MisplacedExtension, atDaysOfCycle, "")
	}
	phases, err := order(dosages)
	if err != nil {
		return nil, err
	}
	next, total := o.Start, 0
	for i := range phases {
		p := &phases[i]
		ownStart := !p.AsNeeded && dosages[p.Index].Timing.ownStart()
		if i > 0 && next.IsZero() && !ownStart {
			return nil, phases[i-1].noEnd()
		}
		if p.AsNeeded {
			continue
		}
		options := o
		if options.Start = next; i > 0 && ownStart {
			options.Start = Moment{}
		}
		timing, path := dosages[p.Index].Timing, dosageAt(p.Index)+".timing"
		if p.reading, err = timing.read(options); err != nil {
			return nil, within(err, path)
		}
		p.Expansion, p.Start = p.reading.result, p.reading.start
		if i > 0 && phases[i-1].reaches(p.Start) {
			return nil, refuse(PhasesOverlap, path, p.Start.String())
		}
		if total += max(len(p.Dates), len(p.Times), len(p.Instants)); total > MaxOccurrences {
			return nil, refuse(TooMany, path+".repeat", "")
		}
		next = p.reading.limit.after
	}
	return phases, nil
}

// order judges which Dosages there are, and returns them in the order of their
// sequence.
func order(dosages []Dosage) ([]Phase, error) {
	phases := make([]Phase, len(dosages))
	for i := range dosages {
		d, at := &dosages[i], dosageAt(i)
		asNeeded := d.AsNeededCodeableConcept != nil || d.AsNeededBoolean != nil && *d.AsNeededBoolean
		switch {
		case d.AsNeededBoolean != nil && d.AsNeededCodeableConcept != nil:
			return nil, refuse(TwoAsNeeded, at+".asNeededCodeableConcept", "")
		case asNeeded && d.Timing != nil:
			return nil, refuse(AsNeededWithTiming, at+".timing", "")
		case !asNeeded && d.Timing == nil:
			return nil, refuse(NoTiming, at, "")
		case d.Sequence == nil && len(dosages) > 1:
			return nil, refuse(SequenceMissing, at+".sequence", "")
		}
		if err := d.amounts(at); err != nil {
			return nil, err
		}
		phases[i] = Phase{Index: i, AsNeeded: asNeeded}
		if d.Sequence != nil {
			phases[i].Sequence = *d.Sequence
		}
	}
	slices.SortStableFunc(phases, func(a, b Phase) int { return cmp.Compare(a.Sequence, b.Sequence) })
	for i := range phases {
		if i > 0 && phases[i].Sequence == phases[i-1].Sequence {
			return nil, refuse(ConcurrentDosages, dosageAt(phases[i].Index)+".sequence", strconv.Itoa(phases[i].Sequence))
		}
		if phases[i].AsNeeded && i < len(phases)-1 {
			return nil, refuse(AsNeededNotLast, dosageAt(phases[i].Index), "")
		}
	}
	return phases, nil
}

func dosageAt(i int) string { return dosagePath + "[" + strconv.Itoa(i) + "]" }

// amounts judges the doses of a Dosage: each has one amount and one rate, and an
// amount has a code of UCUM.
func (d *Dosage) amounts(at string) error {
	for i := range d.DoseAndRate {
		dose, at := &d.DoseAndRate[i], at+".doseAndRate["+strconv.Itoa(i)+"]"
		switch {
		case dose.DoseRange != nil && dose.DoseQuantity != nil:
			return refuse(TwoAmounts, at+".doseQuantity", "")
		case dose.RateRatio != nil && dose.RateRange != nil:
			return refuse(TwoAmounts, at+".rateRange", "")
		case dose.RateQuantity != nil && (dose.RateRatio != nil || dose.RateRange != nil):
			return refuse(TwoAmounts, at+".rateQuantity", "")
		}
		type amount struct {
			name string
			*Quantity
		}
		amounts := []amount{{"doseQuantity", dose.DoseQuantity}}
		if r := dose.DoseRange; r != nil {
			amounts = append(amounts, amount{"doseRange.low", r.Low}, amount{"doseRange.high", r.High})
		}
		for _, q := range amounts {
			// mcg and mgs are often written, and are no codes of UCUM.
			if q.Quantity != nil && (q.System != UCUM || q.Code == "" || q.Code == "mcg" || q.Code == "mgs") {
				return refuse(UnknownUnit, at+"."+q.name+".code", q.Code)
			}
		}
	}
	return nil
}

// ownStart reports whether a Timing says when it begins.
func (t *Timing) ownStart() bool {
	return len(t.Event) > 0 || t.Repeat != nil && t.Repeat.BoundsPeriod != nil && t.Repeat.BoundsPeriod.Start != ""
}

// noEnd refuses a phase that has no bounds and after which another is to begin.
func (p *Phase) noEnd() error {
	at := dosageAt(p.Index) + ".timing"
	switch {
	case p.reading.limit.beyond:
		return refuse(OutOfRange, at+".repeat", "")
	case p.reading.endless():
		return refuse(SequenceUnending, at, "")
	default:
		return refuse(SequenceEndUnknown, at, "")
	}
}

// endless reports whether a Timing never ends by itself.
func (r *reading) endless() bool { return !r.listed && !r.limit.isSet && r.rule.Count == 0 }

// reaches reports whether a phase, or its bounds, go on to where the next begins.
func (p *Phase) reaches(next Moment) bool {
	l := &p.reading.limit
	switch {
	case p.reading.endless():
		return true
	case l.isSet && next.Timed() && !l.next.IsZero():
		return next.at.Before(l.next)
	case l.isSet:
		return next.before(l.after)
	}
	whole := p.Expansion
	if p.Cut {
		options := p.reading.Options
		options.Until = 0
		all, err := p.reading.timing.read(options)
		if err != nil { // so long that it has no last day
			return true
		}
		whole = all.result
	}
	last := whole.last()
	return !last.IsZero() && !last.before(next)
}

// last returns the last moment of an expansion, the zero one if it is empty.
func (e *Expansion) last() Moment {
	switch {
	case len(e.Dates) > 0:
		return OnDay(e.Dates[len(e.Dates)-1])
	case len(e.Times) > 0:
		return OnDay(e.Times[len(e.Times)-1].Date)
	case len(e.Instants) > 0:
		return At(e.Instants[len(e.Instants)-1])
	default:
		return Moment{}
	}
}
