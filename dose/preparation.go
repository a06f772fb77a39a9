package dose

// A Preparation says how a dose is drawn up, diluted and given. It is data: any
// values can be written into it, and [Preparation.Check] says what is wrong with
// them. [Order.For] computes a [Worksheet] from it:
//
// The stock volume is dose / strength, to the graduation. If that would deliver
// more than the cap of the rule or less than its floor, the nearest mark inside
// is taken, and the worksheet says so. The dose is delivered by giving the whole
// total volume; a flow that the pump rounds changes the time, not the dose.
//
// What cannot be drawn up is a [*DrawError], a time that the pump changes too much
// a [*PumpError], and a made-up volume smaller than the stock volume a [*RuleError]
// of the field Dilution; none of them has a dose or a volume to draw.
//
// The zero Preparation is none. Values are comparable with ==.
type Preparation struct {
	Product Product
	Route   Route
	// Graduation is the syringe. Zero: the exact volume is drawn.
	Graduation Graduation
	// Dilution says what the drawn volume becomes. Required.
	Dilution Dilution
	// Diluent names the liquid, for people. Empty where nothing is diluted.
	Diluent string
	// During is how long it is given. Zero: as long as the amount of the rule says;
	// if that says nothing either, there is no flow.
	During Duration
	// Pump is the step of the pump. Zero: the exact flow.
	Pump PumpSetting
	// MaxDeviation is how far the delivered dose may be from the calculated one, and
	// the real time from the stated one, each in percent of the latter. Zero: any
	// distance.
	MaxDeviation Percent
}

// IsZero reports whether p is none.
func (p Preparation) IsZero() bool { return p == Preparation{} }

// Check returns every problem of p at once, as [RuleErrors], or nil: a product
// without content or strength, no route, no dilution or one to no volume, a
// diluent where nothing is diluted. Whether it fits a dose is said by
// [Order.Check].
func (p Preparation) Check() error {
	if problems := p.problems(nil); len(problems) > 0 {
		return problems
	}
	return nil
}

// problems appends the problems of p.
func (p Preparation) problems(problems RuleErrors) RuleErrors {
	problems = p.Product.check(problems)
	add := func(field, value, want string) { problems = append(problems, &RuleError{field, value, want, nil}) }
	if !p.Route.valid() {
		add("Route", p.Route.String(), "a known route, such as intravenous")
	}
	switch {
	case p.Dilution.kind == noDilution:
		add("Dilution", "", "undiluted, made up to a volume, or added to a volume")
	case p.Dilution.kind != undiluted && p.Dilution.volume.IsZero():
		add("Dilution", p.Dilution.String(), "a volume of more than 0 mL")
	case p.Dilution.kind == undiluted && p.Diluent != "":
		add("Diluent", p.Diluent, "nothing, since nothing is diluted")
	}
	return problems
}

// A DrawError says why a dose cannot be drawn up as a preparation wants. It
// never has the dose or the volume.
type DrawError struct {
	Product    string     // name of the product
	Graduation Graduation // of the syringe
	Err        error      // [ErrZeroDose], [ErrNoMultiple], [ErrDeviation] or [ErrUndiluted]
}

// Error names the product and the graduation.
func (e *DrawError) Error() string {
	return "drawing up " + cut(e.Product, maxText) + ", graduation " + e.Graduation.String() + ": " + e.Err.Error()
}

// Unwrap returns [ErrZeroDose], [ErrNoMultiple], [ErrDeviation] or
// [ErrUndiluted].
func (e *DrawError) Unwrap() error { return e.Err }

// A PumpError says why a pump cannot give a dose as a preparation wants.
type PumpError struct {
	Pump   PumpSetting // to which the flow is rounded
	During Duration    // the time that is stated
	Err    error       // [ErrDeviation]: the real time is too far from the stated one
}

// Error names the setting of the pump and the stated time.
func (e *PumpError) Error() string {
	return "setting a pump to " + e.Pump.String() + " to give a dose over " + e.During.String() + ": " + e.Err.Error()
}

// Unwrap returns [ErrDeviation].
func (e *PumpError) Unwrap() error { return e.Err }
