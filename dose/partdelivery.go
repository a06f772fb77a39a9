package dose

import (
	"iter"
	"strconv"
)

// A PartDelivery is one part of a dose as it is given to one body.
type PartDelivery struct {
	Part Part
	// Times is when it is given, counted from the beginning of the first part.
	Times PartTime
	// Delivery is what is given, zero where Err is not nil.
	Delivery Delivery
	// Err is why a part that has a condition cannot be given to this body: it is not
	// planned, so the dose does not fail for it. A [*LimitError] may be of a limit of
	// the whole, which the dose would pass together with the part.
	Err error
}

// Planned reports whether the part is planned: it has no condition.
func (p PartDelivery) Planned() bool { return p.Part.Condition == "" }

// A PartError says which part of a dose cannot be computed.
type PartError struct {
	Name string // of the part
	// Whole says that the error is one of the whole, given with the part.
	Whole bool
	Err   error // as [Order.For] has it
}

// Error names the part.
func (e *PartError) Error() string {
	text := "part " + strconv.Quote(cut(e.Name, maxText))
	if e.Whole {
		text = "the dose with " + text
	}
	return text + ": " + e.Err.Error()
}

// Unwrap returns why.
func (e *PartError) Unwrap() error { return e.Err }

// For returns what is delivered to a body: the whole, which is the sum of the parts that
// are planned, and each part. All limits have been judged, those of the parts on each and
// those of the whole on the sum.
//
// Any error comes with the zero Delivery, and never has a dose: what [Sequence.Check]
// reports; a [*PartError] with what [Order.For] reports of a part that is planned; a
// [*LimitError] of a limit of the whole, or a [*MissingError] where that cannot be judged.
func (s Sequence) For(b Body) (Delivery, []PartDelivery, error) {
	if err := s.Check(); err != nil {
		return Delivery{}, nil, err
	}
	parts := make([]PartDelivery, len(s.Parts))
	times := s.Times()
	sum := wholeSum{order: s.Whole(), body: b}
	for i, p := range s.Parts {
		parts[i] = PartDelivery{Part: p, Times: times[i]}
		d, err := p.Order().For(b)
		switch {
		case err != nil && p.Condition == "":
			return Delivery{}, nil, &PartError{Name: p.Name, Err: err}
		case err != nil:
			parts[i].Err = &PartError{Name: p.Name, Err: err}
		default:
			parts[i].Delivery = d
		}
		if p.Condition == "" {
			if err := sum.add(p.Name, d); err != nil {
				return Delivery{}, nil, err
			}
		}
	}
	whole, err := sum.delivery()
	if err != nil {
		return Delivery{}, nil, err
	}
	// A part on a condition comes on top of what is planned and of those before it.
	for i := range parts {
		p := &parts[i]
		if p.Planned() || p.Err != nil {
			continue
		}
		more := sum
		err := more.add(p.Part.Name, p.Delivery)
		if more.order.Administration = durationOf(max(more.order.Administration.Time(), p.Times.Ends)); err == nil {
			_, err = more.delivery()
		}
		if err != nil {
			p.Delivery, p.Err = Delivery{}, &PartError{p.Part.Name, true, err}
			continue
		}
		sum = more
	}
	return whole, parts, nil
}

// A wholeSum adds parts up.
type wholeSum struct {
	order           Order
	body            Body
	dose, delivered Mass
	count           int
	text            string
}

// add adds what is delivered of a part.
func (w *wholeSum) add(name string, d Delivery) (err error) {
	if w.dose, err = w.dose.Add(d.Dose()); err == nil {
		w.delivered, err = w.delivered.Add(d.Delivered())
	}
	if w.count++; w.count > 1 {
		w.text += " + "
	}
	w.text += d.Dose().String() + " " + name
	return err
}

// delivery returns the sum with the limits of the whole judged on it.
func (w *wholeSum) delivery() (Delivery, error) {
	c := Calculation{rule: w.order.Rule, body: w.body, sum: w.text, raw: w.dose, bounded: w.dose, dose: w.dose}
	passed, err := c.rule.Limits.judgePerKilogram(quotient{product1(c.dose.mg), product1(whole(1))}, c.limitWeight())
	if err != nil {
		return Delivery{}, err
	}
	c.passed = passed | c.rule.Limits.Dose.judgeValue(OfDose, c.dose)
	d := Delivery{calculation: c, administration: w.order.Administration, delivered: w.delivered}
	m := d.measured()
	m.perKilogram = true
	if passed, err = m.judge(c.rule.Limits); err == nil {
		d.passed = c.passed | passed
		err = d.passed.err(c.rule.Limits)
	}
	if err != nil {
		return Delivery{}, err
	}
	return d, nil
}

// PartLines yields the lines of a dose in parts: how much the whole is and how it comes
// about, then a block for each part with when it begins, on which condition it is given,
// and the lines of its worksheet.
func PartLines(whole Delivery, parts []PartDelivery) iter.Seq[Line] {
	return func(yield func(Line) bool) {
		for line := range whole.Lines() {
			if !yield(line) {
				return
			}
		}
		for i := range parts {
			for line := range parts[i].Lines() {
				if !yield(line) {
					return
				}
			}
		}
	}
}

// Lines yields the lines of the part: its name with when it begins, its condition, and
// those of [Delivery.Lines] or why it cannot be given.
func (p PartDelivery) Lines() iter.Seq[Line] {
	return func(yield func(Line) bool) {
		head := p.Part.Name
		if p.Times.Begins > 0 {
			head += ", from " + textOfTime(p.Times.Begins) + " on"
		}
		if !yield(Line{"part", head}) {
			return
		}
		if !p.Planned() && !yield(Line{"only if", p.Part.Condition}) {
			return
		}
		if p.Err != nil {
			yield(Line{"not possible", p.Err.Error()})
			return
		}
		for line := range p.Delivery.Lines() {
			if !yield(line) {
				return
			}
		}
	}
}
