package dose

// Figures are the numbers that a [Delivery] came to, for files that keep what was
// computed as it was: a later version of this package may compute otherwise, and what
// was given keeps the dose that was planned. With its [Order] and its [Body] they are
// the whole Delivery. The zero Figures are those of none.
type Figures struct {
	// Weight and Surface are what the rule dosed by, zero where it did not.
	Weight  Weight
	Surface Surface
	// Chosen reports that the dose is a choice of the rule.
	Chosen bool
	// Sum is how the dose is the sum of its parts, "" where it has none.
	Sum string
	// Raw is the dose before floor and cap, Bounded after them, and Dose after rounding.
	Raw, Bounded, Dose Mass
	// Stock is what is drawn up, and Nearest what would have been nearest, before the
	// dose was brought back within floor and cap.
	Stock, Nearest Volume
	// Delivered is what is really given, and Waste what is left of what was opened.
	Delivered, Waste Mass
	// Diluent and Total are volumes of the preparation, and Flow the setting of the pump.
	Diluent, Total Volume
	Flow           Flow
	// Containers is how many vials or devices are opened.
	Containers int
	// Computed are the bounds that the dose passed as it was calculated, and Passed all
	// that were passed. Their texts are those of the rule.
	Computed, Passed []PassedLimit
}

// Figures returns the numbers of the delivery.
func (d Delivery) Figures() Figures {
	c := &d.calculation
	f := Figures{
		Weight: c.weight, Surface: c.surface, Chosen: c.chosen, Sum: c.sum, Raw: c.raw, Bounded: c.bounded, Dose: c.dose,
		Stock: d.stock, Nearest: d.nearest, Delivered: d.delivered, Waste: d.waste, Diluent: d.diluent, Total: d.total, Flow: d.flow, Containers: d.containers,
	}
	for passed := range c.passed.all(c.rule.Limits, anySide) {
		f.Computed = append(f.Computed, passed)
	}
	for passed := range d.passed.all(c.rule.Limits, anySide) {
		f.Passed = append(f.Passed, passed)
	}
	return f
}

// Kept returns the delivery that had these figures when it was computed for a body by
// the order. Nothing is computed or judged: what [Order.For] makes of the body now is
// for the caller to compare.
func (o Order) Kept(b Body, f Figures) Delivery {
	set := func(list []PassedLimit) (passed passedSet) {
		for _, l := range list {
			passed |= passedBit(l.Measure, l.Side)
		}
		return passed
	}
	return Delivery{
		calculation: Calculation{
			rule: o.Rule, body: b, weight: f.Weight, surface: f.Surface, chosen: f.Chosen, sum: f.Sum, raw: f.Raw, bounded: f.Bounded, dose: f.Dose, passed: set(f.Computed),
		},
		preparation: o.Preparation, administration: o.Administration, runsOn: o.RunsOn,
		stock: f.Stock, nearest: f.Nearest, delivered: f.Delivered, waste: f.Waste, diluent: f.Diluent, total: f.Total, flow: f.Flow, containers: f.Containers,
		passed: set(f.Passed),
	}
}
