package dose

// A Preparation says how a dose is drawn up, diluted and given. It is data: any
// values can be written into it, and [Preparation.Check] says what is wrong with
// them. [Preparation.Prepare] computes a [Worksheet] from it.
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
	// During is how long it is given. Zero: not over a time that matters, so
	// there is no flow and no rate.
	During Duration
	// Pump is the step of the pump. Zero: the exact flow.
	Pump PumpSetting
	// MaxDeviation is how far the delivered dose may be from the calculated one,
	// in percent of that. Zero: any distance.
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

// Prepare computes what to draw up for a calculated dose, and judges the limits
// of its rule on what is really delivered.
//
// The stock volume is dose / strength, to the graduation. If that would deliver
// more than the cap of the rule or less than its floor, the nearest mark inside
// is taken, and the worksheet says so. The dose is delivered by giving the whole
// total volume; a flow that the pump rounds changes the time, not the dose.
//
// Any error comes with the zero Worksheet, and never has a dose or a volume to
// draw:
//
//   - [RuleErrors], what [Preparation.Check] reports;
//   - [*RuleError], for no calculated dose, or a made-up volume smaller than the
//     stock volume;
//   - [*DrawError], if no mark delivers a dose inside, or one near enough, or the
//     product would not be diluted enough;
//   - [*LimitError], [*MissingError], [*RangeError].
func (p Preparation) Prepare(c Calculation) (Worksheet, error) {
	if err := p.Check(); err != nil {
		return Worksheet{}, err
	}
	if c.IsZero() {
		return Worksheet{}, &RuleError{"Calculation", "", "a calculated dose", nil}
	}
	o := Order{Rule: c.rule, Preparation: p}
	if problems := o.checkTimes(nil); len(problems) > 0 {
		return Worksheet{}, problems
	}
	d, err := o.deliver(c)
	return d.Worksheet(), err
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
