package dose

// fail returns a [*DrawError].
func (w *Worksheet) fail(err error) error {
	return &DrawError{w.preparation.Product.Name, w.preparation.Graduation, err}
}

// draw computes the stock volume and the dose it delivers.
func (w *Worksheet) draw() error {
	p, r := w.preparation, w.calculation.rule
	strength, g := p.Product.Strength, p.Graduation
	var err error
	if w.stock, err = strength.VolumeOf(w.calculation.dose, g); err != nil {
		return err
	}
	if w.delivered, err = strength.In(w.stock); err != nil {
		return err
	}
	w.nearest = w.stock
	if !g.IsZero() && !r.inside(w.delivered) {
		limit, mode := r.Cap, Down
		if w.delivered.Compare(r.Floor) < 0 {
			limit, mode = r.Floor, Up
		}
		if w.stock, err = strength.VolumeOf(limit, Graduation{g.step, mode}); err != nil {
			return err
		}
		if w.delivered, err = strength.In(w.stock); err != nil {
			return err
		}
		if !r.inside(w.delivered) {
			return w.fail(ErrNoMultiple)
		}
	}
	if w.stock.IsZero() {
		return w.fail(ErrZeroDose)
	}
	if !p.MaxDeviation.IsZero() && !over(w.calculation.dose.mg).near(w.delivered, p.MaxDeviation) {
		return w.fail(ErrDeviation)
	}
	return nil
}

// dilute computes the volumes, and refuses too little dilution.
func (w *Worksheet) dilute() error {
	p := w.preparation
	var err error
	if w.diluent, w.total, err = p.Dilution.volumes(w.stock); err != nil {
		return err
	}
	most := p.Product.MaxIntravenous
	if p.Route != Intravenous || most.IsZero() {
		return nil
	}
	c, err := w.concentration().against(most.mgPerML, "the highest concentration")
	if err == nil && c > 0 {
		err = w.fail(ErrUndiluted)
	}
	return err
}

// set computes the setting of the pump.
func (w *Worksheet) set() error {
	p := w.preparation
	if p.During.IsZero() {
		return nil
	}
	fail := func() error {
		return &RangeError{
			"flow of " + w.total.String() + " during " + p.During.String(),
			"more than 0 and at most 1000000 mL/h, exact or with a pump setting to round to",
		}
	}
	ml, ok := mul(w.total.ml, whole(3600))
	if !ok {
		return fail()
	}
	if p.Pump.IsZero() {
		ml, ok = exactQuo(ml, p.During.s)
	} else {
		ml, ok = quo(ml, p.During.s, p.Pump.step.mlPerH, p.Pump.mode)
	}
	if !ok || ml.IsZero() || !within(ml, MaxFlow) {
		return fail()
	}
	w.flow = Flow{mlPerH: ml}
	return nil
}

// open counts containers and what is left of them.
func (w *Worksheet) open() error {
	var err error
	w.containers, w.waste, err = w.preparation.Product.Containers(w.delivered)
	return err
}

// judge judges the limits of the rule on what is delivered.
func (w *Worksheet) judge() error {
	c, l := w.calculation, w.calculation.rule.Limits
	passed, err := l.judgePerKilogram(over(w.delivered.mg), c.limitWeight())
	if err != nil {
		return err
	}
	sets := [...]func() (passedSet, error){
		func() (passedSet, error) {
			return l.Dose.judge(OfDose, func(bound Mass) (int, error) { return w.delivered.Compare(bound), nil })
		},
		func() (passedSet, error) {
			if w.preparation.During.IsZero() {
				return 0, nil
			}
			return c.judgeOver(w.delivered, w.preparation.During)
		},
		func() (passedSet, error) {
			return l.Concentration.judge(OfConcentration, func(bound Concentration) (int, error) {
				return w.concentration().against(bound.mgPerML, "a limit of the concentration")
			})
		},
		func() (passedSet, error) {
			return l.Volume.judge(OfVolume, func(bound Volume) (int, error) { return w.total.Compare(bound), nil })
		},
		func() (passedSet, error) {
			if w.flow.IsZero() {
				return 0, nil
			}
			return l.Flow.judge(OfFlow, func(bound Flow) (int, error) { return w.flow.Compare(bound), nil })
		},
	}
	for _, judge := range sets {
		more, err := judge()
		if err != nil {
			return err
		}
		passed |= more
	}
	w.passed = passed
	return passed.err(l)
}

// concentration returns the concentration of what is given, as a fraction.
func (w *Worksheet) concentration() ratio { return ratio{w.delivered.mg, w.total.ml} }
