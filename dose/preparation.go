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
// pump without time, a diluent where nothing is diluted.
func (p Preparation) Check() error {
	problems := p.Product.check(nil)
	add := func(field, value, want string) { problems = append(problems, &RuleError{field, value, want}) }
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
	if p.During.IsZero() && !p.Pump.IsZero() {
		add("Pump", p.Pump.String(), "nothing, since no time is stated")
	}
	if len(problems) == 0 {
		return nil
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
		return Worksheet{}, &RuleError{"Calculation", "", "a calculated dose"}
	}
	w := Worksheet{calculation: c, preparation: p}
	err := w.draw()
	if err == nil {
		err = w.dilute()
	}
	if err == nil {
		err = w.set()
	}
	if err == nil {
		err = w.open()
	}
	if err == nil {
		err = w.judge()
	}
	if err != nil {
		return Worksheet{}, err
	}
	return w, nil
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
