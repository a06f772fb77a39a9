package dose

import "iter"

// An Observation is a bound of a [Plausibility] that a measurement passes.
// Values are comparable with ==.
type Observation struct {
	Fact  string // "weight", "height" or "BMI"
	Value string // the measurement
	Side  Side   // which bound
	Bound string // the text of the bound
}

// String returns the measurement and the bound: "weight 160 kg, soft max 150 kg".
func (o Observation) String() string {
	return o.Fact + " " + o.Value + ", " + o.Side.String() + " " + o.Bound
}

func (o Observation) want() string {
	if o.Side == HardMin {
		return "at least " + o.Bound
	}
	return "at most " + o.Bound
}

// Observe yields the bounds that weight, height and body mass index pass, at
// most one of each: the hard one if it is passed, else the soft one. What is
// unknown, or out of the range of its type, is not judged.
func (p Plausibility) Observe(b Body) iter.Seq[Observation] {
	return func(yield func(Observation) bool) {
		for o, err := range p.observe(b) {
			if err == nil && !yield(o) {
				return
			}
		}
	}
}

func (p Plausibility) observe(b Body) iter.Seq2[Observation, error] {
	return func(yield func(Observation, error) bool) {
		if o, passed := observe("weight", b.Weight, p.Weight); passed && !yield(o, nil) {
			return
		}
		if o, passed := observe("height", b.Height, p.Height); passed && !yield(o, nil) {
			return
		}
		if b.Weight.IsZero() || b.Height.IsZero() || p.BMI.IsZero() {
			return
		}
		bmi, err := b.BMI()
		if err != nil {
			yield(Observation{}, err)
			return
		}
		if o, passed := observe("BMI", bmi, p.BMI); passed {
			yield(o, nil)
		}
	}
}

// observe returns the worst bound of l that v passes.
func observe[Q quantity[Q]](fact string, v Q, l Limit[Q]) (Observation, bool) {
	if v.IsZero() {
		return Observation{}, false
	}
	side, passed := l.Judge(v)
	if !passed {
		return Observation{}, false
	}
	return Observation{fact, v.String(), side, l.bound(side).String()}, true
}
