package dose

// fail returns a [*DrawError].
func (d *Delivery) fail(err error) error {
	return &DrawError{d.preparation.Product.Name, d.preparation.Graduation, err}
}

// draw computes the stock volume and the dose it delivers.
func (d *Delivery) draw() error {
	p, r := d.preparation, d.calculation.rule
	strength, g := p.Product.Strength, p.Graduation
	var err error
	if d.stock, err = strength.VolumeOf(d.calculation.dose, g); err != nil {
		return err
	}
	if d.delivered, err = strength.In(d.stock); err != nil {
		return err
	}
	d.nearest = d.stock
	if !g.IsZero() && !r.inside(d.delivered) {
		limit, mode := r.Cap, Down
		if d.delivered.Compare(r.Floor) < 0 {
			limit, mode = r.Floor, Up
		}
		if d.stock, err = strength.VolumeOf(limit, Graduation{g.step, mode}); err != nil {
			return err
		}
		if d.delivered, err = strength.In(d.stock); err != nil {
			return err
		}
		if !r.inside(d.delivered) {
			return d.fail(ErrNoMultiple)
		}
	}
	if d.stock.IsZero() {
		return d.fail(ErrZeroDose)
	}
	if !p.MaxDeviation.IsZero() && !over(d.calculation.dose.mg).near(d.delivered, p.MaxDeviation) {
		return d.fail(ErrDeviation)
	}
	return nil
}

// dilute computes the volumes, and refuses too little dilution.
func (d *Delivery) dilute() error {
	p := d.preparation
	var err error
	if d.diluent, d.total, err = p.Dilution.volumes(d.stock); err != nil {
		return err
	}
	most := p.Product.MaxIntravenous
	if p.Route == Intravenous && !most.IsZero() && d.concentration().compare(most.mgPerML) > 0 {
		return d.fail(ErrUndiluted)
	}
	return nil
}

// set computes the setting of the pump, if a time is stated.
func (d *Delivery) set() error {
	p, during := d.preparation, d.Order().stated()
	if during.IsZero() {
		return nil
	}
	fail := func() error {
		return &RangeError{
			"flow of " + d.total.String() + " during " + during.String(),
			"more than 0 and at most 1000000 mL/h, exact or with a pump setting to round to",
		}
	}
	ml, ok := mul(d.total.ml, whole(3600))
	if !ok {
		return fail()
	}
	if p.Pump.IsZero() {
		ml, ok = exactQuo(ml, during.s)
	} else {
		ml, ok = quo(ml, during.s, p.Pump.step.mlPerH, p.Pump.mode)
	}
	if !ok || ml.IsZero() || !within(ml, MaxFlow) {
		return fail()
	}
	d.flow = Flow{mlPerH: ml}
	// The real time is total / flow in h, the stated one s / 3600.
	real, stated := product2(d.total.ml, whole(3600)), product2(during.s, ml)
	if !p.MaxDeviation.IsZero() && !real.within(p.MaxDeviation, stated) {
		return &PumpError{p.Pump, during, ErrDeviation}
	}
	return nil
}

// open counts containers and what is left of them.
func (d *Delivery) open() error {
	var err error
	d.containers, d.waste, err = d.preparation.Product.Containers(d.delivered)
	return err
}
