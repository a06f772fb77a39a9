package dose

import "iter"

// Judge judges a dose that was given, which may be any, by every limit of the
// rule. Nothing is refused: the Judgement has every bound that is passed, hard or
// soft. The dose was given during a time; zero if that is not known, and then
// it is judged by the real time of the planned dose.
//
// What was given is what was delivered: it is not rounded and not drawn. If it
// equals what is delivered for the planned dose or for a choice, it is that dose
// and judged as that is. For any other, volume and concentration are those that
// it has if it is prepared in the same way, and the flow is the volume over the
// time stated, else that of the planned dose.
//
// An error says why a limit could not be judged, such as one per kilogram
// without a weight, or what [Order.Check] reports; the Judgement has what could be.
func (o Order) Judge(given Mass, during Duration, b Body) (Judgement, error) {
	j := Judgement{limits: o.Rule.Limits, given: given}
	if given.IsZero() {
		return j, nil
	}
	if err := o.Check(); err != nil {
		return j, err
	}
	d, known := o.deliveryOf(given, b)
	m := d.measured()
	if !known {
		m.dose, m.perKilogram = given, true
		m.total = o.totalOf(given)
		if d.flow.IsZero() {
			m.flow = flowOf(m.total, m.hours)
		}
	} else {
		j.passed = d.calculation.passed
	}
	if !during.IsZero() {
		m.hours = during.hours()
		m.flow = flowOf(m.total, m.hours)
	}
	passed, err := m.judge(o.Rule.Limits)
	j.passed |= passed
	return j, err
}

// deliveryOf returns the planned dose or the choice that delivers m. If there is
// none it returns the planned dose, as far as it can be computed, and false.
func (o Order) deliveryOf(m Mass, b Body) (d Delivery, known bool) {
	planned, err := o.plan(o.Rule.compute(b, false))
	if err == nil && planned.delivered == m {
		return planned, true
	}
	for choice := range o.Rule.Or.All() {
		if d, err := o.plan(o.Rule.choose(choice, b)); err == nil && d.delivered == m {
			return d, true
		}
	}
	if err != nil { // only the time and the weight are known
		planned = Delivery{administration: o.Administration, preparation: o.Preparation}
		planned.calculation.rule, planned.calculation.body = o.Rule, b
		planned.calculation.weight, _, _ = o.Rule.weight(b)
	}
	return planned, false
}

// plan draws up a calculated dose, or passes an error on.
func (o Order) plan(c Calculation, err error) (Delivery, error) {
	if err != nil {
		return Delivery{}, err
	}
	return o.prepared(c)
}

// totalOf returns the volume that m has if it is prepared as the order says: to 6
// decimals where it has no finite one, and never less than what is drawn.
func (o Order) totalOf(m Mass) Volume {
	if o.Preparation.IsZero() {
		return Volume{}
	}
	stock, err := o.Preparation.Product.Strength.VolumeOf(m, Graduation{})
	if err != nil {
		stock, _ = o.Preparation.Product.Strength.VolumeOf(m, Graduation{Volume{millionth()}, HalfUp})
	}
	if _, total, err := o.Preparation.Dilution.volumes(stock); err == nil {
		return total
	}
	return stock
}

// A Judgement is what the limits of a rule say of a dose that was given. Only
// [Order.Judge] makes one.
//
// The zero Judgement passes nothing. Values are comparable with ==.
type Judgement struct {
	limits Limits
	given  Mass
	passed passedSet
}

// Given returns the dose that was judged.
func (j Judgement) Given() Mass { return j.given }

// Passed yields every bound that is passed, in the order of the measures and each
// from low to high.
func (j Judgement) Passed() iter.Seq[PassedLimit] { return j.passed.all(j.limits, anySide) }

// Hard yields the hard bounds that are passed.
func (j Judgement) Hard() iter.Seq[PassedLimit] { return j.passed.all(j.limits, hardSides) }

// Soft yields the soft bounds that are passed.
func (j Judgement) Soft() iter.Seq[PassedLimit] { return j.passed.all(j.limits, softSides) }

// PassesHard reports whether a hard bound is passed.
func (j Judgement) PassesHard() bool { return j.passed&hardSides != 0 }

// Fits reports whether no bound is passed.
func (j Judgement) Fits() bool { return j.passed == 0 }
